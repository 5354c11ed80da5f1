"""Queues and sends what leaves the system.

A message is a row written in the transaction of its cause. A worker claims it for a short lease,
sends it and erases the body. If the worker dies in between, the lease runs out and another sends
it again under the same Message-ID, so that the receiver can tell a repeat (at least once).
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from core.models import OutboxMessage
from core.parcel import pack, unpack
from core.sealing import InvalidToken, seal, unseal
from core.states import OutboxState
from core.tasks import wake_outbox

logger = logging.getLogger(__name__)

PURPOSE = "outbox"
# A worker holds few messages at a time: with a server that answers none of them (20 seconds each)
# it is still done before its lease ends, and what a killed worker held waits no longer than this.
BATCH = 10
LEASE = timedelta(minutes=5)
# One minute, then doubling to about 17 hours: a mail server may be away over a night.
FIRST_WAIT = timedelta(minutes=1)
MAX_ATTEMPTS = 12
KIND_HEADER = "X-Samagt-Kind"


@transaction.atomic
def queue_email(*, message: EmailMessage) -> list[OutboxMessage]:
    """Write one row per recipient of the message, and wake the worker when this commits.

    One recipient per row, so that one bad address never repeats the mail to the others and no
    recipient sees another. The header `X-Samagt-Kind` names the kind and never leaves the system.
    """
    headers = dict(message.extra_headers)
    kind = headers.pop(KIND_HEADER, "mail")
    host = urlsplit(settings.BASE_URL).hostname
    rows = []
    for recipient in message.recipients():
        message_id = make_msgid(domain=host)
        body = pack(message, headers=headers | {"Message-ID": message_id})
        rows.append(
            OutboxMessage(
                kind=kind,
                recipient=recipient,
                message_id=message_id,
                body=seal(body, purpose=PURPOSE),
                due_at=timezone.now(),
            )
        )
    OutboxMessage.objects.bulk_create(rows)
    transaction.on_commit(wake_outbox, robust=True)
    return rows


def deliver_due(*, limit: int = BATCH) -> int:
    """Send what is due, at most `limit` messages, and return how many were sent."""
    rows = claim_due(limit=limit)
    if not rows:
        return 0
    transport = get_connection(**transport_options())
    # One connection for all; without it each message tries by itself and notes its own failure.
    with suppress(OSError):
        transport.open()
    sent = sum(_deliver(row, transport) for row in rows)
    transport.close()
    return sent


def transport_options() -> dict[str, Any]:
    """Return backend and options of the mail transport named by EMAIL_URL."""
    return {name.lower(): value for name, value in settings.EMAIL_TRANSPORT.items()}


@transaction.atomic
def claim_due(*, limit: int) -> list[OutboxMessage]:
    """Lease due messages to this worker; two workers never hold the same one at a time."""
    rows = OutboxMessage.objects.due()
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    claimed = list(rows[:limit])
    until = timezone.now() + LEASE
    OutboxMessage.objects.filter(pk__in=[row.pk for row in claimed]).update(claimed_until=until)
    return claimed


def _deliver(row: OutboxMessage, transport: BaseEmailBackend) -> bool:
    """Send one message and record the outcome; the sending itself is outside any transaction."""
    try:
        message = unpack(unseal(bytes(row.body or b""), purpose=PURPOSE), recipient=row.recipient)
        transport.send_messages([message])
    except InvalidToken:
        _park(row, "the secret that sealed the message is gone")
    except Exception as error:  # noqa: BLE001 - whatever a mail server does, the row must survive
        _postpone(row, error)
        # The next message must not meet a connection that broke in the middle of this one.
        transport.close()
    else:
        row.state, row.body = OutboxState.SENT, None
        row.sent_at, row.claimed_until, row.last_error = timezone.now(), None, ""
        row.attempts += 1
        row.save()
        return True
    return False


def _postpone(row: OutboxMessage, error: Exception) -> None:
    """Plan the next attempt, or park the message after the last."""
    row.attempts += 1
    # The text of an SMTP error may hold an address, never the body.
    reason = f"{type(error).__name__}: {error}"[:300]
    if row.attempts >= MAX_ATTEMPTS:
        _park(row, reason)
        return
    row.due_at = next_attempt(row.attempts, timezone.now())
    row.claimed_until, row.last_error = None, reason
    row.save()
    logger.warning("outbox %s: attempt %s failed: %s", row.pk, row.attempts, type(error).__name__)


def next_attempt(attempts: int, now: datetime) -> datetime:
    """Return when to try again after `attempts` failures: 1, 2, 4 ... minutes later."""
    return now + FIRST_WAIT * 2 ** (attempts - 1)


def _park(row: OutboxMessage, reason: str) -> None:
    """Stop trying until the office says so."""
    row.state, row.claimed_until, row.last_error = OutboxState.PARKED, None, reason[:300]
    row.save()
    logger.error("outbox %s parked: %s", row.pk, row.kind)


@transaction.atomic
def retry_parked(*, rows: list[int]) -> int:
    """Put parked messages back in the queue with a fresh count; return how many."""
    changed = OutboxMessage.objects.parked().filter(pk__in=rows, body__isnull=False)
    count = changed.update(state=OutboxState.PENDING, attempts=0, due_at=timezone.now())
    transaction.on_commit(wake_outbox, robust=True)
    return count
