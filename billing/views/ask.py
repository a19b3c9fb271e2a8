"""A visitor asks for a quote: the configuration is in the address, the price is computed here."""

from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.access_links import mint_link
from billing.forms import NOTICE, AskForm
from billing.models import AccessLink
from billing.quoting.online import (
    FormAlreadyUsed,
    NoFirmPrice,
    QuoteRequest,
    request_quote,
    request_without_price,
)
from crm.models import Request
from funnel.counting import source_of
from hosters.access import HosterRequest, public
from hosters.throttle import throttled
from offers.configurator import Configuration, configure
from offers.former_addresses import follows_renames
from offers.models import Offer
from offers.provider_choices import provider_choices
from pricing.engine import Outcome


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renames
def ask(request: HosterRequest, slug: str) -> HttpResponse:
    """The form, beside what is asked and its price; then the quote at once, or a request to be priced."""
    offer = get_object_or_404(Offer.objects.published().for_display(), slug=slug)
    configuration = configure(offer, request.GET)
    if configuration is None:
        raise Http404
    if not configuration.can_be_asked:
        return redirect(f"{offer.get_absolute_url()}?{request.GET.urlencode()}")
    choices = provider_choices(offer)
    form = AskForm(
        request.POST or None,
        providers=choices,
        via=source_of(request),
        initial={"seen": _price_of(configuration)},
    )
    if request.method == "POST" and form.is_valid() and _price_was_seen(form, configuration):
        try:
            return _record(request, configuration, form)
        except FormAlreadyUsed:
            _ask_again(
                form,
                _("Ce formulaire a déjà été envoyé. Relisez-le, puis envoyez-le à nouveau."),
                key=uuid4(),
            )
    context = {
        "offer": offer,
        "configuration": configuration,
        "form": form,
        "notice": NOTICE,
        "via": form.via,
    }
    return TemplateResponse(request, "storefront/ask.html", context)


@public
@require_safe
def asked(request: HosterRequest) -> HttpResponse:
    """Thanks for a request that a person must answer; `?pour=` says which."""
    wanted = request.GET.get("pour", "")
    known = wanted if wanted in Request.Kind.values else ""
    return TemplateResponse(request, "storefront/asked.html", {"wanted": known})


def _record(request: HosterRequest, configuration: Configuration, form: AskForm) -> HttpResponse:
    wanted = QuoteRequest(
        offer=configuration.offer,
        tariff_version=configuration.version,
        selection=configuration.form.selection(),
        organization=form.organization_details(),
        person=form.person_details(),
        message=form.cleaned_data["message"],
        source=form.source(),
        key=form.cleaned_data["key"],
        providers=form.providers(),
    )
    try:
        quote = request_quote(hoster=request.hoster, asked=wanted)
    except NoFirmPrice:
        request_without_price(hoster=request.hoster, asked=wanted)
        return redirect("storefront:asked")
    token = mint_link(purpose=AccessLink.Purpose.READ_QUOTE, contact=quote.contact, quote=quote)
    return redirect("storefront:quote", token=token)


def _price_of(configuration: Configuration) -> str:
    """The total on the page, sent back only to be compared: nobody accepts a price that they did not see."""
    assert configuration.breakdown is not None
    if configuration.breakdown.outcome == Outcome.ON_QUOTE:
        return Outcome.ON_QUOTE.value
    return str(configuration.breakdown.first_year_total)


def _price_was_seen(form: AskForm, configuration: Configuration) -> bool:
    if form.cleaned_data["seen"] in ("", _price_of(configuration)):
        return True
    changed = _("Le prix a changé depuis l’ouverture de cette page. Relisez-le, puis envoyez à nouveau.")
    _ask_again(form, changed, seen=_price_of(configuration))
    return False


def _ask_again(form: AskForm, reason: str, **hidden: object) -> None:
    """Show the form with what was typed, why it comes back, and new hidden values."""
    form.add_error(None, reason)
    form.data = dict(form.data.items()) | {name: str(value) for name, value in hidden.items()}
