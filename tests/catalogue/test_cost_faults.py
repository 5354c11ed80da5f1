"""Every fault that a cost model can have is told in words."""

import pytest
from django.utils import translation

from catalogue.cost_faults import in_words
from catalogue.cost_sharing import (
    WHOLE,
    CostInputError,
    CostMember,
    Figure,
    FixedPart,
    SharedPart,
    split_cost,
)

BOTH = [CostMember("1", population=1), CostMember("2")]


@pytest.mark.parametrize(
    ("total", "parts", "words"),
    [
        (1, [SharedPart(WHOLE, Figure.POPULATION)], "Bo has no figure for “By inhabitants”."),
        (9, [FixedPart(5)], "The fixed amounts are more than the whole cost."),
        (
            11,
            [FixedPart(5)],
            "The fixed amounts are not the whole cost, and nothing else is shared.",
        ),
    ],
)
def test_a_fault_in_words(total, parts, words):
    with pytest.raises(CostInputError) as error, translation.override("en"):
        split_cost(total, parts, BOTH)
    with translation.override("en"):
        assert in_words(str(error.value), ["Al", "Bo"]) == words


def test_figures_of_nothing_in_words():
    members = [CostMember("1", usage=0)]
    with pytest.raises(CostInputError) as error:
        split_cost(1, [SharedPart(WHOLE, Figure.USAGE)], members)
    with translation.override("en"):
        assert in_words(str(error.value), ["Al"]) == "Nobody has any figure above 0 for “By usage”."


def test_another_fault_stays():
    assert in_words("total: must be an integer", []) == "total: must be an integer"
