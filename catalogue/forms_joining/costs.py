"""Forms about costs: the public calculator and the office's models."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.actions.costs import CostPlan, Figures, PartPlan
from catalogue.actions.populations import reference_dates
from catalogue.forms_joining.fields import DayField, KronorField, LongSelect
from catalogue.models import ServicePage
from catalogue.record_states import PartBy, VatCategory
from core.formatting import long_date
from core.swedish_order import sort_key
from members.models import Municipality, Organisation

PERCENT = 100
FIGURE_CELLS = 3
DECISION_ADDRESS = r"^(/[a-z0-9/_-]+/|https://\S+)$"
MOST_MORE = 50
MOST_INHABITANTS, MOST_USAGE = 3_000_000, 1_000_000_000
PART_ROWS = 4


class CalculatorForm(forms.Form):
    """Which municipality, its figures when others than the registered, and how many that join."""

    kommun = forms.ChoiceField(label=_("Municipality"), required=True, widget=LongSelect)
    invanare = forms.IntegerField(
        label=_("Number of inhabitants"),
        help_text=_("Empty: as counted by SCB. You may change it."),
        min_value=0,
        max_value=MOST_INHABITANTS,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    anvandning = forms.IntegerField(
        label=_("Your usage"),
        help_text=_("As the service counts it, for instance cases a year."),
        min_value=0,
        max_value=MOST_USAGE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    fler = forms.IntegerField(
        label=_("If so many more join"),
        min_value=0,
        max_value=MOST_MORE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(
        self,
        *args: Any,
        wants_usage: bool = False,
        municipalities: Iterable[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kommun"].choices = municipality_choices(municipalities)
        if not wants_usage:
            del self.fields["anvandning"]


class FeeForm(forms.Form):
    """Which municipality, from which month, and whether it has been a member before."""

    kommun = forms.ChoiceField(label=_("Municipality"))
    manad = forms.TypedChoiceField(label=_("Month of entry"), coerce=int)
    igen = forms.BooleanField(label=_("It has been a member before"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kommun"].choices = municipality_choices()
        self.fields["manad"].choices = [(number, MONTHS[number]) for number in MONTHS]
        self.fields["manad"].initial = timezone.localdate().month


def municipality_choices(
    rows: Iterable[tuple[str, str]] | None = None,
) -> list[tuple[str, Any]]:
    """Return every municipality by code, in Swedish order, after an empty choice.

    `rows` are codes and names that are read already.
    """
    if rows is None:
        rows = Municipality.objects.order_by("name").values_list("code", "name")
    return [("", _("Choose a municipality")), *sorted(rows, key=lambda row: sort_key(row[1]))]


class PercentField(forms.DecimalField):
    """A share written in percent and read as hundredths of a percent."""

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        """Return hundredths of a percent, or None for nothing."""
        percent = super().clean(value)
        return None if percent is None else int(percent * PERCENT)


class CostModelForm(forms.Form):
    """A cost model: the year's cost and up to four parts."""

    service = forms.ModelChoiceField(label=_("Service"), queryset=ServicePage.objects.none())
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    total = KronorField(label=_("The year's cost without VAT (kronor)"))
    vat_category = forms.ChoiceField(label=_("VAT category"), choices=VatCategory.choices)
    vat_rate = PercentField(
        label=_("VAT rate (percent)"), min_value=0, max_value=100, decimal_places=2, initial=25
    )
    population_on = forms.TypedChoiceField(
        label=_("Reference date of the population"), coerce=date.fromisoformat
    )
    population_source = forms.CharField(
        label=_("Source of the population"), max_length=100, initial="SCB"
    )
    point_classes = forms.CharField(
        label=_("Class points"),
        required=False,
        help_text=_("One class per line: lower bound and points, for instance 7000 2."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = ServicePage.objects.live().order_by("title")
        self.fields["year"].initial = timezone.localdate().year + 1
        self.fields["population_on"].choices = [
            (day.isoformat(), long_date(day, get_language() or "sv")) for day in reference_dates()
        ]
        for number in range(1, PART_ROWS + 1):
            label = {"number": number}
            self.fields[f"by_{number}"] = forms.ChoiceField(
                label=_("Part %(number)d: split by") % label,
                choices=[("", _("Not used")), *PartBy.choices],
                required=number == 1,
            )
            self.fields[f"share_{number}"] = PercentField(
                label=_("Part %(number)d: share of the rest (percent)") % label,
                min_value=0,
                max_value=100,
                decimal_places=2,
                required=False,
            )
            self.fields[f"amount_{number}"] = KronorField(
                label=_("Part %(number)d: amount from each (kronor)") % label, required=False
            )

    def clean_point_classes(self) -> list[tuple[int, int]]:
        """Return (lower bound, points), the lowest first."""
        rows = []
        for line in self.cleaned_data["point_classes"].splitlines():
            numbers = line.split()
            if not numbers:
                continue
            if len(numbers) != 2 or not all(number.isdigit() for number in numbers):  # noqa: PLR2004
                raise forms.ValidationError(_("Write two numbers on each line."))
            rows.append((int(numbers[0]), int(numbers[1])))
        return sorted(rows)

    def plan(self) -> CostPlan:
        """Return what the form says as a plan."""
        data = self.cleaned_data
        parts = [
            PartPlan(
                by=data[f"by_{number}"],
                share=data[f"share_{number}"] or 0,
                amount=data[f"amount_{number}"] or 0,
            )
            for number in range(1, PART_ROWS + 1)
            if data.get(f"by_{number}")
        ]
        return CostPlan(
            total=data["total"],
            parts=parts,
            population_on=data["population_on"],
            population_source=data["population_source"],
            vat_category=data["vat_category"],
            vat_rate=data["vat_rate"],
            point_classes=data["point_classes"],
        )


class AdoptForm(forms.Form):
    """The decision that adopts a model."""

    adopted_on = DayField(label=_("Adopted on"), initial=timezone.localdate)
    reference = forms.CharField(
        label=_("Decision"), max_length=200, help_text=_("Who decided, which paragraph, when.")
    )
    url = forms.RegexField(
        DECISION_ADDRESS,
        label=_("Address of the decision"),
        help_text=_("A decision here begins with /forvaltningsrad/, one elsewhere with https://."),
        max_length=300,
        required=False,
        error_messages={"invalid": _("Write an address that begins with / or https://.")},
    )


class FiguresForm(forms.Form):
    """The organisations' own figures in a draft, a line each."""

    figures = forms.CharField(
        label=_("Figures of one's own"),
        required=False,
        help_text=_(
            "One municipality per line: municipality code; usage; class points; inhabitants. "
            "Leave empty what the model has no figure of its own for, for instance 0182;1200;;"
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean_figures(self) -> dict[int, Figures]:
        """Return figures by organisation; every line that cannot be read is named."""
        known = dict(Municipality.objects.values_list("code", "organisation"))
        found: dict[int, Figures] = {}
        faults = []
        for number, line in enumerate(self.cleaned_data["figures"].splitlines(), start=1):
            cells = [cell.strip() for cell in line.split(";")]
            if not any(cells):
                continue
            key = known.get(cells[0])
            if key is None or key in found or not _are_figures(cells[1:]):
                faults.append(str(number))
                continue
            own = [int(cell) if cell else None for cell in cells[1:]]
            found[key] = Figures(*own)
        if faults:
            raise forms.ValidationError(
                _("Lines that cannot be read: %(lines)s.") % {"lines": ", ".join(faults)}
            )
        return found


def _are_figures(cells: list[str]) -> bool:
    """Return whether the cells after the code are one to three whole numbers that are possible."""
    fitting = all(not cell or re.fullmatch(r"[0-9]{1,9}", cell) for cell in cells)
    return fitting and any(cells) and len(cells) <= FIGURE_CELLS


def figures_text(rows: Any) -> str:
    """Write a model's own figures as the form reads them."""
    lines = []
    for row in rows:
        cells = (row.usage, row.points, row.population)
        code = row.organisation.municipality.code
        lines.append(";".join([code, *("" if cell is None else str(cell) for cell in cells)]))
    return "\n".join(lines)


class ForecastForm(forms.Form):
    """Who joins and who leaves."""

    def __init__(self, *args: Any, payers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = {payer.organisation_id for payer in payers}
        rows = Municipality.objects.values_list("code", "name", "organisation")
        ordered = sorted(rows, key=lambda row: sort_key(row[1]))
        self.fields["gar_med"] = forms.MultipleChoiceField(
            label=_("These join"),
            required=False,
            choices=[(code, name) for code, name, pk in ordered if pk not in present],
            widget=forms.SelectMultiple(attrs={"size": 8}),
            help_text=_("Choose several with Ctrl or Cmd."),
        )
        self.fields["lamnar"] = forms.MultipleChoiceField(
            label=_("These leave"),
            required=False,
            choices=[(code, name) for code, name, pk in ordered if pk in present],
            widget=forms.SelectMultiple(attrs={"size": 8}),
        )

    def joining(self) -> list[Organisation]:
        """Return the organisations that join, with their municipality."""
        rows = Organisation.objects.select_related("municipality")
        return list(rows.filter(municipality__code__in=self.cleaned_data["gar_med"]))

    def leaving(self) -> set[int]:
        """Return the ids of the organisations that leave."""
        rows = Municipality.objects.filter(code__in=self.cleaned_data["lamnar"])
        return set(rows.values_list("organisation", flat=True))


class CorrectionForm(forms.Form):
    """A correction of an issued row."""

    amount = KronorField(
        label=_("Amount (kronor)"), min_value=None, help_text=_("Negative: given back.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class OutcomeForm(forms.Form):
    """What the year came to cost."""

    outcome = KronorField(label=_("Outcome of the year without VAT (kronor)"))
