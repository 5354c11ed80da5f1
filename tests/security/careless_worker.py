"""A worker that calls a message sent before it is: the fault that the kill test must find."""

from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from config.celery import app
from core.actions import outbox
from core.models import OutboxMessage
from core.states import OutboxState

_deliver = outbox._deliver


def deliver_carelessly(row: OutboxMessage, transport: BaseEmailBackend) -> Any:
    """Mark the message as sent, and only then send it."""
    body = row.body
    OutboxMessage.objects.filter(pk=row.pk).update(
        state=OutboxState.SENT, body=None, sent_at=row.created_at
    )
    row.body = body
    return _deliver(row, transport)


outbox._deliver = deliver_carelessly

__all__ = ["app"]
