"""The kinds of things that people are told; each app registers its own in `ready()`."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class NotificationKind:
    """A kind of notification.

    `title` and `text` are translated sentences with `%(name)s` places that `params` fill when the
    notification is read, so that each reader gets the own language. A `mandatory` kind (a summons,
    an invitation to sign) is always e-mailed; the others follow the person's choice.
    """

    code: str
    label: Text
    title: Text
    text: Text
    mandatory: bool = False


_kinds: dict[str, NotificationKind] = {}


def register(kind: NotificationKind) -> None:
    """Make a kind known; registering it twice is registering it once."""
    _kinds[kind.code] = kind


def get(code: str) -> NotificationKind:
    """Return the kind with this code; raises KeyError for one that no app registered."""
    return _kinds[code]


def all_kinds() -> list[NotificationKind]:
    """Return every kind, in order of code."""
    return [_kinds[code] for code in sorted(_kinds)]


def fill(text: Text, params: dict[str, Any]) -> str:
    """Return the text in the active language with its places filled."""
    return str(text) % params


ROLE_GIVEN = NotificationKind(
    "role-given",
    _("You were given a role"),
    _("You are now %(role)s for %(organisation)s"),
    _("The role holds from %(starts_on)s. What you can do with it is shown on your page."),
)
ROLE_ENDED = NotificationKind(
    "role-ended",
    _("A role of yours ended"),
    _("You are no longer %(role)s for %(organisation)s"),
    _("The role ended on %(ends_on)s."),
)
register(ROLE_GIVEN)
register(ROLE_ENDED)
