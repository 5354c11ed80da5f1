"""The commands of the room: for each its action, and how its fields are read from the request.

One table instead of thirty views: a command that is not listed does not exist.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import RuleBroken
from governance.actions import planning
from governance.actions.minutes import adjusting
from governance.actions.room import (
    adjusters,
    correcting,
    deciding,
    items,
    motions,
    opening,
    recusals,
)
from governance.choices import PresenceMode
from governance.models import Decision, DecisionFlag, Meeting, Motion, Recusal, SpeakerRequest
from members.models import PersonName

Reader = Callable[[QueryDict, Meeting], Any]
LONGEST = 10_000
DIGITS = 15
"""No row has a longer number; more digits are not even tried."""


@dataclass(frozen=True)
class Command:
    """One thing that can be done in the room."""

    action: Callable[..., Any]
    fields: Mapping[str, Reader] = field(default_factory=dict)
    done: str | Promise = ""


def text(name: str) -> Reader:
    """Read a text."""
    return lambda data, __: data.get(name, "").replace("\x00", "").strip()[:LONGEST]


def lines(name: str) -> Reader:
    """Read a text as lines."""
    read = text(name)
    return lambda data, meeting: [row.strip() for row in read(data, meeting).splitlines()]


def tick(name: str) -> Reader:
    """Read a box."""
    return lambda data, __: data.get(name) in {"1", "on", "ja"}


def number(data: QueryDict, name: str) -> int:
    """Read the number of a row, or answer 404."""
    raw = data.get(name, "")
    if not raw.isdecimal() or len(raw) > DIGITS:
        raise Http404
    return int(raw)


def moment(name: str, *, required: bool = False) -> Reader:
    """Read a local time ("2026-03-12T09:40" or "09:40" on the day of the meeting); empty is now."""

    def read(data: QueryDict, meeting: Meeting) -> datetime | None:
        raw = data.get(name, "").strip()
        if not raw and not required:
            return None
        full = f"{meeting.held_on.isoformat()}T{raw}" if len(raw) == len("09:40") else raw
        parsed = local_time(full)
        if parsed is None:
            raise RuleBroken(_("Write the time as 09:40."), field=name)
        return parsed

    return read


def local_time(raw: str) -> datetime | None:
    """Read a local time in full, or None for one that is none or that no calendar holds."""
    try:
        parsed = parse_datetime(raw)
        if parsed is None:
            return None
        aware = timezone.make_aware(parsed) if timezone.is_naive(parsed) else parsed
        timezone.localtime(aware.astimezone(UTC))
    except (OverflowError, ValueError):
        return None
    return aware


def person(name: str = "person") -> Reader:
    """Read one who may be in the room: on the roll, or with an office of the body."""

    def read(data: QueryDict, meeting: Meeting) -> PersonName:
        pk = number(data, name)
        known = set(meeting.roll_people.values_list("person", flat=True))
        known |= set(meeting.council.offices.on(meeting.held_on).values_list("person", flat=True))
        found = PersonName.objects.filter(pk=pk).first()
        if found is None or (meeting.opened_at is not None and pk not in known):
            raise Http404
        return found

    return read


def maybe_person(name: str) -> Reader:
    """Read a person, or nobody."""

    def read(data: QueryDict, meeting: Meeting) -> PersonName | None:
        chosen: PersonName | None = person(name)(data, meeting) if data.get(name) else None
        return chosen

    return read


def people(name: str) -> Reader:
    """Read several people of the roll."""

    def read(data: QueryDict, meeting: Meeting) -> list[PersonName]:
        chosen = [int(raw) for raw in data.getlist(name) if raw.isdecimal() and len(raw) <= DIGITS]
        known = meeting.roll_people.filter(person__in=chosen).values("person")
        rows = {row.pk: row for row in PersonName.objects.filter(pk__in=known)}
        return [rows[pk] for pk in dict.fromkeys(chosen) if pk in rows]

    return read


def roll(data: QueryDict, meeting: Meeting) -> dict[int, str]:
    """Read the roll call: fields named narvaro-<person> with the way each takes part."""
    rows = {}
    for key, value in data.items():
        raw = key.removeprefix("narvaro-")
        known = raw.isdecimal() and len(raw) <= DIGITS and value in PresenceMode.values
        if key.startswith("narvaro-") and known:
            rows[int(raw)] = str(value)
    return rows


def chosen_chair(data: QueryDict, meeting: Meeting) -> PersonName | None:
    """Read whom the meeting chose to preside, if anybody."""
    return person("ordforande")(data, meeting) if data.get("ordforande") else None


def item(data: QueryDict, meeting: Meeting) -> Any:
    """Read an item of the meeting."""
    return row_of(meeting.items.all(), number(data, "punkt"))


def maybe_item(data: QueryDict, meeting: Meeting) -> Any:
    """Read an item of the meeting, or None when none is chosen."""
    return item(data, meeting) if data.get("punkt") else None


def motion(data: QueryDict, meeting: Meeting) -> Any:
    """Read a motion on an item of the meeting."""
    return row_of(Motion.objects.filter(item__meeting=meeting), number(data, "yrkande"))


def found_motions(data: QueryDict, meeting: Meeting) -> list[Motion]:
    """Read the motions that were found carried."""
    chosen = [int(raw) for raw in data.getlist("bifall") if raw.isdecimal() and len(raw) <= DIGITS]
    return list(Motion.objects.filter(item__meeting=meeting, pk__in=chosen))


def speaker(data: QueryDict, meeting: Meeting) -> Any:
    """Read a place on the list of speakers."""
    return row_of(SpeakerRequest.objects.filter(item__meeting=meeting), number(data, "talare"))


def recusal(data: QueryDict, meeting: Meeting) -> Any:
    """Read a recusal."""
    return row_of(Recusal.objects.filter(item__meeting=meeting), number(data, "jav"))


def decision(data: QueryDict, meeting: Meeting) -> Any:
    """Read a decision of the meeting."""
    return row_of(Decision.objects.filter(item__meeting=meeting), number(data, "beslut"))


def flag(data: QueryDict, meeting: Meeting) -> Any:
    """Read a flag on a decision or a poll."""
    return row_of(DecisionFlag.objects.filter(event__meeting=meeting), number(data, "flagga"))


def event(data: QueryDict, meeting: Meeting) -> Any:
    """Read an entry of the meeting."""
    return row_of(meeting.events.all(), number(data, "handelse"))


def row_of(rows: Any, pk: int) -> Any:
    """Return a row, or answer 404."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


