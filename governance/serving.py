"""Who serves, who presides and whether the room is quorate, computed from what happened.

A meeting is a series of steps, each with the time it took effect. The state of the room at any
moment is a pure function of the frozen roll and the steps until then, so a departure that is
noted late, or a whole meeting entered from paper, gives the same answer as if it had been entered
at once. Source: rules.md 1.1, 1.2 and 1.5; kommunallagen 5:17-20, 5:46-47, 6:27-32.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from governance.quorum import is_item_quorate, is_quorate, needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime


class Move(StrEnum):
    """What changes who serves."""

    ARRIVED = "arrived"
    LEFT = "left"
    RECUSED = "recused"
    RECUSAL_ENDED = "recusal_ended"
    ITEM_OPENED = "item_opened"
    ITEM_CLOSED = "item_closed"
    CHAIR_CHOSEN = "chair_chosen"
    ADJOURNED = "adjourned"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True)
class Place:
    """A seat on the frozen roll, with its weight and the days it exists (both inclusive)."""

    seat: int
    first: date
    last: date | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person with a mandate on a seat: order 0 is the ordinary, 1 and on the substitutes."""

    person: int
    seat: int
    order: int
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The roll as frozen when the meeting opened; `chairs` are chair and vice, in that order."""

    places: tuple[Place, ...]
    sitters: tuple[Sitter, ...]
    chairs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Conduct:
    """The settings of the body that steer the room (profiles.Profile has what they mean).

    `seats_each` is how many seats one person may serve: one, but for a delegate with proxies of
    several members (vector P5).
    """

    quorum: bool = True
    quorum_relaxed_by_recusal: bool = False
    may_return_same_day: bool = True
    chair_without_seat: bool = False
    seats_each: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `at` is the local time it took effect, `number` its place."""

    number: int
    at: datetime
    kind: Move
    person: int | None = None
    item: int | None = None
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """The room at one moment.

    `day` is the calendar day that rights follow: the one on which the open item was opened.
    `present` maps each person in the room to the mode, `serving` each served seat to its person.
    `recused` are the persons with jäv in the open item, `recused_seats` how many seats nobody
    serves for that reason. `chairs` are those who may preside, in order.
    """

    day: date | None
    item: int | None
    adjourned: bool
    present: Mapping[int, str]
    serving: Mapping[int, int]
    recused: frozenset[int]
    recused_seats: int
    seats: tuple[int, ...]
    weights: Mapping[int, int]
    chairs: tuple[int, ...]
    conduct: Conduct

    @property
    def needed(self) -> int:
        """Return how many seats must be served (0 for a body without quorum)."""
        return needed(len(self.seats)) if self.conduct.quorum else 0

    @property
    def is_quorate(self) -> bool:
        """Tell whether an item may be taken up, the recusals of the open item left aside."""
        if not self.conduct.quorum:
            return True
        return is_quorate(serving=len(self.serving) + self.recused_seats, seats=len(self.seats))

    @property
    def may_decide(self) -> bool:
        """Tell whether the open item may be decided now."""
        return not self.conduct.quorum or is_item_quorate(
            serving=len(self.serving),
            recused=self.recused_seats,
            seats=len(self.seats),
            relaxed_by_recusal=self.conduct.quorum_relaxed_by_recusal,
        )

    @property
    def presiding(self) -> int | None:
        """Return who presides: the first of chair, vice and the chosen who takes part."""
        return next((person for person in self.chairs if self.takes_part(person)), None)

    def takes_part(self, person: int) -> bool:
        """Tell whether a person may speak and preside: serves, or may preside without a seat."""
        if self.serves(person):
            return True
        return (
            self.conduct.chair_without_seat
            and person in self.chairs
            and person in self.present
            and person not in self.recused
        )

    def serves(self, person: int) -> bool:
        """Tell whether the person serves on a seat now."""
        return person in self.serving.values()

    def seat_of(self, person: int) -> int | None:
        """Return the seat that the person serves on now, the first of a delegate's several."""
        return next(iter(self.seats_of(person)), None)

    def seats_of(self, person: int) -> list[int]:
        """Return the seats that the person serves on now: more than one only by proxies."""
        return [seat for seat, server in self.serving.items() if server == person]


def room_after(body: Body, steps: Iterable[Step], conduct: Conduct) -> Room:
    """Return the room after `steps`, which may come in any order."""
    fold = _Fold(body, conduct)
    for step in sorted(steps, key=lambda step: (step.at, step.number)):
        fold.take(step)
    return fold.room()


