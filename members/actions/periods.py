"""How a representation or a role begins and ends."""

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import RuleBroken
from members.models import Representative, RepresentativeRole


def check_period(first: date, last: date | None) -> None:
    """Raise RuleBroken when a period ends before it begins."""
    if last and last < first:
        raise RuleBroken(_("The last day cannot be before the first."), field="ends_on")


def overlaps(first: date, last: date | None) -> Q:
    """Return the condition that a period shares a day with `first`-`last` (None: no end)."""
    begun = Q(starts_on__lte=last) if last else Q()
    return begun & (Q(ends_on__isnull=True) | Q(ends_on__gte=first)) & Q(ended_at__isnull=True)


def not_over() -> Q:
    """Return the condition that a period has not ended: it runs today or has yet to begin."""
    return overlaps(timezone.localdate(), None)


def close(row: Representative | RepresentativeRole, on: date | None) -> date:
    """End a period at once (None) or after the last day `on`, save it, and return its last day.

    At once means at this moment: the last day is today (or the first day, when that is yet to
    come) and `ended_at` says that the day no longer counts. Raises RuleBroken when it is over
    already or when `on` has passed.
    """
    today = timezone.localdate()
    if row.ended_at or (row.ends_on and row.ends_on < today):
        raise RuleBroken(_("It has already ended."))
    if on is None:
        row.ended_at = timezone.now()
        row.ends_on = max(row.starts_on, today)
    elif on < today:
        raise RuleBroken(_("The last day cannot be a day that has passed."), field="ends_on")
    else:
        check_period(row.starts_on, on)
        row.ends_on = min(on, row.ends_on or on)
    row.save(update_fields=["ends_on", "ended_at", "updated_at"])
    return row.ends_on
