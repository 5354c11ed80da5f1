"""Forms that sign: one agreement, many at once, or a file signed elsewhere."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.forms_joining.fields import PaperField
from catalogue.models import Agreement
from members.models import Organisation


class PartyForm(forms.Form):
    """A form that acts for one of an agreement's two parties."""

    organisation = forms.TypedChoiceField(label=_("For"), coerce=int)

    def __init__(self, *args: Any, parties: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(party.pk, party.name) for party in parties]
        if len(parties) == 1:
            self.fields["organisation"].initial = parties[0].pk
            self.fields["organisation"].widget = forms.HiddenInput()

    def party(self, agreement: Agreement) -> Organisation:
        """Return the chosen party."""
        chosen = self.cleaned_data["organisation"]
        both = (agreement.participation.organisation, agreement.counterparty)
        return next(party for party in both if party.pk == chosen)


class SignForm(PartyForm):
    """A signature: what was read, and the word that it is signed."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    confirm = forms.BooleanField(label=_("I have read the agreement and sign it"))


class UploadForm(PartyForm):
    """The sent document, signed elsewhere."""

    file = PaperField(label=_("The signed document"), help_text=_("The PDF that was sent, signed."))
    identity_checked = forms.BooleanField(
        label=_("The office has checked who signed"),
        required=False,
        help_text=_("Needed when a certificate's issuer is not among those trusted."),
    )

    def __init__(self, *args: Any, may_vouch: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_vouch:
            del self.fields["identity_checked"]


class CountersignForm(forms.Form):
    """Agreements to sign for the association."""

    agreements = forms.MultipleChoiceField(
        label=_("Agreements"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    confirm = forms.BooleanField(label=_("I sign the chosen agreements for the association"))

    def __init__(self, *args: Any, agreements: Sequence[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_id = {str(row.pk): row for row in agreements}
        self.fields["agreements"].choices = [
            (pk, f"{row.participation.organisation}: {row.title}, {row.participation.service}")
            for pk, row in self._by_id.items()
        ]

    def chosen(self) -> list[Agreement]:
        """Return the chosen agreements."""
        return [self._by_id[pk] for pk in self.cleaned_data["agreements"]]
