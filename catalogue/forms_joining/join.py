"""The form behind the button "Join"."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.forms_joining.fields import Words
from members.models import Organisation


class JoinForm(forms.Form):
    """For whom, why, and whether a seat on the council is wanted."""

    organisations = forms.ModelMultipleChoiceField(
        label=_("For whom do you join?"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose for whom you join.")},
    )
    group_name = forms.CharField(
        label=_("Name of the group"),
        max_length=120,
        required=False,
        help_text=_("When several join together. Empty: the municipalities' names."),
    )
    interest = Words(label=_("What do you want to solve?"), required=False)
    wants_seat = forms.TypedChoiceField(
        label=_("Does the municipality take its seat on the council?"),
        choices=[("", _("Decided later")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Using a service and sitting on its council are two things."),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations
        found = list(organisations[:2])
        if len(found) == 1:
            self.fields["organisations"].initial = [found[0].pk]
            del self.fields["group_name"]
