"""Periods with a first and a last day, both inclusive; an open end means until further notice."""

from datetime import date

from django.db.models import Q
from django.utils import timezone


def on_day(day: date | None = None, prefix: str = "") -> Q:
    """Return the condition that a period covers `day` (today in Stockholm when not given).

    `prefix` leads to the row with `starts_on` and `ends_on`, for instance "representative__".
    """
    when = day or timezone.localdate()
    return Q(**{f"{prefix}starts_on__lte": when}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": when})
    )
