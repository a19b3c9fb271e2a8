"""The pages that the law asks, generated from what the hoster says of itself (LEG-01, LEG-04)."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from hosters.access import HosterRequest, public
from hosters.legal_identity import missing_identity
from hosters.models import Subprocessor
from hosters.retention import public_rules
from offers.models import Offer


@public
@require_safe
def legal(request: HosterRequest) -> HttpResponse:
    """Who publishes and who hosts (LCEN article 1-1, LEG-01)."""
    context = {"missing": missing_identity(request.hoster)}
    return TemplateResponse(request, "storefront/legal.html", context)


@public
@require_safe
def privacy(request: HosterRequest) -> HttpResponse:
    """What is kept of people, why, how long; and what is not (GDPR-11)."""
    return TemplateResponse(request, "storefront/privacy.html", {"rules": public_rules()})


@public
@require_safe
def accessibility(request: HosterRequest) -> HttpResponse:
    """The state of this site, said as it is, and whom to tell (ACC-01, ACC-02)."""
    return TemplateResponse(request, "storefront/accessibility.html")


@public
@require_safe
def reversibility(request: HosterRequest) -> HttpResponse:
    """How one leaves each offer with one's data (CON-08, CON-09)."""
    offers = Offer.objects.published().order_by("position", "pk")
    return TemplateResponse(request, "storefront/reversibility.html", {"offers": offers})


@public
@require_safe
def subprocessors(request: HosterRequest) -> HttpResponse:
    """To whom data are entrusted (GDPR article 28, CON-12)."""
    rows = Subprocessor.objects.filter(hoster=request.hoster)
    return TemplateResponse(request, "storefront/subprocessors.html", {"subprocessors": rows})
