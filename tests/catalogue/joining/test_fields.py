"""Fields that the forms of joining share."""

import pytest
from django import forms

from catalogue.forms_joining.fields import LongSelect

CHOICES = [("", "Välj"), ("0182", "Nacka & <Co>"), ("1280", "Malmö")]


@pytest.mark.parametrize("value", ["", None, "0182", "9999"])
def test_a_long_select_is_written_as_djangos_own(value):
    attrs = {"id": "id_x", "required": True, "aria-describedby": "y", "disabled": False}
    own, theirs = (kind(choices=CHOICES) for kind in (LongSelect, forms.Select))
    drawn = [" ".join(widget.render("x", value, attrs).split()) for widget in (own, theirs)]
    assert drawn[0].replace("> <", "><") == drawn[1].replace("> <", "><")
