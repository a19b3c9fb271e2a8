"""Debits: announced, put in a file for the bank, collected, rejected."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.models import DebitBatch, DebitOrder
from billing.payments.rows import PaymentRefused
from billing.sepa.announcing import announce_again, stopped_debits
from billing.sepa.collecting import cancel_order, collect_batch, make_batch, ready_orders, reject_order
from billing.sepa.forms import AnswerForm, BatchForm, CollectForm, RejectForm
from billing.sepa.mandates import MandateRefused
from billing.sepa.pain002 import receive_answer
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of
from pricing.dates import date_format

MOST_STOPPED = 50


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def debits(request: StaffRequest) -> HttpResponse:
    """What will be debited, the files made, and making the next one."""
    form = BatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = make_batch(hoster=request.hoster, by=request.user, **form.cleaned_data)
        except MandateRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Remise %s prête : téléchargez-la et déposez-la à votre banque.") % batch
            )
            return redirect(batch)
    context = {
        "page": page_of(ready_orders(request.hoster, until=date.max), request),
        "stopped": stopped_debits(request.hoster)[:MOST_STOPPED],
        "batches": DebitBatch.objects.filter(hoster=request.hoster).with_awaited().order_by("-pk")[:10],
        "form": form,
        "answer": AnswerForm(),
    }
    return TemplateResponse(request, "staff/money/debits.html", context)


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def debit_batch(request: StaffRequest, pk: int) -> HttpResponse:
    """A file, its debits, and the day on which the bank paid it."""
    batch = get_object_or_404(DebitBatch.objects.filter(hoster=request.hoster).with_awaited(), pk=pk)
    form = CollectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if _acted(request, lambda: collect_batch(batch=batch, on=on, by=request.user)):
            messages.success(request, _("La remise est encaissée : ses factures sont payées."))
        return redirect(batch)
    orders = batch.orders.select_related("invoice__organization", "mandate").order_by("pk")
    return TemplateResponse(
        request, "staff/money/debit_batch.html", {"batch": batch, "orders": orders, "form": form}
    )


@staff(Role.ACCOUNTANT)
@require_safe
def batch_file(request: StaffRequest, pk: int) -> HttpResponse:
    """The file for the bank, the same bytes each time."""
    batch = get_object_or_404(DebitBatch.objects.filter(hoster=request.hoster), pk=pk)
    name = f"prelevements-{batch.number}.xml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(batch.content, content_type="application/xml", headers=headers)


@staff(Role.ACCOUNTANT)
@require_POST
def cancel_debit(request: StaffRequest, pk: int) -> HttpResponse:
    """Give up a debit that was only announced."""
    order = _order_or_404(request, pk)
    if _acted(request, lambda: cancel_order(order=order, reason=_("abandonné par l’équipe"))):
        messages.success(request, _("Ce prélèvement n’aura pas lieu."))
    return redirect("staff:debits")


@staff(Role.ACCOUNTANT)
@require_POST
def debit_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Try again a debit that was rejected or given up."""
    try:
        again = announce_again(order=_order_or_404(request, pk))
    except MandateRefused as refused:
        messages.error(request, str(refused))
    else:
        told = {"number": again.invoice.number, "day": date_format(again.collect_on, "j F Y")}
        messages.success(
            request, _("La facture %(number)s sera prélevée le %(day)s ; l’association est prévenue.") % told
        )
    return redirect("staff:debits")


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def reject_debit(request: StaffRequest, pk: int) -> HttpResponse:
    """The bank refused a debit, or sent it back."""
    order = _order_or_404(request, pk)
    form = RejectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _acted(request, lambda: reject_order(order=order, by=request.user, **given)):
            messages.success(request, _("Le rejet est noté : la facture est de nouveau à payer."))
        return redirect(order.batch or "staff:debits")
    return TemplateResponse(request, "staff/money/reject.html", {"order": order, "form": form})


@staff(Role.ACCOUNTANT)
@require_POST
def debit_answer(request: StaffRequest) -> HttpResponse:
    """The bank's answer to a file."""
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choisissez le fichier de votre banque."))
        return redirect("staff:debits")
    content = form.cleaned_data["file"].read()
    try:
        answer = receive_answer(
            hoster=request.hoster, content=content, on=timezone.localdate(), by=request.user
        )
    except PaymentRefused as refused:
        messages.error(request, str(refused))
        return redirect("staff:debits")
    rejected = len(answer.rejected)
    told = ngettext("%(n)s prélèvement rejeté est noté.", "%(n)s prélèvements rejetés sont notés.", rejected)
    messages.success(
        request, told % {"n": rejected} if rejected else _("Aucun nouveau rejet dans ce fichier.")
    )
    if answer.unknown:
        unknown = {"references": ", ".join(answer.unknown[:5])}
        messages.warning(request, _("Références inconnues ici : %(references)s.") % unknown)
    return redirect("staff:debits")


def _order_or_404(request: StaffRequest, pk: int) -> DebitOrder:
    rows = DebitOrder.objects.filter(hoster=request.hoster).select_related("invoice", "batch", "mandate")
    return get_object_or_404(rows, pk=pk)


def _acted(request: StaffRequest, act: Callable[[], None]) -> bool:
    try:
        act()
    except PaymentRefused as refused:
        messages.error(request, str(refused))
        return False
    return True
