"""Marks the decisions that a later correction touches (rules.md 1.7, before justering)."""

from collections.abc import Iterable

from governance.choices import EventKind
from governance.models import Decision, DecisionFlag, Meeting, MeetingEvent
from governance.querysets import moves, to_step
from governance.serving import Body, Room, room_after


def flag_touched(meeting: Meeting, event: MeetingEvent) -> list[DecisionFlag]:
    """Flag for the chair every decision whose participants an event, entered late, changes.

    Each decision's room is computed with and without the event; nothing is flagged by what
    happens after a decision.
    """
    since = event.effective_at
    if event.corrects is not None:
        since = min(since, event.corrects.effective_at)
    touched = Decision.objects.standing().filter(
        item__meeting=meeting, decided_at__gte=since, decided_at__lte=event.recorded_at
    )
    decisions = list(touched.select_related("item"))
    if not decisions:
        return []
    events = list(meeting.events.order_by("number"))
    before = [row for row in events if row.pk != event.pk]
    body = meeting.body()
    flags = []
    for decision in decisions:
        now = _room(meeting, body, events, decision)
        if participants(now) != participants(_room(meeting, body, before, decision)):
            flags.append(
                DecisionFlag.objects.create(
                    decision=decision, event=event, still_quorate=now.may_decide
                )
            )
    return flags


def room_at_decision(meeting: Meeting, decision: Decision) -> Room:
    """Return the room as it was when the decision fell, by what is known now."""
    return _room(meeting, meeting.body(), meeting.events.order_by("number"), decision)


def participants(room: Room) -> list[list[int]]:
    """Return who takes part in a decision, as pairs of seat and person."""
    return [[seat, person] for seat, person in sorted(room.serving.items())]


def _room(meeting: Meeting, body: Body, events: Iterable[MeetingEvent], decision: Decision) -> Room:
    rows = list(events)
    number = _place_of(rows, decision)
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    in_force = [row for row in rows if row.pk not in corrected]
    steps = [
        step
        for step in map(to_step, moves(in_force))
        if (step.at, step.number) < (decision.decided_at, number) or step.at < decision.decided_at
    ]
    return room_after(body, steps, meeting.conduct())


def _place_of(events: Iterable[MeetingEvent], decision: Decision) -> int:
    """Return the number of the event by which the decision, or what it replaces, fell."""
    while decision.replaces is not None:
        decision = decision.replaces
    marks = (e for e in events if e.kind == EventKind.DECIDED)
    return next((e.number for e in marks if e.data["decision"] == decision.pk), 0)
