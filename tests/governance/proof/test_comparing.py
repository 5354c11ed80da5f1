"""What verify_ledger finds: rows changed behind the triggers, and a chain that was lengthened."""

import json
from datetime import date

import pytest
from django.db import connection

from core import triggers
from core.actions import SYSTEM
from governance.actions import ledger
from governance.actions.minutes import adjusting, announcing, dissents
from governance.actions.polls.counting import closing_content
from governance.actions.polls.verifying import POLL_KINDS, fault_of_polls
from governance.actions.proof import comparing
from governance.actions.proof.disposal import dispose_secret_ballots
from governance.choices import DissentKind
from governance.models import Decision, LedgerEntry, Poll
from members.models import PersonName
from tests.factories.minutes import (
    adjust,
    begin,
    close,
    committee,
    only_municipality,
    sign,
)
from tests.governance.proof.real_polls import DECIDED, SECRET_ELECTION, polled

pytestmark = pytest.mark.django_db
COUNTED = ("poll", "meeting", "item")
UNSEEN = {
    *((kind, name) for kind in POLL_KINDS for name in ("id", "state")),
    *((kind, name) for kind in POLL_KINDS - {"poll_opened"} for name in COUNTED),
    *(("disposed", name) for name in ("poll", "item", "ballots")),
    ("minutes_signed", "name"),
}
"""What says where a poll is, or was overtaken by a later entry; the rows hold it elsewhere."""


def fault() -> str:
    return ledger.verify(outside=ledger.heads()["heads"]).fault.partition(": ")[2]


