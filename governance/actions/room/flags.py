"""Marks decisions and polls that a later correction touches (rules.md 1.7, before justering)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from governance.choices import EventKind
from governance.models import Decision, DecisionFlag, Meeting, MeetingEvent, Poll
from governance.querysets import moves, to_step
from governance.serving import Body, Room, room_after


def flag_touched(meeting: Meeting, event: MeetingEvent) -> list[DecisionFlag]:
    """Flag for the chair every decision and poll whose people an event, entered late, changes.

    The room is computed with and without the event, for a decision when it fell and for a poll
    when its roll was frozen; nothing is flagged by what happens afterwards.
    """
    since = event.effective_at
    if event.corrects is not None:
        since = min(since, event.corrects.effective_at)
    moments = _moments(meeting, since, event.recorded_at)
    if not moments:
        return []
    events = list(meeting.events.order_by("number"))
    before = [row for row in events if row.pk != event.pk]
    body = meeting.body()
    flags = []
    for subject, at, number in moments:
        now = _room(meeting, body, events, at, number)
        if participants(now) != participants(_room(meeting, body, before, at, number)):
            flags.append(
                DecisionFlag.objects.create(**subject, event=event, still_quorate=now.may_decide)
            )
    return flags


def _moments(
    meeting: Meeting, since: datetime, until: datetime
) -> list[tuple[dict[str, Any], datetime, int]]:
    """Return the decisions and polls of a time: what is flagged, when, after which event."""
    fallen = Decision.objects.standing().filter(
        item__meeting=meeting, decided_at__gte=since, decided_at__lte=until
    )
    opened = Poll.objects.filter(
        meeting=meeting, opened_at__gte=since, opened_at__lte=until
    ).standing()
    events = list(meeting.events.order_by("number"))
    moments: list[tuple[dict[str, Any], datetime, int]] = [
        ({"decision": row}, row.decided_at, _place_of(events, row))
        for row in fallen.select_related("item")
    ]
    moments += [({"poll": row}, row.opened_at, 0) for row in opened if row.opened_at is not None]
    return moments


def room_at_decision(meeting: Meeting, decision: Decision) -> Room:
    """Return the room as it was when the decision fell, by what is known now."""
    events = list(meeting.events.order_by("number"))
    number = _place_of(events, decision)
    return _room(meeting, meeting.body(), events, decision.decided_at, number)


def participants(room: Room) -> list[list[int]]:
    """Return who takes part in a decision, as pairs of seat and person."""
    return [[seat, person] for seat, person in sorted(room.serving.items())]


def _room(
    meeting: Meeting, body: Body, events: Iterable[MeetingEvent], moment: datetime, number: int
) -> Room:
    """Return the room at a moment: what happened before it, or then by an event before `number`."""
    rows = list(events)
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    in_force = [row for row in rows if row.pk not in corrected]
    steps = [
        step for step in map(to_step, moves(in_force)) if (step.at, step.number) < (moment, number)
    ]
    return room_after(body, steps, meeting.conduct())


def _place_of(events: Iterable[MeetingEvent], decision: Decision) -> int:
    """Return the number of the event by which the decision, or what it replaces, fell."""
    while decision.replaces is not None:
        decision = decision.replaces
    marks = (e for e in events if e.kind == EventKind.DECIDED)
    return next((e.number for e in marks if e.data["decision"] == decision.pk), 0)
