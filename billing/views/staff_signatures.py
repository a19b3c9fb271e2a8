"""Staff record a quote that came back signed, and read its file again."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.acceptance import AcceptanceRefused, accept_quote
from billing.documents.files import DamagedFile
from billing.models import Quote, SignedScan
from billing.signature_form import SignatureForm
from billing.signed_scans import scan_bytes
from hosters.access import StaffRequest, staff
from hosters.models import Role

logger = logging.getLogger("chatiere.documents")


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """Record an acceptance on paper: who signed, when, the file; the acknowledgment leaves to the association."""
    rows = Quote.objects.filter(hoster=request.hoster).select_related("contact")
    quote = get_object_or_404(rows, pk=pk)
    initial = {"name": quote.contact.name, "role": quote.contact.role}
    form = SignatureForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _record(request, quote, form)
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "staff/signature.html", {"quote": quote, "form": form}, status=status)


def _record(request: StaffRequest, quote: Quote, form: SignatureForm) -> HttpResponse:
    try:
        accept_quote(
            quote=quote,
            mandate=form.mandate(quote, email=quote.contact.email),
            signature=form.signature(recorded_by=request.user),
        )
    except AcceptanceRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Devis signé enregistré. L’accusé de réception part avec le contrat."))
    return redirect(quote)


@staff()
@require_safe
def scan(request: StaffRequest, pk: int) -> HttpResponse:
    """The signed file, to keep on one's own disk: it came from outside, so it is never shown by the site."""
    rows = SignedScan.objects.filter(acceptance__quote__hoster=request.hoster)
    kept = get_object_or_404(rows.select_related("acceptance__quote"), acceptance__quote=pk)
    try:
        content = scan_bytes(kept)
    except DamagedFile as damaged:
        logger.critical("%s", damaged)
        raise Http404 from damaged
    response = HttpResponse(content, content_type=kept.media_type)
    response["Content-Disposition"] = f'attachment; filename="{kept.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
