"""allauth's forms of two-step login, in plain words."""

from typing import Any, ClassVar

from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as key_forms
from django.utils.translation import gettext_lazy as _

from members.forms.account import PlainWords, Text


class Code(PlainWords):
    """The field of a code: digits on a phone's keyboard, but letters are not refused."""

    labels: ClassVar[dict[str, Text]] = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"  # type: ignore[attr-defined]


class AuthenticateForm(Code, code_forms.AuthenticateForm):
    """The second step of a login."""


class ReauthenticateForm(Code, code_forms.ReauthenticateForm):
    """A code once more, before something sensitive."""

    labels: ClassVar[dict[str, Text]] = {"code": _("Code from your app, or a recovery code")}


class ActivateTOTPForm(Code, totp_forms.ActivateTOTPForm):
    """The first code of a newly connected app."""

    labels: ClassVar[dict[str, Text]] = {"code": _("The six digits in the app")}


class KeyName(PlainWords):
    """The field of a key's name."""

    labels: ClassVar[dict[str, Text]] = {
        "name": _("Name of the key"),
        "passwordless": _("Log in with this key alone (passkey)"),
    }
    help_texts: ClassVar[dict[str, Text]] = {
        "passwordless": _(
            "The key then asks for fingerprint, face or PIN instead of the password."
        ),
    }


class AddWebAuthnForm(KeyName, key_forms.AddWebAuthnForm):
    """A new key, a passkey unless told otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)


class EditWebAuthnForm(KeyName, key_forms.EditWebAuthnForm):
    """Another name for a key."""
