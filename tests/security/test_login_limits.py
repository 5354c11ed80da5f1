"""Login tries are limited over all processes, whatever becomes of Redis.

security.md 19 and 30: of 40 wrong tries at once at most five are compared, from two processes.
"""

import pytest

from tests.security.conftest import PASSWORD, PEOPLE, Browser, checked, guess

pytestmark = pytest.mark.slow
LIMIT = 5


def assert_limited(url: str, email: str) -> None:
    """Guess 40 times at once: some are compared, never more than five, then not even the right."""
    assert 1 <= checked(guess(url, email, 40)) <= LIMIT
    assert Browser(url).log_in(email, PASSWORD).status_code == 429


def assert_pages_and_login_work(url: str, email: str) -> None:
    """Public pages within two seconds, and a login."""
    for _ in range(5):
        assert Browser(url).get("/", timeout=2).status_code == 200
    assert Browser(url).log_in(email, PASSWORD).status_code == 302


def test_the_limit_holds_with_the_database_alone(serve) -> None:
    assert_limited(serve(), PEOPLE[0])


def test_without_a_counter_every_try_is_compared(serve) -> None:
    """Control: it is the counter that limits, and the test does see what is compared."""
    url = serve(DJANGO_SETTINGS_MODULE="tests.security.no_cache")

    assert checked(guess(url, PEOPLE[0], 20)) == 20


def test_the_limit_holds_with_redis(serve, own_redis) -> None:
    assert_limited(serve(REDIS_URL=own_redis.url), PEOPLE[0])


def test_a_frozen_redis_stops_neither_pages_nor_login_nor_the_limit(serve, own_redis) -> None:
    url = serve(REDIS_URL=own_redis.url)
    own_redis.freeze()

    assert_pages_and_login_work(url, PEOPLE[1])
    assert_limited(url, PEOPLE[0])


def test_a_dead_redis_stops_neither_pages_nor_login_nor_the_limit(serve, own_redis) -> None:
    url = serve(REDIS_URL=own_redis.url)
    own_redis.kill()

    assert_pages_and_login_work(url, PEOPLE[1])
    assert_limited(url, PEOPLE[0])


def test_tries_counted_before_redis_froze_still_count(serve, own_redis) -> None:
    url = serve(REDIS_URL=own_redis.url)
    before = checked(guess(url, PEOPLE[0], 3))

    own_redis.freeze()
    frozen = checked(guess(url, PEOPLE[0], 20))
    own_redis.thaw()
    after = checked(guess(url, PEOPLE[0], 5))

    # On a busy machine a try may be turned away before it is compared, but never forgotten.
    assert 1 <= before <= 3
    assert frozen <= LIMIT - before
    assert after == 0
