"""The public pages of a hoster: what is offered, by need; what it costs; and who is behind."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from funnel.counting import count_page, count_step, source_of
from funnel.models import StepCount
from hosters.access import HosterRequest, public
from offers.departure import answers_of, moments_of
from offers.former_addresses import follows_renames
from offers.models import Offer, Range
from offers.offer_page import offer_page
from offers.showcase import PUBLIC, published_offers, shelf_of, showcase
from pricing.forms import TERM


@public
@require_safe
def home(request: HosterRequest) -> HttpResponse:
    """For whom first, then by need, then the ranges side by side (002-100, 002-120)."""
    count_page(request)
    asked = request.GET
    shown = showcase(published_offers(), public=asked.get(PUBLIC, ""), term=asked.get(TERM, ""))
    return TemplateResponse(request, "storefront/home.html", {"showcase": shown})


@public
@require_safe
def offers(request: HosterRequest) -> HttpResponse:
    """Every offer, whoever it is for; `?public=` keeps those of one public (002-068)."""
    count_page(request)
    asked = request.GET
    shown = showcase(
        published_offers(), public=asked.get(PUBLIC, ""), term=asked.get(TERM, ""), everybody=True
    )
    return TemplateResponse(request, "storefront/offers.html", {"showcase": shown})


@public
@require_safe
def range(request: HosterRequest, slug: str) -> HttpResponse:
    """One range: four offers side by side, then the others. A range without published offer is no page."""
    shown = get_object_or_404(Range, slug=slug)
    published = [offer for offer in published_offers() if offer.range_id == shown.pk]
    if not published:
        raise Http404
    count_page(request)
    context = {"range": shown, "showcase": shelf_of(shown, published, term=request.GET.get(TERM, ""))}
    return TemplateResponse(request, "storefront/range.html", context)


@public
@require_safe
@follows_renames
def offer(request: HosterRequest, slug: str) -> HttpResponse:
    """The offer and its configurator. htmx asks for the price only; the address keeps the configuration."""
    rows = Offer.objects.published().for_display().select_related("hoster", "study")
    shown = get_object_or_404(rows, slug=slug)
    _count(request, shown)
    address = shown.get_absolute_url()
    context = offer_page(shown, request.GET, address=address, via=source_of(request), whole=not request.htmx)
    if not request.htmx:
        return TemplateResponse(request, "storefront/offer.html", context)
    response = TemplateResponse(request, "storefront/offer.html#price", context)
    if (configuration := context["configuration"]) and configuration.query:
        response["HX-Replace-Url"] = f"{address}?{configuration.query}"
    return response


def _count(request: HosterRequest, shown: Offer) -> None:
    """The page once, and the first change made on it; the marker is gone from the next htmx requests."""
    if not request.htmx:
        count_page(request, offer=shown.slug)
    if "premier" in request.GET:
        count_step(request, StepCount.Step.CONFIGURED, offer=shown.slug)


@public
@require_safe
@follows_renames
def departure(request: HosterRequest, slug: str) -> HttpResponse:
    """How one leaves this offer, day by day (002-153 to 002-155)."""
    shown = get_object_or_404(Offer.objects.published(), slug=slug)
    context = {"offer": shown, "moments": moments_of(shown), "answers": answers_of(shown)}
    return TemplateResponse(request, "storefront/departure.html", context)
