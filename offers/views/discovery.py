"""The files that robots ask for."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hosters.access import HosterRequest, public
from hosters.links import absolute_url
from offers.chatonsinfos import organization_properties, service_properties, written
from offers.discovery import site_map
from offers.models import Offer

XML = "application/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


@public
@require_safe
def sitemap(request: HosterRequest) -> HttpResponse:
    """Every published offer is in it (002-003)."""
    published = Offer.objects.published().order_by("position", "pk")
    offers = published.select_related("range").prefetch_related("tariff_versions")
    context = {"entries": site_map(request.hoster, offers)}
    return TemplateResponse(request, "storefront/sitemap.xml", context, content_type=XML)


@public
@require_safe
def chatons(request: HosterRequest) -> HttpResponse:
    """The organisation, as stats.chatons.org reads it (CHI-01)."""
    offers = Offer.objects.published().order_by("position", "pk")
    sections = organization_properties(request.hoster, offers, at=timezone.localtime())
    return HttpResponse(written(sections), content_type=PLAIN)


@public
@require_safe
def chatons_service(request: HosterRequest, slug: str) -> HttpResponse:
    """One offer on sale, as stats.chatons.org reads it (CHI-01, CHA-02)."""
    rows = Offer.objects.published().for_display().select_related("hoster")
    offer = get_object_or_404(rows, hoster=request.hoster, slug=slug)
    return HttpResponse(written(service_properties(offer, at=timezone.localtime())), content_type=PLAIN)


@public
@require_safe
def robots(request: HosterRequest) -> HttpResponse:
    """The storefront is open to all; the team's pages, spaces and secret links are nobody's business."""
    context = {"sitemaps": [absolute_url(request.hoster, "storefront:sitemap")]}
    return TemplateResponse(request, "robots.txt", context, content_type=PLAIN)
