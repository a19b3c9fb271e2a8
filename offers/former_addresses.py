"""Where an address that an offer had leads now (002-064)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import Http404, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse

from hosters.access import HosterRequest
from offers.models import FormerSlug, Offer

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def current_slug(slug: str) -> str:
    """The address of the offer on sale that had this one; "" when none had."""
    had = FormerSlug.objects.filter(slug=slug, offer__state=Offer.State.PUBLISHED).select_related("offer")
    found = had.first()
    return found.offer.slug if found else ""


def follows_renames(view: View) -> View:
    """A page below the address of an offer: its former addresses lead there, with what follows the « ? »."""

    @wraps(view)
    def found(request: HosterRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, slug=slug, **kwargs)
        except Http404:
            now = current_slug(slug) if request.method in ("GET", "HEAD") else ""
            if not now or request.resolver_match is None:
                raise
            url = reverse(request.resolver_match.view_name, kwargs={**kwargs, "slug": now})
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)

    return cast(View, found)
