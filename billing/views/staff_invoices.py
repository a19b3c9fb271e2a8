from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms import PaymentForm
from billing.models import Invoice
from billing.payments import PaymentRefused, record_payment
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of

MAY_RECORD = {Role.ACCOUNTANT, Role.ADMIN}


@staff()
@require_safe
def invoices(request: StaffRequest) -> HttpResponse:
    """Every invoice, the latest first."""
    rows = Invoice.objects.filter(hoster=request.hoster).latest_first().with_paid()
    return TemplateResponse(request, "staff/invoices.html", {"page": page_of(rows, request)})


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def invoice(request: StaffRequest, pk: int) -> HttpResponse:
    """One invoice, its chain back to the quote, and the money received; recording some is for accountants."""
    rows = Invoice.objects.filter(hoster=request.hoster).with_paid().prefetch_related("lines")
    rows = rows.select_related("organization", "subscription__quote", "document")
    shown = get_object_or_404(rows, pk=pk)
    may_record = request.membership.role in MAY_RECORD
    if request.method == "POST" and not may_record:
        raise PermissionDenied
    form = PaymentForm(request.POST or None, due=shown.balance())
    if request.method == "POST" and form.is_valid():
        return _record(request, shown, form)
    payments = shown.payments.select_related("recorded_by").order_by("received_on", "pk")
    context = {"invoice": shown, "form": form if may_record else None, "payments": payments}
    return TemplateResponse(request, "staff/invoice.html", context)


def _record(request: StaffRequest, invoice: Invoice, form: PaymentForm) -> HttpResponse:
    try:
        record_payment(invoice=invoice, by=request.user, **form.payment())
    except PaymentRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Paiement enregistré."))
    return redirect(invoice)
