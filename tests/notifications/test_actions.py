"""Telling people things."""

import pytest
from django.core import mail
from django.utils import translation

from core.actions import deliver_due
from core.exceptions import RuleBroken
from core.models import OutboxMessage
from notifications import kinds
from notifications.actions import mark_read, notify, send_digests, set_preference
from notifications.kinds import NotificationKind
from notifications.models import Notification
from notifications.states import Channel
from tests.factories.members import UserFactory

PLAIN = NotificationKind("test-plain", "Prov", "Rubrik %(n)s", "Text %(n)s")
MANDATORY = NotificationKind("test-mandatory", "Prov", "Kallelse %(n)s", "Text", mandatory=True)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(PLAIN)
    kinds.register(MANDATORY)


@pytest.fixture
def user(db):
    return UserFactory()


def tell(*users, kind=PLAIN, n=1, **options):
    return notify(users=users, kind=kind, params={"n": n}, url="/min-sida/", **options)


def test_notify_tells_each_person_once_and_queues_an_email(user):
    other = UserFactory()
    tell(user, other, user)
    assert Notification.objects.count() == 2
    recipients = OutboxMessage.objects.order_by("pk").values_list("recipient", "kind")
    assert list(recipients) == [(user.email, "test-plain"), (other.email, "test-plain")]


def test_notify_with_a_dedupe_key_never_repeats(user):
    assert len(tell(user, dedupe_key="möte-1")) == 1
    assert tell(user, dedupe_key="möte-1") == []
    assert len(tell(user, dedupe_key="möte-2")) == 1


def test_notify_leaves_out_disabled_accounts(user):
    user.is_active = False
    assert tell(user) == []


def test_the_email_is_in_the_reader_s_language_with_our_own_address(user, settings):
    user.language = "en"
    user.save()
    with translation.override("sv"):
        tell(user)
    deliver_due()
    sent = mail.outbox[0]
    assert sent.subject == "Rubrik 1"
    assert f"{settings.BASE_URL}/min-sida/" in sent.body
    assert "You can choose which notifications" in sent.body
    html = sent.alternatives[0][0]
    assert 'lang="en"' in html
    assert ">Samägt</a>" in html


def test_the_email_escapes_html_in_html_alone(user):
    tell(user, n="<b>&")
    deliver_due()
    assert "Rubrik <b>&" in mail.outbox[0].body
    assert "Rubrik &lt;b&gt;&amp;" in mail.outbox[0].alternatives[0][0]


def test_a_line_break_in_the_subject_is_harmless(user):
    tell(user, n="x\nBcc: y@exempel.invalid")
    deliver_due()
    assert mail.outbox[0].subject == "Rubrik x Bcc: y@exempel.invalid"


@pytest.mark.parametrize(
    ("kind", "channel", "mails"),
    [(PLAIN, Channel.EMAIL, 1), (PLAIN, Channel.DAILY, 0), (PLAIN, Channel.SITE, 0)],
)
def test_the_channel_is_the_person_s_choice(user, kind, channel, mails):
    set_preference(by=user, kind=kind.code, channel=channel)
    tell(user, kind=kind)
    assert OutboxMessage.objects.count() == mails
    assert Notification.objects.count() == 1


def test_a_mandatory_kind_is_always_emailed(user):
    with pytest.raises(RuleBroken) as caught:
        set_preference(by=user, kind=MANDATORY.code, channel=Channel.SITE)
    assert caught.value.field == MANDATORY.code
    tell(user, kind=MANDATORY)
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(("kind", "channel"), [("unknown", "email"), ("test-plain", "pigeon")])
def test_set_preference_refuses_what_is_not_listed(user, kind, channel):
    with pytest.raises(RuleBroken):
        set_preference(by=user, kind=kind, channel=channel)


def test_digest_gathers_what_was_not_emailed(user):
    set_preference(by=user, kind=PLAIN.code, channel=Channel.DAILY)
    tell(user, n=1)
    tell(user, n=2)
    tell(user, kind=MANDATORY)
    tell(UserFactory(), n=3)
    OutboxMessage.objects.all().delete()
    assert send_digests() == 1
    assert send_digests() == 0
    deliver_due()
    body = mail.outbox[0].body
    assert ("Rubrik 1" in body, "Rubrik 2" in body, "Rubrik 3" in body) == (True, True, False)
    assert "Kallelse" not in body


def test_mark_read_touches_only_own_notifications(user):
    other = UserFactory()
    tell(user, other)
    assert mark_read(by=user, notifications=Notification.objects.values_list("pk", flat=True)) == 1
    assert Notification.objects.visible_to(other).unread().count() == 1
    assert mark_read(by=other) == 1
