"""Asking for another offer or other quantities, with what it changes shown before anything is sent."""

import re
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.change_requests import ask_change, preview_change
from billing.models import Subscription
from billing.quoting.online import FormAlreadyUsed
from billing.selections import selection_from_json
from crm.space_roles import Right
from offers.configurator import Configuration, configure
from offers.models import Offer
from offers.tariffs import tariff_in_force
from portal.access import SpaceRequest, entitled, space
from portal.forms import ChangeForm
from pricing.engine import Metric
from pricing.forms import FREE_AMOUNT, OPTION, TERM

SLUG = re.compile(r"[\w-]{1,60}")


@space
@entitled(Right.ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SpaceRequest, pk: int) -> HttpResponse:
    """The configuration is in the address, as on the public page; the price is computed here."""
    theirs = Subscription.objects.active().filter(organization=request.contact.organization)
    subscription = get_object_or_404(theirs.select_related("quote__tariff_version", "quote__hoster"), pk=pk)
    offers = list(Offer.objects.published().for_display().select_related("hoster"))
    offer = _offer(request, subscription, offers)
    configuration = _configuration(request, subscription, offer)
    preview = preview_change(subscription, configuration) if configuration else None
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and preview and form.is_valid():
        try:
            ask_change(contact=request.contact, preview=preview, **form.cleaned_data)
        except FormAlreadyUsed:
            form.data = dict(form.data.items()) | {"key": str(uuid4())}
            form.add_error(None, _("Ce formulaire a déjà été envoyé. Relisez-le, puis envoyez-le à nouveau."))
        else:
            messages.success(request, _("Votre demande est partie. Rien ne change avant un devis accepté."))
            return redirect("portal:home")
    context = {
        "subscription": subscription,
        "offers": offers,
        "offer": offer,
        "configuration": configuration,
        "preview": preview,
        "form": form,
    }
    return TemplateResponse(request, "portal/change.html", context)


def _offer(request: SpaceRequest, subscription: Subscription, offers: list[Offer]) -> Offer | None:
    """The offer looked at: the one in the address, else that of the contract if it is still sold."""
    slug = request.GET.get("offre", "")
    wanted = slug if SLUG.fullmatch(slug) else ""
    named = next((each for each in offers if each.slug == wanted), None)
    return named or next((each for each in offers if each.pk == subscription.quote.offer_id), None)


def _configuration(
    request: SpaceRequest, subscription: Subscription, offer: Offer | None
) -> Configuration | None:
    if offer is None:
        return None
    asked = {name: value for name, value in request.GET.items() if name != "offre"}
    return configure(offer, asked or _running_now(subscription, offer))


def _running_now(subscription: Subscription, offer: Offer) -> dict[str, str]:
    """The quantities of the contract, as the form begins with; what another offer does not count is left out."""
    if not subscription.quote.selection:
        return {}
    kept = selection_from_json(subscription.quote.selection)
    known = {metric.code for metric in _metrics(offer)}
    numbers = {code: str(value) for code, value in kept.quantities.items() if code in known}
    options = {OPTION + code: str(value) for code, value in kept.options.items()}
    same = offer.pk == subscription.quote.offer_id
    free = {FREE_AMOUNT: str(kept.free_amount)} if kept.free_amount is not None else {}
    return numbers | (options | free | {TERM: str(kept.term_months)} if same else {})


def _metrics(offer: Offer) -> list[Metric]:
    """What the tariff in force of an offer counts."""
    version = tariff_in_force(offer)
    return list(version.tariff.priced_metrics()) if version else []
