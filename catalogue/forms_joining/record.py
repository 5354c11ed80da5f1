"""Forms on a participation's record."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.forms_joining.fields import DayField, KronorField, PaperField, Words
from catalogue.joining_states import DataProtection, LegalBasis
from catalogue.models import AgreementTemplate, Participation
from catalogue.record_states import (
    AgreementKind,
    ContactRole,
    DocumentKind,
    ObjectionAnswer,
    StepSide,
)
from members.models import Organisation, Representative, User
from members.states import OrganisationKind, Role

HANDLERS = (Role.SERVICE_MANAGER, Role.ADMINISTRATOR)
BY_NAME = ("name__family_name", "name__given_name", "pk")


class RecordForm(forms.Form):
    """A form about one participation; the person's own choices depend on it."""

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participation = participation
        self.prepare()

    def prepare(self) -> None:
        """Fill choices from the participation."""


class PlainForm(RecordForm):
    """Nothing to fill in: the button alone."""


class StepForm(RecordForm):
    """The reason of a step that needs one."""

    reason = Words(label=_("Reason"))


class MessageForm(RecordForm):
    """A question or an answer."""

    text = Words(label=_("Message"))


class DecisionForm(RecordForm):
    """The municipality's decision."""

    body = forms.CharField(label=_("Body or delegate"), max_length=120)
    by_delegation = forms.BooleanField(label=_("Decided by delegation"), required=False)
    decided_on = DayField(label=_("Date of the decision"))
    registry_number = forms.CharField(label=_("Registry number"), max_length=60)
    announced_on = DayField(label=_("Announced on the notice board"), required=False)
    final_on = DayField(label=_("Gained legal force on"), required=False)
    file = PaperField(label=_("The decision as a document"))


class LegalBasisForm(RecordForm):
    """On what law."""

    basis = forms.ChoiceField(
        label=_("Legal basis"), choices=LegalBasis.choices, widget=forms.RadioSelect
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=250,
        help_text=_("The agreement, the procurement or the paragraph, with its number."),
    )
    reason = Words(
        label=_("Reason of the exemption"),
        required=False,
        help_text=_("Needed for an exemption from procurement."),
    )
    assessor = forms.CharField(
        label=_("Assessed by (function)"),
        max_length=120,
        required=False,
        help_text=_("Needed for an exemption from procurement."),
    )
    assessed_on = DayField(label=_("Assessed on"), required=False)


class DataProtectionForm(RecordForm):
    """How personal data is arranged."""

    arrangement = forms.ChoiceField(
        label=_("Personal data"), choices=DataProtection.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason, when no personal data is processed"), max_length=300, required=False
    )


class MembershipForm(RecordForm):
    """The day of an application for membership."""

    applied_on = DayField(label=_("Applied for membership on"))


class AdmissionForm(RecordForm):
    """The association has admitted the municipality."""

    starts_on = DayField(label=_("Member from"), initial=timezone.localdate)
    source = forms.CharField(
        label=_("Where the decision is written"),
        max_length=200,
        help_text=_("For instance the board's minutes, with the paragraph."),
    )


