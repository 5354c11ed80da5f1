"""More forms of the desk: rules of a body, its shelf, its planning, its consultations."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import Participation
from core.audiences import Audience
from governance.choices import MeetingMode, ShelfKind
from governance.forms import (
    READERS,
    SHORT,
    ActionForm,
    CouncilForm,
    DocumentForm,
    MeetingForm,
    PersonField,
    day_field,
    needs_reason,
    seats_of,
)
from governance.models import AgendaTemplate, Council, Seat, ShelfDocument, WeightTableVersion
from members.models import Organisation

SPAN = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[ ,T]+(?P<h1>\d{1,2})[.:](?P<m1>\d{2})"
    r"\s*[-–]\s*(?P<h2>\d{1,2})[.:](?P<m2>\d{2})"
)


def organisations_of(council: Council) -> Any:
    """Return the organisations to consult: those that sit, and those in the body's service."""
    sitting = Q(pk__in=council.seats.on().values("organisation"))
    joined = Participation.objects.filter(service=council.service_id).values("organisation")
    rows = Organisation.objects.filter(sitting | Q(pk__in=joined))
    return rows.order_by("name")


class CouncilChangeForm(CouncilForm):
    """What may change in a body; profile and series are set once."""

    kind = None
    registry_code = None
    slug = None

    clean_slug = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["service"]


