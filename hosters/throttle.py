"""A limit on how often one address may send a public form. Counted in the cache, not in the session, so that
dropping a cookie does not lift it; forgotten after a while, so that nobody is locked out for good."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

HOUR = 3600  # seconds
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def client_address(request: HttpRequest) -> str:
    """The visitor's address, used for this count only and never stored.

    `X-Forwarded-For` is believed only as far as our own proxies wrote it (`TRUSTED_PROXY_COUNT`).
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def throttled(view: View) -> View:
    """Refuse (429) the POST that comes after too many others from one address within an hour."""

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and _count(view.__name__, request) > settings.PUBLIC_FORMS_PER_HOUR:
            return TemplateResponse(request, "429.html", status=429, headers={"Retry-After": str(HOUR)})
        return view(request, *args, **kwargs)

    return cast(View, limited)


def _count(name: str, request: HttpRequest) -> int:
    address = hashlib.sha256((settings.SECRET_KEY + client_address(request)).encode()).hexdigest()[:32]
    key = f"throttle:{name}:{address}"
    try:
        cache.add(key, 0, HOUR)
        return cache.incr(key)
    except Exception:  # a cache that is away must not close the shop
        return 0
