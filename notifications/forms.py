"""How a person wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.states import OutboxState
from members.models import User
from notifications import kinds
from notifications.models import Preference
from notifications.states import DEFAULT_CHANNEL, Channel


class PreferencesForm(forms.Form):
    """One choice of channel per kind that the person may choose for."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(Preference.objects.filter(user=user).values_list("kind", "channel"))
        for kind in kinds.all_kinds():
            if not kind.mandatory:
                self.fields[kind.code] = forms.ChoiceField(
                    label=kind.label,
                    choices=Channel.choices,
                    initial=chosen.get(kind.code, DEFAULT_CHANNEL),
                )


class OutboxFilterForm(forms.Form):
    """Which outgoing messages the office wants to see."""

    marks_optional = False
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *OutboxState.choices]
    )
    recipient = forms.CharField(label=_("Recipient"), required=False, max_length=254)
