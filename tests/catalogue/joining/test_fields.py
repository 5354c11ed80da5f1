"""Fields that the forms of joining share."""

import pytest
from django import forms
from django.test.html import parse_html

from catalogue.forms_joining.fields import LongSelect

CHOICES = [("", "Välj"), ("0182", "Nacka & <Co>"), ("1280", "Malmö")]


@pytest.mark.parametrize("value", ["", None, "0182", "9999"])
def test_a_long_select_is_written_as_djangos_own(value):
    attrs = {"id": "id_x", "required": True, "aria-describedby": "y", "disabled": False}
    own, theirs = (kind(choices=CHOICES) for kind in (LongSelect, forms.Select))
    assert parse_html(own.render("x", value, attrs)) == parse_html(theirs.render("x", value, attrs))
