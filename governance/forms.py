"""Forms of the desk; each hands what it cleaned to one action and shows what the action refuses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import ServicePage
from core.audiences import Audience
from core.exceptions import RuleBroken
from governance.choices import (
    ELECTED_OFFICES,
    BodyKind,
    CaseKind,
    ItemKind,
    MeetingMode,
    OfficeKind,
)
from governance.models import Case, Council, Seat
from members.models import Organisation, User

RESERVED_SLUGS = frozenset({"ny"})
SHORT = {"rows": 3}
LONGEST_AGO = timedelta(days=366)


class ActionForm(forms.Form):
    """A form whose content goes to an action."""

    def carry_out(self, action: Callable[..., Any], **fixed: Any) -> Any:
        """Call the action with `fixed` and the cleaned fields; None when anything is refused.

        What a rule refuses stands at its field, or above the form when it belongs to none.
        """
        if not self.is_valid():
            return None
        try:
            return action(**fixed, **self.values())
        except RuleBroken as error:
            field = error.field if error.field in self.fields else None
            self.add_error(field, error.message)
            return None

    def values(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        return dict(self.cleaned_data)


class DayInput(forms.DateInput):
    """A date with the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A date and time with the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=DayInput(), **options)


class MomentField(forms.DateTimeField):
    """A moment in Swedish time, as the browser's picker writes it."""

    def __init__(self, label: Any, **options: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        super().__init__(label=label, widget=MomentInput(), input_formats=formats, **options)


class ClausesField(forms.CharField):
    """Att-clauses, one on each line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Proposal to decision"))
        options.setdefault("help_text", _("One att-clause on each line, without the word att."))
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **options)

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return the lines."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


READERS = [
    (Audience.COUNCIL, Audience.COUNCIL.label),
    (Audience.MEMBER, Audience.MEMBER.label),
    (Audience.PUBLIC, Audience.PUBLIC.label),
]


def needs_reason(form: forms.Form) -> dict[str, Any]:
    """Return the cleaned fields; a tick of secrecy without its reason is an error there."""
    data = form.cleaned_data
    if data.get("is_secret") and not data.get("secrecy_reason"):
        form.add_error("secrecy_reason", _("Give the reason of the secrecy."))
    return data


class CouncilForm(ActionForm):
    """A new body."""

    name = forms.CharField(label=_("Name"), max_length=200)
    slug = forms.SlugField(
        label=_("Address"), max_length=80, help_text=_("Last part of the address: provisum.")
    )
    kind = forms.ChoiceField(label=_("Rule profile"), choices=BodyKind.choices)
    service = forms.ModelChoiceField(
        label=_("Service"), queryset=ServicePage.objects.none(), required=False
    )
    mandate = forms.CharField(
        label=_("Mandate"),
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("What the body decides on, in a sentence or two."),
    )
    registry_code = forms.CharField(
        label=_("Series of registry numbers"), max_length=20, help_text=_("For instance FR-BIB.")
    )
    parent = forms.ModelChoiceField(
        label=_("Body it works under"),
        queryset=Council.objects.none(),
        required=False,
        help_text=_("For a working group."),
    )
    minutes_audience = forms.ChoiceField(
        label=_("Who may read adjusted minutes"),
        choices=[
            (Audience.PUBLIC, Audience.PUBLIC.label),
            (Audience.MEMBER, Audience.MEMBER.label),
        ],
    )
    open_meetings = forms.BooleanField(label=_("Anybody may follow the meetings"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = ServicePage.objects.live().order_by("title")
        self.fields["parent"].queryset = Council.objects.active().order_by("name")

    def clean_slug(self) -> str:
        """Refuse an address that leads elsewhere."""
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("This address is taken."))
        return slug


class SeatForm(ActionForm):
    """A seat for an organisation."""

    organisation = forms.ModelChoiceField(
        label=_("Municipality or organisation"), queryset=Organisation.objects.order_by("name")
    )
    number = forms.IntegerField(label=_("Seat number"), min_value=1, max_value=99, initial=1)
    starts_on = day_field(_("First day"))


class EndForm(ActionForm):
    """A last day."""

    on = day_field(_("Last day"))


class PersonField(forms.ModelChoiceField):
    """A person with an account."""

    def __init__(self, **options: Any) -> None:
        people = User.objects.filter(is_active=True).select_related("name").order_by("email")
        options.setdefault("label", _("Person"))
        super().__init__(queryset=people, **options)

    def label_from_instance(self, obj: Any) -> str:
        """Show name and address, so that namesakes differ."""
        return f"{obj.get_full_name()} <{obj.email}>"


class OfficeForm(ActionForm):
    """An office of the body."""

    person = PersonField()
    kind = forms.ChoiceField(label=_("Office"), choices=OfficeKind.choices)
    starts_on = day_field(_("First day"))
    appointed_reference = forms.CharField(label=_("Decision that appointed"), max_length=250)

    def values(self) -> dict[str, Any]:
        """Return the person's name, which offices point to."""
        return super().values() | {"person": self.cleaned_data["person"].name}


class FirstNumbersForm(ActionForm):
    """The numbers used before the product."""

    last_paragraph = forms.IntegerField(label=_("Last paragraph this year"), min_value=0)
    last_registry = forms.IntegerField(label=_("Last registry number this year"), min_value=0)


class MeetingForm(ActionForm):
    """When and where a meeting is held."""

    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    starts_at = MomentField(_("Begins"))
    ends_at = MomentField(_("Ends"))
    mode = forms.ChoiceField(label=_("How it is held"), choices=MeetingMode.choices)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Link to join at a distance"), required=False, assume_scheme="https"
    )

    def clean_starts_at(self) -> Any:
        """A meeting is planned ahead, or entered within the year it was held."""
        starts_at = self.cleaned_data["starts_at"]
        if timezone.now() - starts_at > LONGEST_AGO:
            raise forms.ValidationError(_("This is more than a year ago."))
        return starts_at


