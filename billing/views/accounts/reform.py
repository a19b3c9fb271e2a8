from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.models import Invoice
from billing.reform.calendar import CALENDAR_SOURCE, SANCTIONS, SANCTIONS_SOURCE, frequency_words
from billing.reform.evidence import evidence_of
from billing.reform.forms import StatusForm
from billing.reform.statuses import StatusRefused, record_status
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.ACCOUNTANT)
@require_safe
def reform(request: StaffRequest) -> HttpResponse:
    """What the reform asks of this hoster, since when, and what shows that it is done."""
    context = {
        "evidence": evidence_of(request.hoster),
        "frequency": frequency_words(request.hoster),
        "calendar_source": CALENDAR_SOURCE,
        "sanctions": SANCTIONS,
        "sanctions_source": SANCTIONS_SOURCE,
    }
    return TemplateResponse(request, "staff/accounts/reform.html", context)


@staff(Role.ACCOUNTANT)
@require_POST
def invoice_status(request: StaffRequest, pk: int) -> HttpResponse:
    """Record what a platform said of an invoice."""
    invoice = get_object_or_404(Invoice.objects.filter(hoster=request.hoster), pk=pk)
    form = StatusForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choisissez un statut et écrivez son jour."))
        return redirect(invoice)
    try:
        record_status(invoice=invoice, by=request.user, **form.status())
    except StatusRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Statut noté."))
    return redirect(invoice)
