"""To which bodies a person belongs, for rules and querysets alike."""

from datetime import date
from typing import Any

from django.apps import apps

from governance.choices import OfficeKind
from governance.states import FINAL_MINUTES
from members.states import Role

SECRETARIAT = (Role.SECRETARY, Role.ADMINISTRATOR)
"""The roles of the office that run the desk of every body."""


def bodies_of(user: Any, day: date | None = None) -> set[int]:
    """Return the ids of the bodies that a person belongs to on a day (today), by two queries.

    Who has a mandate on a seat in force, or an office of the body, belongs to it.
    """
    if not getattr(user, "is_authenticated", False):
        return set()
    mandate, office = (apps.get_model("governance", name) for name in ("Mandate", "Office"))
    sits = mandate.objects.on(day).filter(person=user.name_id)
    holds = office.objects.on(day).filter(person=user.name_id)
    return set(sits.values_list("seat__council", flat=True)) | set(
        holds.values_list("council", flat=True)
    )


def leaders_of(council: Any) -> Any:
    """Return the ids of those who lead a body today: its chair, vice chairs and secretaries."""
    kinds = [OfficeKind.CHAIR, OfficeKind.VICE_CHAIR, OfficeKind.SECRETARY]
    return council.offices.on().filter(kind__in=kinds).values("person")


def stands_in_minutes(user: Any) -> bool:
    """Return whether adjusted minutes name the person: then the name is kept (GDPR art. 17.3 d)."""
    rows = apps.get_model("governance", "RollPerson").objects.filter(person=user.name_id)
    return bool(rows.filter(meeting__state__in=FINAL_MINUTES).exists())
