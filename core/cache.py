"""A cache that outlives Redis: what may be lost lies in Redis, what must hold lies in the database.

* Counters of login tries, their locks and used codes are always kept in the database's cache: it is
  the one store that every process reaches at all times, so a limit neither starts anew nor splits
  in two when Redis dies, freezes or comes back.
* Everything else goes to Redis with short time-outs. After a failure Redis is left alone for a
  while, so that a frozen one costs one short wait now and then and not one per page; meanwhile the
  database's cache serves.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# allauth's keys: limits ("allauth:rl:...") and used codes ("allauth.mfa...").
IN_DATABASE = ("allauth",)
TIME_OUT_SECONDS = 0.5
REST_SECONDS = 30.0
FAILURES = (RedisError, OSError)


class Breaker:
    """Remembers, for one process, that a server did not answer, and lets it rest."""

    def __init__(self, rest_seconds: float = REST_SECONDS) -> None:
        self.rest_seconds = rest_seconds
        self._closed_from = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the server is resting."""
        return time.monotonic() < self._closed_from

    def trip(self) -> None:
        """Let the server rest."""
        self._closed_from = time.monotonic() + self.rest_seconds


_breakers: dict[str, Breaker] = {}


class ResilientCache(BaseCache):
    """Redis in front of the cache named "database"; LOCATION is the address of Redis."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        options = {
            "socket_connect_timeout": TIME_OUT_SECONDS,
            "socket_timeout": TIME_OUT_SECONDS,
            # The library would try again, and wait again, by itself.
            "retry": Retry(NoBackoff(), 0),
        }
        self.redis = RedisCache(location, params | {"OPTIONS": options})
        self.breaker = _breakers.setdefault(location, Breaker())

    @property
    def database(self) -> BaseCache:
        """The cache in the database."""
        return caches["database"]

    def _store(self, key: str) -> BaseCache:
        return self.database if str(key).startswith(IN_DATABASE) else self.redis

    def _ask(self, store: BaseCache, question: Callable[[BaseCache], Any]) -> Any:
        """Ask a store; the database instead when Redis rests or does not answer."""
        if store is self.redis and not self.breaker.is_open:
            try:
                return question(self.redis)
            except FAILURES as error:
                self.breaker.trip()
                logger.warning("Redis does not answer, the database's cache serves: %r", error)
        return question(self.database)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Store a value unless the key is taken."""
        return self._ask(self._store(key), lambda c: c.add(key, value, timeout, version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value of a key."""
        return self._ask(self._store(key), lambda c: c.get(key, default, version))

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Store a value."""
        self._ask(self._store(key), lambda c: c.set(key, value, timeout, version))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give a key a new time-out."""
        return self._ask(self._store(key), lambda c: c.touch(key, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a key."""
        return self._ask(self._store(key), lambda c: c.delete(key, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number."""
        return self._ask(self._store(key), lambda c: c.incr(key, delta, version))

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """Return the values of those keys that have one."""
        found: dict[str, Any] = {}
        for store, part in self._split(keys):
            found |= self._ask(store, lambda c, part=part: c.get_many(part, version))
        return found

    def set_many(
        self, data: dict[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        """Store several values; return the keys that could not be stored."""
        failed: list[str] = []
        for store, part in self._split(data):
            values = {key: data[key] for key in part}
            failed += self._ask(store, lambda c, v=values: c.set_many(v, timeout, version))
        return failed

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        """Forget several keys."""
        for store, part in self._split(keys):
            self._ask(store, lambda c, part=part: c.delete_many(part, version))

    def _split(self, keys: Iterable[str]) -> list[tuple[BaseCache, list[str]]]:
        listed = list(keys)
        here = [key for key in listed if self._store(key) is not self.redis]
        there = [key for key in listed if self._store(key) is self.redis]
        return [pair for pair in ((self.database, here), (self.redis, there)) if pair[1]]

    def clear(self) -> None:
        """Forget what this cache has stored, and nothing else: the queue may use the same Redis."""
        self._ask(self.redis, self._clear)
        self.database.clear()

    def _clear(self, store: BaseCache) -> None:
        if store is not self.redis:
            return
        # Django offers no other way to the server.
        client = self.redis._cache.get_client(write=True)  # noqa: SLF001
        for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1000):
            client.unlink(key)
