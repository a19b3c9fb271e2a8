"""What is unpaid, what was received too much, and the acts on a payment."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.invoicing.remaining import refundable_amount
from billing.models import DebitOrder, Invoice, Payment
from billing.payments.excess import move_excess, refund
from billing.payments.forms import MoveForm, RefundForm, TakeBackForm
from billing.payments.overview import outstanding, overpaid, unpaid, unpaid_of
from billing.payments.rows import PaymentRefused
from billing.payments.undoing import take_back
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of


@staff()
@require_safe
def unpaid_invoices(request: StaffRequest) -> HttpResponse:
    """What is still to receive, the oldest due day first."""
    context = {"page": page_of(unpaid(request.hoster), request), "outstanding": outstanding(request.hoster)}
    return TemplateResponse(request, "staff/money/unpaid.html", context)


@staff()
@require_safe
def excesses(request: StaffRequest) -> HttpResponse:
    """What associations paid too much, or was credited to them: to send back or to use."""
    return TemplateResponse(
        request, "staff/money/excesses.html", {"page": page_of(overpaid(request.hoster), request)}
    )


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def undo_payment(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a payment back: the bank rejected it, or it was typed wrongly."""
    rows = Payment.objects.filter(invoice__hoster=request.hoster).select_related("invoice")
    payment = get_object_or_404(rows, pk=pk)
    if debited := DebitOrder.objects.filter(payment=payment).first():
        messages.info(request, _("Ce paiement est un prélèvement : notez ici qu’il est revenu."))
        return redirect("staff:reject_debit", pk=debited.pk)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = Payment.Kind(form.cleaned_data["kind"])
        movement = form.movement(request.user)
        if _done(form, lambda: take_back(payment=payment, kind=kind, movement=movement)):
            messages.success(request, _("C’est annulé : la facture est de nouveau à payer."))
            return redirect(payment.invoice)
    context = {"payment": payment, "invoice": payment.invoice, "form": form}
    return TemplateResponse(request, "staff/money/undo.html", context)


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def refund_invoice(request: StaffRequest, pk: int) -> HttpResponse:
    """Send back what an invoice holds too much."""
    invoice = _invoice_or_404(request, pk)
    held = refundable_amount(invoice)
    form = RefundForm(request.POST or None, amount=held)
    if request.method == "POST" and form.is_valid():
        amount, movement = form.cleaned_data["amount"], form.movement(request.user)
        if _done(form, lambda: refund(invoice=invoice, amount=amount, movement=movement)):
            messages.success(request, _("Remboursement noté. Pensez à faire le virement à votre banque."))
            return redirect(invoice)
    context = {"invoice": invoice, "held": held, "form": form}
    return TemplateResponse(request, "staff/money/refund.html", context)


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def move_excess_of(request: StaffRequest, pk: int) -> HttpResponse:
    """Pay another invoice of the association with what this one holds too much."""
    invoice = _invoice_or_404(request, pk)
    held, targets = refundable_amount(invoice), list(unpaid_of(invoice))
    usual = min(held, targets[0].balance()) if targets else held
    form = MoveForm(request.POST or None, targets=targets, amount=usual)
    if request.method == "POST" and form.is_valid():
        target, amount = form.target_invoice(), form.cleaned_data["amount"]
        movement = form.movement(request.user)
        if _done(form, lambda: move_excess(source=invoice, target=target, amount=amount, movement=movement)):
            messages.success(request, _("Le trop-perçu paie maintenant la facture %s.") % target.number)
            return redirect(target)
    context = {"invoice": invoice, "held": held, "targets": targets, "form": form}
    return TemplateResponse(request, "staff/money/move.html", context)


def _invoice_or_404(request: StaffRequest, pk: int) -> Invoice:
    rows = Invoice.objects.filter(hoster=request.hoster).with_paid().select_related("organization")
    return get_object_or_404(rows, pk=pk)


def _done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether it was done; else the form says why and keeps what was typed."""
    try:
        act()
    except PaymentRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True