AT = {"at": moment("tid")}
ITEM = {"item": item}
PERSON = {"person": person()}

COMMANDS: Mapping[str, Command] = {
    "oppna": Command(
        opening.open_meeting,
        {"present": roll, "chair": chosen_chair, "from_paper": tick("papper"), **AT},
        gettext_lazy("The meeting is open."),
    ),
    "kom": Command(opening.arrive, {**PERSON, "mode": text("satt"), **AT}),
    "gick": Command(opening.leave, {**PERSON, **AT}),
    "valj-ordforande": Command(opening.choose_chair, {**PERSON, **AT}),
    "ajournera": Command(opening.adjourn, {"until": text("till"), **AT}),
    "ateruppta": Command(opening.resume, {"present": roll, **AT}),
    "avsluta": Command(
        opening.close_meeting,
        {"put_off_rest": tick("resten"), **AT},
        gettext_lazy("The meeting is closed."),
    ),
    "oppna-punkt": Command(items.open_item, {**ITEM, **AT}),
    "avsluta-overlaggning": Command(items.close_debate, {**ITEM, **AT}),
    "ateroppna-overlaggning": Command(items.reopen_debate, ITEM),
    "anmal-punkt": Command(items.note_item, {**ITEM, **AT}),
    "utga-punkt": Command(items.withdraw_item, {**ITEM, **AT}),
    "ta-upp-punkt": Command(planning.confirm_item, {**ITEM, "all_agree": tick("alla")}),
    "ny-punkt": Command(planning.add_item, {"title": text("rubrik"), "proposal": lines("forslag")}),
    "anmal-jav": Command(
        recusals.announce_recusal, {**ITEM, **PERSON, "ground": text("grund"), **AT}
    ),
    "ta-tillbaka-jav": Command(recusals.withdraw_recusal, {"recusal": recusal}),
    "ifragasatt-jav": Command(
        recusals.contest_recusal, {**ITEM, **PERSON, "ground": text("grund")}
    ),
    "prova-jav": Command(
        recusals.try_recusal, {"recusal": recusal, "recused": tick("javig"), **AT}
    ),
    "yrka": Command(
        motions.make_motion,
        {
            **ITEM,
            **PERSON,
            "kind": text("slag"),
            "text": text("text"),
            "nominee": maybe_person("kandidat"),
        },
    ),
    "ta-tillbaka-yrkande": Command(motions.withdraw_motion, {"motion": motion}),
    "vagra-yrkande": Command(
        motions.refuse_motion,
        {"motion": motion, "ground": text("grund"), "reason": text("skal")},
    ),
    "ta-upp-yrkande": Command(motions.overrule_refusal, {"motion": motion}),
    "begar-ordet": Command(motions.ask_to_speak, {**ITEM, **PERSON, "is_reply": tick("replik")}),
    "ge-ordet": Command(motions.give_floor, {"request": speaker}),
    "lamna-listan": Command(motions.leave_list, {"request": speaker}),
    "valj-justerare": Command(
        adjusters.choose_adjusters,
        {
            **ITEM,
            "adjusters": people("justerare"),
            "substitutes": people("ersattare"),
            **AT,
        },
    ),
    "finn": Command(
        deciding.state_finding,
        {**ITEM, "proposal": tick("forslag"), "motions": found_motions, **AT},
    ),
    "begar-votering": Command(deciding.request_poll, {**ITEM, **PERSON}),
    "ta-tillbaka-votering": Command(deciding.withdraw_poll_request, ITEM),
    "justera-omedelbart": Command(
        adjusting.adjust_at_once,
        {**ITEM, "reservations_asked": tick("fragat")},
        gettext_lazy("The text is fixed. Now those who adjust sign it on the page of the minutes."),
    ),
    "klubba": Command(
        deciding.gavel,
        {**ITEM, "clauses": lines("att"), "motivation": text("motivering"), **AT},
        gettext_lazy("The decision is made."),
    ),
    "for-in": Command(
        correcting.add_late,
        {
            **PERSON,
            "kind": text("slag"),
            "mode": text("satt"),
            "at": moment("tid", required=True),
            "reason": text("skal"),
            "item": maybe_item,
        },
        gettext_lazy("The correction is entered."),
    ),
    "flytta": Command(
        correcting.move_in_time,
        {"event": event, "at": moment("tid", required=True), "reason": text("skal")},
        gettext_lazy("The correction is entered."),
    ),
    "stryk": Command(
        correcting.strike_out,
        {"event": event, "reason": text("skal")},
        gettext_lazy("The correction is entered."),
    ),
    "andra-beslut": Command(
        correcting.reword_decision,
        {"decision": decision, "clauses": lines("att"), "reason": text("skal")},
        gettext_lazy("The correction is entered."),
    ),
    "svara-flagga": Command(correcting.answer_flag, {"flag": flag, "answer": text("svar")}),
}
