"""docs/access.md says what the table says."""

import pytest

from tests.access.audience import NOT_OFFERED, PERSON, Line
from tests.access.document import FILE, cell, document, section

pytestmark = pytest.mark.once


def test_the_document_is_up_to_date():
    assert FILE.read_text() == document()


def test_a_changed_line_makes_the_document_old():
    line = Line("min-sida/", PERSON, NOT_OFFERED, NOT_OFFERED)
    assert cell(line, "nobody") == "405"
    assert section("x", [line]) not in FILE.read_text()
