"""Who may open a page. Every view of the URLconf carries one of these decorators; a test refuses the others.

Another hoster's staff gets the 404 of a page that does not exist, so that nothing tells what exists elsewhere.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from hosters.models import Hoster, Membership, Role, User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class HosterRequest(HttpRequest):
    """A request under the storefront of one hoster (set by `HosterMiddleware`)."""

    hoster: Hoster
    htmx: HtmxDetails


class StaffRequest(HosterRequest):
    """A request by a person of this hoster's staff."""

    user: User
    membership: Membership


def public(view: View) -> View:
    """Anybody may open this page."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def staff(*roles: Role) -> Callable[[View], View]:
    """Only the hoster's own staff, in one of the roles when some are named; administrators always.

    Anonymous people go to the login page, other hosters' staff get a 404, the wrong role gets a 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            request.membership = _membership(request)
            if roles and request.membership.role not in {*roles, Role.ADMIN}:
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            keep_private(response)
            return response

        guarded.access = "staff"  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def private(view: View) -> View:
    """The page is reached by a secret link or a session of the association: never cached, never indexed."""

    @wraps(view)
    def guarded(request: HosterRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        keep_private(response)
        return response

    guarded.access = "private"  # type: ignore[attr-defined]
    return cast(View, guarded)


def _membership(request: StaffRequest) -> Membership:
    try:
        return request.user.memberships.get(hoster=request.hoster)
    except Membership.DoesNotExist:
        raise Http404 from None


def _to_login(request: StaffRequest) -> HttpResponseBase:
    response = redirect_to_login(request.get_full_path())
    return HttpResponseClientRedirect(response["Location"]) if request.htmx else response


def keep_private(response: HttpResponseBase) -> None:
    """Neither kept by a browser or a proxy, nor found by a search engine."""
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
