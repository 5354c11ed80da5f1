"""What the meeting room shows to one person at one moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.db.models import F
from django.utils import timezone, translation

from governance.actions.room.deciding import poll_asked
from governance.actions.room.items import pending_finding
from governance.actions.room.opening import longest_serving
from governance.choices import (
    FORMAL_MOTIONS,
    EventKind,
    ItemKind,
    MotionKind,
    OfficeKind,
    SpeakerState,
)
from governance.models import AgendaItem, DecisionFlag, Mandate, Meeting, Motion, RollPerson
from governance.querysets import moves, to_step
from governance.rules import manages, sees_inside
from governance.serving import Room, room_after
from governance.states import ITEMS_IN_HAND, ITEMS_WAITING, ItemState, MeetingState, MotionState
from governance.views.poll_panel import poll_phase, polls_for_all, room_polls
from governance.views.public import agenda_rows
from governance.views.room_minutes import at_once_context, texts_wait
from members.county_letters import letter_of
from members.models import PersonName
from members.rules import is_member, is_office

ANSWERED_BY_PROPOSAL = frozenset({MotionKind.APPROVE, MotionKind.REJECT})
"""Motions that the prepared proposal answers: ticking it carries the one, leaving it the other."""


@dataclass(frozen=True)
class Insider:
    """Somebody inside the body, told from others only by what decides which agenda is shown."""

    is_office: bool
    is_member: bool
    user: Any = field(compare=False)


@dataclass
class Seated:
    """A seat as the room shows it: who serves for it, and how."""

    seat: int
    name: str
    letter: str
    county: str
    server: PersonName | None = None
    role: str = ""
    mode: str = ""
    is_me: bool = False
    recused: bool = False
    people: list[RollPerson] = field(default_factory=list)


@dataclass
class Called:
    """A person in the roll call before the opening: for whom, and what was answered.

    Who lacks the document of the appointing decision may come, and does not vote.
    """

    person: PersonName
    organisations: list[str]
    is_substitute: bool
    answer: str
    may_vote: bool


def etag_of(version: int, user: Any, meeting: int) -> str:
    """Return what identifies the room as this person sees it, at this version, today."""
    person = getattr(user, "pk", None) or 0
    day = timezone.localdate().isoformat()
    return f'"{meeting}-{version}-{person}-{translation.get_language()}-{day}"'


@dataclass(frozen=True)
class Shared:
    """What the room is to everybody alike at one version of the meeting; read, never changed."""

    room: Room
    seats: list[Seated]
    people: list[RollPerson]
    phase: str
    item: dict[str, Any]
    any_text: bool


def shared_of(meeting: Meeting, item: AgendaItem | None) -> Shared:
    """Return what everybody sees alike, computed once for a version of the meeting.

    When something happens all devices ask at once: the first answer reads the database.
    """
    return _shared(meeting, item, _stamp(meeting))


def _stamp(meeting: Meeting) -> tuple[object, ...]:
    """Return what tells one version of a meeting, in one language, from all others."""
    language = translation.get_language()
    return (meeting.version, meeting.state, meeting.updated_at.isoformat(), language)


@lru_cache(maxsize=32)
def _shared(meeting: Meeting, item: AgendaItem | None, _stamp: tuple[object, ...]) -> Shared:
    room, seats, people = _room_and_seats(meeting)
    content = _item_context(item) | polls_for_all(item) if item else {}
    phase = _phase_of(meeting, item, content)
    return Shared(room, seats, people, phase, content, texts_wait(meeting))


def _agenda_of(meeting: Meeting, user: Any, *, following: bool) -> list[dict[str, Any]]:
    """Return the agenda as a person may see it.

    Those inside see one agenda, the office one: a device that follows is shown what the first to
    ask was shown at this version. The page itself is always read anew.
    """
    if not following or not sees_inside(user, meeting):
        return agenda_rows(meeting, user)
    insider = Insider(bool(is_office(user)), bool(is_member(user)), user)
    return _agenda_inside(meeting, insider, _stamp(meeting))


@lru_cache(maxsize=32)
def _agenda_inside(
    meeting: Meeting, insider: Insider, _stamp: tuple[object, ...]
) -> list[dict[str, Any]]:
    return agenda_rows(meeting, insider.user)


def _phase_of(meeting: Meeting, item: AgendaItem | None, content: Mapping[str, Any]) -> str:
    """Return what the forms depend on: they are drawn anew only when this changes."""
    if item is None:
        return f"{meeting.state}-0"
    finding = content["finding"]
    parts = [meeting.state, item.pk, item.state, finding.number if finding else 0]
    parts += [bool(content["poll_asked"]), poll_phase(item)]
    return "-".join(str(part) for part in parts)


def room_context(meeting: Meeting, user: Any, *, following: bool = False) -> dict[str, Any]:
    """Return everything that the room shows; a constant number of queries.

    `following` is for a device that has been shown the page and asks what has changed.
    """
    rows = _agenda_of(meeting, user, following=following)
    current = next((row for row in rows if row["item"].state in ITEMS_IN_HAND), None)
    item = current["item"] if current else None
    shown = current is not None and current["shown"]
    me = getattr(user, "name_id", None)
    shared = shared_of(meeting, item)
    room = shared.room
    may_manage = bool(manages(user, meeting.council))
    may_preside = meeting.is_running and (may_manage or room.presiding == me is not None)
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "rows": rows,
        "item": item,
        "item_shown": shown,
        "item_documents": current["documents"] if current and shown else [],
        "leader": longest_serving(meeting) if room.presiding is None else None,
        "may_preside": may_preside,
        "may_record": may_manage,
        "is_inside": bool(sees_inside(user, meeting)),
        "i_serve": me is not None and room.takes_part(me),
        "i_am_present": me is not None and me in room.present,
        "me": me,
        "next_items": [
            row["item"]
            for row in rows
            if row["item"].state in ITEMS_WAITING and row["item"].kind != ItemKind.FORMALITY
        ],
        "phase": shared.phase,
    }
    context |= _seating(shared, me)
    any_text = shared.any_text or not following
    context |= at_once_context(meeting, user, may_preside=may_preside, any_text=any_text)
    if item and shown:
        context |= room_polls(meeting, item, user, shared.item, room=room, may_preside=may_preside)
    return context


def _seating(shared: Shared, me: int | None) -> dict[str, Any]:
    """Return who sits and serves, the person's own seat pointed out."""
    room, people = shared.room, shared.people
    seats = [replace(seat, is_me=_is(seat.server, me)) for seat in shared.seats]
    return {
        "room": room,
        "seats": seats,
        "served": [seat for seat in seats if seat.server],
        "unserved": [seat for seat in seats if not seat.server],
        "tiles": _tiles(len(room.serving), len(room.seats), room.needed),
        "absent": [row for row in people if row.person_id not in room.present],
        "waiting_substitutes": [
            row
            for row in people
            if row.person_id in room.present and not room.serves(row.person_id)
        ],
        "presiding": next((p.person for p in people if p.person_id == room.presiding), None),
    }


