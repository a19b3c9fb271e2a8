"""The hoster's workshop: its offers, published or not."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from hosters.access import StaffRequest, staff
from offers.models import Offer
from offers.showcase import with_starting_prices


@staff()
@require_safe
def offers(request: StaffRequest) -> HttpResponse:
    """Every offer with its state, its computed kind and the price it starts from."""
    shown = with_starting_prices(Offer.objects.filter(hoster=request.hoster))
    return TemplateResponse(request, "staff/offers.html", {"offers": shown})
