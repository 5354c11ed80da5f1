"""The commands of the room that concern polls, and how their fields are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import RuleBroken
from governance.actions.polls import (
    closing,
    concluding,
    invalidating,
    opening,
    paper,
    per_capsulam,
    proposing,
    voting,
)
from governance.models import Motion, Poll
from governance.views.room_commands import (
    AT,
    DIGITS,
    ITEM,
    PERSON,
    Command,
    lines,
    number,
    person,
    row_of,
    text,
    tick,
)

if TYPE_CHECKING:
    from django.http import QueryDict

    from governance.models import Meeting


MOST_DIGITS = 5


def poll(data: QueryDict, meeting: Meeting) -> Any:
    """Read a poll of the meeting."""
    return row_of(Poll.objects.filter(meeting=meeting), number(data, "votering"))


def names(data: QueryDict, __: Meeting) -> list[str]:
    """Read the names on a ballot."""
    return [name.replace("\x00", "")[:300] for name in data.getlist("namn") if name.strip()]


def seat(data: QueryDict, __: Meeting | None = None) -> int | None:
    """Read which seat is voted for; nothing for the own."""
    raw = data.get("plats", "")
    return int(raw) if raw.isdecimal() and len(raw) <= DIGITS else None


def entered(data: QueryDict, __: Meeting) -> dict[int, list[str]]:
    """Read the votes of several seats: fields named rost-<seat>; empty ones are left aside.

    In an election to several places a seat has as many fields.
    """
    rows = {}
    for key in data:
        raw = key.removeprefix("rost-")
        said = [value.replace("\x00", "")[:200] for value in data.getlist(key) if value]
        if key.startswith("rost-") and raw.isdecimal() and len(raw) <= DIGITS and said:
            rows[int(raw)] = said
    return rows


def drawn(data: QueryDict, __: Meeting) -> list[str]:
    """Read the names that were drawn by hand."""
    return [name.replace("\x00", "")[:300] for name in data.getlist("dragen")]


def ticked_seats(data: QueryDict, __: Meeting) -> list[int]:
    """Read which seats were ticked off."""
    return [int(raw) for raw in data.getlist("plats") if raw.isdecimal() and len(raw) <= DIGITS]


def amount(raw: str) -> int:
    """Read a number of ballots; an empty field is none."""
    if raw.strip() == "":
        return 0
    if not raw.strip().isdecimal() or len(raw.strip()) > MOST_DIGITS:
        raise RuleBroken(_("Write the number of ballots in figures."))
    return int(raw)


def blank(data: QueryDict, __: Meeting) -> int:
    """Read how many ballots were blank."""
    return amount(data.get("blanka", ""))


def totals(data: QueryDict, __: Meeting) -> dict[str, int]:
    """Read how many ballots bore each name: pairs of the fields `namn` and `antal`."""
    pairs = zip(data.getlist("namn"), data.getlist("antal"), strict=False)
    counted: dict[str, int] = {}
    for written, raw in pairs:
        name = written.replace("\x00", "").strip()[:300]
        if name:
            counted[name] = counted.get(name, 0) + amount(raw)
    return counted


def contenders(data: QueryDict, __: Meeting) -> list[str]:
    """Read the order of the other proposals: fields named ordning-<key> with a place."""
    found = []
    for key, value in data.items():
        name = key.removeprefix("ordning-")
        if key.startswith("ordning-") and name != data.get("huvud") and value.isdecimal():
            found.append((int(value[:3]), name))
    return [name for __, name in sorted(found)]


def added(data: QueryDict, meeting: Meeting) -> list[Motion]:
    """Read the additions that are polled."""
    raw = [int(v) for v in data.getlist("tillagg") if v.isdecimal() and len(v) <= DIGITS]
    return list(Motion.objects.filter(item__meeting=meeting, pk__in=raw).order_by("number"))


def terms(data: QueryDict, __: Meeting) -> proposing.Terms:
    """Read how much the last poll needs."""
    return proposing.Terms(
        rule=data.get("regel", "simple"),
        base=data.get("bas", ""),
        must_choose=data.get("myndighet") == "ja",
    )


def cast(*, by: Any, meeting: Meeting, poll: Poll, **vote: Any) -> Any:
    """Cast the own ballot; a poll of the room needs no more than the poll itself."""
    return voting.cast_ballot(by=by, poll=poll, **vote)


def enter(*, by: Any, meeting: Meeting, poll: Poll, **votes: Any) -> int:
    """Enter the votes of several seats."""
    return voting.enter_ballots(by=by, poll=poll, **votes)


POLL = {"poll": poll}

POLL_COMMANDS: dict[str, Command] = {
    "begar-votering": Command(
        proposing.request_poll,
        {**ITEM, **PERSON, "is_secret": tick("sluten")},
        gettext_lazy("The poll is requested."),
    ),
    "begar-val": Command(
        proposing.request_election,
        {**ITEM, **PERSON, "is_secret": tick("sluten")},
        gettext_lazy("The poll is requested."),
    ),
    "ta-tillbaka-votering": Command(proposing.withdraw_request, ITEM),
    "propositionsordning": Command(
        proposing.approve_order,
        {
            **ITEM,
            "main": text("huvud"),
            "contenders": contenders,
            "polled_additions": added,
            "terms": terms,
        },
        gettext_lazy("The order of the propositions is approved."),
    ),
    "oppna-votering": Command(opening.open_poll, POLL, gettext_lazy("The poll is open.")),
    "rosta": Command(
        cast,
        {**POLL, "choice": text("rost"), "names": names, "seat": seat},
        gettext_lazy("Your vote is received."),
    ),
    "for-in-roster": Command(
        enter,
        {**POLL, "choices": entered, "entry": text("satt")},
        gettext_lazy("The votes are entered."),
    ),
    "stang-votering": Command(closing.close_poll, POLL, gettext_lazy("The poll is closed.")),
    "ordforandens-rost": Command(
        closing.cast_chair_vote, {**POLL, **PERSON, "choice": text("rost")}
    ),
    "lotta": Command(
        closing.draw_lot,
        {
            **POLL,
            "drawer": person("drar"),
            "witness": person("vittne"),
            "witness_words": text("ord"),
        },
        gettext_lazy("The lot is drawn."),
    ),
    "for-in-lott": Command(
        closing.enter_lot,
        {**POLL, "drawer": person("drar"), "witness": person("vittne"), "drawn": drawn},
        gettext_lazy("The lot is entered."),
    ),
    "papper": Command(
        paper.enter_paper_ballots,
        {**POLL, "seats": ticked_seats, "totals": totals, "blank": blank},
        gettext_lazy("The paper ballots are entered."),
    ),
    "ogiltig-votering": Command(
        invalidating.declare_invalid,
        {**POLL, "reason": text("skal")},
        gettext_lazy("The poll is invalid. A new one is ready to be opened."),
    ),
    "klubba-votering": Command(
        concluding.conclude_polls,
        {**ITEM, "clauses": lines("att"), "motivation": text("motivering"), **AT},
        gettext_lazy("The decision is made."),
    ),
    "anmal-punkt": Command(per_capsulam.report_item, {**ITEM, **AT}),
}
