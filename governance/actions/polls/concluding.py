"""Lets the gavel fall on what the polls settled: the decision, and the fate of every motion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.cases import clean_clauses
from governance.actions.polls.alternatives import PROPOSAL, REJECT, additions, key_of
from governance.actions.polls.closing import elected_of
from governance.actions.polls.proposing import withdraw_polls
from governance.actions.recording import enter_room, item_in
from governance.actions.room.deciding import (
    DECIDE_TODAY,
    REJECTION,
    conclude_item,
    decide_procedure,
    step_motion,
)
from governance.actions.room.electing import people_written_in
from governance.actions.room.items import pending_finding, standing_polls
from governance.choices import (
    DecisionKind,
    DecisionMethod,
    MotionKind,
    Outcome,
    PollQuestion,
)
from governance.models import AgendaItem, Decision, Meeting, Motion, Poll
from governance.states import ITEM, POLLS_AHEAD, MeetingState, MotionState, PollState, advance

ANSWERED_WITH = {MotionKind.APPROVE: PROPOSAL, MotionKind.REJECT: REJECT}
"""Motions that are answered by the proposal itself: which winner carries them."""


@dataclass(frozen=True)
class Settled:
    """What the polls on an item came to: the winner by key, the additions carried, the elected."""

    question: str
    winner: str
    added: tuple[str, ...]
    lost_in_counter: tuple[str, ...]
    elected: tuple[str, ...]


@transaction.atomic
def conclude_polls(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    clauses: Sequence[str] | None = None,
    motivation: str = "",
    at: datetime | None = None,
) -> Decision:
    """Let the gavel fall after the polls: the decision says that a poll made it.

    When the matter is to be decided today, the item stays open for the matter itself; when it is
    postponed, every other motion lapses and no further poll may open (R7). A poll on an addition
    that rejection has made moot is taken back. Raises RuleBroken while a poll is not settled, and
    when too few serve.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    polls = _polls_of(item)
    moot = moot_polls(polls)
    polls = [poll for poll in polls if poll not in moot]
    if not polls or any(poll.state != PollState.SETTLED for poll in polls):
        raise RuleBroken(_("Every poll must be settled before the gavel falls."))
    withdraw_polls(meeting, moot)
    settled = _settled(item, polls)
    if settled.question == PollQuestion.FORMAL:
        decision = _conclude_formal(meeting, item, settled, by=by, at=at)
    else:
        decision = _conclude_main(
            meeting, item, settled, by=by, at=at, clauses=clauses, motivation=motivation
        )
    for poll in polls:
        poll.decision = decision
        poll.save(update_fields=["decision", "updated_at"])
    return decision


def _polls_of(item: AgendaItem) -> list[Poll]:
    """Return the standing polls of the question that is put, in their order."""
    rows = standing_polls(item).select_related("order")
    return list(rows.order_by("order", "step", "number"))


def moot_polls(polls: Sequence[Poll]) -> list[Poll]:
    """Return the polls on additions that wait though the matter has been rejected.

    There is nothing left to add to, so they are not taken (rules.md 1.9, FORFALLET).
    """
    chain = [poll for poll in polls if poll.question != PollQuestion.ADDITION]
    if not chain or any(poll.state != PollState.SETTLED for poll in chain):
        return []
    if chain[-1].winner != REJECT:
        return []
    ahead = [poll for poll in polls if poll.state in POLLS_AHEAD]
    return [poll for poll in ahead if poll.question == PollQuestion.ADDITION]


def _added(item: AgendaItem, polls: Sequence[Poll]) -> list[str]:
    """Return the additions that were carried: by a poll of their own, else as the chair found."""
    polled = {p.yes_key: p.winner for p in polls if p.question == PollQuestion.ADDITION}
    finding = pending_finding(item)
    found = set(finding.data["motions"]) if finding else set()
    added = []
    for motion in additions(item):
        key = key_of(motion)
        if polled[key] == key if key in polled else motion.number in found:
            added.append(key)
    return added


def _settled(item: AgendaItem, polls: Sequence[Poll]) -> Settled:
    """Return what the settled polls came to."""
    chain = [poll for poll in polls if poll.question != PollQuestion.ADDITION]
    last = chain[-1] if chain else None
    lost = [
        poll.no_key if poll.winner == poll.yes_key else poll.yes_key
        for poll in chain[:-1]
        if not poll.is_election
    ]
    return Settled(
        question=last.question if last else PollQuestion.MAIN,
        winner=last.winner if last else "",
        added=tuple(_added(item, polls)),
        lost_in_counter=tuple(lost),
        elected=tuple(elected_of(last)) if last and last.is_election else (),
    )


