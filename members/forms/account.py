"""allauth's forms in plain words: labels of ours, no placeholder that repeats the label."""

from typing import Any, ClassVar

from allauth.account import fields as allauth_fields
from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.email_address import normalise

Text = str | Promise

PASSWORD_HELP = _(
    "At least 12 characters. A few words in a row are easy to remember and hard to guess."
)


class PlainWords:
    """Gives a form our labels and help, and takes allauth's placeholders away."""

    labels: ClassVar[dict[str, Text]] = {}
    help_texts: ClassVar[dict[str, Text]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, "")


class EmailField(allauth_fields.EmailField):
    """An address in its one form: wide letters become plain, look-alikes are refused."""

    def clean(self, value: Any) -> str:
        """Return the address; raise ValidationError with words that say what to do."""
        try:
            value = normalise(value or "")
        except ValueError as error:
            if value and not value.isascii():
                raise get_adapter().validation_error("look_alike_email") from error
        return super().clean(value)


class LoginForm(PlainWords, allauth_forms.LoginForm):
    """E-mail and password."""

    labels: ClassVar[dict[str, Text]] = {"password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField(label=_("E-mail"))
        self.fields["login"].widget.attrs.pop("placeholder")


class SignupForm(PlainWords, allauth_forms.SignupForm):
    """The account of whoever was invited."""

    labels: ClassVar[dict[str, Text]] = {
        "email": _("E-mail"),
        "password1": _("Password"),
        "password2": _("The same password again"),
    }
    help_texts: ClassVar[dict[str, Text]] = {"password1": PASSWORD_HELP}


class AddEmailForm(PlainWords, allauth_forms.AddEmailForm):
    """A new address for the account."""

    labels: ClassVar[dict[str, Text]] = {"email": _("New e-mail address")}
    email = EmailField()


class NewPassword(PlainWords):
    """The two fields of a new password."""

    labels: ClassVar[dict[str, Text]] = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("The new password again"),
    }
    help_texts: ClassVar[dict[str, Text]] = {"password1": PASSWORD_HELP}


class ChangePasswordForm(NewPassword, allauth_forms.ChangePasswordForm):
    """A new password for whoever knows the old one."""


class SetPasswordForm(NewPassword, allauth_forms.SetPasswordForm):
    """A first password."""


class ResetPasswordKeyForm(NewPassword, allauth_forms.ResetPasswordKeyForm):
    """A new password for whoever opened the link."""


class ResetPasswordForm(PlainWords, allauth_forms.ResetPasswordForm):
    """Where the link for a new password is to be sent."""

    labels: ClassVar[dict[str, Text]] = {"email": _("E-mail")}
    email = EmailField()


class ReauthenticateForm(PlainWords, allauth_forms.ReauthenticateForm):
    """The password once more, before something sensitive."""

    labels: ClassVar[dict[str, Text]] = {"password": _("Password")}
