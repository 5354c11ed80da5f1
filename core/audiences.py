"""Who may see a row that carries an audience.

Core knows the names; the app that knows the people registers the condition: members for member,
municipality and office, networks and councils for their own. An audience without a registered
condition is seen by nobody, so that forgetting one never opens anything.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, TextChoices
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
_needs: dict[str, str] = {}


def register(audience: Audience, condition: Condition, *, needs: str = "") -> None:
    """Register `condition(user) -> Q`: the rows of this audience that the user may see.

    `needs` names a field that the condition asks for; rows of a model without it are seen by
    nobody through this audience.
    """
    _conditions[audience] = condition
    _needs[audience] = needs


def condition(audience: Audience, user: Any) -> Q:
    """Return the condition for rows of one audience: nothing when no app has registered it."""
    known = _conditions.get(audience)
    return known(user) if known else NOBODY


def visible_q(user: Any, model: type[Model]) -> Q:
    """Return the condition for rows of a model with a field `audience` that `user` may see."""
    fields = {field.name for field in model._meta.get_fields()}
    seen = Q(audience=Audience.PUBLIC)
    for audience, known in _conditions.items():
        if not _needs[audience] or _needs[audience] in fields:
            seen |= Q(audience=audience) & known(user)
    return seen
