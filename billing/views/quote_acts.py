"""What an association does with its quote, beside accepting it: every act is a POST of the link that decides."""

from collections.abc import Callable
from contextlib import suppress
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.draft_forms import ChangeForm, KeyForm, RefusalForm
from billing.models import AccessLink, Quote, QuoteEvent
from billing.quoting.choice import asked_choice
from billing.quoting.options import choose_options
from billing.quoting.requests import ask_change, ask_renewal
from billing.quoting.states import ActRefused, Told, move, refusal
from billing.quoting.versions import record_refusal, renew_by_client
from billing.views.quote import READ, link_or_404
from hosters.access import HosterRequest, private
from hosters.throttle import throttled

Act, Actor = QuoteEvent.Act, QuoteEvent.Actor
DECIDE = AccessLink.Purpose.DECIDE_QUOTE


@private
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HosterRequest, token: str) -> HttpResponse:
    """Sent by the page at the first movement, touch or key of a person: never by a mail scanner that reads it."""
    link = link_or_404(token, *READ)
    if request.method == "POST" and link.purpose == DECIDE:
        with suppress(ActRefused):
            move(quote=_of(link), act=Act.OPEN, actor=Actor.CLIENT, told=_told(link))
    return HttpResponse() if request.htmx else redirect("storefront:quote", token=token)


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def options(request: HosterRequest, token: str) -> HttpResponse:
    """Keep a choice of options: a new version with its own PDF."""
    link = link_or_404(token, DECIDE)
    quote = _of(link)
    if request.method != "POST":
        return redirect("storefront:quote", token=token)
    try:
        chosen = asked_choice(request.POST, quote)
        kept = choose_options(quote=quote, chosen=chosen, told=_told(link))
    except ActRefused as refused:
        messages.warning(request, str(refused))
    else:
        if kept.pk != quote.pk:
            text = _("Votre choix est dans le devis %(number)s, avec son PDF.")
            messages.success(request, text % {"number": kept.number})
    return redirect("storefront:quote", token=token)


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HosterRequest, token: str) -> HttpResponse:
    """Ask for something else; a person answers with a new version."""
    link = link_or_404(token, DECIDE)
    quote = _of(link)
    if reason := refusal(quote=quote, act=Act.ASK_CHANGE, actor=Actor.CLIENT):
        messages.warning(request, reason)
        return redirect("storefront:quote", token=token)
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _acted(request, lambda: ask_change(quote=quote, told=_told(link), **form.cleaned_data)):
            messages.success(
                request, _("C’est noté. Une personne vous lira et vous enverra une nouvelle version.")
            )
        return redirect("storefront:quote", token=token)
    context = {"quote": quote, "token": token, "form": form}
    return TemplateResponse(request, "storefront/quote_change.html", context)


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HosterRequest, token: str) -> HttpResponse:
    """Say no, with a reason; the page that asks for it is the confirmation."""
    link = link_or_404(token, DECIDE)
    quote = _of(link)
    if reason := refusal(quote=quote, act=Act.REFUSE, actor=Actor.CLIENT):
        messages.warning(request, reason)
        return redirect("storefront:quote", token=token)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = Told(name=link.contact.name, **form.cleaned_data)
        _acted(request, lambda: record_refusal(quote=quote, actor=Actor.CLIENT, told=told))
        return redirect("storefront:quote", token=token)
    context = {"quote": quote, "token": token, "form": form}
    return TemplateResponse(request, "storefront/quote_decline.html", context)


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HosterRequest, token: str) -> HttpResponse:
    """Take an expired quote up again in one click, at the tariff in force."""
    link = link_or_404(token, DECIDE)
    quote, form = _of(link), KeyForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("storefront:quote", token=token)
    try:
        renewed = renew_by_client(quote=quote, told=_told(link))
    except ActRefused as refused:
        messages.warning(request, str(refused))
        return redirect("storefront:quote", token=token)
    if renewed is None:
        ask_renewal(quote=quote, key=form.cleaned_data["key"])
        messages.success(request, _("C’est demandé. Une personne revoit le prix et vous écrit."))
    else:
        messages.success(request, _("Voici votre nouveau devis, au tarif d’aujourd’hui."))
    return redirect("storefront:quote", token=token)


def _of(link: AccessLink) -> Quote:
    return cast(Quote, link.quote)


def _told(link: AccessLink) -> Told:
    return Told(name=link.contact.name)


def _acted(request: HosterRequest, act: Callable[[], object]) -> bool:
    """Whether the act was done; what refused it in between is told."""
    try:
        act()
    except ActRefused as refused:
        messages.warning(request, str(refused))
        return False
    return True
