"""What a person does to an invoice: credit it, replace it; and a deposit asked on a quote. Each is looked at before it
is confirmed, because what is issued never changes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.invoicing import credit_notes, deposits
from billing.invoicing.credit_notes import CreditRefused, issue_credit_note
from billing.invoicing.deposits import DepositRefused, issue_deposit
from billing.invoicing.drafts import DraftRefused, start_corrective
from billing.invoicing.forms import CreditForm, DepositForm
from billing.invoicing.remaining import remaining
from billing.models import Invoice, Quote
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def credit(request: StaffRequest, pk: int) -> HttpResponse:
    """Credit all or a part: the amounts first, then what it gives, then the confirmation."""
    invoice = get_object_or_404(Invoice.objects.filter(hoster=request.hoster).charging(), pk=pk)
    form = CreditForm(request.POST or None, left=remaining(invoice))
    preview = None
    if request.method == "POST" and form.is_valid():
        asked = {"lines": form.credited(), "reason": form.cleaned_data["reason"]}
        try:
            if "emettre" in request.POST:
                key = form.cleaned_data["key"]
                note = issue_credit_note(invoice=invoice, by=request.user, key=key, **asked)
                messages.success(request, _("Avoir %(number)s émis.") % {"number": note.number})
                return redirect(note)
            preview = credit_notes.preview(invoice=invoice, lines=asked["lines"])
        except CreditRefused as refused:
            form.add_error(None, str(refused))
    context = {
        "invoice": invoice,
        "form": form,
        "preview": preview,
        "total": sum(line.amount for line in preview) if preview else None,
        "vat": sum(line.vat for line in preview) if preview else None,
    }
    return TemplateResponse(
        request, "staff/invoicing/credit.html", context, status=422 if form.errors else 200
    )


@staff(Role.ACCOUNTANT)
@require_POST
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Start the draft that will replace an invoice."""
    invoice = get_object_or_404(Invoice.objects.filter(hoster=request.hoster), pk=pk)
    try:
        return redirect(start_corrective(invoice=invoice, by=request.user))
    except DraftRefused as refused:
        messages.warning(request, str(refused))
        return redirect(invoice)


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def deposit(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask a deposit on a quote."""
    quote = get_object_or_404(Quote.objects.filter(hoster=request.hoster).issued(), pk=pk)
    form = DepositForm(request.POST or None, most=deposits.most(quote))
    preview = None
    if request.method == "POST" and form.is_valid():
        gross, key = form.cleaned_data["gross"], form.cleaned_data["key"]
        if reason := deposits.refusal(quote, gross):
            form.add_error(None, reason)
        elif "emettre" in request.POST and key:
            return _asked(request, quote, gross, key)
        else:
            preview = deposits.deposit_lines(quote, gross)
    context = {
        "quote": quote,
        "form": form,
        "preview": preview,
        "total": sum(line.amount for line in preview) if preview else None,
        "most": deposits.most(quote),
    }
    return TemplateResponse(
        request, "staff/invoicing/deposit.html", context, status=422 if form.errors else 200
    )


def _asked(request: StaffRequest, quote: Quote, gross: object, key: object) -> HttpResponse:
    try:
        invoice = issue_deposit(quote=quote, gross=gross, by=request.user, key=key)  # type: ignore[arg-type]
    except DepositRefused as refused:
        messages.warning(request, str(refused))
        return redirect(quote)
    messages.success(request, _("Facture d’acompte %(number)s émise.") % {"number": invoice.number})
    return redirect(invoice)
