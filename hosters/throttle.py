"""A limit on how often public forms may be sent, by whom and to whom. Counted in the cache, not in the session, so that
dropping a cookie does not lift it; forgotten after a while, so that nobody is locked out for good."""

import hashlib
import ipaddress
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

HOUR = 3600  # seconds
FORMS_TOGETHER = 2  # times what one form may receive: several forms are used by one person, not all of them
ADDRESS_FIELDS = ("email", "resume_email")
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


def network_of(address: str) -> str:
    """What is counted as one visitor: an IPv4 address, or the /64 that one subscriber of IPv6 has for itself."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((found, 64), strict=False).network_address)


def throttled(view: View) -> View:
    """Refuse (429) the POST that comes after too many others within an hour.

    Counted are the visitor (this form, then all forms together), the address typed in the form, which receives the
    mails whoever sends it, and the hoster, whose secret links stay usable while strangers flood its forms.
    """

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            counted = _counted(view.__name__, request, secret="token" in kwargs)
            if any(_count(name) > most for name, most in counted):
                return TemplateResponse(request, "429.html", status=429, headers={"Retry-After": str(HOUR)})
        return view(request, *args, **kwargs)

    return cast(View, limited)


def _counted(form: str, request: HttpRequest, *, secret: bool) -> Iterator[tuple[str, int]]:
    """What this POST adds to, and how many an hour may hold; whatever is refused adds nothing to those after it."""
    visitor = network_of(client_address(request))
    yield f"{form}:{visitor}", settings.PUBLIC_FORMS_PER_HOUR
    yield f"visitor:{visitor}", settings.PUBLIC_FORMS_PER_HOUR * FORMS_TOGETHER
    hoster = getattr(getattr(request, "hoster", None), "pk", "")
    for field in ADDRESS_FIELDS:
        if typed := request.POST.get(field, "").strip().lower():
            yield f"to:{hoster}:{typed}", settings.PUBLIC_FORMS_TO_ONE_ADDRESS
    if not secret:
        yield f"hoster:{hoster}", settings.PUBLIC_FORMS_TO_ONE_HOSTER


def _count(name: str) -> int:
    """One more of this; neither addresses nor visitors are readable in the cache."""
    key = (
        "throttle:" + hashlib.sha256((settings.SECRET_KEY + name).encode("utf-8", "replace")).hexdigest()[:40]
    )
    try:
        cache.add(key, 0, HOUR)
        return cache.incr(key)
    except Exception:  # a cache that is away must not close the shop
        return 0
