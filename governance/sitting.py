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
    """Return the ids of the bodies that a person belongs to on a day (today), by one query.

    Who has a mandate on a seat in force, or an office of the body, belongs to it.
    """
    if not getattr(user, "is_authenticated", False):
        return set()
    if day is None and "bodies_today" in user.__dict__:
        return set(user.__dict__["bodies_today"])
    mandate, office = (apps.get_model("governance", name) for name in ("Mandate", "Office"))
    sits = mandate.objects.on(day).filter(person=user.name_id).order_by()
    holds = office.objects.on(day).filter(person=user.name_id).order_by()
    found = sits.values_list("seat__council").union(holds.values_list("council"))
    return {council for (council,) in found}


def remember_bodies(user: Any) -> None:
    """Ask once to which bodies a person belongs, for the length of one request.

    Only for the account that the request itself has read, in a view that changes nothing.
    """
    if getattr(user, "is_authenticated", False):
        user.__dict__["bodies_today"] = frozenset(bodies_of(user))


def leaders_of(council: Any) -> Any:
    """Return the ids of those who lead a body today: its chair, vice chairs and secretaries."""
    kinds = [OfficeKind.CHAIR, OfficeKind.VICE_CHAIR, OfficeKind.SECRETARY]
    return council.offices.on().filter(kind__in=kinds).values("person")


def stands_in_minutes(user: Any) -> bool:
    """Return whether adjusted minutes name the person: then the name is kept (GDPR art. 17.3 d)."""
    rows = apps.get_model("governance", "RollPerson").objects.filter(person=user.name_id)
    return bool(rows.filter(meeting__state__in=FINAL_MINUTES).exists())
