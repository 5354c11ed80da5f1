"""Numbers in templates: keys and years stay plain, what people count is grouped by a filter."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from tests.large_keys import FIRST

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
# Filters that write a number for people, inside the quotes of an attribute that machines read.
IN_ATTRIBUTE = re.compile(
    r"""\b(?:value|href|action|id|for|name|src|data-[\w-]+)="[^"]*\|(?:thousands|kr|localize|intcomma|floatformat)"""
)
FORCED = re.compile(r"{%\s*localize(?:\s+on)?\s*%}|\|localize\b")


def grouped_keys(source: str) -> list[str]:
    """Return the places of a template that would group the digits of a key."""
    return [found[0] for pattern in (IN_ATTRIBUTE, FORCED) for found in pattern.finditer(source)]


def test_no_template_groups_a_key():
    assert {path.name: grouped_keys(path.read_text()) for path in TEMPLATES} == {
        path.name: [] for path in TEMPLATES
    }


@pytest.mark.parametrize(
    "source",
    [
        '<option value="{{ row.pk|thousands }}">',
        '<a href="/x/{{ row.pk|localize }}/">',
        "{% localize on %}{{ row.pk }}{% endlocalize %}",
    ],
)
def test_a_grouped_key_is_found(source):
    assert grouped_keys(source)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_number_stays_plain_until_it_is_grouped(settings, language):
    source = (
        '{% load ui_tags i18n %}{% language "LANG" %}{{ n }} {{ n|thousands }}{% endlanguage %}'
    )
    template = Template(source.replace("LANG", language))
    assert template.render(Context({"n": 17320})) == "17320 17\u00a0320"
    settings.USE_THOUSAND_SEPARATOR = True
    assert template.render(Context({"n": 17320})) != "17320 17\u00a0320"


def test_what_tests_make_has_keys_above_a_thousand(world):
    assert min(world.own.pk, world.other.pk, world["own:reader"].pk) >= FIRST
