"""What staff do with a quote that left: take it up again, copy it, take it back, note a refusal."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.draft_forms import RefusalForm, WithdrawalForm
from billing.models import Quote, QuoteEvent
from billing.quoting.states import ActRefused, refusal
from billing.quoting.versions import (
    duplicate_quote,
    record_refusal,
    renew_quote,
    revise_quote,
    withdraw_quote,
)
from billing.views.staff_drafts import told_by
from hosters.access import StaffRequest, staff
from hosters.models import Role

AGAIN: dict[str, Callable[..., Quote]] = {
    "reviser": revise_quote,
    "renouveler": renew_quote,
    "copier": duplicate_quote,
}
Act, Actor = QuoteEvent.Act, QuoteEvent.Actor


def _quote_or_404(request: StaffRequest, pk: int) -> Quote:
    rows = Quote.objects.filter(hoster=request.hoster).select_related("hoster", "contact", "document")
    return get_object_or_404(rows, pk=pk)


@staff(Role.SALES)
@require_POST
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """A new draft from this quote: a revision, a renewal or a copy, as the button says."""
    quote = _quote_or_404(request, pk)
    take_up = AGAIN.get(request.POST.get("acte", ""))
    if take_up is None:
        messages.error(request, _("Choisissez : une nouvelle version, un renouvellement ou une copie."))
        return redirect(quote)
    try:
        draft = take_up(quote=quote, told=told_by(request))
    except ActRefused as refused:
        messages.error(request, str(refused))
        return redirect(quote)
    return redirect(draft)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a quote back with a reason, or give a draft up."""
    quote = _quote_or_404(request, pk)
    if reason := refusal(quote=quote, act=Act.WITHDRAW, actor=Actor.STAFF):
        messages.warning(request, reason)
        return redirect(quote)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        return _done(request, quote, lambda: withdraw_quote(quote=quote, told=told_by(request, note=note)))
    return TemplateResponse(request, "staff/quote_withdraw.html", {"quote": quote, "form": form})


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """The association said no by telephone or by letter."""
    quote = _quote_or_404(request, pk)
    if reason := refusal(quote=quote, act=Act.REFUSE, actor=Actor.STAFF):
        messages.warning(request, reason)
        return redirect(quote)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = told_by(request, **form.cleaned_data)
        return _done(request, quote, lambda: record_refusal(quote=quote, actor=Actor.STAFF, told=told))
    return TemplateResponse(request, "staff/quote_refuse.html", {"quote": quote, "form": form})


def _done(request: StaffRequest, quote: Quote, act: Callable[[], Quote]) -> HttpResponse:
    try:
        done = act()
    except ActRefused as refused:
        messages.error(request, str(refused))
        return redirect(quote)
    told = {"quote": done, "state": done.status_label}
    messages.success(request, _("%(quote)s : %(state)s.") % told)
    return redirect("staff:quotes" if not done.number else done)
