"""What a leaving organisation still owes: rows that are issued, and years that are not yet.

It pays its share through the last day (rules.md 2.3, 2.4). A year that is not issued is told as
what the cost lists say of it today: the same split, and the amount can still change.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from catalogue.models import CostRow, Participation, Termination
from catalogue.record_states import CHARGES
from catalogue.year_costs import year_costs


class Owed(NamedTuple):
    """A row of what is owed, in öre without VAT; None when nobody has adopted the year's cost."""

    year: int
    what: str
    amount: int | None
    issued: bool = True


def owed_since(row: Participation, termination: Termination) -> list[Owed]:
    """Return what is issued from the year of the notice on, and the years not charged yet.

    Once the parties have settled, nothing more is to come.
    """
    notice = termination.received_on.year
    issued = list(
        CostRow.objects.filter(participation=row, year__gte=notice).order_by("year", "pk")
    )
    rows = [Owed(found.year, str(found.get_kind_display()), found.amount) for found in issued]
    if termination.settled_on is None and row.starts_on is not None and row.ends_on is not None:
        charged = {found.year for found in issued if found.kind in CHARGES}
        first = max(notice, row.starts_on.year)
        for year in range(first, row.ends_on.year + 1):
            if year not in charged:
                rows += _expected(row, year)
    return sorted(rows, key=lambda owed: (owed.year, not owed.issued))


def _expected(row: Participation, year: int) -> list[Owed]:
    """Return what a year will come to; nothing when the organisation is charged for it already."""
    costs = year_costs(year, organisation_id=row.organisation_id, service_id=row.service_id)
    if any(cost.issued for cost in costs):
        return []
    amount = costs[0].amount if costs else None
    return [Owed(year, _("Not yet invoiced"), amount, issued=False)]
