"""The form behind the button "Join"."""

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.forms_joining.fields import Words
from core.swedish_order import sort_key
from members.models import Municipality, Organisation

PLAIN_ID = re.compile(r"[0-9]{1,9}")


class OrganisationSearch(forms.Form):
    """Which of many organisations to show: by a part of the name, by county, or both."""

    sok = forms.CharField(
        label=_("Part of the name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    lan = forms.ChoiceField(label=_("County"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Municipality.objects.order_by().values_list("county_code", "county").distinct()
        counties = sorted(rows, key=lambda row: sort_key(row[1]))
        self.fields["lan"].choices = [("", _("All counties")), *counties]

    def narrow(self, organisations: Any, chosen: list[str]) -> Any:
        """Return the organisations that fit, and those already chosen; alone these without words.

        `chosen` are ids as they were sent; what is no id is left out.
        """
        kept = Q(pk__in=[int(pk) for pk in chosen if PLAIN_ID.fullmatch(pk)])
        name, county = (self.cleaned_data.get(key, "") for key in ("sok", "lan"))
        if not name and not county:
            return organisations.filter(kept)
        fits = Q(name__icontains=name) if name else Q()
        if county:
            fits &= Q(municipality__county_code=county)
        return organisations.filter(kept | fits)


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

    def __init__(self, *args: Any, organisations: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations
        if alone:
            self.fields["organisations"].initial = list(organisations.values_list("pk", flat=True))
            del self.fields["group_name"]
