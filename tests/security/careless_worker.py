"""A worker that calls a message sent before it is: the fault that the kill test must find."""

import importlib
from typing import Any

import django
from django.core.mail.backends.base import BaseEmailBackend

from config.celery import app

django.setup()
# Models can be imported from here on.
outbox = importlib.import_module("core.actions.outbox")
deliver = outbox._deliver


def deliver_carelessly(row: Any, transport: BaseEmailBackend) -> bool:
    """Mark the message as sent, and only then send it."""
    unsent = type(row).objects.filter(pk=row.pk)
    unsent.update(state="sent", body=None, sent_at=row.created_at)
    return deliver(row, transport)


outbox._deliver = deliver_carelessly

__all__ = ["app"]
