"""The inhabitants of a reference date are kept, so that a later count changes no split."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.models import Population
from core.exceptions import RuleBroken
from core.formatting import long_date
from members.models import Municipality


def keep_population(counted_on: date) -> None:
    """Keep the municipalities' inhabitants of a reference date, if they are not kept already.

    What is kept is never changed, whatever is read from SCB later. Raises RuleBroken when neither
    the table nor the municipalities have figures of that date.
    """
    kept = Population.objects.filter(counted_on=counted_on).values("municipality")
    rows = Municipality.objects.filter(population_on=counted_on).exclude(pk__in=kept)
    Population.objects.bulk_create(
        Population(
            municipality=row,
            counted_on=counted_on,
            inhabitants=row.population,
            source=row.population_source,
        )
        for row in rows
    )
    if not kept.exists():
        raise RuleBroken(
            _("There are no figures of that date. There are figures of: %(dates)s.")
            % {
                "dates": ", ".join(
                    long_date(day, get_language() or "sv") for day in reference_dates()
                )
                or "–"
            },
            field="population_on",
        )


def reference_dates() -> list[date]:
    """Return the dates of which there are populations, kept or current, the latest first."""
    current = Municipality.objects.order_by().values_list("population_on", flat=True).distinct()
    return sorted({*current, *Population.objects.reference_dates()}, reverse=True)
