"""What the database itself refuses about polls, whoever asks: ORM, upsert or raw SQL."""

import json
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import triggers
from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions.polls import voting
from governance.choices import PollEntry
from governance.models import Ballot, Lot, Poll, PollSeat, PropositionOrder, SecretUrn, SecretVoter
from tests.factories.governance import make_body, open_room
from tests.governance.polls.builders import (
    approved,
    closed,
    election_in,
    open_poll_in,
    opened,
    vote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(3)


def refused(work) -> bool:
    """Tell whether the database refuses some work."""
    try:
        with transaction.atomic():
            work()
    except DatabaseError:
        return True
    return False


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def late_ballot(poll, seat, person, **fields):
    vote = {"entry": PollEntry.DEVICE, "choice": "yes", "cast_at": timezone.now()} | fields
    return lambda: Ballot.objects.create(poll=poll, seat=seat, person=person, **vote)


@pytest.mark.parametrize("model", [Ballot, PollSeat, PropositionOrder])
def test_evidence_is_never_changed_or_deleted(body, model):
    poll = open_poll_in(body)
    vote(body, poll, s0="yes")
    table = model._meta.db_table
    field = {Ballot: "choice", PollSeat: "weight", PropositionOrder: "main"}[model]
    value = 7 if model is PollSeat else "no"
    assert refused(lambda: model.objects.update(**{field: value}))
    assert refused(lambda: model.objects.all().delete())
    assert refused(lambda: sql(f"UPDATE {table} SET {field} = %s", value))
    assert refused(lambda: sql(f"DELETE FROM {table}"))
    row = model.objects.first()
    setattr(row, field, value)
    assert refused(row.save)
    assert refused(
        lambda: model.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=[field]
        )
    )
    if connection.vendor == "sqlite":
        columns = [f.column for f in model._meta.concrete_fields]
        names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
        values = [
            f.get_db_prep_save(getattr(row, f.attname), connection)
            for f in model._meta.concrete_fields
        ]
        replace = f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})"
        assert refused(lambda: sql(replace, *values))
    else:
        assert refused(lambda: sql(f"TRUNCATE {table} CASCADE"))


def test_control_the_same_writes_go_through_when_the_triggers_are_gone(body):
    poll = open_poll_in(body)
    vote(body, poll, s0="yes")
    with transaction.atomic():
        triggers.drop_for_tests(connection)
        assert not refused(lambda: Ballot.objects.update(choice="no"))
        assert not refused(lambda: Ballot.objects.all().delete())
        assert triggers.missing() != []
        transaction.set_rollback(True)


def test_no_poll_opens_when_a_trigger_really_is_gone(body):
    meeting = open_room(body)
    poll = approved(body, meeting)[0]
    name = "governance_ballot_only_while_open"
    suffix = "" if connection.vendor == "sqlite" else " ON governance_ballot"
    sql(f"DROP TRIGGER {name}{suffix}")
    assert triggers.missing() == [name]
    with pytest.raises(RuleBroken, match="protection of the records"):
        opened(meeting, poll)
    triggers.restore()
    opened(meeting, poll)