class AppointmentForm(ActionForm):
    """The decision that appointed, as a document: on the shelf already, or a file."""

    document = forms.ModelChoiceField(
        label=_("Decision on the shelf"),
        queryset=ShelfDocument.objects.none(),
        required=False,
        help_text=_("One decision may appoint several people: add it once and choose it here."),
    )
    file = forms.FileField(
        label=_("The decision as a file"),
        required=False,
        help_text=_("Without the document the person cannot vote."),
    )
    audience = forms.ChoiceField(label=_("Who may read it"), choices=READERS, required=False)
    is_secret = forms.BooleanField(label=_("Secret"), required=False)
    secrecy_reason = forms.CharField(
        label=_("Reason of the secrecy"), max_length=250, required=False
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = council.shelf.appointing()

    def clean(self) -> dict[str, Any]:
        """One of the two is chosen, and a secret document says why."""
        if self.cleaned_data.get("document") and self.cleaned_data.get("file"):
            self.add_error("file", _("Choose a decision on the shelf or add a file, not both."))
        return needs_reason(self)

    def values(self) -> dict[str, Any]:
        """Return the arguments; the readers of a document on the shelf stay as they are."""
        values = super().values()
        values["audience"] = values["audience"] or Audience.COUNCIL
        if values["file"] is None:
            for name in ("audience", "is_secret", "secrecy_reason"):
                del values[name]
        return values


class MandateForm(AppointmentForm):
    """A mandate with the decision that gave it."""

    field_order = (
        *("person", "position", "starts_on", "ends_on", "appointed_by", "appointed_on"),
        *("decision_number", "document", "file", "audience", "is_secret", "secrecy_reason"),
    )
    person = PersonField()
    position = forms.TypedChoiceField(
        label=_("As"),
        coerce=int,
        choices=[
            (0, _("Ordinary member")),
            (1, _("First substitute")),
            (2, _("Second substitute")),
            (3, _("Third substitute")),
        ],
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"), required=False)
    appointed_by = forms.CharField(label=_("Appointed by"), max_length=120)
    appointed_on = day_field(_("Date of the decision"))
    decision_number = forms.CharField(label=_("Number of the decision"), max_length=60)

    def values(self) -> dict[str, Any]:
        """Return the person's name, which mandates point to."""
        return super().values() | {"person": self.cleaned_data["person"].name}


class WeightForm(ActionForm):
    """A version of the weight table."""

    table = forms.ChoiceField(
        label=_("Table"),
        choices=WeightTableVersion._meta.get_field("table").choices,
        help_text=_("The weights are computed once, from today's inhabitants, and kept."),
    )
    valid_from = day_field(_("In force from"))
    adopted_reference = forms.CharField(label=_("Decision that adopted it"), max_length=250)


class VersionForm(ActionForm):
    """Another version of a document."""

    file = forms.FileField(label=_("File"))


class ShelfForm(DocumentForm):
    """A document of the body itself."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ShelfKind.choices)
    file = forms.FileField(label=_("File"))


class EarlierMinutesForm(ActionForm):
    """Minutes from before the product."""

    held_on = day_field(_("Date of the meeting"))
    paragraphs = forms.CharField(
        label=_("Paragraphs"), max_length=40, required=False, help_text=_("For instance §§ 1-12.")
    )
    source = forms.CharField(
        label=_("Source"), max_length=250, help_text=_("Where the minutes were kept until now.")
    )
    audience = forms.ChoiceField(label=_("Who may read it"), choices=READERS)
    file = forms.FileField(label=_("File (PDF)"))


class InitiativeForm(ActionForm):
    """A case that a member organisation raises."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    background = forms.CharField(
        label=_("Background"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )


class ConsultForm(ActionForm):
    """A question to organisations about a case."""

    question = forms.CharField(label=_("Question"), widget=forms.Textarea(attrs=SHORT))
    last_day = day_field(_("Last day for answers"))
    organisations = forms.ModelMultipleChoiceField(
        label=_("To whom"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, council: Council | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if council is not None:
            self.fields["organisations"].queryset = organisations_of(council)


class ConsultAnswerForm(ActionForm):
    """An organisation's answer."""

    text = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 5}))


class SpansField(forms.CharField):
    """Times, one on each line: 2027-02-11 09.00-11.00."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("One on each line, for instance 2027-02-11 09.00-11.00."))
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), **options)

    def clean(self, value: Any) -> list[tuple[datetime, datetime]]:
        """Return the begin and end of each line, in Swedish time."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return [self._span(line) for line in lines]

    def _span(self, line: str) -> tuple[datetime, datetime]:
        found = SPAN.fullmatch(line)
        refused = forms.ValidationError(_("This line is no time: %(line)s") % {"line": line[:60]})
        if found is None:
            raise refused
        try:
            day = date.fromisoformat(found["day"])
            clocks = [time(int(found[f"h{n}"]), int(found[f"m{n}"])) for n in (1, 2)]
        except ValueError as error:
            raise refused from error
        start, end = (timezone.make_aware(datetime.combine(day, clock)) for clock in clocks)
        return start, end


class NewMeetingForm(MeetingForm):
    """A meeting to plan: also with which standing items, and whether it constitutes the body."""

    template = forms.ModelChoiceField(
        label=_("Template"),
        queryset=AgendaTemplate.objects.none(),
        required=False,
        empty_label=_("The usual standing items"),
    )
    is_constituting = forms.BooleanField(
        label=_("Constituting meeting"),
        required=False,
        help_text=_("Adds elections of chair and vice chair, and the rules of procedure."),
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = council.templates.all()


class TimesForm(ActionForm):
    """A question when the body can meet."""

    title = forms.CharField(label=_("Title"), max_length=120)
    times = SpansField(label=_("Proposed times"))


class SeriesForm(ActionForm):
    """A year plan: a meeting at each time, all held alike."""

    times = SpansField(label=_("Times of the meetings"))
    mode = forms.ChoiceField(label=_("How they are held"), choices=MeetingMode.choices)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Link to join at a distance"), required=False, assume_scheme="https"
    )


class TemplateNameForm(ActionForm):
    """A name for a template of agendas."""

    name = forms.CharField(label=_("Name of the template"), max_length=80)


class DemandForm(ActionForm):
    """A demand for a meeting."""

    reason = forms.CharField(
        label=_("What the meeting is to handle"), widget=forms.Textarea(attrs=SHORT)
    )


class ProxyForm(ActionForm):
    """A delegate's proxy at a general meeting."""

    seat = forms.ModelChoiceField(label=_("Member"), queryset=Seat.objects.none())
    person = PersonField(label=_("Delegate"))
    dated_on = day_field(_("Date of the proxy"))
    file = forms.FileField(label=_("The proxy (PDF)"))

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats_of(council).select_related("organisation")
        self.fields["seat"].label_from_instance = lambda seat: seat.organisation.name

    def values(self) -> dict[str, Any]:
        """Return the person's name, which proxies point to."""
        return super().values() | {"person": self.cleaned_data["person"].name}
