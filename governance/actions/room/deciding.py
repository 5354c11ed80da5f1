"""Decisions by acclamation: the chair states what was found, the gavel makes it a decision."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.events import publish
from core.exceptions import RuleBroken
from governance.actions.cases import clean_clauses, step_case
from governance.actions.ledger import append_row
from governance.actions.recording import enter_room, item_in, record, require_open
from governance.actions.room.electing import fill_office
from governance.actions.room.findings import FORMAL, MAIN, admitted, found_of
from governance.actions.room.flags import participants
from governance.actions.room.items import (
    finish_item,
    pending_finding,
    refuse_while_polled,
    standing_polls,
)
from governance.choices import (
    DecisionKind,
    DecisionMethod,
    EventKind,
    ItemKind,
    MotionKind,
    Outcome,
)
from governance.events import DecisionTaken
from governance.models import AgendaItem, Case, Decision, Meeting, MeetingEvent, Motion
from governance.serving import Room
from governance.states import ITEM, MOTION, ItemState, MeetingState, MotionState, advance
from members.models import PersonName

DECIDE_TODAY = "ärendet ska avgöras i dag"
REJECTION = "avslå förslaget"
CASE_EVENTS = {
    ItemState.DECIDED: "decide",
    ItemState.TABLED: "table",
    ItemState.REFERRED_BACK: "refer_back",
}


@transaction.atomic
def state_finding(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    proposal: bool = False,
    motions: Sequence[Motion] = (),
    at: datetime | None = None,
) -> MeetingEvent:
    """State what the chair finds the meeting to have answered (rules.md 1.3).

    Formal motions are put first: then `motions` holds the one that was carried, or nothing when
    the matter is to be decided today. On the matter itself `proposal` says whether the prepared
    proposal was carried and `motions` which motions were: a motion of approval carries the
    proposal, one of rejection, or nothing carried, is a rejection. Raises RuleBroken before the
    debate is closed, while a poll decides, when the room may not decide, and for proposals that
    exclude each other.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    require_open(meeting)
    if item.state != ItemState.DEBATE_CLOSED:
        raise RuleBroken(_("Close the debate before the proposals are put."))
    refuse_while_polled(item)
    if not meeting.room().may_decide:
        raise RuleBroken(_("Too few are present to decide. Adjourn or close the meeting."))
    data = found_of(item, proposal=proposal, motions=motions)
    return record(meeting, EventKind.FINDING, by=by, item=item, at=at, data=data)


@transaction.atomic
def request_poll(
    *, by: Any, meeting: Meeting, item: AgendaItem, person: PersonName
) -> MeetingEvent:
    """Request a poll after the finding and before the gavel (vector V23).

    Raises RuleBroken when there is no finding, when the gavel has fallen, and for a person who
    does not serve.
    """
    if getattr(by, "name_id", None) != person.pk:
        require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    if pending_finding(item) is None:
        raise RuleBroken(_("A poll is requested between the finding and the gavel."))
    if not meeting.room().takes_part(person.pk):
        raise RuleBroken(_("Only those who serve take part in the item."))
    return record(meeting, EventKind.POLL_REQUESTED, by=by, item=item, person=person)


@transaction.atomic
def withdraw_poll_request(*, by: Any, meeting: Meeting, item: AgendaItem) -> MeetingEvent:
    """Record that the request for a poll was taken back, so that acclamation stands."""
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    if poll_asked(item) is None:
        raise RuleBroken(_("Nobody has requested a poll."))
    return record(meeting, EventKind.POLL_WITHDRAWN, by=by, item=item)


def poll_asked(item: AgendaItem) -> MeetingEvent | None:
    """Return the request for a poll on the pending finding, or None."""
    finding = pending_finding(item)
    if finding is None:
        return None
    kinds = [EventKind.POLL_REQUESTED, EventKind.POLL_WITHDRAWN]
    asked = item.events.in_force().filter(number__gt=finding.number, kind__in=kinds)
    last = asked.order_by("number").last()
    return last if last is not None and last.kind == EventKind.POLL_REQUESTED else None


