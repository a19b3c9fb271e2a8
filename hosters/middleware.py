"""Which hoster a request is for, and what every answer must carry."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils.cache import patch_vary_headers
from django_scopes import scope

from hosters.access import keep_private
from hosters.models import Hoster

Handler = Callable[[HttpRequest], HttpResponse]

#: With several hosters, each has its whole site below this prefix.
PREFIX = re.compile(r"^/chez/(?P<slug>[a-z0-9-]+)(?=/)")


class HosterMiddleware:
    """Finds the hoster and mounts its site: by its domain, by the prefix `/chez/<slug>/`, or because it is alone.

    The prefix is taken off the path before the URLs are read, and `reverse()` puts it back, so that the URLconf
    and the views know one hoster only. Without a hoster (the root of an install that serves several) the small
    URLconf of the install answers. Queries are scoped to the hoster for the whole request.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = get_script_prefix()
        try:
            return self._answer(request)
        finally:
            set_script_prefix(before)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        hoster = self._mounted(request) or self._by_domain(request) or self._alone()
        request.hoster = hoster  # type: ignore[attr-defined]
        if hoster is None:
            request.urlconf = "config.urls_install"
            return self.get_response(request)
        with scope(hoster=hoster):
            return self.get_response(request)

    def _mounted(self, request: HttpRequest) -> Hoster | None:
        match = PREFIX.match(request.path_info)
        if match is None:
            return None
        hoster = Hoster.objects.filter(slug=match["slug"]).first()
        if hoster is None:
            request.hoster = None  # type: ignore[attr-defined]  # the error page asks for it
            raise Http404
        set_script_prefix(f"{match[0]}/")
        request.path_info = request.path_info[match.end() :]
        return hoster

    def _by_domain(self, request: HttpRequest) -> Hoster | None:
        return Hoster.objects.filter(domain=request.get_host().partition(":")[0].lower()).first()

    def _alone(self) -> Hoster | None:
        first_two = Hoster.objects.order_by("pk")[:2]
        return first_two[0] if len(first_two) == 1 else None


class PrivacyHeadersMiddleware:
    """Headers that Django does not set: nothing of ours is embedded elsewhere, no sensor is asked for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        patch_vary_headers(response, ["HX-Request"])
        if _is_of_accounts(request):
            keep_private(response)
        return response


def _is_of_accounts(request: HttpRequest) -> bool:
    """Passwords, second factors: the pages of allauth are the only ones without an access decorator of ours."""
    match = request.resolver_match
    return match is not None and not hasattr(match.func, "access")
