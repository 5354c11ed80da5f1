"""Fields that the forms share: days, amounts in kronor, files."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from catalogue.uploads import ACCEPTED, LARGEST

ORE = 100


class DayField(forms.DateField):
    """A day, written by the browser's own date field."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class KronorField(forms.DecimalField):
    """An amount written in kronor and read as integer öre."""

    def __init__(self, *, min_value: int | None = 0, **kwargs: Any) -> None:
        super().__init__(
            max_digits=14,
            decimal_places=2,
            min_value=min_value,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        """Accept hard spaces between thousands and a decimal comma."""
        if isinstance(value, str):
            value = "".join(value.split()).replace("\u00a0", "").replace(",", ".")
        return super().to_python(value)

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        """Return öre, or None for nothing."""
        kronor = super().clean(value)
        return None if kronor is None else int(Decimal(kronor) * ORE)

    def prepare_value(self, value: Any) -> Any:
        """Show öre as kronor again."""
        return f"{value / ORE:.2f}" if isinstance(value, int) else value


class PaperField(forms.FileField):
    """A file for a record; its content is checked by the action that takes it."""

    def __init__(self, **kwargs: Any) -> None:
        kinds = ", ".join(ACCEPTED)
        kwargs.setdefault(
            "help_text",
            _("%(kinds)s, at most %(limit)d MB.")
            % {"kinds": kinds, "limit": LARGEST // 1024 // 1024},
        )
        accept = ",".join(f".{kind}" for kind in ACCEPTED)
        super().__init__(widget=forms.ClearableFileInput(attrs={"accept": accept}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes] | None:
        """Return the file's own name and its bytes, or None for no file."""
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST:
            # The action says it in words; reading a huge file for that is not needed.
            return file.name, b"\0" * (LARGEST + 1)
        return file.name, file.read()


class Words(forms.CharField):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


class LongSelect(forms.Select):
    """A list of hundreds of choices, without groups: Django draws a template for each of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element as `Select` writes it."""
        chosen = set(self.format_value(value))
        options = format_html_join(
            "\n",
            '  <option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) in chosen else "", label)
                for key, label in self.choices
            ),
        )
        written = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>\n{}\n</select>', name, written, options)
