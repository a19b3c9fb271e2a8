"""The purge of every hoster of the install: run every day, or by hand with a preview."""

from collections.abc import Iterator

from django.utils import timezone
from django_scopes import scope

from hosters.models import Hoster
from hosters.retention import Outcome, due_now, purge


def purge_everywhere(*, dry_run: bool = False) -> Iterator[tuple[Hoster, list[Outcome]]]:
    """For each hoster, what was ended (or would be, in a dry run). Running twice ends nothing more."""
    now = timezone.now()
    for hoster in Hoster.objects.order_by("pk"):
        with scope(hoster=hoster):
            yield hoster, due_now(hoster, now=now) if dry_run else purge(hoster, now=now)
