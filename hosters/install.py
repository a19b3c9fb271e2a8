"""The door of an install: which hosters are here, and where somebody of a staff goes after signing in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from hosters.access import private, public
from hosters.links import absolute_url, path_of
from hosters.models import Hoster
from hosters.opening import OPENING


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The hosters of this install."""
    sites = [(hoster, path_of(hoster)) for hoster in Hoster.objects.order_by("name")]
    return TemplateResponse(request, "install/home.html", {"sites": sites, "opening": OPENING})


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """At the root of an install that serves several hosters: the site map of each."""
    sitemaps = [absolute_url(hoster, "storefront:sitemap") for hoster in Hoster.objects.order_by("name")]
    context = {"sitemaps": sitemaps}
    return TemplateResponse(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@private
@require_safe
@login_required
def staff(request: HttpRequest) -> HttpResponse:
    """Straight to one's own hoster, or the choice among several."""
    assert request.user.is_authenticated
    hosters = Hoster.objects.filter(memberships__user=request.user).order_by("name")
    sites = [(hoster, f"{path_of(hoster)}gestion/") for hoster in hosters]
    if len(sites) == 1:
        return redirect(sites[0][1])
    return TemplateResponse(request, "install/staff.html", {"sites": sites})