def _is(person: PersonName | None, me: int | None) -> bool:
    return person is not None and person.pk == me


def _item_context(item: AgendaItem) -> dict[str, Any]:
    """Return what belongs to the open item."""
    motions = list(item.motions.select_related("mover", "organisation"))
    admitted = [m for m in motions if m.state == MotionState.ADMITTED]
    formal = [m for m in admitted if m.kind in FORMAL_MOTIONS]
    finding = pending_finding(item)
    return {
        "motions": motions,
        "put": formal or [m for m in admitted if m.kind not in ANSWERED_BY_PROPOSAL],
        "question": "formal" if formal else "main",
        "finding": finding,
        "finding_motions": _found(finding, motions),
        "poll_asked": poll_asked(item) if finding else None,
        "speakers": list(
            item.speakers.filter(state__in=[SpeakerState.WAITING, SpeakerState.SPEAKING])
            .select_related("person")
            .order_by("state", "-is_reply", "pk")
        ),
        "recusals": list(item.recusals.select_related("person")),
        "decisions": list(item.decisions.standing()),
        "motion_kinds": _motion_kinds(item),
        "is_debating": item.state == ItemState.OPENED,
        "is_noted_only": item.is_noted_only,
    }


def _found(finding: Any, motions: list[Motion]) -> list[Motion]:
    numbers = finding.data["motions"] if finding else []
    return [motion for motion in motions if motion.number in numbers]


def _motion_kinds(item: AgendaItem) -> list[tuple[str, Any]]:
    election = item.kind == ItemKind.ELECTION
    return [
        (value, label)
        for value, label in MotionKind.choices
        if election or value != MotionKind.NOMINATE
    ]


