"""How a cost is shared between the members of a service.

One rule of rounding serves every model (rules.md 2.3): the largest remainder. Everyone gets the
exact share rounded down, and the öre that are left go one each to the largest remainders. The
sum is always exact, the order of the members never matters, and only integers are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from core.json_input import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE = 10_000
"""The sum of all shares, in hundredths of a percent."""


class CostInputError(InputError):
    """A cost that cannot be split; the message is one line that names the field."""


class Figure(StrEnum):
    """What a part of a cost is shared by."""

    EQUAL = "equal"
    POPULATION = "population"
    POINTS = "points"
    USAGE = "usage"


@dataclass(frozen=True, slots=True)
class SharedPart:
    """A part of what is left after the fixed amounts: `share` hundredths of a percent, by `by`."""

    share: int
    by: Figure


@dataclass(frozen=True, slots=True)
class FixedPart:
    """The same amount, in öre, from each member, taken before anything is shared."""

    amount: int


Part: TypeAlias = SharedPart | FixedPart


class CostMember(NamedTuple):
    """A member that pays: its code (kommunkod) and its figures, None where there is no figure.

    `population` is inhabitants, `points` the points of its fee class, `usage` any measured use.
    """

    code: str
    population: int | None = None
    points: int | None = None
    usage: int | None = None

    def figure(self, by: Figure) -> int | None:
        """Return what the member weighs in a part shared by `by`."""
        if by is Figure.POPULATION:
            return self.population
        if by is Figure.POINTS:
            return self.points
        return self.usage if by is Figure.USAGE else 1


class MemberCost(NamedTuple):
    """What one member pays, in öre: the `amount`, and the same amount `by_part` in their order."""

    code: str
    amount: int
    by_part: tuple[int, ...]


def largest_remainder(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Return `total` split over `weights` in whole numbers that sum to exactly `total`.

    Each share is within one of the exact quota. Equal remainders: the weight listed first, so
    the caller decides what comes first by its order. Raises ValueError when the weights sum to 0.
    """
    whole = sum(weights)
    if whole <= 0:
        message = "weights: sum to 0"
        raise ValueError(message)
    shares = [total * weight // whole for weight in weights]
    left_over = total - sum(shares)
    remainders = [total * weight % whole for weight in weights]
    # The sort is stable, also backwards: of equal remainders the one listed first stays first.
    by_remainder = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)
    for place in by_remainder[:left_over]:
        shares[place] += 1
    return tuple(shares)


def split_cost(
    total: int, parts: Sequence[Part], members: Sequence[CostMember]
) -> tuple[MemberCost, ...]:
    """Return what each member pays of `total` öre, the lowest code first.

    The fixed amounts are taken first; what is left is split over the shared parts, and each part
    over the members by their figures, both by largest remainder. Equal remainders: the part
    listed first, the lowest code. Source: rules.md 2.3.

    Raises CostInputError naming the field for anything that cannot be split.
    """
    _check_figures(total, parts, members)
    _check_members(parts, members)
    ordered = sorted(members, key=lambda member: member.code)
    amounts = split_parts(total, parts, member_count=len(ordered))
    columns = [
        _share_out(part, amount, _column(part, ordered))
        for part, amount in zip(parts, amounts, strict=True)
    ]
    rows = zip(*columns, strict=True)
    return tuple(
        MemberCost(code=member.code, amount=sum(row), by_part=row)
        for member, row in zip(ordered, rows, strict=True)
    )


def split_amounts(
    total: int, parts: Sequence[Part], ordered: Sequence[CostMember]
) -> tuple[int, ...]:
    """Return the amounts of `split_cost` for members that stand in order of code, each once.

    Lists of all services ask for tens of thousands of amounts: the figures are looked at by
    columns, and a member by itself only when something is wrong. Raises as `split_cost` does.
    """
    columns = [_column(part, ordered) for part in parts]
    fine = parts and ordered and total >= 0 and all(map(_is_fine, parts, columns))
    if not fine:
        return tuple(row.amount for row in split_cost(total, parts, ordered))
    amounts = split_parts(total, parts, member_count=len(ordered))
    shares = map(_share_out, parts, amounts, columns)
    return tuple(map(sum, zip(*shares, strict=True)))


