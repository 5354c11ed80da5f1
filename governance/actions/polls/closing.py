"""Closes a poll, counts it, and settles what the count leaves open: the chair's vote or a lot."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from core.sealing import seal, unseal
from governance.actions.polls.counting import closing_content, count, seal_urn
from governance.actions.polls.entering import (
    chain,
    enter_poll,
    poll_in,
    require_meeting_open,
    step_poll,
)
from governance.actions.polls.presiding import presiding_seat
from governance.choices import PollEntry
from governance.lots import commit, draw
from governance.models import Ballot, Lot, Meeting, Poll
from governance.polls import Choice
from governance.states import POLLS_CLOSED, PollState
from governance.tally import MatterState
from members.models import PersonName

LOT_PURPOSE = "governance.lot"


@transaction.atomic
def close_poll(*, by: Any, meeting: Meeting, poll: Poll) -> Poll:
    """Close a poll for voting and count it; pressing twice closes once and shows the same result.

    A simple rule that ends in a tie waits for the chair when the chair has no vote to decide by
    (kommunallagen 4:25), or speaks for several members that did not vote alike; equal votes in an
    election wait for a lot. Raises RuleBroken for a poll that is not open, and unless the meeting
    is in progress.
    """
    require(by, "governance.preside", meeting)
    poll = poll_in(meeting, poll)
    if poll.state in POLLS_CLOSED:
        return poll
    require_meeting_open(poll)
    poll.chair_seat_id, poll.chair = presiding_seat(poll, meeting.room())
    return finish_poll(poll)


def finish_poll(poll: Poll) -> Poll:
    """Close, count and, when the count decides, settle a poll that is locked."""
    now = timezone.now()
    was_open = poll.is_open
    if was_open and poll.is_secret:
        seal_urn(poll)
    step_poll(poll, "close")
    poll.closed_at = now
    step_poll(poll, "count")
    poll.result = count(poll)
    _settle_by_count(poll)
    poll.save()
    chain(poll, "poll_closed", **closing_content(poll))
    if poll.state == PollState.AWAITING_LOT:
        _commit_lot(poll)
    return poll


def _settle_by_count(poll: Poll) -> None:
    """Take a counted poll to where its result leads."""
    result: dict[str, Any] = poll.result or {}
    if result["state"] == MatterState.AWAITING_CHAIR:
        step_poll(poll, "await_chair", vote_needed=True)
    elif result["state"] == "awaiting_lot":
        step_poll(poll, "await_lot", lot_needed=True)
    elif result["state"] == "decided" or poll.per_capsulam:
        # Too few answers without a meeting: nothing is decided, and the matter is met about.
        step_poll(poll, "settle", is_decided=True)
        _settled(poll)


def _settled(poll: Poll) -> None:
    poll.settled_at = timezone.now()
    if not poll.is_election:
        outcome = poll.result["outcome"] if poll.result else ""
        poll.winner = poll.yes_key if outcome == "carried" else poll.no_key


@transaction.atomic
def cast_chair_vote(
    *, by: Any, meeting: Meeting, poll: Poll, person: PersonName, choice: str
) -> Poll:
    """Let the chair, who had abstained in a tie, vote as the law demands (KL 4:25, V03, V05).

    The vote is added and the poll counted again. A chair without a seat, or with the votes of
    several members, says what it supports instead: then no vote is added. Raises RuleBroken when
    no vote is awaited, and for anybody but the one who presided at the close (V22).
    """
    if getattr(by, "name_id", None) != person.pk:
        require(by, "governance.record_meeting", meeting)
    poll = poll_in(meeting, poll)
    require_meeting_open(poll)
    if poll.state != PollState.AWAITING_CHAIR:
        raise RuleBroken(_("The chair's vote is not needed."))
    if poll.chair_id != person.pk:
        raise RuleBroken(_("Only the one who presided when the poll was closed decides the tie."))
    if choice not in {Choice.YES, Choice.NO}:
        raise RuleBroken(_("The chair must vote yes or no."), field="choice")
    if poll.chair_seat_id is None:
        poll.chair_view = choice
    else:
        _add_chair_ballot(poll, poll.chair_seat_id, person, choice, by=by)
    poll.result = count(poll)
    step_poll(poll, "settle", has_chair_vote=poll.result["state"] == MatterState.DECIDED)
    _settled(poll)
    poll.save()
    chain(poll, "poll_chair_voted", **closing_content(poll))
    return poll


def _add_chair_ballot(poll: Poll, seat: int, person: PersonName, choice: str, *, by: Any) -> None:
    last = poll.ballots.filter(seat=seat).order_by("-revision").first()
    Ballot.objects.create(
        poll=poll,
        seat_id=seat,
        revision=last.revision + 1 if last else 1,
        choice=choice,
        person=person,
        entry=PollEntry.CHAIR,
        cast_at=timezone.now(),
        recorded_by_id=getattr(by, "pk", None),
    )


def _commit_lot(poll: Poll) -> None:
    """Bind the seed of the lot before anybody can influence the draw."""
    seed = secrets.token_hex(32)
    result: dict[str, Any] = poll.result or {}
    lot = Lot.objects.create(
        poll=poll,
        names=result["lot_between"],
        places=result["lot_positions"],
        commitment=commit(seed),
        committed_at=timezone.now(),
        sealed_seed=seal(seed.encode(), purpose=LOT_PURPOSE),
    )
    content = {"names": lot.names, "places": lot.places, "commitment": lot.commitment}
    chain(poll, "lot_committed", **content)


@transaction.atomic
def draw_lot(
    *,
    by: Any,
    meeting: Meeting,
    poll: Poll,
    drawer: PersonName,
    witness: PersonName,
    witness_words: str,
) -> Poll:
    """Draw the lot of an election with equal votes; the casting vote is never used (KL 5:56).

    `witness_words` is what the witness says aloud: together with the seed that was bound before,
    it decides, and anybody can check the draw (governance.lots). Raises RuleBroken when no lot is
    awaited, and when drawer and witness are the same or are not in the room.
    """
    poll, lot = _awaited(by, meeting, poll, drawer, witness)
    if not witness_words.strip():
        raise RuleBroken(_("Write what the witness says."), field="words")
    lot.seed = unseal(bytes(lot.sealed_seed), purpose=LOT_PURPOSE).decode()
    lot.witness_words = witness_words.strip()[:200]
    fallen = draw(
        seed=lot.seed, witness_words=lot.witness_words, names=lot.names, places=lot.places
    )
    return _drawn(poll, lot, fallen, drawer, witness)


@transaction.atomic
def enter_lot(
    *,
    by: Any,
    meeting: Meeting,
    poll: Poll,
    drawer: PersonName,
    witness: PersonName,
    drawn: Sequence[str],
) -> Poll:
    """Enter a lot that was drawn by hand: slips in a hat, before a witness (rules.md 1.4).

    It is marked as such: its seed is never opened, and drawer and witness vouch for it. Raises
    RuleBroken as draw_lot does, and unless there is a name of the lot for each place.
    """
    poll, lot = _awaited(by, meeting, poll, drawer, witness)
    names = set(drawn)
    if len(drawn) != lot.places or len(names) != len(drawn) or not names <= set(lot.names):
        raise RuleBroken(_("Choose the name that was drawn for each place."), field="drawn")
    lot.is_by_hand = True
    return _drawn(poll, lot, drawn, drawer, witness)


def _awaited(
    by: Any, meeting: Meeting, poll: Poll, drawer: PersonName, witness: PersonName
) -> tuple[Poll, Lot]:
    """Return a poll that awaits its lot, both locked, when drawer and witness may act."""
    require(by, "governance.preside", meeting)
    poll = poll_in(meeting, poll)
    require_meeting_open(poll)
    if poll.state != PollState.AWAITING_LOT:
        raise RuleBroken(_("No lot is needed."))
    if drawer.pk == witness.pk:
        raise RuleBroken(_("The witness is somebody else than the one who draws."), field="witness")
    present = meeting.room().present
    if drawer.pk not in present or witness.pk not in present:
        raise RuleBroken(_("Drawer and witness are present at the meeting."), field="drawer")
    return poll, Lot.objects.select_for_update().get(poll=poll)


def _drawn(
    poll: Poll, lot: Lot, names: Iterable[str], drawer: PersonName, witness: PersonName
) -> Poll:
    """Store what the lot fell on, chain it and settle the poll."""
    lot.drawn = sorted(names)
    lot.drawer, lot.witness, lot.drawn_at = drawer, witness, timezone.now()
    lot.save()
    step_poll(poll, "settle", has_lot=True)
    _settled(poll)
    poll.save()
    chain(
        poll,
        "lot_drawn",
        seed=lot.seed,
        witness_words=lot.witness_words,
        drawer=drawer.pk,
        witness=witness.pk,
        drawn=lot.drawn,
        by_hand=lot.is_by_hand,
    )
    return poll


def elected_of(poll: Poll) -> list[str]:
    """Return who was elected, by votes and by lot, sorted."""
    result: dict[str, Any] = poll.result or {}
    lot = Lot.objects.filter(poll=poll).first()
    return sorted([*result.get("elected", []), *(lot.drawn if lot else [])])


@transaction.atomic
def close_per_capsulam(*, by: Any, poll: Poll, now: datetime | None = None) -> Poll:
    """Close a poll without a meeting: when its time is out, or when all have answered.

    Raises RuleBroken while answers are missing and there is time left.
    """
    require(by, "governance.manage_case", poll.council)
    poll = enter_poll(poll)
    if not poll.per_capsulam:
        raise RuleBroken(_("The poll is closed in the meeting room."))
    if poll.state in POLLS_CLOSED:
        return poll
    answered = poll.ballots.values("seat").distinct().count()
    late = poll.deadline_at is not None and (now or timezone.now()) >= poll.deadline_at
    if not late and answered < poll.roll.count():
        raise RuleBroken(_("Some have not answered, and there is time left."))
    return finish_poll(poll)
