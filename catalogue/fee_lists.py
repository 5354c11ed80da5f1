"""Who owes the association which membership fee for a year, before it is issued."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from catalogue.fees import (
    FEE_CLASSES,
    OTHER_ORGANISATION,
    FeeClass,
    entry_contribution,
    fee_class,
    year_fee,
)
from catalogue.models import FeeRow
from catalogue.record_states import FeeRowKind
from core.swedish_order import sort_key
from members.models import Membership


@dataclass(frozen=True)
class FeeDue:
    """A fee that is due and not issued: whose, of which kind, how much (öre), and from what."""

    membership: Membership
    kind: str
    amount: int
    basis: dict[str, Any]

    @property
    def label(self) -> str:
        """What kind of fee it is, in words."""
        return str(FeeRowKind(self.kind).label)


def fees_due(year: int) -> list[FeeDue]:
    """Return the fees of a year that are not issued yet, by name; three queries.

    Each member of the year pays one annual fee, in the year of entry from the month of entry; a
    new membership pays its entry contribution once, half of it when the member returns
    (rules.md 2.3).
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    current = Q(starts_on__lte=last) & (Q(ends_on__isnull=True) | Q(ends_on__gte=first))
    rows = list(
        Membership.objects.filter(current)
        .select_related("organisation__municipality")
        .order_by("starts_on", "pk")
    )
    issued = FeeRow.objects.exclude(kind=FeeRowKind.CORRECTION)
    known = set(issued.filter(year=year).values_list("kind", "organisation"))
    before = set(Membership.objects.filter(ends_on__lt=last).values_list("organisation", "pk"))
    found: list[FeeDue] = []
    for row in rows:
        key = (FeeRowKind.ANNUAL.value, row.organisation_id)
        if key not in known:
            known.add(key)
            found.append(_annual(row, year))
        entry = (FeeRowKind.ENTRY.value, row.organisation_id)
        if row.starts_on.year == year and entry not in known:
            earlier = any(org == row.organisation_id and pk != row.pk for org, pk in before)
            found.append(_entry(row, returning=earlier))
    return sorted(found, key=lambda due: (sort_key(due.membership.organisation.name), due.kind))


def _annual(row: Membership, year: int) -> FeeDue:
    fee = class_of(row)
    months = 13 - row.starts_on.month if row.starts_on.year == year else 12
    basis = _basis(row, fee) | {"months": months}
    return FeeDue(row, FeeRowKind.ANNUAL, year_fee(fee, row.starts_on, year), basis)


def _entry(row: Membership, *, returning: bool) -> FeeDue:
    fee = class_of(row)
    basis = _basis(row, fee) | {"returning": returning}
    return FeeDue(row, FeeRowKind.ENTRY, entry_contribution(fee, returning=returning), basis)


def class_of(row: Membership) -> FeeClass:
    """Return the class a membership pays in: as registered, else by the inhabitants of today."""
    if row.fee_class is not None:
        return FEE_CLASSES[row.fee_class - 1]
    municipality = getattr(row.organisation, "municipality", None)
    return fee_class(municipality.population) if municipality else OTHER_ORGANISATION


def _basis(row: Membership, fee: FeeClass) -> dict[str, Any]:
    """Return what an amount is computed from, as it is kept on the issued row."""
    municipality = getattr(row.organisation, "municipality", None)
    basis: dict[str, Any] = {"class": fee.number, "member_since": str(row.starts_on)}
    if municipality:
        basis |= {
            "population": municipality.population,
            "population_on": str(municipality.population_on),
            "population_source": municipality.population_source,
        }
    return basis
