"""The kinds of things that people are told; each app registers its own in `ready()`."""

from collections.abc import Iterable
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


# Mail that is no notification: invitations, digests, and what allauth sends under the names of its
# templates.
MAIL_LABELS: dict[str, Text] = {
    "invitation": _("Invitation"),
    "digest": _("Daily summary"),
    "mail": _("E-mail"),
    "account_already_exists": _("Account that exists already"),
    "unknown_account": _("Address without account"),
    "email_changed": _("Changed address"),
    "email_confirm": _("Confirmed address"),
    "email_confirmation": _("Confirm the address"),
    "email_confirmation_signup": _("Confirm the address"),
    "email_deleted": _("Address taken away"),
    "password_changed": _("Changed password"),
    "password_reset": _("Changed password"),
    "password_reset_key": _("Link to a new password"),
    "password_set": _("Password chosen"),
    "recovery_codes_generated": _("New recovery codes"),
    "totp_activated": _("App for codes connected"),
    "totp_deactivated": _("App for codes turned off"),
    "webauthn_added": _("Passkey added"),
    "webauthn_removed": _("Passkey taken away"),
    "account_connected": _("Login service connected"),
    "account_disconnected": _("Login service disconnected"),
}


def register_mail(labels: Iterable[tuple[str, Text]]) -> None:
    """Name kinds of mail that are no notifications; each app names its own in `ready()`."""
    MAIL_LABELS.update(labels)


def mail_label(code: str) -> str:
    """Return what an outgoing message of this kind is called; an unknown code as it is."""
    label = _kinds[code].label if code in _kinds else MAIL_LABELS.get(code, code)
    return str(label)


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