@dataclass
class _Fold:
    """The room while the steps are taken one by one."""

    body: Body
    conduct: Conduct
    day: date | None = None
    met_on: date | None = None
    item: int | None = None
    adjourned: bool = False
    present: dict[int, str] = field(default_factory=dict)
    serving: dict[int, int] = field(default_factory=dict)
    recused: set[int] = field(default_factory=set)
    barred: set[int] = field(default_factory=set)
    begun: dict[int, int] = field(default_factory=dict)
    chosen: list[int] = field(default_factory=list)
    of_seat: dict[int, list[Sitter]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the sitters by seat once: a large room settles hundreds of times."""
        self.of_seat = {place.seat: [] for place in self.body.places}
        for sitter in self.body.sitters:
            self.of_seat.setdefault(sitter.seat, []).append(sitter)

    def take(self, step: Step) -> None:
        """Take one step and settle who serves after it."""
        if self.item is None:
            self.day = step.at.date()
        self.met_on = self.met_on or step.at.date()
        getattr(self, f"_{step.kind.value}")(step)
        self._settle()

    def _arrived(self, step: Step) -> None:
        self.present[_person(step)] = step.mode

    def _left(self, step: Step) -> None:
        person = _person(step)
        self.present.pop(person, None)
        # Who breaks off for another reason than jäv may not serve again that day (KL 5:19).
        if not self.conduct.may_return_same_day and person in self.begun:
            self.barred.add(person)

    def _recused(self, step: Step) -> None:
        if step.item == self.item:
            self.recused.add(_person(step))

    def _recusal_ended(self, step: Step) -> None:
        self.recused.discard(_person(step))

    def _item_opened(self, step: Step) -> None:
        self.item, self.day = step.item, step.at.date()
        self.recused.clear()

    def _item_closed(self, step: Step) -> None:
        self.item, self.day = None, step.at.date()
        self.recused.clear()

    def _chair_chosen(self, step: Step) -> None:
        self.chosen.append(_person(step))

    def _adjourned(self, _step: Step) -> None:
        self.adjourned = True

    def _resumed(self, step: Step) -> None:
        self.adjourned = False
        if step.at.date() != self.met_on:
            # Another day: a new roll call, and nobody is barred any longer.
            self.met_on = step.at.date()
            self.present.clear()
            self.barred.clear()

    def _settle(self) -> None:
        """Let each seat be served by who comes first; no change of server while an item is open."""
        places = self._places()
        kept = {
            seat: person
            for seat, person in self.serving.items()
            if seat in places and person in self._eligible(seat) and self._keeps(seat, person)
        }
        self.serving = kept
        taken = Counter(kept.values())
        for seat in [place for place in places if place not in kept]:
            able = (p for p in self._eligible(seat) if taken[p] < self.conduct.seats_each)
            person = next(able, None)
            if person is not None:
                self.serving[seat] = person
                taken[person] += 1
        for person in self.serving.values():
            self.begun.setdefault(person, len(self.begun))
        self.serving = dict(sorted(self.serving.items()))

    def _keeps(self, seat: int, person: int) -> bool:
        """Tell whether a server stays: during an item always, between items if nobody precedes."""
        return self.item is not None or self._eligible(seat)[0] == person

    def _places(self) -> tuple[int, ...]:
        return tuple(p.seat for p in self.body.places if _covers(p, self.day))

    def _eligible(self, seat: int) -> list[int]:
        """Return who may serve on a seat, in order of precedence (kommunallagen 5:17-20)."""
        return [s.person for s in self._entitled(seat) if s.person not in self.recused]

    def _entitled(self, seat: int) -> list[Sitter]:
        """Return who may serve on a seat if jäv is left aside, in order of precedence."""
        able = [
            sitter
            for sitter in self.of_seat[seat]
            if _covers(sitter, self.day)
            and sitter.person in self.present
            and sitter.person not in self.barred
        ]
        return sorted(able, key=self._precedence)

    def _precedence(self, sitter: Sitter) -> tuple[int, int]:
        if sitter.order == 0:
            return (0, 0)
        if sitter.person in self.begun:
            return (1, self.begun[sitter.person])
        return (2, sitter.order)

    def room(self) -> Room:
        """Return the room as it is now."""
        seats = self._places()
        weights = {place.seat: place.weight for place in self.body.places}
        return Room(
            day=self.day,
            item=self.item,
            adjourned=self.adjourned,
            present=dict(self.present),
            serving=dict(self.serving),
            recused=frozenset(self.recused),
            recused_seats=sum(s not in self.serving and bool(self._entitled(s)) for s in seats),
            seats=seats,
            weights={seat: weights[seat] for seat in seats},
            chairs=(*self.body.chairs, *self.chosen),
            conduct=self.conduct,
        )


def _person(step: Step) -> int:
    """Return whom a step is about."""
    if step.person is None:
        message = f"step {step.number}: names no person"
        raise ValueError(message)
    return step.person


def _covers(period: Place | Sitter, day: date | None) -> bool:
    """Tell whether a period covers a day, its last day inclusive."""
    if day is None:
        return False
    return period.first <= day and (period.last is None or day <= period.last)
