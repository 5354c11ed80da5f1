"""The addresses of costs and portfolios answer every role as the table says."""

import pytest

from tests.access import table_costs
from tests.access.walk import surprises

pytestmark = pytest.mark.once

SECTIONS = 4


@pytest.mark.parametrize("section", range(SECTIONS))
def test_costs_answer(place, visiting, section):
    assert surprises(table_costs.LINES[section::SECTIONS], place, visiting) == []