class SeatAnswerForm(RecordForm):
    """Whether the municipality takes a seat."""

    wants = forms.TypedChoiceField(
        label=_("Does the municipality take its seat on the council?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class SeatForm(RecordForm):
    """The seat from a day, and whom the municipality appoints."""

    starts_on = DayField(label=_("From"))
    ordinary = forms.ModelChoiceField(
        label=_("Ordinary member"), queryset=User.objects.none(), required=False
    )
    substitute = forms.ModelChoiceField(
        label=_("Substitute"), queryset=User.objects.none(), required=False
    )
    body = forms.CharField(label=_("Appointing body or delegate"), max_length=120, required=False)
    decided_on = DayField(label=_("Date of the appointing decision"), required=False)
    registry_number = forms.CharField(
        label=_("Number of the decision"), max_length=60, required=False
    )
    file = PaperField(label=_("The appointing decision"), required=False)

    def prepare(self) -> None:
        """Offer the people who act for the municipality today."""
        people = _people_of(self.participation.organisation)
        self.fields["ordinary"].queryset = people
        self.fields["substitute"].queryset = people


class LeaveSeatForm(RecordForm):
    """The last day of the seat."""

    ends_on = DayField(label=_("Last day"))


class DocumentForm(RecordForm):
    """A file for the record."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    dated_on = DayField(label=_("Date of the document"), required=False)
    file = PaperField(label=_("File"))


class ContactForm(RecordForm):
    """Who answers for one thing."""

    role = forms.ChoiceField(label=_("Answers for"), choices=ContactRole.choices)
    function = forms.CharField(
        label=_("Function"), max_length=120, help_text=_("A function rather than a person's name.")
    )
    email = forms.EmailField(label=_("E-mail"), help_text=_("Preferably a function mailbox."))
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    reference = forms.CharField(label=_("Invoice reference"), max_length=60, required=False)
    peppol_id = forms.CharField(label=_("Peppol id"), max_length=60, required=False)


class AuthorityForm(RecordForm):
    """Who may sign, and how many together."""

    ground = forms.CharField(label=_("Decision or delegation"), max_length=200)
    registry_number = forms.CharField(label=_("Registry number"), max_length=60, required=False)
    signatories = forms.IntegerField(
        label=_("How many sign together"), min_value=1, max_value=9, initial=2
    )
    limit = KronorField(
        label=_("Highest amount per year (kronor)"),
        required=False,
        help_text=_("Empty: without limit."),
    )
    starts_on = DayField(label=_("Valid from"))
    ends_on = DayField(label=_("Valid through"), required=False)
    file = PaperField(label=_("Document"), required=False)


class AgreementForm(RecordForm):
    """What is agreed on beside the template's text."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AgreementKind.choices)
    template = forms.ModelChoiceField(
        label=_("Template"),
        queryset=AgreementTemplate.objects.none(),
        required=False,
        help_text=_("Empty: the service's own template, else the general one."),
    )
    processor = forms.ModelChoiceField(
        label=_("Processor of personal data"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.SUPPLIER).order_by("name"),
        required=False,
        empty_label=_("The association"),
    )
    agreed_start = DayField(label=_("Holds from"), required=False)
    amount = KronorField(label=_("Amount per year (kronor)"), required=False)
    expires_on = DayField(label=_("Expires on"), required=False)
    renews = forms.BooleanField(label=_("Renewed unless terminated"), required=False, initial=True)
    change_note = forms.CharField(
        label=_("What changed since the version before"), max_length=300, required=False
    )

    def prepare(self) -> None:
        """Offer the service's own templates and the general ones."""
        rows = AgreementTemplate.objects.filter(live=True)
        service = self.participation.service_id
        self.fields["template"].queryset = rows.filter(service=service) | rows.filter(service=None)


class InForceForm(RecordForm):
    """An agreement that was signed before the product came."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AgreementKind.choices)
    signed_on = DayField(label=_("Signed by both sides on"))
    expires_on = DayField(label=_("Expires on"), required=False)
    renews = forms.BooleanField(label=_("Renewed unless terminated"), required=False, initial=True)
    file = PaperField(label=_("The agreement as a PDF"))


class AcceptanceForm(RecordForm):
    """The acceptance record."""

    accepted_on = DayField(label=_("Accepted on"), initial=timezone.localdate)
    remarks = Words(label=_("Remarks"), required=False)
    file = PaperField(label=_("Acceptance record as a document"), required=False)


class TerminationForm(RecordForm):
    """A written notice."""

    received_on = DayField(label=_("The notice was received on"), initial=timezone.localdate)
    file = PaperField(label=_("The written notice"))
    reason = Words(label=_("Reason"), required=False)


class DayForm(RecordForm):
    """One day."""

    on = DayField(label=_("Date"), initial=timezone.localdate)


class DeletionForm(DayForm):
    """The certificate that the data is deleted."""

    file = PaperField(label=_("The certificate"))


class SettlementForm(DayForm):
    """The final settlement."""

    amount = KronorField(
        label=_("Amount that the municipality owes (kronor)"),
        min_value=None,
        help_text=_("Negative when it gets money back."),
    )


class DatesForm(RecordForm):
    """Corrected days."""

    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)
    reason = Words(label=_("Reason"))


class GoLiveForm(RecordForm):
    """The planned first day of use; empty takes the plan away."""

    go_live_on = DayField(label=_("Planned first day of use"), required=False)


class ChecklistStepForm(RecordForm):
    """A step of this participation's own."""

    title = forms.CharField(label=_("Step"), max_length=150)
    text = Words(label=_("How"), required=False)
    side = forms.ChoiceField(label=_("Responsible"), choices=StepSide.choices)
    due_on = DayField(label=_("Due"))


class PlanForm(RecordForm):
    """Day and person of a step, of the municipality or the office."""

    due_on = DayField(label=_("Due"))
    assignee = forms.ModelChoiceField(
        label=_("Assigned to"), queryset=User.objects.none(), required=False
    )

    def prepare(self) -> None:
        """Offer the people who act for the municipality or handle joinings today."""
        own = self.participation.organisation.representatives.on().values("user")
        office = Representative.objects.with_role(*HANDLERS).values("user")
        people = User.objects.filter(Q(pk__in=own) | Q(pk__in=office))
        self.fields["assignee"].queryset = people.select_related("name").order_by(*BY_NAME)


class CommentForm(RecordForm):
    """A comment on a step."""

    text = Words(label=_("Comment"))


class AnswerForm(RecordForm):
    """An answer to a changed sub-processor."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=ObjectionAnswer.choices, widget=forms.RadioSelect
    )
    reason = Words(label=_("Reason"), required=False)


def _people_of(organisation: Organisation) -> Any:
    people = organisation.representatives.on().values("user")
    return User.objects.filter(pk__in=people).select_related("name").order_by(*BY_NAME)
