"""The site that the walk visits, made once and rolled back."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access.audience import ROLES
from tests.access.place import Place, make_place
from tests.access.walk import Visitor, visitors


@pytest.fixture(scope="package")
def _made_place(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Place]:
    """Make the place in a transaction that lasts as long as these tests, and is rolled back."""
    media = tmp_path_factory.mktemp("media")
    changed = {"MEDIA_ROOT": media, "EMAIL_BACKEND": "core.mail.OutboxEmailBackend"}
    with django_db_blocker.unblock(), override_settings(**changed), transaction.atomic():
        made = make_place()
        made.media = media
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def place(_made_place, db, settings) -> Place:
    """The place, with its files; what a test changes is undone after it."""
    settings.MEDIA_ROOT = _made_place.media
    return _made_place


@pytest.fixture
def visiting(place) -> Iterator[dict[str, Visitor]]:
    """One visitor per role."""
    logging.disable(logging.ERROR)
    yield visitors(place, ROLES)
    logging.disable(logging.NOTSET)