def _is_fine(part: Part, figures: Sequence[int | None]) -> bool:
    """Return whether a part is a whole number of at least 0 and so are all figures it asks for."""
    if isinstance(part, FixedPart):
        return part.amount >= 0
    return part.share >= 0 and None not in figures and any(figures) and min(figures) >= 0  # type: ignore[type-var, operator]


def split_parts(total: int, parts: Sequence[Part], *, member_count: int) -> tuple[int, ...]:
    """Return how many öre of `total` each part takes from all members together.

    Raises CostInputError when the fixed amounts are not covered by the total, when the shares do
    not sum to the whole, or when there are only fixed parts and they are not the total.
    """
    fixed = [part.amount * member_count if isinstance(part, FixedPart) else 0 for part in parts]
    rest = total - sum(fixed)
    if rest < 0:
        raise CostInputError("parts: the fixed amounts are more than total")
    shares = [part.share if isinstance(part, SharedPart) else 0 for part in parts]
    if all(isinstance(part, FixedPart) for part in parts):
        if rest:
            raise CostInputError("parts: the fixed amounts are not total, and nothing is shared")
        return tuple(fixed)
    if sum(shares) != WHOLE:
        raise CostInputError(f"parts: share must sum to {WHOLE}")
    shared = largest_remainder(rest, shares)
    return tuple(a + b for a, b in zip(fixed, shared, strict=True))


def _column(part: Part, members: Sequence[CostMember]) -> Sequence[int | None]:
    """Return what every member weighs in a part, in their order."""
    if isinstance(part, FixedPart) or part.by is Figure.EQUAL:
        return (1,) * len(members)
    place = CostMember._fields.index(part.by.value)
    return [member[place] for member in members]  # type: ignore[misc]


def _share_out(part: Part, amount: int, figures: Sequence[int | None]) -> tuple[int, ...]:
    """Return each member's share of one part; the figures are in order of the members' codes."""
    if isinstance(part, FixedPart):
        return (part.amount,) * len(figures)
    if part.by is Figure.EQUAL:
        # All remainders are equal: the left-over öre go to those that come first.
        each, left_over = divmod(amount, len(figures))
        return (each + 1,) * left_over + (each,) * (len(figures) - left_over)
    return largest_remainder(amount, [figure or 0 for figure in figures])


def _check_figures(total: int, parts: Sequence[Part], members: Sequence[CostMember]) -> None:
    """Raise CostInputError for a negative figure."""
    figures = [("total", total)]
    for place, part in enumerate(parts):
        if isinstance(part, FixedPart):
            figures.append((f"parts[{place}].amount", part.amount))
        else:
            figures.append((f"parts[{place}].share", part.share))
    for place, member in enumerate(members):
        # Lists of all services ask this of tens of thousands of members: name none that is right.
        if (member.population or 0) < 0 or (member.points or 0) < 0 or (member.usage or 0) < 0:
            figures.extend((f"members[{place}].{by}", member.figure(by) or 0) for by in Figure)
    for field, value in figures:
        if value < 0:
            raise CostInputError(f"{field}: must be an integer of at least 0")


def _check_members(parts: Sequence[Part], members: Sequence[CostMember]) -> None:
    """Raise CostInputError when parts or members are missing, twice there or without a figure."""
    for field, items in (("parts", parts), ("members", members)):
        if not items:
            raise CostInputError(f"{field}: must not be empty")
    codes: set[str] = set()
    for place, member in enumerate(members):
        if member.code in codes:
            raise CostInputError(f"members[{place}].code: {member.code!r} comes twice")
        codes.add(member.code)
    for place, part in enumerate(parts):
        if isinstance(part, SharedPart):
            _check_part(place, part, members)


def _check_part(place: int, part: SharedPart, members: Sequence[CostMember]) -> None:
    """Raise CostInputError when a part cannot be shared by its figure."""
    figures = [member.figure(part.by) for member in members]
    if None in figures:
        raise CostInputError(f"members[{figures.index(None)}].{part.by}: is missing")
    if not any(figures):
        raise CostInputError(f"parts[{place}].by: the members' {part.by} sums to 0")
