"""Pages that help to choose: a few questions, or several offers at once."""

from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from funnel.counting import count_page, source_of
from hosters.access import HosterRequest, public
from offers.advice import advise
from offers.bespoke_order import read_order
from offers.help_form import HelpForm, was_answered
from offers.models import Offer
from offers.wishes import BESPOKE, HELP


@public
@require_safe
def choose(request: HosterRequest) -> HttpResponse:
    """The questions; then, at the same address, the recommended offer. Nothing is kept of the answers."""
    count_page(request)
    offers = list(Offer.objects.published().for_display().select_related("hoster"))
    form = HelpForm(offers, request.GET if was_answered(request.GET) else None)
    advice = advise(request.hoster, offers, form) if form.is_valid() else None
    context = {
        "form": form,
        "advice": advice,
        "offers": offers,
        "request_query": _for_a_person(request, HELP),
        "via": source_of(request),
    }
    return TemplateResponse(request, "storefront/choose.html", context)


@public
@require_safe
def bespoke(request: HosterRequest) -> HttpResponse:
    """Several offers in one basket. htmx asks for the total only; the address keeps the order."""
    if not request.htmx:
        count_page(request)
    offers = list(Offer.objects.published().for_display().select_related("hoster"))
    order = read_order(request.hoster, offers, request.GET)
    template = "storefront/choose_bespoke.html"
    context = {"order": order, "request_query": _for_a_person(request, BESPOKE), "via": source_of(request)}
    if not request.htmx:
        return TemplateResponse(request, template, context)
    response = TemplateResponse(request, f"{template}#total", context)
    response["HX-Replace-Url"] = f"{request.path}?{order.query}"
    return response


def _for_a_person(request: HosterRequest, purpose: str) -> str:
    """The same answers, as parameters of the page that asks a person."""
    asked: QueryDict = request.GET.copy()
    asked["pour"] = purpose
    return asked.urlencode()
