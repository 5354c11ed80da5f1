"""Forms of minutes, decisions and what follows them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices import DissentKind
from governance.forms import ActionForm, MomentField, day_field
from governance.minutes_states import FollowUpState
from governance.models import (
    AgendaItem,
    Council,
    Decision,
    Dissent,
    Meeting,
    Minutes,
    MinutesSigner,
    RollPerson,
)
from members.models import Organisation, PersonName, User

LONG = {"rows": 5}
MOST_VERSIONS = 32_767
SHORT = {"rows": 3}


class WritingForm(ActionForm):
    """The prose of the minutes: introduction, place, and a text for each § not yet adjusted."""

    place = forms.CharField(label=_("Place of the adjustment"), max_length=200, required=False)
    introduction = forms.CharField(
        label=_("Introduction"), widget=forms.Textarea(attrs=SHORT), required=False,
        max_length=20_000,
    )  # fmt: skip

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"item-{item.pk}"] = forms.CharField(
                label=f"§ {item.paragraph} {item.title}",
                widget=forms.Textarea(attrs=LONG),
                required=False,
                max_length=20_000,
            )

    def texts(self) -> list[tuple[AgendaItem, str]]:
        """Return the text of each §."""
        return [(item, self.cleaned_data[f"item-{item.pk}"]) for item in self.items]


class SignForm(ActionForm):
    """The checksum of what was read."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RemarkForm(ActionForm):
    """Why a text is sent back: the minutes, or a § that was to be adjusted at once."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=MOST_VERSIONS, required=False
    )
    remark = forms.CharField(
        label=_("What is wrong"), widget=forms.Textarea(attrs=SHORT), max_length=5000
    )


class ReplaceForm(ActionForm):
    """A substitute for an adjuster who cannot sign."""

    signer = forms.ModelChoiceField(label=_("Cannot sign"), queryset=MinutesSigner.objects.none())
    substitute = forms.ModelChoiceField(
        label=_("Signs instead"), queryset=PersonName.objects.none()
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, version: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adjusters = version.signers.filter(role="adjuster", is_excused=False)
        self.fields["signer"].queryset = adjusters.select_related("person")
        self.fields["signer"].label_from_instance = lambda row: str(row.person)
        chosen = version.minutes.meeting.adjusters.filter(is_substitute=True)
        self.fields["substitute"].queryset = PersonName.objects.filter(
            pk__in=chosen.values("person")
        )


class NextMeetingForm(ActionForm):
    """What the next meeting decided of minutes that were referred to it."""

    decision = forms.ModelChoiceField(
        label=_("Decision of the next meeting"), queryset=Decision.objects.none()
    )
    approved = forms.TypedChoiceField(
        label=_("The meeting"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("adjusted the minutes")), ("no", _("sent them back"))],
    )
    remark = forms.CharField(
        label=_("What is wrong, if they go back"), max_length=2000, required=False
    )

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Decision.objects.of_paragraphs().filter(
            council=minutes.meeting.council, decided_at__gt=minutes.meeting.starts_at
        )
        self.fields["decision"].queryset = rows.exclude(
            item__meeting=minutes.meeting
        ).select_related("item")
        self.fields["decision"].label_from_instance = paragraph_label


def paragraph_label(decision: Decision) -> str:
    """Return a decision as people name it."""
    item = decision.item
    return f"§ {item.paragraph}/{item.paragraph_year} {item.title}"


def item_label(item: AgendaItem) -> str:
    """Return a § of a meeting as people name it."""
    return f"§ {item.paragraph} {item.title}"


class ItemChoiceForm(ActionForm):
    """A § of the meeting."""

    item = forms.ModelChoiceField(label=_("Paragraph"), queryset=AgendaItem.objects.none())

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.filter(paragraph__isnull=False).order_by(
            "paragraph"
        )
        self.fields["item"].label_from_instance = item_label


class AtOnceForm(ItemChoiceForm):
    """A § to adjust at once."""

    reservations_asked = forms.BooleanField(
        label=_("The chair has asked whether anybody makes a reservation"), required=False
    )


class DissentForm(ItemChoiceForm):
    """A reservation or a statement."""

    kind = forms.ChoiceField(label=_("What you announce"), choices=DissentKind.choices)
    text = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs=LONG), required=False, max_length=10_000,
        help_text=_("The reasons may follow until the minutes are adjusted."),
    )  # fmt: skip
    organisations = forms.ModelMultipleChoiceField(
        label=_("For which members"), queryset=Organisation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who speaks for several members chooses here. No choice: for all of them."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, meeting: Meeting, person: PersonName | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        members = RollPerson.objects.members_of_delegates(meeting, person)
        self.fields["organisations"].queryset = Organisation.objects.filter(pk__in=members)
        if not members:
            del self.fields["organisations"]


class ReasonsForm(ActionForm):
    """The reasons of a reservation or statement that has been announced."""

    text = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs=LONG), required=False, max_length=10_000
    )

    def __init__(self, *args: Any, dissent: Dissent, **kwargs: Any) -> None:
        # Each has a form of its own on the page, so their fields are told apart.
        kwargs = {"initial": {"text": dissent.text}, "auto_id": f"t-{dissent.pk}-%s"} | kwargs
        super().__init__(*args, **kwargs)
        self.dissent = dissent


class DeskDissentForm(DissentForm):
    """The same, entered by the secretary for somebody else."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=PersonName.objects.none())
    at = MomentField(_("When it was announced"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields["person"].queryset = PersonName.objects.filter(
            roll_rows__meeting=meeting
        ).distinct()


class NoticeForm(ActionForm):
    """A notice on a board."""

    item = forms.ModelChoiceField(
        label=_("What is announced"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("The minutes"),
    )
    board = forms.ModelChoiceField(
        label=_("Notice board"), queryset=Organisation.objects.none(), required=False
    )
    put_up_on = day_field(_("Put up"))
    kept_at = forms.CharField(label=_("Where the minutes are kept"), max_length=200)

    def __init__(
        self, *args: Any, boards: list[Any], subjects: list[AgendaItem | None], **kwargs: Any
    ) -> None:
        """Offer the boards, and what may be announced: the minutes (None) and single §§."""
        super().__init__(*args, **kwargs)
        items = [item.pk for item in subjects if item is not None]
        if items:
            self.fields["item"].queryset = AgendaItem.objects.filter(pk__in=items)
            self.fields["item"].label_from_instance = item_label
            self.fields["item"].required = None not in subjects
            if None not in subjects:
                self.fields["item"].empty_label = None
        else:
            del self.fields["item"]
        named = [board.pk for board in boards if board is not None]
        if named:
            self.fields["board"].queryset = Organisation.objects.filter(pk__in=named)
            self.fields["board"].required = True
        else:
            del self.fields["board"]


class RectifyForm(ActionForm):
    """A rectification."""

    item = forms.ModelChoiceField(
        label=_("Paragraph"), queryset=AgendaItem.objects.none(), required=False
    )
    stood = forms.CharField(label=_("What stood"), widget=forms.Textarea(attrs=SHORT))
    shall_stand = forms.CharField(label=_("What shall stand"), widget=forms.Textarea(attrs=SHORT))
    reason = forms.CharField(label=_("Reason"), max_length=500)
    decided_by = forms.CharField(label=_("Decided by"), max_length=200)
    decided_on = day_field(_("Date of the decision"))

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = minutes.meeting.items.filter(paragraph__isnull=False)
        if not minutes.is_adjusted:
            rows = rows.filter(adjusted__isnull=False)
            self.fields["item"].required = True
        self.fields["item"].queryset = rows.order_by("paragraph")
        self.fields["item"].label_from_instance = item_label


class DisposalForm(ActionForm):
    """The decision on disposal."""

    decision = forms.CharField(
        label=_("Decision on disposal"), max_length=300,
        help_text=_("Who decided, when and the number of the decision."),
    )  # fmt: skip


class FollowUpForm(ActionForm):
    """Who sees that a decision is carried out, and by when."""

    owner = forms.ModelChoiceField(label=_("Responsible"), queryset=User.objects.none())
    due_on = day_field(_("Done by"))

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).select_related("name")
        self.fields["owner"].queryset = people.order_by("name__given_name", "email")
        self.fields["owner"].label_from_instance = lambda u: f"{u.get_full_name()} <{u.email}>"

    def values(self) -> dict[str, Any]:
        """Return the person's name, which follow-ups point to."""
        return super().values() | {"owner": self.cleaned_data["owner"].name}


class ReportForm(ActionForm):
    """How far a decision has been carried out."""

    state = forms.ChoiceField(label=_("How far it has come"), choices=FollowUpState.choices)
    text = forms.CharField(
        label=_("What has been done"), widget=forms.Textarea(attrs=SHORT), max_length=5000
    )


class RecipientForm(ActionForm):
    """Somebody an extract is sent to."""

    name = forms.CharField(label=_("Recipient"), max_length=150)
    email = forms.EmailField(label=_("E-mail"))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("Those who receive for the organisation can then confirm too."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.members_on().order_by("name")


class ConfirmForm(ActionForm):
    """That a recipient has confirmed an extract."""

    on = day_field(_("Confirmed"))
    how = forms.CharField(label=_("How it was confirmed"), max_length=200)


class AppealForm(ActionForm):
    """An appeal, or how it ended."""

    event = forms.ChoiceField(
        label=_("What has happened"),
        choices=[
            ("appeal", _("The decision has been appealed")),
            ("annul", _("The court has annulled the decision")),
            ("dismiss_appeal", _("The appeal has been dismissed")),
        ],
    )
    on = day_field(_("Day"), help_text=_("For an appeal: the day it came in to the court."))


class SuccessorForm(ActionForm):
    """The later decision that replaces this one."""

    successor = forms.ModelChoiceField(label=_("Replaced by"), queryset=Decision.objects.none())

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Decision.objects.of_paragraphs().filter(
            council=decision.council, decided_at__gt=decision.decided_at,
            item__adjusted__isnull=False,
        )  # fmt: skip
        self.fields["successor"].queryset = rows.select_related("item")
        self.fields["successor"].label_from_instance = paragraph_label
