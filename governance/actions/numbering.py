"""Gives numbers without gaps and without doubles."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.exceptions import RuleBroken
from governance.models import NumberSeries


def next_number(*, code: str, year: int) -> int:
    """Return the next number of a series and year, in the caller's transaction.

    The row stays locked until that transaction ends, so that the next caller waits; a rolled back
    transaction gives the number back (rules.md 1.6, vector N3). Raises
    TransactionManagementError outside a transaction.
    """
    NumberSeries.objects.get_or_create(code=code, year=year)
    series = NumberSeries.objects.select_for_update().get(code=code, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


@transaction.atomic
def start_series(*, code: str, year: int, last: int) -> NumberSeries:
    """State the last number used before the product came; once, and before the first is given.

    Raises RuleBroken when the series has begun.
    """
    series, created = NumberSeries.objects.get_or_create(
        code=code, year=year, defaults={"last": last}
    )
    if not created:
        raise RuleBroken(_("Numbers of this year have already been given."), field="last")
    return series
