"""What-if: what an organisation would pay, as more join, and when some join and some leave.

The same split as the cost lists (`cost_lists`); nothing here is saved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.cost_lists import CostLine, Payer, Taking, full_year, payer_for, payers_of
from catalogue.cost_sharing import CostInputError, CostMember
from catalogue.cost_years import points_of
from catalogue.models import CostModel


@dataclass(frozen=True)
class Point:
    """A point of the curve: with so many members, the municipality pays so much a year (öre)."""

    members: int
    amount: int


@dataclass(frozen=True)
class Calculation:
    """What a municipality would pay a full year, today and as more join.

    `points` ends early where the fixed amounts of more members would be more than the cost.
    """

    payer: Payer
    is_member: bool
    members: int
    line: CostLine
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Asked:
    """What the visitor says instead of what is registered: inhabitants, usage."""

    population: int | None = None
    usage: int | None = None

    def over(self, model: CostModel, payer: Payer) -> Payer:
        """Return the payer with these figures; class points follow the inhabitants."""
        member = payer.member
        if self.population is not None:
            points = points_of(self.population, [tuple(pair) for pair in model.point_classes])
            member = member._replace(population=self.population, points=points)
        if self.usage is not None:
            member = member._replace(usage=self.usage)
        return payer._replace(member=member)


def calculate(
    model: CostModel,
    takings: Iterable[Taking],
    organisation: Any,
    more: int,
    asked: Asked | None = None,
) -> Calculation:
    """Return what an organisation would pay a full year, and with up to `more` others.

    The others are taken to be like the average of the payers, the municipality included. Raises
    CostInputError when the cost cannot be split, for instance because a figure is missing.
    """
    payers = payers_of(model, takings)
    known = next((p for p in payers if p.organisation_id == organisation.pk), None)
    me = (asked or Asked()).over(model, known or payer_for(model, organisation))
    everyone = [p for p in payers if p.organisation_id != organisation.pk] + [me]
    line = _own_line(full_year(model, everyone), me)
    points = [Point(len(everyone), line.amount)]
    like = _average(everyone)
    for extra in range(1, more + 1):
        # Codes that sort after every real one, so that nobody's left-over öre moves.
        everyone.append(me._replace(member=like._replace(code=f"~{extra:03d}")))
        try:
            amount = _own_line(full_year(model, everyone), me).amount
        except CostInputError:
            break
        points.append(Point(len(everyone), amount))
    return Calculation(me, known is not None, points[0].members, line, tuple(points))


def _own_line(lines: Iterable[CostLine], payer: Payer) -> CostLine:
    return next(line for line in lines if line.payer.member.code == payer.member.code)


def _average(payers: Sequence[Payer]) -> CostMember:
    def mean(values: Iterable[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) // len(known) if known else None

    return CostMember(
        code="~",
        population=mean(p.member.population for p in payers),
        points=mean(p.member.points for p in payers),
        usage=mean(p.member.usage for p in payers),
    )


@dataclass(frozen=True)
class ForecastLine:
    """What one organisation pays a full year now and then, in öre; None when it is not there."""

    name: str
    now: int | None
    then: int | None

    @property
    def change(self) -> int:
        """How much more (less: negative) it pays then, in öre."""
        return (self.then or 0) - (self.now or 0)


def forecast(
    model: CostModel, takings: Iterable[Taking], *, joining: Iterable[Any], leaving: Iterable[int]
) -> list[ForecastLine]:
    """Return what each pays a full year with today's payers, and when some join and some leave.

    `joining` are organisations, `leaving` ids of organisations. Raises CostInputError when either
    cannot be split.
    """
    before = payers_of(model, takings)
    present = {payer.organisation_id for payer in before}
    gone = set(leaving)
    after = [payer for payer in before if payer.organisation_id not in gone]
    after += [payer_for(model, new) for new in joining if new.pk not in present]
    now = {line.payer.organisation_id: line for line in full_year(model, before)}
    then = {line.payer.organisation_id: line for line in full_year(model, after)}
    found = []
    for key in (*now, *(key for key in then if key not in now)):
        name = (now.get(key) or then[key]).payer.name
        amounts = [lines[key].amount if key in lines else None for lines in (now, then)]
        found.append(ForecastLine(name, *amounts))
    return found
