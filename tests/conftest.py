"""Fixtures that every test may use, and how many examples the property tests try.

`pytest --hypothesis-profile=thorough` tries many more.
"""

from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import settings as hypothesis_settings
from wagtail.models import Site

from core import triggers
from home.models import HomePage
from tests.clients import TwoStepClient
from tests.factories.members import World, make_world
from tests.large_keys import raise_sequences

pytest_plugins = ["pytester", "tests.engines", "tests.migrated"]

hypothesis_settings.register_profile("moderate", max_examples=200, deadline=None, derandomize=True)
hypothesis_settings.register_profile("thorough", max_examples=5_000, deadline=None)
hypothesis_settings.load_profile("moderate")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Give what the tests make keys as large as those of a site in use (tests.large_keys)."""
    with django_db_blocker.unblock():
        raise_sequences()


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    """Keep what tests upload out of the project."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _outbox(settings) -> None:
    """Queue mail as the product does; Django's test runner would put it straight in `mail.outbox`.

    `core.actions.deliver_due()` sends what is due to `mail.outbox`.
    """
    settings.EMAIL_BACKEND = "core.mail.OutboxEmailBackend"


@pytest.fixture(autouse=True)
def _flush_append_only(request) -> Iterator[None]:
    """Let a transactional test be flushed: append-only tables refuse DELETE and TRUNCATE.

    The triggers are dropped before the flush, which restores them through post_migrate.
    """
    transactional = {"transactional_db", "live_server"} & set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    transactional |= {"marked"} if marker and marker.kwargs.get("transaction") else set()
    if not transactional:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    triggers.drop_for_tests(connection)


@pytest.fixture
def client() -> TwoStepClient:
    """A browser whose `force_login` logs in with two steps (tests.clients)."""
    return TwoStepClient()


@pytest.fixture
def root(db) -> HomePage:
    """The front page of the default site."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    page = HomePage(title="Samägt", slug="start")
    site.root_page.get_root().add_child(instance=page)
    site.root_page = page
    site.save()
    return page


@pytest.fixture
def world(db) -> World:
    """Return two municipalities with one person per role, and the office."""
    return make_world()
