"""The cache that outlives Redis."""

import pytest
from django.core.cache import caches

from core.cache import Breaker, ResilientCache
from tests.processes import free_port
from tests.security.conftest import own_redis  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache(own_redis) -> ResilientCache:  # noqa: F811 - the fixture above
    """A cache whose Redis the test may kill."""
    return ResilientCache(own_redis.url, {"KEY_PREFIX": "samagt"})


def test_keeps_what_may_be_lost_in_redis_and_what_must_hold_in_the_database(cache) -> None:
    cache.set("page", "text")
    cache.set("allauth:rl:login", [1.0])

    assert cache.redis.get("page") == "text"
    assert caches["database"].get("page") is None
    assert caches["database"].get("allauth:rl:login") == [1.0]
    assert cache.redis.get("allauth:rl:login") is None


def test_answers_every_question_with_redis_and_without(cache, own_redis) -> None:  # noqa: F811
    for _ in ("alive", "dead"):
        cache.clear()
        assert cache.add("a", 1) is True
        assert cache.add("a", 2) is False
        assert cache.incr("a") == 2
        cache.set_many({"b": "text", "allauth:c": "counter"})
        assert cache.get_many(["a", "b", "allauth:c", "d"]) == {
            "a": 2,
            "b": "text",
            "allauth:c": "counter",
        }
        assert cache.touch("b", 60) is True
        assert cache.delete("b") is True
        cache.delete_many(["a", "allauth:c"])
        assert cache.get("a", "nothing") == "nothing"
        own_redis.kill()


def test_clearing_leaves_what_others_keep_in_the_same_redis(cache) -> None:
    client = cache.redis._cache.get_client(write=True)
    client.set("celery", "a queue")
    cache.set("page", "text")

    cache.clear()

    assert client.get("celery") == b"a queue"
    assert cache.get("page") is None


def test_a_server_that_does_not_answer_is_left_alone_for_a_while() -> None:
    cache = ResilientCache(f"redis://127.0.0.1:{free_port()}/0", {})

    assert not cache.breaker.is_open
    cache.set("page", "text")

    assert cache.breaker.is_open
    assert cache.get("page") == "text"


def test_a_rested_server_is_asked_again() -> None:
    breaker = Breaker(rest_seconds=-1)

    breaker.trip()

    assert not breaker.is_open
