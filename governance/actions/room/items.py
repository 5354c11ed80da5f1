"""Opens items, closes debates, takes items off; motions and speakers come with them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.cases import step_case
from governance.actions.numbering import next_number
from governance.actions.recording import enter_room, item_in, record
from governance.choices import EventKind, ItemKind, RecusalState, SpeakerState
from governance.models import AgendaItem, Meeting, Poll
from governance.querysets_polls import PollQuerySet
from governance.states import (
    ITEM,
    ITEMS_IN_HAND,
    MOTION,
    CaseState,
    ItemState,
    MeetingState,
    MotionState,
    advance,
)


@transaction.atomic
def open_item(
    *, by: Any, meeting: Meeting, item: AgendaItem, at: datetime | None = None
) -> AgendaItem:
    """Open an item; its § is given now, in order of handling, and never reused (rules.md 1.6).

    Recusals that were announced take effect. Raises RuleBroken when another item is open or too
    few are present.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    room = meeting.room()
    others = meeting.items.filter(state__in=ITEMS_IN_HAND).exclude(pk=item.pk)
    item.state = advance(
        ITEM,
        item.state,
        "open",
        label=ItemState(item.state).label,
        meeting_open=meeting.state == MeetingState.OPEN,
        no_other_open=not others.exists(),
        quorate=room.is_quorate or item.kind == ItemKind.FORMALITY,
    )
    item.opened_at = at or timezone.now()
    if item.takes_paragraph:
        item.paragraph_year = meeting.held_on.year
        item.paragraph = next_number(code=meeting.council.paragraph_code, year=item.paragraph_year)
    item.save()
    data = {"paragraph": item.paragraph, "year": item.paragraph_year}
    record(meeting, EventKind.ITEM_OPENED, by=by, item=item, at=item.opened_at, data=data)
    for recusal in item.recusals.filter(state=RecusalState.ANNOUNCED):
        recusal.state = RecusalState.IN_FORCE
        recusal.save()
        record(
            meeting,
            EventKind.RECUSED,
            by=by,
            item=item,
            person=recusal.person,
            at=item.opened_at,
            data={"ground": recusal.ground},
        )
    if item.case and item.case.state == CaseState.ON_AGENDA:
        step_case(item.case, "handle", by=by, item=item)
    return item


@transaction.atomic
def close_debate(
    *, by: Any, meeting: Meeting, item: AgendaItem, at: datetime | None = None
) -> AgendaItem:
    """Declare the debate closed: no motions after this; those made are taken up."""
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    item.state = advance(
        ITEM,
        item.state,
        "close_debate",
        label=ItemState(item.state).label,
        meeting_open=meeting.state == MeetingState.OPEN,
    )
    item.save()
    for motion in item.motions.filter(state=MotionState.MADE):
        motion.state = advance(MOTION, motion.state, "admit")
        motion.save()
    item.speakers.filter(state=SpeakerState.WAITING).update(state=SpeakerState.WITHDRAWN)
    item.speakers.filter(state=SpeakerState.SPEAKING).update(
        state=SpeakerState.DONE, ended_at=timezone.now()
    )
    record(meeting, EventKind.DEBATE_CLOSED, by=by, item=item, at=at)
    return item


@transaction.atomic
def reopen_debate(*, by: Any, meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """Let the debate go on, before anything is put to the meeting or a poll is requested."""
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    if pending_finding(item) is not None:
        raise RuleBroken(_("The chair has already stated what was found."))
    refuse_while_polled(item)
    item.state = advance(
        ITEM,
        item.state,
        "reopen_debate",
        label=ItemState(item.state).label,
        meeting_open=meeting.state == MeetingState.OPEN,
    )
    item.save()
    record(meeting, EventKind.DEBATE_CLOSED, by=by, item=item, data={"reopened": True})
    return item


@transaction.atomic
def note_item(
    *, by: Any, meeting: Meeting, item: AgendaItem, at: datetime | None = None
) -> AgendaItem:
    """Close an item of information: the meeting has taken note."""
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    item.state = advance(
        ITEM,
        item.state,
        "note",
        label=ItemState(item.state).label,
        meeting_open=meeting.state == MeetingState.OPEN,
        is_information=item.is_noted_only,
    )
    finish_item(meeting, item, by=by, at=at)
    if item.case is not None:
        step_case(item.case, "decide", by=by, item=item)
    return item


@transaction.atomic
def withdraw_item(
    *, by: Any, meeting: Meeting, item: AgendaItem, at: datetime | None = None
) -> AgendaItem:
    """Take an item off the agenda at the meeting; a § that was given is kept (vector N4)."""
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    refuse_while_polled(item)
    was_open = item.state == ItemState.OPENED
    item.state = advance(
        ITEM,
        item.state,
        "withdraw",
        label=ItemState(item.state).label,
        meeting_open=meeting.state == MeetingState.OPEN,
    )
    if was_open:
        finish_item(meeting, item, by=by, at=at)
    else:
        item.ended_at = at or timezone.now()
        item.save()
    if item.case is not None:
        step_case(item.case, "take_off", by=by, item=item)
    return item


def finish_item(meeting: Meeting, item: AgendaItem, *, by: Any, at: datetime | None = None) -> None:
    """Close an item that was open: recusals end with it, and late members take their seats.

    A motion that nothing has answered by then has lapsed.
    """
    _lapse_motions(item)
    item.ended_at = at or timezone.now()
    item.save()
    record(meeting, EventKind.ITEM_CLOSED, by=by, item=item, at=at, data={"state": item.state})


def pending_finding(item: AgendaItem) -> Any:
    """Return the chair's finding that no decision has followed yet, or None."""
    kinds = [EventKind.FINDING, EventKind.DECIDED]
    last = item.events.in_force().filter(kind__in=kinds).order_by("number").last()
    return last if last is not None and last.kind == EventKind.FINDING else None


def standing_polls(item: AgendaItem) -> PollQuerySet:
    """Return the polls on an item that stand and that no decision has followed yet."""
    rows: PollQuerySet = Poll.objects.filter(item=item, decision__isnull=True)
    return rows.standing()


def refuse_while_polled(item: AgendaItem) -> None:
    """Raise RuleBroken while a poll decides the item, requested, open or settled (rules.md 1.3)."""
    if standing_polls(item).exists():
        raise RuleBroken(_("A poll has been requested: it decides, not acclamation."))


def _lapse_motions(item: AgendaItem) -> None:
    for motion in item.motions.filter(state__in=[MotionState.MADE, MotionState.ADMITTED]):
        if motion.state == MotionState.MADE:
            motion.state = advance(MOTION, motion.state, "admit")
        motion.state = advance(MOTION, motion.state, "lapse")
        motion.save()
