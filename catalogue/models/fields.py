"""Columns of the catalogue's own kind."""

from typing import Any

from django import forms
from django.db import models

from catalogue.states import FactField


class FactListField(models.JSONField):
    """A list of facts of a service (values of FactField), chosen with checkboxes in the CMS."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return checkboxes instead of a text area for JSON."""
        return forms.MultipleChoiceField(
            choices=FactField.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
        )

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Look like the JSON column that it is, so that migrations do not depend on this file."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
