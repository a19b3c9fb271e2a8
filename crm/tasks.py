"""Celery tasks: they make one call, and may run twice."""

from celery import shared_task

from crm.importing.writing import work_chunk
from crm.models import ImportChunk
from crm.purging import purge_everywhere
from hosters import work


@shared_task
def import_chunk_task(pk: int) -> None:
    work.perform(ImportChunk, pk, work_chunk)


@shared_task
def purge_task() -> None:
    for _hoster in purge_everywhere():
        pass
