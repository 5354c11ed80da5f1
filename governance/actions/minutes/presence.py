"""Who was present, served and presided in a meeting, read from its roll and events."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from governance.actions.room.flags import participants
from governance.choices import DecisionMethod, EventKind, PresenceMode
from governance.models import (
    AgendaItem,
    Decision,
    DecisionFlag,
    Meeting,
    MeetingEvent,
    RollPerson,
)
from governance.querysets import moves, to_step
from governance.serving import Body, Conduct, Room, Step, room_after
from members.models import PersonName

MODES = {PresenceMode.ROOM: "i rummet", PresenceMode.DISTANCE: "på distans"}
NO_SEAT = "utan plats"


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


@dataclass
class Presence:
    """The room over time: its roll, the steps, and the names that belong to them."""

    body: Body
    steps: list[Step]
    conduct: Conduct
    people: list[RollPerson]
    events: list[MeetingEvent]
    names: dict[int, str]
    ended_at: datetime | None
    flagged: frozenset[int] = frozenset()
    _served: dict[int, int] = field(default_factory=dict)

    def room_at(self, at: datetime) -> Room:
        """Return the room as it was at a moment, by what is known now."""
        return room_after(self.body, [s for s in self.steps if s.at <= at], self.conduct)

    def seats(self) -> dict[int, str]:
        """Return the organisation of each seat on the roll."""
        return {
            row.roll_seat.seat_id: row.roll_seat.organisation.name
            for row in self.people
            if row.roll_seat is not None
        }

    def roll(self) -> list[dict[str, Any]]:
        """Return the frozen roll: each seat with weight and people, in the order of the roll."""
        rows: dict[int, dict[str, Any]] = {}
        for person in self.people:
            seat = person.roll_seat
            if seat is None:
                continue
            municipality = getattr(seat.organisation, "municipality", None)
            row = rows.setdefault(
                seat.seat_id,
                {
                    "seat": f"S{seat.seat_id}",
                    "organisation": seat.organisation.name,
                    "municipality": municipality.code if municipality else "",
                    "weight": seat.weight,
                    "people": [],
                },
            )
            row["people"].append({"name": str(person.person), "position": person.position})
        return list(rows.values())

    def served(self) -> dict[int, int]:
        """Return who served at any time, and on which seat."""
        if not self._served:
            ordered = sorted(self.steps, key=lambda s: (s.at, s.number))
            for count in range(1, len(ordered) + 1):
                room = room_after(self.body, ordered[:count], self.conduct)
                self._served |= {person: seat for seat, person in room.serving.items()}
        return self._served

    def rows(self) -> list[dict[str, Any]]:
        """Return everyone who was present, with times in and out, those who served first."""
        seats, served = self.seats(), self.served()
        position = {p.person_id: p for p in self.people if p.roll_seat_id}
        found = []
        for person, spans in self._spans().items():
            row = position.get(person)
            found.append(
                {
                    "name": self.names.get(person, ""),
                    "organisation": seats.get(served.get(person, 0), "") or _seat_name(row),
                    "role": _role(row, serves=person in served),
                    "serves": person in served,
                    "times": spans,
                }
            )
        return sorted(found, key=lambda r: (not r["serves"], r["organisation"], r["name"]))

    def _spans(self) -> dict[int, list[dict[str, str]]]:
        spans: dict[int, list[dict[str, str]]] = {}
        for event in sorted(self.events, key=lambda e: (e.effective_at, e.number)):
            person = event.person_id
            if person is None:
                continue
            mine = spans.get(person, [])
            if event.kind == EventKind.ARRIVED:
                if mine and not mine[-1]["to"]:
                    mine[-1]["to"] = _moment(event.effective_at)
                mode = MODES.get(PresenceMode(event.mode), "") if event.mode else ""
                mine.append({"from": _moment(event.effective_at), "to": "", "mode": mode})
                spans[person] = mine
            elif event.kind == EventKind.LEFT and mine:
                mine[-1]["to"] = _moment(event.effective_at)
        for mine in spans.values():
            mine[-1]["to"] = mine[-1]["to"] or _moment(self.ended_at)
        return spans

    def attended(self) -> set[int]:
        """Return everyone who was present at any time."""
        return set(self._spans())

    def corrected(self, decision: Decision) -> Room | None:
        """Return the room of a decision as it is known now, None when no correction touches it.

        Who answered outside a meeting took part in that, whoever was in the room.
        """
        if decision.method == DecisionMethod.PER_CAPSULAM:
            return None
        line = self._line(decision.pk)
        if not self.flagged.intersection(line):
            return None
        until = (decision.decided_at, self._place_of(line[-1]))
        return room_after(
            self.body, [s for s in self.steps if (s.at, s.number) < until], self.conduct
        )

    def _line(self, decision: int) -> list[int]:
        """Return a decision and the wordings that it has replaced, the newest first."""
        replaces = {
            event.data["decision"]: event.data.get("replaces")
            for event in self.events
            if event.kind == EventKind.DECIDED
        }
        line = [decision]
        while (older := replaces.get(line[-1])) is not None:
            line.append(older)
        return line

    def _place_of(self, decision: int) -> int:
        """Return the number of the event by which a decision fell."""
        fallen = (event for event in self.events if event.kind == EventKind.DECIDED)
        return next((e.number for e in fallen if e.data["decision"] == decision), 0)

    def presiding(self, item: AgendaItem, decision: Decision | None) -> int | None:
        """Return who presided over an item, by what is known now."""
        if decision is not None and decision.presided_by_id:
            room = self.corrected(decision)
            return (room and room.presiding) or decision.presided_by_id
        at = item.opened_at or item.ended_at
        return self.room_at(at).presiding if at else None

    def presided(self, item: AgendaItem, decision: Decision | None) -> str:
        """Return the name of who presided over an item."""
        return self.names.get(self.presiding(item, decision) or 0, "")

    def participants(self, item: AgendaItem, decision: Decision | None) -> list[list[int]]:
        """Return who took part in an item, as pairs of seat and person."""
        if decision is not None:
            room = self.corrected(decision)
            return decision.participants if room is None else participants(room)
        if item.opened_at is None:
            return []
        return participants(self.room_at(item.opened_at))

    def took_part(self, item: AgendaItem, decision: Decision | None) -> list[dict[str, str]]:
        """Return the names of who took part in an item, with what they sat for."""
        seats, pairs = self.seats(), self.participants(item, decision)
        # Who answered without a meeting need not be on the roll of the one that reports it.
        unknown = {person for __, person in pairs} - set(self.names)
        others = {row.pk: str(row) for row in PersonName.objects.filter(pk__in=unknown)}
        names = others | self.names
        return [
            {"organisation": seats.get(seat, ""), "name": names.get(person, "")}
            for seat, person in pairs
        ]


def presence_of(meeting: Meeting) -> Presence:
    """Read the room of a meeting over time, by a constant number of queries."""
    events = list(meeting.events.in_force().order_by("number"))
    people = list(
        meeting.roll_people.select_related(
            "person", "roll_seat__organisation__municipality"
        ).order_by("roll_seat__organisation__name", "roll_seat", "position", "pk")
    )
    ids = {e.person_id for e in events if e.person_id} | {p.person_id for p in people}
    return Presence(
        body=meeting.body(),
        steps=[to_step(event) for event in moves(events)],
        conduct=meeting.conduct(),
        people=people,
        events=events,
        names={pk: str(row) for pk, row in PersonName.objects.in_bulk(ids).items()},
        ended_at=meeting.closed_at,
        flagged=frozenset(_flags(meeting).values_list("decision", flat=True)),
    )


def took_part_in(decision: Decision) -> list[list[int]]:
    """Return who took part in one decision by what is known now, as pairs of seat and person."""
    meeting = decision.item.meeting
    if not _flags(meeting).exists():
        return decision.participants
    return presence_of(meeting).participants(decision.item, decision)


def _flags(meeting: Meeting) -> QuerySet[DecisionFlag]:
    return DecisionFlag.objects.filter(event__meeting=meeting, decision__isnull=False)


def _seat_name(row: RollPerson | None) -> str:
    return row.roll_seat.organisation.name if row and row.roll_seat else ""


def _role(row: RollPerson | None, *, serves: bool) -> str:
    if row is None:
        return NO_SEAT
    if row.position == 0:
        return "ledamot"
    return "tjänstgörande ersättare" if serves else "ersättare"
