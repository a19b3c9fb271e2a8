"""The cache in Redis, and in this process while Redis does not answer: limits of attempts hold, pages stay open."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger("chatiere.cache")

SILENCE_AFTER_FAILURE = 10.0  # seconds without asking Redis again: a request never waits for it twice
_silent_until = 0.0


def _steady(name: str) -> Callable[..., Any]:
    """One operation of a cache, done by Redis or else here."""

    def operation(cache: "SteadyRedisCache", *args: Any, **kwargs: Any) -> Any:
        global _silent_until
        if time.monotonic() >= _silent_until:
            try:
                return getattr(RedisCache, name)(cache, *args, **kwargs)
            except (RedisError, OSError) as error:
                _silent_until = time.monotonic() + SILENCE_AFTER_FAILURE
                logger.warning("Redis is away (%s): counting in this process", type(error).__name__)
        return getattr(cache.here, name)(*args, **kwargs)

    return operation


class SteadyRedisCache(RedisCache):
    """Each process counts for itself while Redis is away; what it counted is forgotten when Redis is back."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.here = LocMemCache("while-redis-is-away", {})

    add = _steady("add")
    get = _steady("get")
    set = _steady("set")
    touch = _steady("touch")
    delete = _steady("delete")
    incr = _steady("incr")
    has_key = _steady("has_key")
    get_many = _steady("get_many")
    set_many = _steady("set_many")
    delete_many = _steady("delete_many")
    clear = _steady("clear")