def _room_and_seats(meeting: Meeting) -> tuple[Room, list[Seated], list[RollPerson]]:
    """Return the room, its seats and the people on the roll, by four queries."""
    sat = list(
        meeting.roll_people.select_related("person", "roll_seat__organisation__municipality")
    )
    people = [row for row in sat if row.roll_seat_id]
    body = meeting.body()
    steps = [to_step(event) for event in moves(meeting.events.in_force())]
    room = room_after(body, steps, meeting.conduct())
    offices = {row.person_id: OfficeKind(row.office).label for row in sat if row.office}
    seats: dict[int, Seated] = {}
    for row in people:
        seat = row.roll_seat
        if seat is None or seat.seat_id not in room.seats:
            continue
        seated = seats.setdefault(seat.seat_id, _seated(seat))
        seated.people.append(row)
        if room.serving.get(seat.seat_id) == row.person_id:
            seated.server, seated.mode = row.person, room.present[row.person_id]
            seated.role = str(offices.get(row.person_id, ""))
        if row.person_id in room.recused:
            seated.recused = True
    order = sorted(seats.values(), key=lambda s: (s.server is None, s.name, s.seat))
    return room, order, people


def _seated(seat: Any) -> Seated:
    municipality = getattr(seat.organisation, "municipality", None)
    return Seated(
        seat=seat.seat_id,
        name=seat.organisation.name,
        letter=letter_of(municipality.county_code) if municipality else "",
        county=municipality.county if municipality else "",
    )


def _tiles(serving: int, seats: int, needed: int) -> list[str]:
    """Return a tile per seat, filled for those served, with a mark at the limit of the quorum."""
    tiles = ["on" if n < serving else "off" for n in range(seats)]
    if needed:
        tiles.insert(needed, "mark")
    return tiles


def opening_context(meeting: Meeting, user: Any) -> dict[str, Any]:
    """Return what the room shows before it is opened: the people to call and their answers."""
    from_office = meeting.council.offices.on(meeting.held_on).select_related("person")
    answers = {row.person_id: row.answer for row in meeting.answers.all()}
    seats = meeting.council.seats.on(meeting.held_on).with_people(meeting.held_on)
    return {
        "council": meeting.council,
        "meeting": meeting,
        "rows": agenda_rows(meeting, user),
        "roll": _called(meeting, seats, answers),
        "offices": from_office,
        "leader": longest_sitting(meeting),
        "may_open": user.has_perm("governance.open_meeting", meeting)
        and meeting.state == MeetingState.SUMMONED,
        "may_record": bool(manages(user, meeting.council)),
    }


def _called(meeting: Meeting, seats: Iterable[Any], answers: Mapping[int, str]) -> list[Called]:
    """Return who is called, in order of the seats; a delegate with several proxies once."""
    proxies: dict[int, Called] = {}
    by_proxy = {row.seat_id: row.person for row in meeting.proxies.select_related("person")}
    rows: list[Called] = []
    for seat in seats:
        delegate = by_proxy.get(seat.pk)
        people = (
            [(delegate, False, True)]
            if delegate
            else [(m.person, m.position > 0, m.may_vote) for m in seat.people]
        )
        for person, is_substitute, may_vote in people:
            known = proxies.get(person.pk) if delegate else None
            if known is not None:
                known.organisations.append(seat.organisation.name)
                continue
            answer = answers.get(person.pk, "")
            row = Called(person, [seat.organisation.name], is_substitute, answer, may_vote)
            rows.append(row)
            if delegate:
                proxies[person.pk] = row
    return rows


def longest_sitting(meeting: Meeting) -> PersonName | None:
    """Return who leads the choice of a chair before the roll call: the one who has sat longest.

    None where the rules of the body leave it to the meeting.
    """
    if not meeting.profile().longest_serving_leads:
        return None
    mandates = Mandate.objects.on(meeting.held_on).filter(
        seat__council=meeting.council_id, position=0
    )
    first = mandates.select_related("person").order_by("starts_on", "pk").first()
    return first.person if first else None


def flags_of(meeting: Meeting) -> list[Any]:
    """Return the flags that corrections have set, for who leads: unanswered ones first."""
    rows = DecisionFlag.objects.filter(event__meeting=meeting)
    rows = rows.select_related("decision__item", "poll__item", "event__person")
    return list(rows.order_by(F("seen_at").asc(nulls_first=True), "pk"))


def log_rows(meeting: Meeting) -> list[Any]:
    """Return everything that was entered, corrected entries too, for the secretary."""
    rows = meeting.events.select_related("person", "item", "corrects", "recorded_by__name")
    return list(rows.exclude(kind=EventKind.SUMMONED).order_by("-number"))
