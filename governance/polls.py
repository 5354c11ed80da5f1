"""What a poll (votering) consists of: the electoral roll, the rule and the ballots.

These are the only inputs of a count, so a poll object that exists is one that can be counted:
each class refuses, with one line that names the field, what does not fit together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.json_input import InputError
from governance.quorum import is_quorate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class PollInputError(InputError):
    """A poll that cannot be counted; the message is one line that names the field."""


class Choice(StrEnum):
    """What a ballot on a matter may say. Blank is counted with abstain."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    BLANK = "blank"


NO_OPINION = frozenset({Choice.ABSTAIN, Choice.BLANK})
"""Choices that say neither yes nor no."""


class RuleType(StrEnum):
    """How much a proposal needs (rules.md 1.4)."""

    SIMPLE = "simple"
    ABSOLUTE = "absolute"
    QUALIFIED = "qualified"
    UNANIMOUS = "unanimous"
    MINORITY = "minority"


class Base(StrEnum):
    """What the yes votes are measured against."""

    CAST = "cast"
    PRESENT = "present"
    ALL = "all"


FRACTION_RULES = frozenset({RuleType.QUALIFIED, RuleType.MINORITY})
"""The rules that need a numerator and a denominator."""


@dataclass(frozen=True, slots=True)
class RollRow:
    """A filled seat on the roll: whom it speaks for, its weight, and whether it takes part.

    `present` is in the room, or per capsulam has answered; `recused` stays out of the item (jäv).
    """

    seat: str
    municipality: str
    weight: int
    present: bool
    recused: bool

    @property
    def serves(self) -> bool:
        """Tell whether the seat may vote: present and not recused."""
        return self.present and not self.recused


@dataclass(frozen=True, slots=True)
class Roll:
    """The electoral roll (röstlängd): every filled seat, and the number of vacancies."""

    seats: int
    vacancies: int
    rows: tuple[RollRow, ...]

    def __post_init__(self) -> None:
        """Refuse a roll whose numbers do not fit or that lists a seat twice."""
        _at_least("seats", self.seats, 1)
        _at_least("vacancies", self.vacancies, 0)
        for place, row in enumerate(self.rows):
            _at_least(f"roll[{place}].weight", row.weight, 0)
        _refuse_repeated("roll", [row.seat for row in self.rows])
        if self.seats != len(self.rows) + self.vacancies:
            raise PollInputError("seats: must be the rows of roll plus vacancies")

    @property
    def serving(self) -> tuple[RollRow, ...]:
        """Return the rows of the seats that may vote."""
        return tuple(row for row in self.rows if row.serves)

    @property
    def is_quorate(self) -> bool:
        """Tell whether more than half of all seats serve."""
        return is_quorate(serving=len(self.serving), seats=self.seats)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a proposal needs to be carried, settled before the poll opens.

    `numerator` and `denominator` are the fraction of a qualified or minority rule. `base` None
    means the usual one: cast, or for a unanimous rule present (per capsulam the whole roll).
    """

    type: RuleType
    numerator: int | None = None
    denominator: int | None = None
    base: Base | None = None

    def __post_init__(self) -> None:
        """Refuse a fraction that is missing where it is needed, or is not between 0 and 1."""
        fraction = {"numerator": self.numerator, "denominator": self.denominator}
        for name, value in fraction.items():
            if value is None and self.type in FRACTION_RULES:
                raise PollInputError(f"rule.{name}: is missing")
        _at_least("rule.numerator", self.numerator or 0, 0)
        _at_least("rule.denominator", 1 if self.denominator is None else self.denominator, 1)
        if None not in fraction.values() and self.fraction[0] > self.fraction[1]:
            raise PollInputError("rule.numerator: must not be more than rule.denominator")

    @property
    def fraction(self) -> tuple[int, int]:
        """Return numerator and denominator; the whole where the rule has none."""
        return (
            1 if self.numerator is None else self.numerator,
            1 if self.denominator is None else self.denominator,
        )


@dataclass(frozen=True, slots=True)
class Ballot:
    """The vote of one seat on a matter."""

    seat: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class ElectionBallot:
    """The vote of one seat in an election: the names on it, none when blank."""

    seat: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPoll:
    """A poll of yes against no, complete and ready to be counted.

    `quorum` tells whether quorum is checked, `chair` is the seat that presides at the close (None
    for a chair without a seat), `chair_view` what a chair without a seat supports in a tie.
    """

    roll: Roll
    rule: Rule
    ballots: tuple[Ballot, ...]
    chair: str | None = None
    quorum: bool = True
    casting_vote: bool = True
    double_majority: bool = False
    per_capsulam: bool = False
    chair_view: Choice | None = None

    def __post_init__(self) -> None:
        """Refuse ballots of seats that may not vote, and a chair's view that is out of place."""
        check_ballots(self.roll, [ballot.seat for ballot in self.ballots])
        if self.chair_view not in {None, Choice.YES, Choice.NO}:
            raise PollInputError("chair_view: must be one of yes, no")
        if self.chair_view is not None and self.chair is not None:
            raise PollInputError("chair_view: only for a chair without a seat (chair null)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionPoll:
    """An election of `positions` persons by plurality, complete and ready to be counted."""

    roll: Roll
    positions: int
    ballots: tuple[ElectionBallot, ...]
    chair: str | None = None
    quorum: bool = True

    def __post_init__(self) -> None:
        """Refuse ballots of seats that may not vote, and ballots with too many or equal names."""
        _at_least("positions", self.positions, 1)
        check_ballots(self.roll, [ballot.seat for ballot in self.ballots])
        for place, ballot in enumerate(self.ballots):
            if len(ballot.names) > self.positions:
                raise PollInputError(f"ballots[{place}].choice: more names than positions")
            if len(set(ballot.names)) < len(ballot.names):
                raise PollInputError(f"ballots[{place}].choice: a name comes twice")


def check_ballots(roll: Roll, seats: Sequence[str]) -> None:
    """Raise PollInputError for a ballot of a seat that may not vote or has voted already."""
    rows = {row.seat: row for row in roll.rows}
    for place, seat in enumerate(seats):
        row = rows.get(seat)
        if row is None:
            raise PollInputError(f"ballots[{place}].seat: {seat!r} is not on the roll")
        if not row.serves:
            state = "recused" if row.recused else "absent"
            raise PollInputError(f"ballots[{place}].seat: {seat!r} is {state}")
    _refuse_repeated("ballots", seats)


def _refuse_repeated(field: str, seats: Iterable[str]) -> None:
    """Raise PollInputError naming the first seat that comes a second time."""
    seen: set[str] = set()
    for place, seat in enumerate(seats):
        if seat in seen:
            raise PollInputError(f"{field}[{place}].seat: {seat!r} comes twice")
        seen.add(seat)


def _at_least(field: str, value: int, minimum: int) -> None:
    """Raise PollInputError when `value` is below `minimum`."""
    if value < minimum:
        raise PollInputError(f"{field}: must be an integer of at least {minimum}")
