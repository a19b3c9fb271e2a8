"""Unique visits of a day, without a cookie and without an address kept (GDPR-10, contradiction C3).

A visitor is a keyed digest of network and browser, under a key drawn at random each day and thrown away with it. Key
and digests live in the cache only, until midnight: the database never sees them, and once the key is gone nobody can
tell whether two days had the same visitor. People behind one connection with the same browser count once.
"""

import hashlib
import hmac
import logging
import secrets
from datetime import datetime, time, timedelta

from django.core.cache import cache
from django.utils import timezone

from hosters.access import HosterRequest
from hosters.throttle import client_address, network_of

logger = logging.getLogger("chatiere.funnel")


def first_today(request: HosterRequest, what: str) -> bool | None:
    """Whether this visitor does `what` for the first time today; None when the cache cannot tell."""
    today = timezone.localdate()
    left = seconds_left()
    try:
        salt = _salt_of(f"{today:%Y%m%d}", left)
        visitor = hmac.new(salt.encode(), _traits(request, what).encode(), hashlib.sha256).hexdigest()[:24]
        return bool(cache.add(f"funnel:seen:{visitor}", 1, left))
    except Exception:  # a cache that is away in any way must not close the shop
        logger.warning("unique visits not told apart: the cache is away")
        return None


def seconds_left() -> int:
    """Until midnight in Paris."""
    now = timezone.localtime()
    midnight = timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), time()))
    return max(1, int((midnight - now).total_seconds()))


def _salt_of(day: str, left: int) -> str:
    """The key of a day: the same for every process that shares the cache, known to no table and no file."""
    name = f"funnel:salt:{day}"
    salt = cache.get(name)
    if salt is None:
        cache.add(name, secrets.token_hex(32), left)
        salt = cache.get(name)
    return str(salt)


def _traits(request: HosterRequest, what: str) -> str:
    browser = request.headers.get("User-Agent", "")
    return "\n".join((str(request.hoster.pk), what, network_of(client_address(request)), browser))