@transaction.atomic
def gavel(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    clauses: Sequence[str] | None = None,
    motivation: str = "",
    at: datetime | None = None,
) -> Decision:
    """Let the gavel fall: the finding becomes a decision, and the item is closed.

    `clauses` are the att-clauses; without them those of what was carried. When it was found that
    the matter is decided today, the item stays open for the matter itself. Raises RuleBroken
    without a finding, while a poll is requested or stands, and when too few serve.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    finding = pending_finding(item)
    if finding is not None and finding.data["question"] == FORMAL:
        return _gavel_formal(meeting, item, finding, by=by, at=at)
    return _gavel_main(meeting, item, finding, by=by, at=at, clauses=clauses, motivation=motivation)


def _gavel_formal(
    meeting: Meeting, item: AgendaItem, finding: MeetingEvent, *, by: Any, at: datetime | None
) -> Decision:
    carried = item.motions.filter(number__in=finding.data["motions"]).first()
    if carried is None:
        _advance_item(meeting, item, "decide", finding)  # the guards hold, the item stays open
        _settle(item, carried=[], formal=True)
        return decide_procedure(meeting, item, [DECIDE_TODAY], by=by, at=at, finding=finding)
    table = carried.kind == MotionKind.TABLE
    item.state = _advance_item(meeting, item, "table" if table else "refer_back", finding)
    _settle(item, carried=[carried], formal=True)
    lapse = item.motions.filter(state=MotionState.ADMITTED)
    for motion in lapse:
        step_motion(motion, "lapse")
    return conclude_item(
        meeting,
        item,
        by=by,
        at=at,
        finding=finding,
        kind=DecisionKind.TABLED if table else DecisionKind.REFERRED_BACK,
        outcome=Outcome.POSTPONED,
        clauses=["bordlägga ärendet" if table else "återremittera ärendet"],
        motivation=carried.text,
    )


def _gavel_main(
    meeting: Meeting,
    item: AgendaItem,
    finding: MeetingEvent | None,
    *,
    by: Any,
    at: datetime | None,
    clauses: Sequence[str] | None,
    motivation: str,
) -> Decision:
    item.state = _advance_item(meeting, item, "decide", finding)
    data: dict[str, Any] = finding.data if finding else {"motions": [], "proposal": False}
    carried = list(item.motions.filter(number__in=data["motions"]))
    won = bool(carried) or data["proposal"]
    texts = _wording(item, carried, proposal=data["proposal"]) if won else [REJECTION]
    wording = clean_clauses(clauses or []) or texts
    _settle(item, carried=carried, formal=False, proposal=data["proposal"])
    return conclude_item(
        meeting,
        item,
        by=by,
        at=at,
        finding=finding,
        kind=DecisionKind.ELECTION if item.kind == ItemKind.ELECTION else DecisionKind.MATTER,
        outcome=Outcome.CARRIED if won else Outcome.REJECTED,
        clauses=wording,
        motivation=motivation,
    )


def _wording(item: AgendaItem, carried: list[Motion], *, proposal: bool) -> list[str]:
    """Return the att-clauses of what was carried."""
    texts = list(item.proposal) if proposal else []
    for motion in carried:
        if motion.kind == MotionKind.NOMINATE:
            texts.append(f"välja {motion.text}")
        elif motion.text:
            texts.append(motion.text)
    return clean_clauses(texts)


def _advance_item(
    meeting: Meeting, item: AgendaItem, event: str, finding: MeetingEvent | None
) -> str:
    return advance(
        ITEM,
        item.state,
        event,
        meeting_open=meeting.state == MeetingState.OPEN,
        quorate=meeting.room().may_decide,
        no_poll_asked=poll_asked(item) is None and not standing_polls(item).exists(),
        gavel_ready=finding is not None,
    )


def _settle(
    item: AgendaItem, *, carried: list[Motion], formal: bool, proposal: bool = False
) -> None:
    """Give every motion that was put its outcome."""
    won = {motion.pk for motion in carried}
    for motion in admitted(item, formal=formal):
        approved = motion.kind == MotionKind.APPROVE and proposal
        rejected = motion.kind == MotionKind.REJECT and not proposal and not won and not formal
        step_motion(motion, "carry" if motion.pk in won or approved or rejected else "reject")


def step_motion(motion: Motion, event: str) -> None:
    """Take a motion one step on."""
    motion.state = advance(MOTION, motion.state, event)
    motion.save()


def conclude_item(
    meeting: Meeting,
    item: AgendaItem,
    *,
    by: Any,
    at: datetime | None,
    written_in: Sequence[PersonName] = (),
    **fields: Any,
) -> Decision:
    """Write the decision that ends an item, and take its case on.

    `written_in` are those elected to an office of the body whom nobody had nominated. What was
    decided elsewhere brings its own `decided_at` and `participants`. Raises RuleBroken for another
    decision in a case that was carried without a meeting and is to be reported (P1).
    """
    reports = fields.get("method") == DecisionMethod.PER_CAPSULAM
    if item.case is not None and not reports and fields["kind"] == DecisionKind.MATTER:
        _refuse_carried(item.case)
    decision = _write(meeting, item, by=by, at=at, room=meeting.room(), **fields)
    finish_item(meeting, item, by=by, at=at)
    fill_office(item, decision, written_in=written_in)
    if item.case is not None:
        event = CASE_EVENTS[ItemState(item.state)]
        step_case(item.case, event, by=by, item=item, has_motivation=bool(decision.motivation))
    return decision


def _refuse_carried(case: Case) -> None:
    if case.polls.unreported().exists():
        raise RuleBroken(_("The case is decided without a meeting: note the item instead."))


def conclude_election(
    meeting: Meeting,
    item: AgendaItem,
    clauses: Sequence[str],
    *,
    by: Any,
    at: datetime | None = None,
) -> Decision:
    """Close the debate, find and decide an election without other names, in one step."""
    item.state = advance(ITEM, item.state, "close_debate", meeting_open=True)
    data = {"question": MAIN, "proposal": True, "motions": []}
    finding = record(meeting, EventKind.FINDING, by=by, item=item, at=at, data=data)
    item.state = _advance_item(meeting, item, "decide", finding)
    return conclude_item(
        meeting,
        item,
        by=by,
        at=at,
        finding=finding,
        kind=DecisionKind.ELECTION,
        outcome=Outcome.CARRIED,
        clauses=list(clauses),
    )


def decide_procedure(
    meeting: Meeting,
    item: AgendaItem,
    clauses: Sequence[str],
    *,
    by: Any,
    at: datetime | None = None,
    room: Room | None = None,
    without: int | None = None,
    finding: MeetingEvent | None = None,
    method: str = DecisionMethod.ACCLAMATION,
) -> Decision:
    """Write a decision on procedure within an item, by acclamation unless `method` says else.

    `without` is a person who takes no part in it. Raises RuleBroken when the room may not decide.
    """
    room = room or meeting.room()
    if not room.may_decide:
        raise RuleBroken(_("Too few are present to decide. Adjourn or close the meeting."))
    return _write(
        meeting,
        item,
        by=by,
        at=at,
        room=room,
        without=without,
        finding=finding,
        method=method,
        kind=DecisionKind.PROCEDURAL,
        outcome=Outcome.CARRIED,
        clauses=list(clauses),
    )


def _write(
    meeting: Meeting,
    item: AgendaItem,
    *,
    by: Any,
    at: datetime | None,
    room: Room,
    without: int | None = None,
    **fields: Any,
) -> Decision:
    moment = at or timezone.now()
    taking_part = [pair for pair in participants(room) if pair[1] != without]
    decision = Decision.objects.create(
        council=meeting.council,
        item=item,
        recorded_at=timezone.now(),
        recorded_by_id=getattr(by, "pk", None),
        presided_by_id=room.presiding,
        **{"decided_at": moment, "participants": taking_part} | fields,
    )
    append_row(council=meeting.council, kind="decision", row=decision)
    record(
        meeting,
        EventKind.DECIDED,
        by=by,
        item=item,
        at=moment,
        data={"decision": decision.pk, "kind": decision.kind, "outcome": decision.outcome},
    )
    publish(DecisionTaken(decision.pk))
    return decision
