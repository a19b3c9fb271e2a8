from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from billing.downloads import stored_bytes
from billing.facturx.files import NoData, without_data, xml_inside
from billing.models import Invoice
from hosters.access import StaffRequest, staff


@staff()
@require_safe
def invoice_data(request: StaffRequest, pk: int) -> HttpResponse:
    """The XML of an invoice, the very one that is inside its PDF."""
    return _read_back(request, pk, xml_inside, "application/xml", "xml")


@staff()
@require_safe
def plain_invoice(request: StaffRequest, pk: int) -> HttpResponse:
    """The PDF of an invoice without its data, for a platform that refuses them."""
    return _read_back(request, pk, without_data, "application/pdf", "pdf")


def _read_back(
    request: StaffRequest, pk: int, reading: Callable[[bytes], bytes], content_type: str, ending: str
) -> HttpResponse:
    rows = Invoice.objects.filter(hoster=request.hoster).select_related("document")
    invoice = get_object_or_404(rows, pk=pk)
    if not invoice.document.ready:
        raise Http404
    try:
        content = reading(stored_bytes(invoice.document))
    except NoData:
        messages.warning(request, _("Le PDF de cette facture a été fait sans données."))
        return redirect(invoice)
    response = HttpResponse(content, content_type=content_type)
    name = invoice.document.name.removesuffix(".pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
