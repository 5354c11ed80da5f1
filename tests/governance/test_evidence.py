"""What is recorded stays: triggers, chain, heads, overlapping mandates."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import triggers
from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger, seats
from governance.actions.cases import register_case
from governance.actions.room import deciding, items
from governance.models import (
    CaseStep,
    Decision,
    LedgerEntry,
    Mandate,
    MeetingEvent,
    RollPerson,
    RollSeat,
)
from members.models import PersonName
from tests.factories.governance import LONG_AGO, add_seat, appoint, item_named, make_body, open_room
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

TABLES = [CaseStep, Decision, LedgerEntry, MeetingEvent, RollPerson, RollSeat]


@pytest.fixture
def meeting():
    meeting = open_room(make_body(3))
    item = items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))
    items.close_debate(by=SYSTEM, meeting=meeting, item=item)
    deciding.state_finding(by=SYSTEM, meeting=meeting, item=item, proposal=True)
    deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    return meeting


def forced(statement: str, *values) -> None:
    """Run a statement as whoever owns the database could: with the triggers gone."""
    triggers.drop_for_tests(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    triggers.restore()


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__name__)
@pytest.mark.parametrize("what", ["update", "delete", "raw update", "raw delete"])
def test_evidence_only_grows(meeting, model, what):
    if model is CaseStep:
        register_case(by=SYSTEM, council=meeting.council, subject="Prov")
    table, count = model._meta.db_table, model.objects.count()
    assert count
    deeds = {
        "update": lambda: model.objects.update(id=model.objects.first().pk),
        "delete": lambda: model.objects.all()._raw_delete(model.objects.db),
        "raw update": lambda: connection.cursor().execute(f"UPDATE {table} SET id = id"),
        "raw delete": lambda: connection.cursor().execute(f"DELETE FROM {table}"),
    }
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        deeds[what]()
    assert model.objects.count() == count


@pytest.mark.sqlite
def test_evidence_refuses_replace(meeting):
    """PostgreSQL has no REPLACE."""
    columns = ", ".join(f.column for f in LedgerEntry._meta.fields)
    statement = (
        f"INSERT OR REPLACE INTO governance_ledgerentry ({columns})"
        f" SELECT {columns} FROM governance_ledgerentry LIMIT 1"
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


def test_without_the_trigger_the_same_update_would_pass(meeting):
    forced("UPDATE governance_ledgerentry SET kind = 'x' WHERE number = 1")
    assert LedgerEntry.objects.get(council=meeting.council, number=1).kind == "x"


def test_no_trigger_is_missing_and_a_dropped_one_is_named():
    assert triggers.missing() == []
    triggers.drop_for_tests(connection)
    assert "governance_ledgerentry_no_update" in triggers.missing()


def test_a_meeting_does_not_open_without_the_protection():
    body = make_body(3)
    triggers.drop_for_tests(connection)
    with pytest.raises(RuleBroken, match="protection"):
        open_room(body)


def test_every_flip_in_every_entry_is_found(meeting):
    assert ledger.verify().fault == ""
    columns = ("kind", "salt", "previous_hash", "hash", "recorded_at", "content")
    for entry in LedgerEntry.objects.order_by("number"):
        for column in columns:
            sid = transaction.savepoint()
            changed = _changed(entry, column)
            forced(
                f"UPDATE governance_ledgerentry SET {column} = %s WHERE id = %s", changed, entry.pk
            )
            assert f"entry {entry.number} " in ledger.verify().fault, column
            transaction.savepoint_rollback(sid)
    assert ledger.verify().fault == ""


def _changed(entry: LedgerEntry, column: str):
    value = getattr(entry, column)
    if column == "recorded_at":
        return value + timedelta(microseconds=1)
    if column == "content":
        return json.dumps(value | {"number": value["number"] + 1})
    return ("f" if value[0] != "f" else "e") + value[1:]


def test_an_event_changed_beside_its_entry_is_found(meeting):
    event = MeetingEvent.objects.order_by("pk").last()
    forced("UPDATE governance_meetingevent SET reason = 'x' WHERE id = %s", event.pk)
    assert f"meeting_event {event.pk} differs" in ledger.verify().fault


CUT = 5


def test_heads_find_a_cut_tail_and_a_foreign_head(meeting, tmp_path, capsys):
    file = tmp_path / "heads.json"
    heads = ledger.heads()
    file.write_text(json.dumps(heads))
    call_command("verify_ledger", "--heads", str(file))
    assert "1 heads agree" in capsys.readouterr().out
    last = LedgerEntry.objects.order_by("number").last()
    forced("DELETE FROM governance_ledgerentry WHERE number > %s", last.number - CUT)
    with pytest.raises(SystemExit) as stop:
        call_command("verify_ledger", "--heads", str(file))
    assert (stop.value.code, "missing tail" in capsys.readouterr().err) == (1, True)
    heads["heads"][0]["number"] -= CUT
    assert "foreign head" in ledger.verify(outside=heads["heads"]).fault


def test_a_head_of_an_unknown_body_is_foreign(meeting):
    foreign = [{"body": "nobody", "number": 1, "hash": "0" * 64}]
    assert ledger.verify(outside=foreign).fault == "foreign head: no body nobody (entry 1)"


def test_rewriting_everything_is_found_by_the_heads_alone(meeting):
    heads = ledger.heads()["heads"]
    previous = ledger.GENESIS
    for entry in LedgerEntry.objects.order_by("number"):
        content = entry.content
        if entry.kind == "body_created":
            content = content | {"data": content["data"] | {"name": "Ett annat råd"}}
        new = ledger.entry_hash(previous, ledger.hashed(content, entry.salt))
        forced(
            "UPDATE governance_ledgerentry SET content = %s, previous_hash = %s, hash = %s"
            " WHERE id = %s",
            json.dumps(content), previous, new, entry.pk,
        )  # fmt: skip
        previous = new
    assert ledger.verify().fault == ""
    assert "foreign head" in ledger.verify(outside=heads).fault


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"format": "x"}', b'{"format": "samagt-ledger-heads-1", "heads": [{}]}'],
)
def test_a_file_of_no_heads_is_told(tmp_path, content, capsys):
    file = tmp_path / "heads.json"
    file.write_bytes(content)
    with pytest.raises(SystemExit) as stop:
        call_command("verify_ledger", "--heads", str(file))
    assert (stop.value.code, capsys.readouterr().err.count("\n")) == (2, 1)


def test_two_on_the_same_place_share_no_day():
    body = make_body(1)
    seat, person = body.seats[0], UserFactory().name
    with pytest.raises(RuleBroken, match="Another person"):
        appoint(seat, person, 0, starts_on=date(2026, 1, 1))
    mandate = Mandate.objects.get(seat=seat, position=0)
    seats.end_mandate(by=SYSTEM, mandate=mandate, on=date(2026, 3, 12))
    with pytest.raises(RuleBroken):
        appoint(seat, person, 0, starts_on=date(2026, 3, 12))
    appoint(seat, person, 0, starts_on=date(2026, 3, 13))
    appoint(seat, UserFactory().name, 2)


@pytest.mark.parametrize("position", [0, 1])
def test_the_database_itself_keeps_mandates_apart(position):
    body = make_body(1)
    old = Mandate.objects.get(seat=body.seats[0], position=position)
    fields = {f.attname: getattr(old, f.attname) for f in Mandate._meta.fields if f.name != "id"}
    other = PersonName.objects.create(given_name="Annan")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(**fields | {"person_id": other.pk})
    ended = fields | {"person_id": other.pk, "ends_on": date(2019, 12, 31),
                      "starts_on": date(2019, 1, 1)}  # fmt: skip
    earlier = Mandate.objects.create(**ended)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=earlier.pk).update(ends_on=LONG_AGO)


def test_one_chair_and_one_seat_at_a_time():
    body = make_body(1)
    add_seat(body)
    with pytest.raises(RuleBroken, match="chair"):
        seats.give_office(
            by=SYSTEM, council=body.council, person=body.ordinary[1].name, kind="chair",
            starts_on=LONG_AGO, appointed_reference="§ 2",
        )  # fmt: skip
    with pytest.raises(RuleBroken, match="already has this seat"):
        seats.give_seat(
            by=SYSTEM, council=body.council, organisation=body.seats[0].organisation,
            starts_on=date(2026, 1, 1),
        )  # fmt: skip
