"""Forms about costs: the public calculator and the office's models."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.actions.costs import CostPlan, PartPlan
from catalogue.forms_joining.fields import DayField, KronorField
from catalogue.models import ServicePage
from catalogue.record_states import PartBy, VatCategory
from members.models import Municipality

PERCENT = 100
MOST_MORE = 50
PART_ROWS = 4


class CalculatorForm(forms.Form):
    """Which municipality, and how many others that join."""

    kommun = forms.ChoiceField(label=_("Municipality"), required=True)
    fler = forms.IntegerField(
        label=_("If so many more join"), min_value=0, max_value=MOST_MORE, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Municipality.objects.order_by("name").values_list("code", "name")
        self.fields["kommun"].choices = [("", _("Choose a municipality")), *rows]


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
    population_on = DayField(label=_("Reference date of the population"))
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


class CorrectionForm(forms.Form):
    """A correction of an issued row."""

    amount = KronorField(
        label=_("Amount (kronor)"), min_value=None, help_text=_("Negative: given back.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class OutcomeForm(forms.Form):
    """What the year came to cost."""

    outcome = KronorField(label=_("Outcome of the year without VAT (kronor)"))
