"""Facts between apps."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from core import events
from core.models import AuditEntry


@events.fact
@dataclass(frozen=True)
class Happened:
    """A fact for tests."""

    number: int


def test_publish_tells_every_subscriber_once(db):
    heard = []
    with events.subscribed(Happened, heard.append):
        events.subscribe(Happened, heard.append)
        events.publish(Happened(number=7))
    assert heard == [Happened(number=7)]


def test_publish_is_all_or_nothing(db):
    def write(event):
        AuditEntry.objects.create(event="heard")

    def fail(event):
        raise ValueError

    with (
        events.subscribed(Happened, write),
        events.subscribed(Happened, fail),
        pytest.raises(ValueError, match="^$"),
        transaction.atomic(),
    ):
        events.publish(Happened(number=1))
    assert AuditEntry.objects.count() == 0


def test_publish_refuses_what_is_no_fact(db):
    with pytest.raises(TypeError, match="object is not registered as a fact"):
        events.publish(object())


def test_fact_refuses_a_mutable_class():
    with pytest.raises(TypeError, match="must be a frozen dataclass"):
        events.fact(type("Loose", (), {}))
