"""The one address of deeds answers each deed as its own right says."""

import pytest

from tests.access.audience import Answer
from tests.access.table_joining import DEEDS
from tests.access.walk import surprises

pytestmark = pytest.mark.once


def test_every_deed_answers_as_the_table_says(place, visiting):
    assert surprises(DEEDS, place, visiting) == []


def test_a_deed_of_the_office_is_refused_to_the_municipality():
    draft = next(line for line in DEEDS if line.using["slug"] == "utkast")
    assert draft.expected("own:coordinator", "POST") == Answer.NO
    assert draft.expected("other:coordinator", "POST") == Answer.HIDDEN
