"""Forms with which a coordinator keeps colleagues and roles in order."""

from typing import Any

import rules
from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Representative
from members.states import MEMBER_ROLES, OFFICE_ROLES, OrganisationKind, Role


def role_choices(by: Any, organisation: Organisation) -> list[tuple[str, Any]]:
    """Return the roles that `by` may give in the organisation, in the order of the list."""
    allowed = set(MEMBER_ROLES)
    in_association = organisation.kind == OrganisationKind.ASSOCIATION
    if in_association and rules.has_perm("members.give_office_role", by, organisation):
        allowed |= OFFICE_ROLES
    return [(role.value, role.label) for role in Role if role in allowed]


class RolesField(forms.MultipleChoiceField):
    """Roles as a group of checkboxes."""

    widget = forms.CheckboxSelectMultiple


class InviteForm(forms.Form):
    """Whom to invite, and to which roles."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The link is sent here. Whoever opens it can accept."),
    )
    roles = RolesField(
        label=_("Roles"), error_messages={"required": _("Choose at least one role.")}
    )

    def __init__(self, *args: Any, by: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = role_choices(by, organisation)


class RolesForm(forms.Form):
    """The roles of a colleague from now on."""

    roles = RolesField(label=_("Roles"), required=False)

    def __init__(self, *args: Any, by: Any, representative: Representative, **kwargs: Any) -> None:
        held = [role.role for role in representative.roles.on()]
        super().__init__(*args, initial={"roles": held}, **kwargs)
        choices = role_choices(by, representative.organisation)
        self.fields["roles"].choices = choices
        # Roles that this person may not change are neither shown nor touched.
        self.kept = set(held) - {value for value, _label in choices}

    def chosen(self) -> set[str]:
        """Return every role that the colleague is to hold, also those that cannot be changed."""
        return set(self.cleaned_data["roles"]) | self.kept


class EndForm(forms.Form):
    """When a colleague ceases to act for the organisation."""

    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave empty to end it now: the person is logged out at once."),
    )