def _step_item(meeting: Meeting, item: AgendaItem, event: str) -> str:
    return advance(
        ITEM,
        item.state,
        event,
        meeting_open=meeting.state == MeetingState.OPEN,
        quorate=meeting.room().may_decide,
        no_poll_asked=True,
        gavel_ready=True,
    )


def _conclude_formal(
    meeting: Meeting, item: AgendaItem, settled: Settled, *, by: Any, at: datetime | None
) -> Decision:
    finding = pending_finding(item)
    motions = _put(item)
    carried = motions.get(settled.winner)
    for key, motion in motions.items():
        if motion.is_formal:
            step_motion(motion, _fate(key, settled))
    if carried is None:
        _step_item(meeting, item, "decide")  # the guards hold, the item stays open
        return decide_procedure(
            meeting,
            item,
            [DECIDE_TODAY],
            by=by,
            at=at,
            finding=finding,
            method=DecisionMethod.POLL,
        )
    for motion in item.motions.filter(state=MotionState.ADMITTED):
        step_motion(motion, "lapse")
    table = carried.kind == MotionKind.TABLE
    item.state = _step_item(meeting, item, "table" if table else "refer_back")
    return conclude_item(
        meeting,
        item,
        by=by,
        at=at,
        finding=finding,
        method=DecisionMethod.POLL,
        kind=DecisionKind.TABLED if table else DecisionKind.REFERRED_BACK,
        outcome=Outcome.POSTPONED,
        clauses=["bordlägga ärendet" if table else "återremittera ärendet"],
        motivation=carried.text,
    )


def _conclude_main(
    meeting: Meeting,
    item: AgendaItem,
    settled: Settled,
    *,
    by: Any,
    at: datetime | None,
    clauses: Sequence[str] | None,
    motivation: str,
) -> Decision:
    finding = pending_finding(item)
    election = settled.question == PollQuestion.ELECTION
    motions = _put(item)
    named = {motion.text for motion in motions.values()}
    others = people_written_in(
        meeting, item, [name for name in settled.elected if name not in named]
    )
    wording = clean_clauses(clauses or []) or settled_wording(item, settled, motions)
    item.state = _step_item(meeting, item, "decide")
    for key, motion in motions.items():
        step_motion(motion, _fate_on_matter(key, motion, settled, election=election))
    carried = bool(settled.elected) if election else settled.winner != REJECT
    return conclude_item(
        meeting,
        item,
        by=by,
        at=at,
        finding=finding,
        written_in=others,
        method=DecisionMethod.POLL,
        kind=DecisionKind.ELECTION if election else DecisionKind.MATTER,
        outcome=Outcome.CARRIED if carried else Outcome.REJECTED,
        clauses=wording,
        motivation=motivation,
    )


def settled_wording(item: AgendaItem, settled: Settled, motions: dict[str, Motion]) -> list[str]:
    """Return the att-clauses of what won."""
    if settled.question == PollQuestion.ELECTION:
        return [f"välja {name}" for name in settled.elected] or ["inte välja någon"]
    if settled.winner == REJECT:
        return [REJECTION]
    texts = list(item.proposal) if settled.winner == PROPOSAL else []
    keys = [settled.winner, *settled.added]
    return clean_clauses([*texts, *(motions[key].text for key in keys if key in motions)])


def proposed_wording(item: AgendaItem) -> list[str]:
    """Return the att-clauses that the gavel would give now, for the form."""
    polls = _polls_of(item)
    return settled_wording(item, _settled(item, polls), _put(item)) if polls else []


def _put(item: AgendaItem) -> dict[str, Motion]:
    """Return the motions that were put, by key."""
    return {key_of(m): m for m in item.motions.filter(state=MotionState.ADMITTED)}


def _fate(key: str, settled: Settled) -> str:
    if key == settled.winner:
        return "carry"
    return "eliminate" if key in settled.lost_in_counter else "reject"


def _fate_on_matter(key: str, motion: Motion, settled: Settled, *, election: bool) -> str:
    """Return what became of a motion when the matter was settled."""
    if motion.kind == MotionKind.NOMINATE:
        carried = motion.text in settled.elected
    elif election or (motion.kind == MotionKind.ADD and settled.winner == REJECT):
        return "lapse"
    elif motion.kind in ANSWERED_WITH:
        carried = settled.winner == ANSWERED_WITH[MotionKind(motion.kind)]
    elif motion.kind == MotionKind.ADD:
        carried = key in settled.added
    else:
        return _fate(key, settled)
    return "carry" if carried else "reject"
