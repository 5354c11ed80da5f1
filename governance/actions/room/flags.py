"""Marks decisions and polls that a later correction touches (rules.md 1.7, before justering)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from governance.actions.ledger import append
from governance.choices import EventKind
from governance.models import Decision, DecisionFlag, Meeting, MeetingEvent, Poll
from governance.polls import Base, RuleType
from governance.querysets import moves, to_step
from governance.serving import Body, Room, room_after


def flag_touched(meeting: Meeting, event: MeetingEvent) -> list[DecisionFlag]:
    """Flag for the chair every decision and poll whose people an event changes.

    The room is computed with and without the event: for a decision when it fell, and for a poll
    when its roll was frozen, and again as long as it was open: a vote already given by somebody
    who is recused or leaves then is the chair's to judge. Nothing is flagged by what happens
    afterwards.
    """
    since = event.effective_at
    if event.corrects is not None:
        since = min(since, event.corrects.effective_at)
    decisions = _decisions(meeting, since, event.recorded_at)
    polls = _polls(meeting, since, event.recorded_at)
    if not decisions and not polls:
        return []
    rooms = _Rooms(meeting, event)
    flags = []
    for decision in decisions:
        pair = rooms.at(decision.decided_at, _place_of(rooms.events, decision))
        if participants(pair.now) != participants(pair.before):
            flags.append(_flag(event, pair.now, decision=decision))
            _chain(decision, event, pair.now)
    for poll in polls:
        touched = _touched(poll, rooms, since, event.recorded_at)
        if touched is not None:
            flags.append(_flag(event, touched, poll=poll))
    return flags


def _chain(decision: Decision, event: MeetingEvent, room: Room) -> None:
    """Write into the ledger who took part by what is known now: so the minutes will say.

    The decision's own row stays as it fell; whoever checks the minutes needs both.
    """
    data = {
        "decision": decision.pk,
        "meeting": event.meeting_id,
        "item": decision.item_id,
        "event": event.number,
        "participants": participants(room),
        "presided_by": room.presiding or decision.presided_by_id,
    }
    append(council=decision.council, kind="participants_corrected", data=data)


def _flag(event: MeetingEvent, room: Room, **subject: Any) -> DecisionFlag:
    return DecisionFlag.objects.create(**subject, event=event, still_quorate=room.may_decide)


def _decisions(meeting: Meeting, since: datetime, until: datetime) -> list[Decision]:
    """Return the decisions that fell in a time."""
    rows = Decision.objects.standing().filter(
        item__meeting=meeting, decided_at__gte=since, decided_at__lte=until
    )
    return list(rows.select_related("item", "council"))


def _polls(meeting: Meeting, since: datetime, until: datetime) -> list[Poll]:
    """Return the polls that were open at some moment of a time."""
    open_then = Q(closed_at__isnull=True) | Q(closed_at__gte=since)
    rows = Poll.objects.filter(open_then, meeting=meeting, opened_at__lte=until).standing()
    return list(rows)


@dataclass(frozen=True)
class _Pair:
    """The room as it is by what is known now, and as it was without the event."""

    now: Room
    before: Room


class _Rooms:
    """The room at any moment, with an event and without it."""

    def __init__(self, meeting: Meeting, event: MeetingEvent) -> None:
        self.meeting = meeting
        self.events = list(meeting.events.order_by("number"))
        self.earlier = [row for row in self.events if row.pk != event.pk]
        self.body = meeting.body()

    def at(self, moment: datetime, number: int) -> _Pair:
        """Return the rooms at a moment, before the event with the number."""
        return _Pair(
            now=_room(self.meeting, self.body, self.events, moment, number),
            before=_room(self.meeting, self.body, self.earlier, moment, number),
        )


def _touched(poll: Poll, rooms: _Rooms, since: datetime, until: datetime) -> Room | None:
    """Return the room in which other seats serve than those of the poll's roll, or None."""
    if poll.opened_at is None:
        return None
    if poll.opened_at >= since:
        pair = rooms.at(poll.opened_at, 0)
        if participants(pair.now) != participants(pair.before):
            return pair.now
    end = min(poll.closed_at or until, until)
    pair = rooms.at(end, len(rooms.events) + 1)
    lost = _lost(poll, pair.now) ^ _lost(poll, pair.before)
    return pair.now if lost and (_counts_present(poll) or lost & _voted(poll)) else None


def _lost(poll: Poll, room: Room) -> set[int]:
    """Return the seats of a poll's roll that its person does not serve in a room."""
    rows = poll.roll.filter(present=True, recused=False).values_list("seat", "person")
    return {seat for seat, person in rows if room.serving.get(seat) != person}


def _voted(poll: Poll) -> set[int]:
    given = poll.voters.filter(has_voted=True) if poll.is_secret else poll.ballots
    return set(given.values_list("seat", flat=True))


def _counts_present(poll: Poll) -> bool:
    """Tell whether who was present, and not only the votes, settles a poll."""
    of_present = {RuleType.UNANIMOUS.value, RuleType.MINORITY.value}
    return poll.rule_type in of_present or poll.base == Base.PRESENT.value


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
