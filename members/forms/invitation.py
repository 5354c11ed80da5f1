"""The form of whoever opens an account by an invitation."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import PasswordField, SetPasswordField
from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import PersonName, User


class OpenAccountForm(forms.Form):
    """Name and password; the address is the invitation's and cannot be changed here."""

    given_name = forms.CharField(
        label=_("Given name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password1 = SetPasswordField(
        label=_("Password"),
        help_text=_(
            "At least 12 characters. A few words in a row are easy to remember and hard to guess."
        ),
    )
    password2 = PasswordField(label=_("The same password again"), autocomplete="new-password")

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        for name in ("password1", "password2"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        """Check the password against the site's validators, the name and the address."""
        data = super().clean() or self.cleaned_data
        first, second = data.get("password1"), data.get("password2")
        if first:
            names = {key: data.get(key, "") for key in ("given_name", "family_name")}
            self._check_password(first, User(email=self.email, name=PersonName(**names)))
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return data

    def _check_password(self, password: str, user: User) -> None:
        try:
            get_adapter().clean_password(password, user)
        except forms.ValidationError as error:
            self.add_error("password1", error)
