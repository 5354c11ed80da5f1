"""The form of an adopted arbetsordning: every setting a body may choose, with its source."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms import ActionForm, day_field

SIMPLE = ""
MINORITIES = [
    (SIMPLE, _("A simple majority")),
    ("1/2", _("Half of those present, the first time")),
    ("1/3", _("A third of those present, the first time")),
    ("1/4", _("A quarter of those present, the first time")),
    ("1/5", _("A fifth of those present, the first time")),
]
OWN = ("valid_from", "adopted_reference", "file")


class SettingField(forms.BooleanField):
    """A setting that is on or off."""

    def __init__(self, label: Any, source: Any) -> None:
        super().__init__(label=label, help_text=source, required=False)


class MinorityField(forms.ChoiceField):
    """How large a part of those present postpones a matter, as two integers; None: a majority."""

    def prepare_value(self, value: Any) -> Any:
        """Show a fraction as the choice it is."""
        if isinstance(value, list | tuple):
            return "/".join(str(part) for part in value)
        return value or SIMPLE

    def clean(self, value: Any) -> list[int] | None:
        """Return numerator and denominator."""
        chosen = super().clean(value)
        return [int(part) for part in chosen.split("/")] if chosen else None


class RulesForm(ActionForm):
    """A version of the rules of procedure: the settings that a body may choose."""

    valid_from = day_field(_("In force from"))
    adopted_reference = forms.CharField(
        label=_("Decision that adopted it"),
        max_length=250,
        help_text=_("Who decided, when and the number of the decision."),
    )
    file = forms.FileField(
        label=_("The adopted text"),
        required=False,
        help_text=_("Goes to the documents of the body, where everybody may read it."),
    )
    notice_days = forms.IntegerField(
        label=_("Days of notice"),
        min_value=0,
        max_value=60,
        help_text=_("Between summons and meeting. Model: kommunallagen 5:15."),
    )
    quorum = SettingField(
        _("More than half of the seats must be served"),
        _("Vacant seats count. Model: kommunallagen 6:27."),
    )
    quorum_relaxed_by_recusal = SettingField(
        _("Those missing through recusal are left aside in the quorum"),
        _("Kommunallagen 5:46, for assemblies."),
    )
    distance = forms.ChoiceField(
        label=_("Taking part at a distance"),
        choices=[
            ("allowed", _("Allowed")),
            ("if_assembly_allows", _("When the assembly has allowed it")),
            ("if_bylaws_allow", _("When the bylaws allow it")),
            ("forbidden", _("Not allowed")),
        ],
        help_text=_("All must see and hear each other. Kommunallagen 5:16 and 6:24."),
    )
    open_to_public = SettingField(
        _("The meetings are public"), _("Kommunallagen 5:42; committees 6:25.")
    )
    longest_serving_leads = SettingField(
        _("Who has sat the longest leads the choice of a chair"),
        _("When neither chair nor vice chair presides. The body's rules of procedure."),
    )
    chair_without_seat = SettingField(
        _("A chair without a seat may preside"),
        _("Such a chair breaks a tie by stating a view. For general meetings."),
    )
    recusal = forms.ChoiceField(
        label=_("Who is recused"),
        choices=[
            ("takes_no_part", _("Takes no part in the item")),
            ("leaves_room", _("Takes no part and leaves the room")),
        ],
        help_text=_("Model: kommunallagen 6:30."),
    )
    may_return_same_day = SettingField(
        _("Who broke off may serve again the same day"),
        _("Kommunallagen 5:19 does not allow it in committees and assemblies."),
    )
    casting_vote = SettingField(
        _("The chair's vote decides a tie"), _("Model: kommunallagen 5:56.")
    )
    casting_vote_with_weights = SettingField(
        _("The chair's vote also decides a tie of weights"), _("The body's rules of procedure.")
    )
    double_majority = SettingField(
        _("Weighted decisions also need a majority of the seats"),
        _("The body's rules of procedure."),
    )
    refer_back_minority = MinorityField(
        label=_("Tabling and referring back are carried by"),
        choices=MINORITIES,
        required=False,
        help_text=_("Kommunallagen 5:50 lets a third do it in assemblies; never in elections."),
    )
    must_vote_in_authority = SettingField(
        _("Nobody may abstain in the exercise of authority"), _("Kommunallagen 4:26.")
    )
    secret_ballot = forms.ChoiceField(
        label=_("Secret ballots"),
        choices=[
            ("elections", _("Elections")),
            ("elections_on_request", _("Elections, when somebody asks for it")),
        ],
        help_text=_("Model: kommunallagen 5:54."),
    )
    write_in = SettingField(
        _("In elections, ballots may name others than the nominated"),
        _("The body's rules of procedure."),
    )
    per_capsulam = forms.ChoiceField(
        label=_("Decisions without a meeting"),
        choices=[
            ("forbidden", _("Not allowed")),
            ("unanimous", _("When all seats agree")),
            ("majority", _("By majority, when more than half answer")),
        ],
        help_text=_("The body's rules of procedure. Not for committees and assemblies."),
    )
    proxy_limit = forms.IntegerField(
        label=_("Members that one delegate may speak for"),
        min_value=0,
        max_value=50,
        help_text=_("0: no proxies. For general meetings, by the bylaws."),
    )
    proxy_months = forms.IntegerField(
        label=_("Oldest proxy, in months"),
        min_value=1,
        max_value=60,
        help_text=_("The bylaws."),
    )
    adjustment_days = forms.IntegerField(
        label=_("Days until the minutes are adjusted"),
        min_value=1,
        max_value=60,
        help_text=_("Model: kommunallagen 5:69."),
    )
    notice_board = SettingField(
        _("Adjusted minutes are announced on the notice board"), _("Kommunallagen 8:12.")
    )
    appeal = forms.ChoiceField(
        label=_("How a decision is appealed"),
        choices=[
            ("none", _("Not at all: it holds when the minutes are adjusted")),
            ("legality_review", _("Legality review within three weeks")),
            ("court_action", _("Action in court within three months")),
        ],
        help_text=_("Kommunallagen chapter 13 for committees and assemblies."),
    )

    def values(self) -> dict[str, Any]:
        """Return the settings apart from the facts of the version."""
        data = self.cleaned_data
        changes = {name: value for name, value in data.items() if name not in OWN}
        return {name: data[name] for name in OWN} | {"changes": changes}
