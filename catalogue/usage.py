"""Which municipalities use which services: those with an agreement, and those a source names.

The two are different things (a stated use gives no right, seat or cost), but filters, the map and
figures count a municipality once per service, whichever it is.
"""

from typing import Any

from django.db.models import QuerySet

from catalogue.models import Participation, StatedUse

Place = tuple[int, str, str, str, str]


def used_by_municipalities(services: Any = None) -> list[Place]:
    """Return service id, municipality's code and name, county's code and name, each pair once.

    Participations count from the signed agreement until they are wound up, stated uses while they
    last. One query; `services` (ids or a queryset) narrows it.
    """
    stated: QuerySet[Any] = StatedUse.objects.current()
    joined: QuerySet[Any] = Participation.objects.public()
    if services is not None:
        stated, joined = stated.filter(service__in=services), joined.filter(service__in=services)
    # UNION leaves out doubles: who has joined and is named by a source counts once.
    return list(_places(stated).union(_places(joined)))


def _places(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the columns of `Place`; organisations that are no municipality are left out."""
    place = "organisation__municipality__"
    found = rows.filter(organisation__municipality__isnull=False).order_by()
    columns = (f"{place}code", f"{place}name", f"{place}county_code", f"{place}county")
    return found.values_list("service_id", *columns)
