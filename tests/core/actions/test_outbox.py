"""The outbox: nothing is lost, nothing readable is kept."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.actions import deliver_due, retry_parked
from core.actions.outbox import MAX_ATTEMPTS, claim_due, next_attempt
from core.models import OutboxMessage
from core.states import OutboxState

SECRET = "https://localhost/inbjudan/hemlig"


def send(to=("a@exempel.invalid",), **options) -> None:
    message = EmailMultiAlternatives("Ämne", SECRET, "from@exempel.invalid", list(to), **options)
    message.attach_alternative(f"<p>{SECRET}</p>", "text/html")
    message.attach("kallelse.ics", "BEGIN:VCALENDAR", "text/calendar")
    message.send()


def break_transport(settings) -> None:
    settings.EMAIL_TRANSPORT = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "HOST": "127.0.0.1",
        "PORT": 1,
        "TIMEOUT": 1,
    }


def test_send_writes_one_row_per_recipient(db):
    send(to=["a@exempel.invalid"], bcc=["b@exempel.invalid"], headers={"X-Samagt-Kind": "summons"})
    rows = OutboxMessage.objects.order_by("recipient").values_list("recipient", "kind", "state")
    assert list(rows) == [
        ("a@exempel.invalid", "summons", "pending"),
        ("b@exempel.invalid", "summons", "pending"),
    ]
    assert mail.outbox == []


def test_send_is_undone_with_its_cause(db):
    class Undo(Exception):  # noqa: N818 - only for this test
        pass

    with pytest.raises(Undo), transaction.atomic():
        send()
        raise Undo
    assert OutboxMessage.objects.count() == 0


def test_the_body_is_encrypted_and_erased_on_delivery(db):
    send()
    assert SECRET.encode() not in bytes(OutboxMessage.objects.get().body)
    assert deliver_due() == 1
    row = OutboxMessage.objects.get()
    assert (row.state, row.body, row.attempts) == (OutboxState.SENT, None, 1)


def test_the_database_refuses_a_sent_row_with_a_body(db):
    send()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.update(state=OutboxState.SENT)


def test_delivery_sends_the_whole_mail_under_the_row_s_message_id(db):
    send(headers={"X-Samagt-Kind": "summons", "List-Unsubscribe": "<https://localhost/>"})
    deliver_due()
    sent = mail.outbox[0]
    row = OutboxMessage.objects.get()
    assert sent.to == ["a@exempel.invalid"]
    assert sent.extra_headers == {
        "List-Unsubscribe": "<https://localhost/>",
        "Message-ID": row.message_id,
    }
    assert [tuple(a) for a in sent.alternatives] == [(f"<p>{SECRET}</p>", "text/html")]
    assert [tuple(a) for a in sent.attachments] == [
        ("kallelse.ics", "BEGIN:VCALENDAR", "text/calendar")
    ]


def test_a_worker_that_died_is_replaced_after_its_lease(db):
    send()
    first = claim_due(limit=10)
    assert [row.pk for row in first] == [OutboxMessage.objects.get().pk]
    assert claim_due(limit=10) == []
    OutboxMessage.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert claim_due(limit=10) == first


def test_a_failure_is_tried_again_later(db, settings):
    break_transport(settings)
    send()
    assert deliver_due() == 0
    row = OutboxMessage.objects.get()
    assert (row.state, row.attempts, row.claimed_until) == (OutboxState.PENDING, 1, None)
    assert row.last_error == "ConnectionRefusedError: [Errno 111] Connection refused"
    assert row.due_at > timezone.now()


def test_next_attempt_doubles():
    now = timezone.now()
    waits = [next_attempt(n, now) - now for n in (1, 2, 3, 11)]
    assert waits == [timedelta(minutes=m) for m in (1, 2, 4, 1024)]


def test_what_keeps_failing_is_parked_and_can_be_retried(db, settings):
    break_transport(settings)
    send()
    OutboxMessage.objects.update(attempts=MAX_ATTEMPTS - 1)
    deliver_due()
    row = OutboxMessage.objects.get()
    assert (row.state, row.attempts) == (OutboxState.PARKED, MAX_ATTEMPTS)
    settings.EMAIL_TRANSPORT = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    assert deliver_due() == 0
    assert retry_parked(rows=[row.pk]) == 1
    assert deliver_due() == 1


def test_a_lost_secret_parks_the_message(db, settings):
    send()
    settings.SECRET_KEY = "another"
    deliver_due()
    assert OutboxMessage.objects.get().state == OutboxState.PARKED


def test_an_older_secret_still_opens_the_message(db, settings):
    send()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert deliver_due() == 1


def test_a_ready_mime_part_is_refused(db):
    from email.mime.text import MIMEText

    message = EmailMultiAlternatives("Ämne", "Text", None, ["a@exempel.invalid"])
    message.attach(MIMEText("x"))
    with pytest.raises(TypeError, match="attach a name"):
        message.send()
