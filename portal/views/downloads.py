"""What an association takes away: one ZIP for each fiscal year, and all its data in an open format."""

import re
from typing import TypeVar

from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from crm.space_roles import Right
from hosters.zip_streams import safe_name, stream_zip
from portal import archives, own_data
from portal.access import SpaceRequest, entitled, space
from portal.fiscal_years import FiscalYear

YEAR = re.compile(r"[12][0-9]{3}")
Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)


@space
@entitled(Right.SEE_INVOICES)
@require_safe
def fiscal_year_zip(request: SpaceRequest) -> StreamingHttpResponse:
    """The PDFs of a fiscal year (`?annee=` is the one in which it begins) and their index.

    A year without any document does not exist.
    """
    organization = request.contact.organization
    asked = request.GET.get("annee", "")
    if not YEAR.fullmatch(asked):
        raise Http404
    chosen = FiscalYear(int(asked), organization.fiscal_year_start)
    invoices, quotes, contracts = archives.documents_of_year(organization, chosen)
    if not invoices and not quotes and not contracts:
        raise Http404
    content = stream_zip(archives.entries(invoices, quotes, contracts))
    return _attachment(
        StreamingHttpResponse(content, content_type="application/zip"),
        f"{slugify(organization.name)[:60]}-{request.hoster.slug}-{chosen.short}.zip",
    )


@space
@entitled(Right.SEE_INVOICES)
@require_safe
def data_json(request: SpaceRequest) -> HttpResponse:
    """All the data of the association in one file."""
    options = {"ensure_ascii": False, "indent": 1}
    answer = JsonResponse(own_data.own_data(request.contact.organization), json_dumps_params=options)
    return _attachment(answer, f"{request.hoster.slug}-donnees.json")


@space
@entitled(Right.SEE_INVOICES)
@require_safe
def data_csv(request: SpaceRequest) -> StreamingHttpResponse:
    """The same data, one CSV file for each table."""
    content = stream_zip(list(own_data.csv_files(request.contact.organization)))
    answer = StreamingHttpResponse(content, content_type="application/zip")
    return _attachment(answer, f"{request.hoster.slug}-donnees-csv.zip")


def _attachment(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = f'attachment; filename="{safe_name(name)}"'
    return answer
