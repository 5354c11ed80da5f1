"""Forms on the office's pages."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.actions.sub_processors import Arrival
from catalogue.forms_joining.fields import DayField, Words
from catalogue.joining_states import JOINING_KINDS, TAKEOVER_STATES, ParticipationState
from catalogue.models import ServicePage, SubProcessor, SubProcessorChange
from catalogue.record_states import AgreementState, ChangeOutcome
from members.models import Organisation


def _services() -> Any:
    return ServicePage.objects.live().order_by("title")


class ParticipationFilter(forms.Form):
    """Which participations."""

    q = forms.CharField(label=_("Municipality or service"), required=False, max_length=100)
    tillstand = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Every state")), *ParticipationState.choices],
        required=False,
    )

    def condition(self) -> Q:
        """Return what the rows must fulfil."""
        found = Q()
        for word in self.cleaned_data["q"].split():
            found &= Q(organisation__name__icontains=word) | Q(service__title__icontains=word)
        if self.cleaned_data["tillstand"]:
            found &= Q(state=self.cleaned_data["tillstand"])
        return found


class AgreementFilter(forms.Form):
    """Which agreements."""

    q = forms.CharField(
        label=_("Agreement, municipality or service"), required=False, max_length=100
    )
    tillstand = forms.ChoiceField(
        label=_("State"), choices=[("", _("Every state")), *AgreementState.choices], required=False
    )
    inom = forms.TypedChoiceField(
        label=_("Expires"),
        choices=[("", _("Any day")), ("90", _("Within 90 days")), ("365", _("Within a year"))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def condition(self) -> Q:
        """Return what the rows must fulfil."""
        found = Q()
        if self.cleaned_data["tillstand"]:
            found &= Q(state=self.cleaned_data["tillstand"])
        if self.cleaned_data["inom"]:
            until = timezone.localdate() + timedelta(days=self.cleaned_data["inom"])
            found &= Q(expires_on__lte=until)
        return found


class YearForm(forms.Form):
    """Which calendar year."""

    ar = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, required=False)


class TakeoverForm(forms.Form):
    """A CSV file, and whether it is for real."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "Columns: kommunkod, tjanst (the service's address), tillstand (avtal, införande, i"
            " drift, uppsagd), startdag, kalla; and if you like i_drift, sista_dag, plats (ja,"
            " nej)."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv"}),
    )
    for_real = forms.BooleanField(
        label=_("For real"), required=False, help_text=_("Without this only a trial is made.")
    )

    def clean_file(self) -> Any:
        """Refuse a file that no such list needs."""
        file = self.cleaned_data["file"]
        if file.size > 2_000_000:  # noqa: PLR2004 - far above 290 × 200 rows that matter
            raise forms.ValidationError(_("The file is too large."))
        return file


class TakeoverOneForm(forms.Form):
    """One joining in force."""

    service = forms.ModelChoiceField(
        label=_("Service"), queryset=ServicePage.objects.none(), empty_label=_("Choose")
    )
    organisation = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Organisation.objects.none(), empty_label=_("Choose")
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[(state.value, state.label) for state in TAKEOVER_STATES]
    )
    starts_on = DayField(label=_("First day"))
    production_on = DayField(
        label=_("In use since"), required=False, help_text=_("Empty: since the first day.")
    )
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("Only of one that is terminated.")
    )
    wants_seat = forms.TypedChoiceField(
        label=_("Does the municipality have its seat on the council?"),
        choices=[("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Where it is written that the municipality has joined."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = _services()
        joining = Organisation.objects.filter(kind__in=JOINING_KINDS)
        self.fields["organisation"].queryset = joining.order_by("name")


class SubProcessorForm(forms.Form):
    """A sub-processor of a service."""

    service = forms.ModelChoiceField(
        label=_("Service"), queryset=ServicePage.objects.none(), empty_label=_("Choose")
    )
    name = forms.CharField(label=_("Name"), max_length=150)
    task = forms.CharField(label=_("Task"), max_length=200)
    country = forms.CharField(label=_("Country of processing"), max_length=80)
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = _services()


class SubProcessorDecisionForm(forms.Form):
    """What becomes of an announced change: carried through with who comes and leaves, or not."""

    outcome = forms.ChoiceField(
        label=_("Decision"), choices=ChangeOutcome.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name of who comes"), max_length=150, required=False)
    task = forms.CharField(label=_("Task"), max_length=200, required=False)
    country = forms.CharField(label=_("Country of processing"), max_length=80, required=False)
    leaves = forms.ModelChoiceField(
        label=_("Who leaves"),
        queryset=SubProcessor.objects.none(),
        required=False,
        empty_label=_("Nobody"),
    )
    reason = Words(label=_("Reason, and how objections were weighed"), required=False)

    def __init__(self, *args: Any, change: SubProcessorChange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaves"].queryset = SubProcessor.objects.filter(
            service=change.service_id, ends_on__isnull=True
        )

    def clean(self) -> dict[str, Any]:
        """Gather who comes: with a name, all of it is needed; a dropped change brings nobody."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        comes = {name: data.pop(name, "") for name in ("name", "task", "country")}
        if data.get("outcome") == ChangeOutcome.DROPPED:
            return data | {"comes": None, "leaves": None}
        given = any(comes.values())
        for name, value in comes.items():
            if given and not value:
                self.add_error(name, _("This is needed."))
        return data | {"comes": Arrival(**comes) if given else None}


class SubProcessorChangeForm(forms.Form):
    """A change to announce."""

    service = forms.ModelChoiceField(
        label=_("Service"), queryset=ServicePage.objects.none(), empty_label=_("Choose")
    )
    text = Words(label=_("What changes"))
    object_by = DayField(label=_("Object no later than"))
    takes_effect_on = DayField(label=_("Takes effect on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = _services()
