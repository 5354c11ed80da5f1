"""The audit trail: what is written, who reads it, how it leaves the site."""

import csv
import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from core import audit_events, triggers
from core.actions import SYSTEM, blank_old_addresses, log
from core.jobs import blank_addresses
from core.models import AuditEntry
from members.models import PersonName, User
from members.states import MEMBER_ROLES, OFFICE_ROLES

PASSWORD = "lösenord-för-prov"
LOG = "/kansli/logg/"


def events() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))


@pytest.fixture
def verified(world) -> User:
    user = world["own:reader"]
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def log_in(client, email: str, password: str):
    return client.post("/konto/login/", {"login": email, "password": password})


def test_login_and_logout_are_written_with_address(client, verified):
    log_in(client, verified.email, PASSWORD)
    client.post("/konto/logout/")
    rows = AuditEntry.objects.order_by("pk").values_list(
        "event", "actor_id", "subject_id", "ip_address"
    )
    assert list(rows) == [
        ("logged_in", verified.pk, verified.pk, "127.0.0.1"),
        ("logged_out", verified.pk, verified.pk, "127.0.0.1"),
    ]


@pytest.mark.parametrize("known", [True, False])
def test_failed_login_is_written_without_the_address(client, verified, known):
    email = verified.email if known else "ingen@exempel.invalid"
    log_in(client, email, "fel lösenord här")
    entry = AuditEntry.objects.get()
    assert (entry.event, entry.actor_id) == ("login_failed", None)
    assert entry.subject_id == (verified.pk if known else None)
    assert email not in json.dumps([entry.old, entry.new])


def test_changed_password_is_written(client, verified):
    log_in(client, verified.email, PASSWORD)
    new = "ett helt annat lösenord"
    client.post(
        "/konto/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert "password_changed" in events()


def test_acting_for_is_written_from_the_session(client, world):
    client.force_login(world["own:coordinator"])
    client.post("/min-sida/mina-uppgifter/")
    entry = AuditEntry.objects.get(event="person_exported")
    assert (entry.acting_for_id, entry.ip_address) == (world.own.pk, "127.0.0.1")


@pytest.mark.parametrize("who", sorted(OFFICE_ROLES))
def test_office_and_auditor_read_the_trail(client, world, who):
    log("role_given", by=world["administrator"], subject=world["own:reader"], ip="192.0.2.7")
    client.force_login(world[who])
    response = client.get(LOG)
    assert response.status_code == 200
    page = response.content.decode()
    assert "Roll given" in page
    assert ("192.0.2.7" in page) == (who in {"administrator", "auditor"})
    for export in ("logg.csv", "logg.json"):
        text = b"".join(client.get(f"{LOG}{export}").streaming_content).decode()
        assert ("192.0.2.7" in text) == (who in {"administrator", "auditor"})


@pytest.mark.parametrize("who", ["nobody", *(f"own:{role}" for role in sorted(MEMBER_ROLES))])
@pytest.mark.parametrize("page", ["", "logg.csv", "logg.json"])
def test_others_do_not(client, world, who, page):
    client.force_login(world[who])
    assert client.get(LOG + page).status_code == 403
    assert list(AuditEntry.objects.visible_to(world[who])) == []


def rows_of(client, **query) -> list[dict]:
    return json.loads(b"".join(client.get(f"{LOG}logg.json", query).streaming_content))


def test_the_trail_is_filtered(client, world):
    reader, other = world["own:reader"], world["other:reader"]
    log("role_given", by=SYSTEM, subject=reader, acting_for=world.own)
    log("role_ended", by=SYSTEM, subject=other, acting_for=world.other)
    client.force_login(world["auditor"])
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)

    def found(**query) -> set[str]:
        return {r["event"] for r in rows_of(client, **query)} & {"role_given", "role_ended"}

    assert found() == {"role_given", "role_ended"}
    assert found(event="role_given") == {"role_given"}
    assert found(person="reader@own") == {"role_given"}
    assert found(person=reader.name.family_name) == {"role_given"}
    assert found(organisation=world.other.pk) == {"role_ended"}
    assert found(first=today, last=today) == {"role_given", "role_ended"}
    assert found(first=tomorrow) == set()


