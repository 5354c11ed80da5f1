"""Who may see a row that carries an audience.

Core knows the names; the app that knows the people registers the condition: members for member,
municipality and office, networks and councils for their own. An audience without a registered
condition is seen by nobody, so that forgetting one never opens anything.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

NOBODY = Q(pk__in=[])


class Audience(TextChoices):
    """The widest group that may see something."""

    PUBLIC = "public", _("Everyone")
    MEMBER = "member", _("Signed-in members")
    MUNICIPALITY = "municipality", _("The municipality concerned")
    NETWORK = "network", _("Members of the network")
    COUNCIL = "council", _("The council")
    OFFICE = "office", _("The office")


Condition = Callable[[Any], Q]
_conditions: dict[str, Condition] = {}


def register(audience: Audience, condition: Condition) -> None:
    """Register `condition(user) -> Q`: the rows of this audience that the user may see."""
    _conditions[audience] = condition


def visible_q(user: Any) -> Q:
    """Return the condition for rows with a field `audience` that `user` may see."""
    seen = Q(audience=Audience.PUBLIC)
    for audience, condition in _conditions.items():
        seen |= Q(audience=audience) & condition(user)
    return seen
