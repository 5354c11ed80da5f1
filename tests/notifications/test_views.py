"""The pages of notifications, and what the office sees of what was sent."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import OutboxMessage
from core.states import OutboxState
from notifications import kinds
from notifications.actions import notify
from notifications.kinds import mail_label
from notifications.models import Notification, Preference

SECRET = "https://localhost/inbjudan/hemlig"
PARAMS = {"role": "Läsare", "organisation": "Nacka", "starts_on": "2026-01-01"}
LIST = "/min-sida/aviseringar/"
SETTINGS = "/min-sida/aviseringar/installningar/"
OUTBOX = "/kansli/utskick/"


def tell(*people, url="/min-sida/mina-uppgifter/") -> list[Notification]:
    return notify(users=people, kind=kinds.ROLE_GIVEN, params=PARAMS, url=url)


def send(to="mottagare@exempel.invalid", kind="invitation") -> OutboxMessage:
    EmailMultiAlternatives("Ämne", SECRET, to=[to], headers={"X-Samagt-Kind": kind}).send()
    return OutboxMessage.objects.latest("pk")


# --- My notifications -----------------------------------------------------------------------------


def test_the_list_shows_own_notifications_alone(client, world):
    tell(world["own:reader"])
    tell(world["nobody"])
    client.force_login(world["own:reader"])
    page = client.get(LIST).content.decode()
    assert page.count('<h2 class="h4 mt-0">') == 1
    assert "Du är nu Läsare för Nacka" in page
    assert "Markera alla som lästa" in page
    assert '<span class="count">1<' in page


def test_an_empty_list_says_so_and_offers_nothing_to_mark(client, world):
    client.force_login(world["nobody"])
    page = client.get(LIST).content.decode()
    assert "Inga aviseringar" in page
    assert "Markera alla som lästa" not in page


def test_opening_marks_as_read_and_goes_there(client, world):
    row, other = *tell(world["own:reader"]), *tell(world["nobody"])
    client.force_login(world["own:reader"])
    answer = client.post(f"{LIST}{row.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/min-sida/mina-uppgifter/")
    row.refresh_from_db()
    assert row.read_at is not None
    assert client.post(f"{LIST}{other.pk}/").status_code == 404
    other.refresh_from_db()
    assert other.read_at is None


def test_reading_all_leaves_those_of_others(client, world):
    tell(world["own:reader"], world["nobody"])
    client.force_login(world["own:reader"])
    assert client.post(f"{LIST}lasta/")["Location"] == LIST
    unread = Notification.objects.unread().values_list("user_id", flat=True)
    assert list(unread) == [world["nobody"].pk]


def test_reading_by_get_changes_nothing(client, world):
    (row,) = tell(world["own:reader"])
    client.force_login(world["own:reader"])
    assert client.get(f"{LIST}{row.pk}/").status_code == 405
    assert client.get(f"{LIST}lasta/").status_code == 405
    assert Notification.objects.unread().count() == 1


def test_my_page_leads_to_what_is_new(client, world):
    (row,) = tell(world["own:reader"])
    client.force_login(world["own:reader"])
    page = client.get("/min-sida/").content.decode()
    assert f'action="{LIST}{row.pk}/"' in page
    assert SETTINGS in page


def test_the_list_costs_the_same_for_many(client, world):
    client.force_login(world["own:reader"])
    tell(world["own:reader"])
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _ in range(5):
        tell(world["own:reader"])
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(one)


# --- Settings -------------------------------------------------------------------------------------


def unchanged() -> dict[str, str]:
    """Return the form as it is before anything was chosen."""
    return {kind.code: "email" for kind in kinds.all_kinds() if not kind.mandatory}


def test_a_choice_is_saved(client, world):
    client.force_login(world["nobody"])
    answer = client.post(SETTINGS, unchanged() | {"role-given": "site"})
    assert (answer.status_code, answer["Location"]) == (302, SETTINGS)
    saved = Preference.objects.values_list("user_id", "kind", "channel")
    assert list(saved) == [(world["nobody"].pk, "role-given", "site")]


@pytest.mark.parametrize("data", [{}, {"role-given": "duva", "role-ended": "email"}])
def test_a_faulty_choice_is_shown_again(client, world, data):
    client.force_login(world["nobody"])
    answer = client.post(SETTINGS, data)
    assert answer.status_code == 422
    assert "ds-error-summary" in answer.content.decode()
    assert not Preference.objects.exists()


# --- The office and what was sent -----------------------------------------------------------------


@pytest.mark.parametrize("who", ["administrator", "auditor"])
def test_the_office_sees_kind_and_state_but_never_the_text(client, world, who):
    row = send()
    client.force_login(world[who])
    page = client.get(OUTBOX).content.decode()
    for seen in ("mottagare@exempel.invalid", "Inbjudan", "Väntar"):
        assert seen in page
    for hidden in (SECRET, "Ämne", row.message_id):
        assert hidden not in page


@pytest.mark.parametrize("who", ["nobody", "own:coordinator"])
def test_others_see_nothing_of_it(client, world, who):
    send()
    client.force_login(world[who])
    assert client.get(OUTBOX).status_code == 403
    assert OUTBOX not in client.get("/kansli/").content.decode()


def test_the_office_finds_the_way_there(client, world):
    client.force_login(world["administrator"])
    assert f'href="{OUTBOX}"' in client.get("/kansli/").content.decode()


def test_the_list_is_filtered(client, world):
    send("a@exempel.invalid")
    parked = send("b@exempel.invalid")
    OutboxMessage.objects.filter(pk=parked.pk).update(state=OutboxState.PARKED)
    client.force_login(world["auditor"])
    page = client.get(OUTBOX, {"state": "parked"}).content.decode()
    assert ("b@exempel.invalid" in page, "a@exempel.invalid" in page) == (True, False)
    page = client.get(OUTBOX, {"recipient": "a@"}).content.decode()
    assert ("b@exempel.invalid" in page, "a@exempel.invalid" in page) == (False, True)
    assert client.get(OUTBOX, {"state": "borta", "page": "x"}).status_code == 200


def test_a_parked_message_is_tried_again(client, world):
    row = send()
    past = timezone.now() - timedelta(days=1)
    OutboxMessage.objects.filter(pk=row.pk).update(
        state=OutboxState.PARKED, attempts=12, last_error="SMTPServerDisconnected", due_at=past
    )
    client.force_login(world["administrator"])
    assert "SMTPServerDisconnected" in client.get(OUTBOX).content.decode()
    answer = client.post(f"{OUTBOX}{row.pk}/igen/")
    assert answer["Location"] == OUTBOX
    row.refresh_from_db()
    assert (row.attempts, row.due_at > past) == (0, True)
    assert row.state in {OutboxState.PENDING, OutboxState.SENT}
    assert "1 utskick skickas igen." in client.get(OUTBOX).content.decode()


def test_the_auditor_tries_nothing_again(client, world):
    row = send()
    OutboxMessage.objects.filter(pk=row.pk).update(state=OutboxState.PARKED)
    client.force_login(world["auditor"])
    assert "igen/" not in client.get(OUTBOX).content.decode()
    assert client.post(f"{OUTBOX}{row.pk}/igen/").status_code == 403
    row.refresh_from_db()
    assert row.state == OutboxState.PARKED


def test_the_office_s_list_costs_the_same_for_many(client, world):
    client.force_login(world["auditor"])
    send()
    client.get(OUTBOX)
    with CaptureQueriesContext(connection) as one:
        client.get(OUTBOX)
    for number in range(5):
        send(f"m{number}@exempel.invalid")
    with CaptureQueriesContext(connection) as many:
        client.get(OUTBOX)
    assert len(many) == len(one)


# --- Kinds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("invitation", "Inbjudan"),
        ("password_reset_key", "Länk för nytt lösenord"),
        ("role-given", "Du har fått en roll"),
        ("okänd", "okänd"),
    ],
)
def test_what_was_sent_has_a_name(code, label):
    assert mail_label(code) == label


def test_every_mail_of_the_account_pages_has_a_name():
    base = Path(settings.BASE_DIR, "templates")
    found = {
        path.name.removesuffix("_subject.txt")
        for folder in ("account", "mfa", "socialaccount")
        for path in (base / folder / "email").glob("*_subject.txt")
    }
    assert len(found) > 10
    assert {code for code in found if mail_label(code) == code} == set()