@pytest.mark.parametrize(
    "query", [{"first": "i går"}, {"event": "x"}, {"organisation": "abc"}, {"person": "x" * 101}]
)
def test_faulty_filter_is_told(client, world, query):
    client.force_login(world["auditor"])
    assert client.get(LOG, query).status_code == 422


@pytest.mark.parametrize("page", ["0", "99", "x"])
def test_odd_page_numbers_are_forgiven(client, world, page):
    client.force_login(world["auditor"])
    assert client.get(LOG, {"page": page}).status_code == 200


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_holds_no_formula(client, world, start):
    PersonName.objects.filter(user=world["own:reader"]).update(
        given_name=f"{start}cmd|' /C calc'!A0", family_name=""
    )
    log("role_given", by=SYSTEM, subject=world["own:reader"])
    client.force_login(world["auditor"])
    text = b"".join(client.get(f"{LOG}logg.csv").streaming_content).decode().removeprefix("\ufeff")
    table = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    cells = [cell for row in table for cell in row]
    assert any("cmd|" in cell for cell in cells)
    assert [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_taking_the_trail_away_is_written(client, world):
    client.force_login(world["auditor"])
    rows_of(client, event="role_given", person="hemligt namn")
    entry = AuditEntry.objects.get(event="log_exported")
    assert (entry.actor_id, entry.new) == (world["auditor"].pk, {"event": "role_given"})


def test_the_page_costs_the_same_for_many_entries(client, world, django_assert_max_num_queries):
    client.force_login(world["auditor"])
    people = list(world.people.values())
    for number in range(200):
        log("role_given", by=people[number % 20], subject=people[-1], acting_for=world.own)
    with django_assert_max_num_queries(12):
        assert client.get(LOG).status_code == 200


def test_addresses_are_blanked_after_twelve_months_and_that_is_written(db):
    old = AuditEntry.objects.create(event="logged_in", ip_address="192.0.2.1")
    new = AuditEntry.objects.create(event="logged_in", ip_address="192.0.2.2")
    triggers.drop_for_tests(connection)
    AuditEntry.objects.filter(pk=old.pk).update(happened_at=timezone.now() - timedelta(days=366))
    triggers.restore()
    blank_addresses()
    assert list(AuditEntry.objects.order_by("pk").values_list("ip_address", flat=True)) == [
        None,
        "192.0.2.2",
        None,
    ]
    entry = AuditEntry.objects.get(event="addresses_blanked")
    assert entry.new["entries"] == 1
    assert blank_old_addresses(before=timezone.now() - timedelta(days=365)) == 0
    assert AuditEntry.objects.filter(event="addresses_blanked").count() == 1
    assert new.pk


def codes_written() -> set[str]:
    """Return every event code that an action of the product writes."""
    ours = [c for c in apps.get_app_configs() if Path(c.path).parent == settings.BASE_DIR]
    files = [f for config in ours for f in Path(config.path).rglob("*.py")]
    return {code for f in files for code in re.findall(r'\blog\(\s*"(\w+)"', f.read_text())}


def test_every_event_that_the_code_writes_has_a_name():
    written = codes_written()
    assert {"invited", "role_given", "addresses_blanked"} <= written
    assert {code for code in written if audit_events.label(code) == code} == set()
    assert audit_events.label("unheard_of") == "unheard_of"


def test_changes_are_told_in_words(client, world):
    log(
        "role_given",
        by=world["administrator"],
        subject=world["own:reader"],
        acting_for=world.own,
        new={"role": "data_protection_officer", "starts_on": "2026-11-25", "ends_on": None},
    )
    old = {"role": "reader", "ends_on": "2027-01-31"}
    log("role_ended", by=SYSTEM, old=old, new={"ends_on": "2026-12-31", "at_once": False})
    log("invited", by=SYSTEM, new={"roles": ["reader", "signatory"], "egen": 3})
    client.force_login(world["auditor"])
    page = client.get("/kansli/logg/").content.decode()
    for told in (
        "Roll: Dataskyddsombud<br>Från och med: 25 november 2026</span>",
        "Roll: Läsare<br>Sista dag: 31 januari 2027 → 31 december 2026<br>Genast: nej</span>",
        "Roller: Läsare, Undertecknare<br>egen: 3</span>",
    ):
        assert told in page
