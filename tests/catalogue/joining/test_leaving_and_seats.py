"""Leaving, seats and the facts that are announced upwards, with their dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from catalogue import events
from catalogue.actions import leaving, seats
from catalogue.actions.agreements import send_agreements
from catalogue.actions.seats import Appointment
from catalogue.joining_states import ParticipationState
from catalogue.models import Participation
from catalogue.record_states import DocumentKind
from core.events import subscribed
from core.exceptions import RuleBroken

S = ParticipationState


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("received", "months", "year_end", "expected"),
    [
        ((2026, 3, 15), 12, True, (2027, 12, 31)),
        ((2025, 12, 31), 12, True, (2026, 12, 31)),
        ((2026, 6, 30), 6, True, (2026, 12, 31)),
        ((2026, 7, 1), 6, True, (2027, 12, 31)),
        ((2026, 3, 15), 12, False, (2027, 3, 15)),
    ],
)
def test_the_last_day_follows_from_the_participations_own_terms(
    received, months, year_end, expected
):
    row = Participation(
        notice_months=months, notice_at_year_end=year_end, starts_on=date(2020, 1, 1)
    )
    assert leaving.proposed_end(row, date(*received)) == date(*expected)


def test_notice_before_the_first_day_ends_on_it_at_the_earliest():
    row = Participation(notice_months=0, notice_at_year_end=False, starts_on=date(2027, 6, 1))
    assert leaving.proposed_end(row, date(2027, 1, 1)) == date(2027, 6, 1)


def test_termination_and_its_withdrawal_are_announced(story):
    row = story.in_use()
    facts = []
    with (
        subscribed(events.ParticipationTerminated, facts.append),
        subscribed(events.TerminationWithdrawn, facts.append),
    ):
        story.terminate(row)
        last = row.ends_on
        for by in (story.runner, story.handler):
            leaving.agree_to_withdraw(by=by, participation=row)
    keys = (row.pk, story.world.own.pk, story.service.pk)
    assert facts == [
        events.ParticipationTerminated(*keys, received_on=story.start, ends_on=last),
        events.TerminationWithdrawn(*keys, withdrawn_on=story.start),
    ]


def test_terminating_twice_is_refused(story):
    row = story.terminated()
    with pytest.raises(RuleBroken, match="already done"):
        story.terminate(row)
    assert row.terminations.count() == 1


def test_a_second_termination_after_a_withdrawal(story):
    row = story.terminated()
    for by in (story.runner, story.handler):
        leaving.agree_to_withdraw(by=by, participation=row)
    row.refresh_from_db()
    story.terminate(row, by=story.runner)
    assert row.terminations.filter(withdrawn_on=None).count() == 1
    assert row.terminations.count() == 2


def test_notice_of_another_record_or_ahead_is_refused(story):
    row = story.in_use()
    other = Participation.objects.create(
        service=story.service,
        organisation=story.world.other,
        state=S.INTEREST,
        state_since=row.state_since,
    )
    paper = other.documents.create(
        kind="notice", title="x", size=1, sha256="0" * 64, retention="short", file="x.pdf"
    )
    with pytest.raises(RuleBroken, match="belongs to another record"):
        leaving.terminate_participation(
            by=story.runner, participation=row, received_on=story.start, notice=paper
        )
    with pytest.raises(RuleBroken, match="cannot lie ahead"):
        story.terminate(row, received_on=story.start + timedelta(days=1))


def test_the_end_is_announced(story):
    row = story.winding_up()
    story.wind_up(row)
    last = story.start - timedelta(days=1)
    Participation.objects.filter(pk=row.pk).update(starts_on=last, ends_on=last)
    facts = []
    with subscribed(events.ParticipationEnded, facts.append):
        story.move(row, S.ENDED)
    assert [fact.ends_on for fact in facts] == [last]


def test_a_handler_that_fails_undoes_everything(story):
    row = story.in_use()

    def fail(_fact):
        raise RuleBroken("nej")

    with subscribed(events.ParticipationTerminated, fail), pytest.raises(RuleBroken, match="nej"):
        story.terminate(row)
    row.refresh_from_db()
    assert (row.state, row.ends_on, row.terminations.count()) == (S.PRODUCTION, None, 0)


def test_changed_days_are_announced_and_logged(story):
    row = story.terminated()
    facts = []
    later = row.ends_on + timedelta(days=30)
    with pytest.raises(RuleBroken, match="reason"):
        leaving.change_dates(by=story.handler, participation=row, reason="", ends_on=later)
    with subscribed(events.ParticipationDateChanged, facts.append):
        leaving.change_dates(
            by=story.handler, participation=row, reason="Överenskommet", ends_on=later
        )
    row.refresh_from_db()
    assert (row.ends_on, row.terminations.get().ends_on) == (later, later)
    assert [(f.starts_on, f.ends_on) for f in facts] == [(row.starts_on, later)]
    assert row.changes.filter(field="ends_on", new=str(later)).exists()
    with pytest.raises(PermissionDenied):
        leaving.change_dates(by=story.runner, participation=row, reason="x", ends_on=later)


def test_a_last_day_before_the_first_is_refused_by_both(story):
    row = story.terminated()
    with pytest.raises(RuleBroken, match="before the first"):
        leaving.change_dates(
            by=story.handler,
            participation=row,
            reason="x",
            ends_on=row.starts_on - timedelta(days=1),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=row.pk).update(ends_on=row.starts_on - timedelta(days=1))


@pytest.mark.parametrize("deed", ["note_left", "settle"])
def test_winding_up_is_the_offices(story, deed):
    row = story.winding_up()
    more = {"field": "data_returned_on"} if deed == "note_left" else {"amount": 1}
    with pytest.raises(PermissionDenied):
        getattr(leaving, deed)(by=story.runner, participation=row, on=story.start, **more)


# --- Seats ------------------------------------------------------------------------------------
def appointment(story, row, **more):
    return Appointment(
        **{
            "ordinary": story.world["own:coordinator"],
            "substitute": story.world["own:reader"],
            "body": "Kommunstyrelsen",
            "decided_on": date(2026, 1, 2),
            "registry_number": "KS 1",
            "document": story.document(row, DocumentKind.APPOINTMENT),
        }
        | more
    )


def test_a_seat_is_taken_changed_and_left_with_its_days(story):
    row = story.in_use()
    facts = []
    with subscribed(events.SeatTaken, facts.append), subscribed(events.SeatLeft, facts.append):
        seats.take_seat(
            by=story.runner,
            participation=row,
            starts_on=story.start,
            appointment=appointment(story, row),
        )
        seats.take_seat(
            by=story.runner, participation=row, starts_on=story.start + timedelta(days=9)
        )
        last = story.start + timedelta(days=20)
        seats.leave_seat(by=story.runner, participation=row, ends_on=last)
    keys = (row.pk, story.world.own.pk, story.service.pk)
    people = (story.world["own:coordinator"].pk, story.world["own:reader"].pk)
    assert facts == [
        events.SeatTaken(
            *keys,
            starts_on=story.start,
            ordinary_id=people[0],
            substitute_id=people[1],
            document_id=row.documents.get(kind=DocumentKind.APPOINTMENT).pk,
        ),
        events.SeatTaken(*keys, starts_on=story.start, ordinary_id=None, substitute_id=None),
        events.SeatLeft(*keys, ends_on=last),
    ]
    assert row.seat_choices.count() == 1


def test_the_document_of_a_decision_that_is_named_again_is_kept(story):
    row = story.in_use()
    first = appointment(story, row)
    seats.take_seat(by=story.runner, participation=row, starts_on=story.start, appointment=first)
    alone = replace(first, substitute=None, document=None)
    choice = seats.take_seat(
        by=story.runner, participation=row, starts_on=story.start, appointment=alone
    )
    assert (choice.substitute, choice.document) == (None, first.document)
    other = replace(alone, registry_number="KS 2")
    with pytest.raises(RuleBroken, match="decision as a document") as refused:
        seats.take_seat(
            by=story.runner, participation=row, starts_on=story.start, appointment=other
        )
    assert refused.value.field == "file"


def test_before_signing_people_are_noted_and_nothing_is_announced(story):
    row = story.decided()
    facts = []
    with subscribed(events.SeatTaken, facts.append):
        seats.take_seat(
            by=story.runner,
            participation=row,
            starts_on=story.start - timedelta(days=30),
            appointment=appointment(story, row),
        )
        assert facts == []
        story.prepare(row)
        send_agreements(by=story.handler, participation=row)
        story.sign_all(row)
    assert [(f.starts_on, f.ordinary_id) for f in facts] == [
        (story.start, story.world["own:coordinator"].pk)
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"body": ""}, "appointing decision"),
        ({"decided_on": None}, "appointing decision"),
        ({"registry_number": " "}, "number of the appointing decision"),
        ({"document": None}, "decision as a document"),
        ({"substitute": "own:coordinator"}, "two people"),
        ({"ordinary": "other:coordinator"}, "does not act for the municipality"),
    ],
)
def test_a_wrong_appointment_is_refused(story, change, words):
    row = story.in_use()
    named = {k: story.world[v] if k in ("ordinary", "substitute") else v for k, v in change.items()}
    with pytest.raises(RuleBroken, match=words):
        seats.take_seat(
            by=story.runner,
            participation=row,
            starts_on=story.start,
            appointment=appointment(story, row, **named),
        )


def test_a_seat_lies_within_the_participation(story):
    row = story.terminated()
    for day in (row.starts_on - timedelta(days=1), row.ends_on + timedelta(days=1)):
        with pytest.raises(RuleBroken):
            seats.take_seat(by=story.runner, participation=row, starts_on=day)
    with pytest.raises(RuleBroken, match="no seat to leave"):
        seats.leave_seat(by=story.runner, participation=row, ends_on=row.ends_on)


@pytest.mark.parametrize("who", ["own:reader", "other:coordinator", "auditor", "nobody"])
def test_others_take_no_seat(story, who):
    row = story.in_use()
    with pytest.raises(PermissionDenied):
        seats.take_seat(by=story.world[who], participation=row, starts_on=story.start)
