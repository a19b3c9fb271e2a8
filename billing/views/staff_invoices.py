from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.facturx.data import missing
from billing.invoicing.chain import chain_of
from billing.invoicing.listing import InvoiceFilters
from billing.invoicing.remaining import refundable_amount
from billing.invoicing.routes import Route
from billing.models import Invoice, InvoiceDraft, InvoiceStatus
from billing.payments.forms import PaymentForm
from billing.payments.recording import record_payment
from billing.payments.rows import PaymentRefused
from billing.reform.calendar import issue_since
from billing.reform.forms import StatusForm
from billing.reform.statuses import THROUGH_PLATFORM
from hosters.access import StaffRequest, staff
from hosters.models import Hoster, Role
from hosters.paging import capped_page_of

MAY_RECORD = {Role.ACCOUNTANT, Role.ADMIN}


@staff()
@require_safe
def invoices(request: StaffRequest) -> HttpResponse:
    """The invoices that match the filters, the latest first, and the drafts."""
    filters = InvoiceFilters(request.GET, hoster=request.hoster)
    drafts = InvoiceDraft.objects.filter(hoster=request.hoster).select_related("organization")
    context = {
        "page": capped_page_of(filters.rows(), request),
        "filters": filters,
        "drafts": drafts.order_by("pk") if request.membership.role in MAY_RECORD else [],
    }
    return TemplateResponse(request, "staff/invoices.html", context)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def invoice(request: StaffRequest, pk: int) -> HttpResponse:
    """One invoice, its chain back to the quote, and the money received; recording some is for accountants."""
    rows = Invoice.objects.filter(hoster=request.hoster).with_paid().prefetch_related("lines")
    rows = rows.select_related("hoster", "organization", "subscription", "quote", "corrects", "document")
    shown = get_object_or_404(rows, pk=pk)
    may_record = request.membership.role in MAY_RECORD
    if request.method == "POST" and not may_record:
        raise PermissionDenied
    form = PaymentForm(request.POST or None, due=shown.balance())
    if request.method == "POST" and form.is_valid() and _recorded(request, shown, form):
        return redirect(shown)
    payments = shown.payments.select_related("recorded_by").prefetch_related("corrections")
    context = {
        "invoice": shown,
        "form": form if may_record else None,
        "payments": payments.order_by("received_on", "pk"),
        "held": refundable_amount(shown),
        "missing": missing(shown),
        "chain": chain_of(shown),
        "may_act": may_record,
        **_on_platform(request.hoster, shown, may_record=may_record),
    }
    return TemplateResponse(request, "staff/invoice.html", context)


def _on_platform(hoster: Hoster, invoice: Invoice, *, may_record: bool) -> dict[str, object]:
    """What its platform said of it (EIN-04); nothing for what travels by mail alone."""
    if invoice.route not in THROUGH_PLATFORM:
        return {"statuses": None, "status_form": None, "deposit_since": None}
    statuses = list(
        InvoiceStatus.objects.filter(invoice=invoice).select_related("recorded_by").order_by("on", "pk")
    )
    ended = any(each.code in each.ENDED for each in statuses)
    since = issue_since(hoster) if invoice.route == Route.B2B else None
    return {
        "statuses": statuses,
        "status_form": StatusForm() if may_record and not ended else None,
        "deposit_since": since if since and since > timezone.localdate() else None,
    }


def _recorded(request: StaffRequest, invoice: Invoice, form: PaymentForm) -> bool:
    """Whether it was recorded; else the form says why and keeps what was typed."""
    try:
        record_payment(invoice=invoice, by=request.user, **form.payment())
    except PaymentRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Paiement enregistré."))
    return True