class ItemForm(ActionForm):
    """An item of the agenda."""

    title = forms.CharField(label=_("Heading"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices, initial=ItemKind.DECISION)
    proposal = ClausesField(required=False)
    minutes_planned = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=10)
    rapporteur = forms.CharField(label=_("Presented by (function)"), max_length=120, required=False)
    positions = forms.IntegerField(
        label=_("Places to fill (elections)"), min_value=1, max_value=50, initial=1
    )
    elects_to = forms.ChoiceField(
        label=_("Election to an office of the body"),
        choices=[("", _("No office")), *ELECTED_OFFICES],
        required=False,
        help_text=_("Who is elected holds the office from the day of the decision."),
    )
    is_closed = forms.BooleanField(label=_("Behind closed doors"), required=False)
    closed_reason = forms.CharField(
        label=_("Reason of the closed doors"), max_length=250, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Only an election leads to an office."""
        data = self.cleaned_data
        if data.get("elects_to") and data.get("kind") != ItemKind.ELECTION:
            self.add_error("elects_to", _("Choose the kind Election for this."))
        return data


class CaseForm(ActionForm):
    """A case to register."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=CaseKind.choices)
    parties = forms.CharField(label=_("Sender or recipient"), max_length=200, required=False)
    background = forms.CharField(
        label=_("Background"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    is_secret = forms.BooleanField(label=_("Secret"), required=False)
    secrecy_reason = forms.CharField(
        label=_("Reason of the secrecy"), max_length=250, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A secret case says why."""
        return needs_reason(self)


class ProposalForm(ActionForm):
    """The proposal to decision in a case."""

    background = forms.CharField(
        label=_("Background"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    proposal = ClausesField()


class DocumentForm(ActionForm):
    """A document of a case."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("memo", _("Memorandum")),
            ("proposal", _("Proposal")),
            ("statement", _("Statement")),
            ("agreement", _("Agreement")),
            ("other", _("Other")),
        ],
    )
    dated_on = day_field(_("Date"))
    audience = forms.ChoiceField(label=_("Who may read it"), choices=READERS)
    is_secret = forms.BooleanField(label=_("Secret"), required=False)
    secrecy_reason = forms.CharField(
        label=_("Reason of the secrecy"), max_length=250, required=False
    )
    file = forms.FileField(label=_("File"), help_text=_("PDF goes into the joint file."))

    def clean(self) -> dict[str, Any]:
        """A secret document says why."""
        return needs_reason(self)


class ReasonForm(ActionForm):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ForwardForm(ActionForm):
    """The body that a case goes on to."""

    council = forms.ModelChoiceField(label=_("To"), queryset=Council.objects.active())


class CaseChoiceForm(ActionForm):
    """A case to put on the agenda."""

    case = forms.ModelChoiceField(label=_("Case"), queryset=Case.objects.none())

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = council.cases.returning()


class SummonsForm(ActionForm):
    """The summons; the reason is asked for when it is late."""

    late_reason = forms.CharField(
        label=_("Why the summons is late"),
        max_length=300,
        required=False,
        help_text=_(
            "Only when the body's days of notice are not kept. For a meeting that has been held:"
            " say how it was summoned."
        ),
    )


def seats_of(council: Council) -> Any:
    """Return the seats of a body to choose among."""
    return Seat.objects.filter(council=council).on()
