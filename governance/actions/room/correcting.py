"""Corrections until adjustment: a new event with its reason; nothing is changed or erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.cases import clean_clauses
from governance.actions.ledger import append_row
from governance.actions.minutes.writing import require_unfixed
from governance.actions.recording import enter_room, item_in, record
from governance.actions.room.flags import flag_touched
from governance.choices import EventKind, RecusalState
from governance.models import (
    AdjustedParagraph,
    AgendaItem,
    Decision,
    DecisionFlag,
    FollowUp,
    Meeting,
    MeetingEvent,
    Recusal,
)
from governance.states import MeetingState
from members.models import PersonName

CORRECTABLE = frozenset(
    {EventKind.ARRIVED, EventKind.LEFT, EventKind.RECUSED, EventKind.CHAIR_CHOSEN}
)
UNADJUSTED = frozenset({MeetingState.OPEN, MeetingState.ADJOURNED, MeetingState.CLOSED})


@transaction.atomic
def add_late(
    *,
    by: Any,
    meeting: Meeting,
    kind: str,
    person: PersonName,
    at: datetime,
    reason: str,
    mode: str = "",
    item: AgendaItem | None = None,
) -> MeetingEvent:
    """Enter afterwards that somebody came, left or was jävig in an item, with time and reason.

    Decisions whose participants change are flagged for the chair. Raises RuleBroken for a time
    outside the meeting, and for a forgotten jäv outside the time when its item was open.
    """
    meeting = _correcting(by, meeting, reason)
    if kind not in {EventKind.ARRIVED, EventKind.LEFT, EventKind.RECUSED}:
        raise RuleBroken(_("This cannot be entered afterwards."), field="kind")
    at = _within(meeting, at)
    if kind == EventKind.RECUSED:
        item = _open_then(meeting, item, at)
        _require_unadjusted(item)
        at = _not_before(at, item.opened_at or at)
        _keep_recusal(item, person, reason)
    event = record(
        meeting,
        kind,
        by=by,
        person=person,
        item=item if kind == EventKind.RECUSED else None,
        at=at,
        mode=mode if kind == EventKind.ARRIVED else "",
        data={"late": reason[:300]},
    )
    flag_touched(meeting, event)
    return event


def _open_then(meeting: Meeting, item: AgendaItem | None, at: datetime) -> AgendaItem:
    """Return the item as it is now; raise RuleBroken unless it was open at that time."""
    if item is None:
        raise RuleBroken(_("Choose the item that the recusal concerns."), field="item")
    item = item_in(meeting, item)
    opened, ended = item.opened_at, item.ended_at
    if opened is None or _not_before(at, opened) < opened or (ended and at > ended):
        raise RuleBroken(_("The item was not open then."), field="at")
    return item


def _keep_recusal(item: AgendaItem, person: PersonName, reason: str) -> None:
    Recusal.objects.update_or_create(
        item=item,
        person=person,
        defaults={"ground": reason[:300], "state": RecusalState.IN_FORCE},
    )


@transaction.atomic
def move_in_time(
    *, by: Any, meeting: Meeting, event: MeetingEvent, at: datetime, reason: str
) -> MeetingEvent:
    """Correct when something happened; the first entry counts no longer but stays readable."""
    meeting = _correcting(by, meeting, reason)
    event = _correctable(meeting, event)
    at = _within(meeting, at)
    correction = record(
        meeting,
        event.kind,
        by=by,
        person=event.person,
        item=event.item,
        mode=event.mode,
        data=event.data,
        at=at,
        corrects=event,
        reason=reason[:300],
    )
    flag_touched(meeting, correction)
    return correction


@transaction.atomic
def strike_out(*, by: Any, meeting: Meeting, event: MeetingEvent, reason: str) -> MeetingEvent:
    """Strike an entry out: it never happened, and counts no longer but stays readable.

    A recusal that is struck out is no longer in force, unless another entry of it stands.
    """
    meeting = _correcting(by, meeting, reason)
    event = _correctable(meeting, event)
    correction = record(
        meeting,
        EventKind.VOIDED,
        by=by,
        person=event.person,
        item=event.item,
        at=event.effective_at,
        corrects=event,
        reason=reason[:300],
    )
    if event.kind == EventKind.RECUSED:
        _lift_recusal(event)
    flag_touched(meeting, correction)
    return correction


def _lift_recusal(event: MeetingEvent) -> None:
    """Let the recusal of a struck out entry fall when nothing else says that it holds."""
    same = {"kind": EventKind.RECUSED, "item": event.item, "person": event.person}
    if event.meeting.events.in_force().filter(**same).exists():
        return
    rows = Recusal.objects.filter(item=event.item, person=event.person)
    rows.filter(state=RecusalState.IN_FORCE).update(state=RecusalState.WITHDRAWN, called=None)


@transaction.atomic
def reword_decision(
    *,
    by: Any,
    meeting: Meeting,
    decision: Decision,
    clauses: Sequence[str],
    reason: str,
) -> Decision:
    """Correct the wording of a decision before adjustment, by a new row that replaces it.

    Raises RuleBroken once its § is adjusted, and while the text of the minutes is fixed.
    """
    meeting = _correcting(by, meeting, reason)
    _require_unadjusted(decision.item)
    if Decision.objects.filter(replaces=decision).exists():
        raise RuleBroken(_("This wording has already been replaced."))
    wording = clean_clauses(clauses)
    if not wording:
        raise RuleBroken(_("Write at least one att-clause."), field="clauses")
    copied = (
        "council_id item_id kind method outcome motivation decided_at presided_by_id participants"
        " finding_id"
    )
    row = Decision.objects.create(
        **{name: getattr(decision, name) for name in copied.split()},
        clauses=wording,
        recorded_at=timezone.now(),
        recorded_by_id=getattr(by, "pk", None),
        replaces=decision,
        reason=reason[:300],
    )
    append_row(council=meeting.council, kind="decision", row=row)
    # Who carries it out still does, whatever the wording.
    FollowUp.objects.filter(decision=decision).update(decision=row)
    record(
        meeting,
        EventKind.DECIDED,
        by=by,
        item=row.item,
        data={"decision": row.pk, "replaces": decision.pk, "reason": reason[:300]},
    )
    return row


@transaction.atomic
def answer_flag(*, by: Any, meeting: Meeting, flag: DecisionFlag, answer: str) -> DecisionFlag:
    """Let the chair or the secretary say what a correction means for a decision."""
    require(by, "governance.open_meeting", meeting)
    if not answer.strip():
        raise RuleBroken(_("Say what the correction means for the decision."), field="answer")
    flag.answer, flag.seen_by, flag.seen_at = answer[:300], by, timezone.now()
    flag.save()
    return flag


def _correcting(by: Any, meeting: Meeting, reason: str) -> Meeting:
    require(by, "governance.record_meeting", meeting)
    meeting = enter_room(meeting)
    if meeting.state not in UNADJUSTED:
        raise RuleBroken(_("Corrections are made between the opening and the adjustment."))
    require_unfixed(meeting)
    if not reason.strip():
        raise RuleBroken(_("Give the reason of the correction."), field="reason")
    return meeting


def _require_unadjusted(item: AgendaItem) -> None:
    if AdjustedParagraph.objects.filter(item=item).exists():
        raise RuleBroken(_("This paragraph is adjusted. Correct it by a rectification."))


def _correctable(meeting: Meeting, event: MeetingEvent) -> MeetingEvent:
    found = meeting.events.select_related("person", "item").filter(pk=event.pk).first()
    if found is None or found.kind not in CORRECTABLE:
        raise RuleBroken(_("This entry cannot be corrected so."))
    if meeting.events.filter(corrects=found).exists():
        raise RuleBroken(_("This entry has already been corrected."))
    if found.item is not None:
        _require_unadjusted(found.item)
    return found


def _within(meeting: Meeting, at: datetime) -> datetime:
    """Return a time of the meeting; raise RuleBroken for one before or after it.

    Times are entered in whole minutes: one in the minute of the opening is that of the opening.
    """
    opened, closed = meeting.opened_at, meeting.closed_at
    if opened is None or _not_before(at, opened) < opened:
        raise RuleBroken(_("The meeting had not been opened then."), field="at")
    if closed is not None and at > closed:
        raise RuleBroken(_("The meeting had been closed then."), field="at")
    return _not_before(at, opened)


def _not_before(at: datetime, start: datetime) -> datetime:
    """Return `start` for an earlier time within its minute, else the time as it is."""
    return start if start.replace(second=0, microsecond=0) <= at < start else at