@pytest.mark.parametrize(
    "change",
    [
        {"rule_type": "absolute"}, {"base": "all"}, {"numerator": 1, "denominator": 2},
        {"casting_vote": False}, {"quorum": False}, {"double_majority": True}, {"seats": 99},
        {"yes_means": "något annat"}, {"title": "Annat"}, {"must_choose": True},
        {"number": 9}, {"public_id": uuid.UUID(int=1)}, {"clauses": ["annat"]},
        {"state": "approved"}, {"state": "requested"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_put_is_fixed_once_the_poll_is_open(body, change):
    poll = open_poll_in(body)
    if "state" in change:
        closed(poll.meeting, poll)
    assert refused(lambda: Poll.objects.filter(pk=poll.pk).update(**change))


@pytest.mark.parametrize(
    "change",
    [{"result": {}}, {"winner": "x"}, {"chair": None}, {"state": "open"}, {"state": "counted"}],
    ids=str,
)
def test_a_settled_result_is_fixed(body, change):
    poll = open_poll_in(body)
    vote(body, poll, s0="yes")
    closed(poll.meeting, poll)
    assert refused(lambda: Poll.objects.filter(pk=poll.pk).update(**change))
    assert refused(lambda: Poll.objects.filter(pk=poll.pk).delete())


def test_a_poll_is_not_born_open(body):
    poll = open_poll_in(body)
    twin = Poll(
        council=poll.council, meeting=poll.meeting, item=poll.item, number=9, state="closed",
        question="main", title="x", requested_at=timezone.now(),
    )  # fmt: skip
    assert refused(twin.save)


def test_ballots_come_only_while_the_poll_is_open_and_from_its_roll(body):
    poll = open_poll_in(body, body.who(0, 1))
    people = [user.name for user in body.ordinary]
    assert refused(late_ballot(poll, body.seats[2], people[2]))  # absent
    assert refused(late_ballot(poll, make_body(1, slug="b", registry_code="B").seats[0], people[0]))
    assert not refused(late_ballot(poll, body.seats[0], people[0]))
    assert refused(late_ballot(poll, body.seats[0], people[0]))  # a second first ballot
    assert refused(late_ballot(poll, body.seats[0], people[0], revision=7))
    assert refused(late_ballot(poll, body.seats[1], people[1], choice="maybe"))
    assert refused(late_ballot(poll, body.seats[1], people[1], entry="fax"))
    closed(poll.meeting, poll)
    assert refused(late_ballot(poll, body.seats[1], people[1]))


def test_the_roll_is_written_only_before_the_opening(body):
    poll = open_poll_in(body, body.who(0, 1))
    row = poll.roll.first()
    row.pk, row.seat_id = None, make_body(1, slug="b", registry_code="B").seats[0].pk
    assert refused(row.save)


def test_a_secret_voter_is_ticked_once_and_the_set_is_sealed(body):
    poll = election_in(body, ["X", "Y"], is_secret=True)
    voting.cast_ballot(by=body.ordinary[0], poll=poll, names=["X"])
    voters = SecretVoter.objects.filter(poll=poll)
    assert refused(lambda: voters.filter(has_voted=True).update(has_voted=False))
    assert refused(lambda: voters.filter(has_voted=True).update(has_voted=True))
    assert refused(lambda: voters.update(seat=body.seats[0]))
    assert refused(lambda: voters.all().delete())
    assert refused(lambda: SecretUrn.objects.all().delete())
    closed(poll.meeting, poll)
    assert refused(lambda: voters.filter(has_voted=False).update(has_voted=True))
    urn = SecretUrn.objects.filter(poll=poll)
    assert refused(lambda: urn.update(ballots=[["Y"]]))
    assert refused(lambda: urn.update(digest="0" * 64))
    assert not refused(lambda: urn.update(ballots=None, salt=""))  # disposal
    assert refused(late_ballot(poll, body.seats[1], body.ordinary[1].name))


def test_a_lot_is_drawn_once(body):
    poll = election_in(body, ["X", "Y"])
    vote(body, poll, s0="X", s1="Y")
    closed(poll.meeting, poll)
    lots = Lot.objects.filter(poll=poll)
    assert refused(lambda: lots.update(commitment="0" * 64))
    assert refused(lambda: lots.update(names=["X"]))
    from governance.actions.polls import closing

    closing.draw_lot(
        by=SYSTEM, meeting=poll.meeting, poll=poll, drawer=body.ordinary[0].name,
        witness=body.ordinary[1].name, witness_words="1",
    )  # fmt: skip
    assert refused(lambda: lots.update(drawn=["X"]))
    assert refused(lambda: lots.update(seed="0" * 64))
    assert refused(lambda: lots.all().delete())


def test_the_ledger_finds_every_change_behind_the_triggers(body):
    from governance.actions import ledger

    poll = open_poll_in(body)
    vote(body, poll, s0="yes", s1="no", s2="yes")
    closed(poll.meeting, poll)
    assert ledger.verify().fault == ""
    changes = [
        lambda: Ballot.objects.filter(choice="yes").update(choice="no"),
        lambda: PollSeat.objects.filter(poll=poll).update(weight=2),
        lambda: Poll.objects.filter(pk=poll.pk).update(rule_type="absolute"),
        lambda: Poll.objects.filter(pk=poll.pk).update(result={"state": "decided"}),
        lambda: Ballot.objects.filter(seat=body.seats[0]).delete(),
    ]
    for change in changes:
        with transaction.atomic():
            triggers.drop_for_tests(connection)
            change()
            assert f"poll {poll.pk} differs" in ledger.verify().fault
            transaction.set_rollback(True)
    assert ledger.verify().fault == ""


def test_a_changed_secret_set_is_found_and_one_destroyed_without_a_decision(body):
    from governance.actions import ledger

    poll = election_in(body, ["X", "Y"], is_secret=True)
    for user in body.ordinary:
        voting.cast_ballot(by=user, poll=poll, names=["X"])
    closed(poll.meeting, poll)
    with transaction.atomic():
        triggers.drop_for_tests(connection)
        SecretUrn.objects.update(ballots=json.loads('[["X"], ["X"], ["Y"]]'))
        assert "another set" in ledger.verify().fault
        transaction.set_rollback(True)
    SecretUrn.objects.update(ballots=None, salt="")
    assert "no decision on disposal" in ledger.verify().fault