def sql(text: str, *values: object) -> None:
    """Change rows as whoever owns the database can."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        assert cursor.rowcount, text


def chained_anew(change) -> None:
    """Change what entries say and chain all of them anew."""
    previous = ledger.GENESIS
    for entry in LedgerEntry.objects.order_by("number"):
        content = entry.content
        change(entry, content["data"])
        found = ledger.entry_hash(previous, ledger.hashed(content, entry.salt))
        sql(
            "UPDATE governance_ledgerentry SET content = %s, previous_hash = %s, hash = %s"
            " WHERE id = %s",
            *(json.dumps(content), previous, found, entry.pk),
        )
        previous = found


@pytest.fixture
def voted():
    held = adjust(polled(behind=False))
    assert fault() == ""
    triggers.drop_for_tests(connection)
    return held


def test_a_decision_chained_twice_is_found(voted):
    decision = voted.decision(DECIDED)
    sql("UPDATE governance_decision SET clauses = %s WHERE id = %s", '["avslå"]', decision.pk)
    decision = Decision.objects.get(pk=decision.pk)
    entry = ledger.append_row(council=voted.meeting.council, kind="decision", row=decision)
    assert fault() == f"entry {entry.number} repeats decision {decision.pk}"


def test_a_poll_closed_twice_is_found(voted):
    poll = Poll.objects.get(item=voted.item(DECIDED), state="settled")
    sql("UPDATE governance_ballot SET choice = 'no' WHERE poll_id = %s", poll.pk)
    data = {"id": poll.pk, "state": "settled"} | closing_content(poll)
    entry = ledger.append(council=voted.meeting.council, kind="poll_closed", data=data)
    assert fault() == f"entry {entry.number} repeats poll_closed {poll.pk}"


def test_secret_ballots_are_gone_only_by_a_decision_on_disposal(voted):
    poll = Poll.objects.get(item=voted.item(SECRET_ELECTION))
    urn = poll.urn
    sql("UPDATE governance_secreturn SET ballots = NULL, salt = ''")
    assert fault().startswith(f"poll {poll.pk} lacks its secret ballots")
    sql(
        "UPDATE governance_secreturn SET ballots = %s, salt = %s", json.dumps(urn.ballots), urn.salt
    )
    assert fault() == ""
    dispose_secret_ballots(by=SYSTEM, meeting=voted.meeting, decision="§ 4/2026")
    verdict = ledger.verify()
    assert (verdict.fault, verdict.disposed) == ("", 1)
    sql(
        "UPDATE governance_secreturn SET ballots = %s, salt = %s", json.dumps(urn.ballots), urn.salt
    )
    assert "than the one that was destroyed" in fault()


def test_a_set_of_an_open_poll_cannot_have_been_destroyed(voted):
    poll = Poll.objects.get(item=voted.item(DECIDED), state="settled")
    rows = [{"poll": poll.pk, "item": poll.item_id, "ballots": 5, "set_hash": ""}]
    data = {"meeting": voted.meeting.pk, "decision": "x", "polls": rows}
    ledger.append(council=voted.meeting.council, kind="secret_ballots_disposed", data=data)
    assert fault() == f"poll {poll.pk} has no secret set to destroy"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "UPDATE governance_poll SET state = 'invalid', invalid_reason = 'x'"
            " WHERE id = (SELECT min(id) FROM governance_poll WHERE state = 'settled')",
            "not as valid",
        ),
        ("UPDATE governance_poll SET invalid_reason = 'x' WHERE state = 'invalid'", "not as valid"),
        (
            "UPDATE governance_poll SET state = 'settled' WHERE state = 'invalid'",
            "not as valid",
        ),
        (
            "UPDATE governance_poll SET state = 'counted'"
            " WHERE id = (SELECT min(id) FROM governance_poll WHERE state = 'settled')",
            "has another state",
        ),
        ("UPDATE governance_lot SET drawn = '[\"x\"]'", "in its lot"),
        ("UPDATE governance_lot SET places = 2", "in its lot"),
        ("UPDATE governance_lot SET witness_id = drawer_id", "in its lot"),
        ("DELETE FROM governance_lot", "in its lot"),
        ("DELETE FROM governance_secreturn", "lacks its secret set"),
        ("UPDATE governance_secretvoter SET has_voted = NOT has_voted", "in ballots or result"),
        ("UPDATE governance_pollseat SET weight = 7", "in terms or roll"),
    ],
)
def test_a_poll_changed_beside_the_ledger_is_found(voted, change, said):
    sql(change)
    assert said in fault()


@pytest.fixture
def full():
    """Minutes with a row in every table that the ledger tells of, in one municipality."""
    body = committee()
    only_municipality(body)
    held = begin(body)
    for title in ("Budget",):
        version = adjusting.adjust_at_once(
            by=SYSTEM, meeting=held.meeting, item=held.item(title), reservations_asked=True
        )
        for user in held.signers():
            sign(version, user)
    dissents.announce_dissent(
        by=SYSTEM, meeting=held.meeting, item=held.item("Plan"), kind=DissentKind.RESERVATION,
        person=held.body.ordinary[1].name,
    )  # fmt: skip
    adjust(close(held))
    announcing.announce(by=SYSTEM, minutes=held.minutes, kept_at="Registraturen")
    announcing.rectify(
        by=SYSTEM, minutes=held.minutes, item=held.item("Budget"), stood="a", shall_stand="b",
        reason="c", decided_by="d", decided_on=date(2026, 3, 1),
    )  # fmt: skip
    assert fault() == ""
    triggers.drop_for_tests(connection)
    return held


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE governance_rectification SET shall_stand = 'z'", "rectified"),
        ("DELETE FROM governance_rectification", "rectified"),
        ("UPDATE governance_minutessignature SET sha256 = '0'", "minutes_signed"),
        ("UPDATE governance_minutessignature SET role = 'adjuster'", "minutes_signed"),
        ("DELETE FROM governance_minutessignature", "minutes_signed"),
        ("UPDATE governance_adjustedparagraph SET sha256 = '0'", "adjustment of minutes_version"),
        ("DELETE FROM governance_adjustedparagraph", "adjustment of minutes_version"),
        ("UPDATE governance_minutesversion SET number = number + 5", "minutes_version"),
        ("UPDATE governance_dissent SET kind = 'statement'", "dissent_announced"),
        ("UPDATE governance_dissent SET organisation_id = NULL", "dissent_announced"),
        ("DELETE FROM governance_dissent", "dissent_announced"),
        ("UPDATE governance_notice SET put_up_on = '2026-01-01'", "notice"),
        ("UPDATE governance_notice SET taken_down_on = '2099-01-01'", "notice"),
        ("DELETE FROM governance_notice", "announced"),
        ("UPDATE governance_meetingevent SET mode = 'distance' WHERE kind = 'arrived'", "meeting_"),
        ("UPDATE governance_minutes SET state = 'draft', adjusted_at = NULL", "not as adjusted"),
    ],
)
def test_evidence_changed_beside_the_ledger_is_found(full, change, said):
    sql(change)
    assert said in fault()


def test_municipalities_that_change_names_are_no_fault(voted):
    for place, seat in enumerate(voted.body.seats):
        name = f"Kommun {9 - place}"
        sql("UPDATE members_organisation SET name = %s WHERE id = %s", name, seat.organisation_id)
    assert fault() == ""


def test_a_corrected_name_is_no_fault(full):
    PersonName.objects.update(family_name="Rättstavad")
    assert fault() == ""


@pytest.mark.parametrize("kind", ["decision", "minutes_signed", "minutes_adjusted"])
def test_a_misshapen_entry_that_was_chained_anew_is_named(full, kind):
    number = LedgerEntry.objects.filter(kind=kind).order_by("number").first().number

    def strip(entry, data):
        if entry.number == number:
            data.clear()

    chained_anew(strip)
    assert fault() == f"entry {number} has been changed"


def test_no_chained_content_makes_the_verification_fail_itself(voted):
    dispose_secret_ballots(by=SYSTEM, meeting=voted.meeting, decision="§ 4/2026")
    council, said = voted.meeting.council, {}
    for entry in LedgerEntry.objects.order_by("number"):
        comparing.read_entry(said, entry)
    # One entry of each kind, with each of its fields exchanged for something else or left out.
    for (kind, pk), told in {key[0]: (key, row) for key, row in said.items()}.values():
        for name in told:
            if (kind, name) in UNSEEN:
                continue
            less = {key: value for key, value in told.items() if key != name}
            for bent in (less, less | {name: {"x": [None]}}, less | {name: [1]}):
                changed = said | {(kind, pk): bent}
                rows = comparing.fault_of_rows(council, dict(changed))
                assert rows or fault_of_polls(council, changed), (kind, name)
