"""Filters and the number behind every choice."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.facets import Row, apply, user_count

FACETS = ("area", "stage", "county")
VALUES = ("a", "b", "c")
values = st.dictionaries(
    st.sampled_from(FACETS), st.frozensets(st.sampled_from(VALUES)), max_size=3
)
rows = st.lists(values, max_size=12).map(
    lambda found: [Row(number, row) for number, row in enumerate(found)]
)


def matches(row, selection) -> bool:
    """Say it again as the rule reads: in every facet with a choice, one of the choices."""
    return all(
        any(value in row.values.get(facet, ()) for value in chosen)
        for facet, chosen in selection.items()
        if chosen
    )


@given(rows=rows, selection=values)
def test_ids_are_those_that_match_every_facet(rows, selection):
    expected = [row.id for row in rows if matches(row, selection)]
    assert apply(rows, selection, FACETS).ids == expected


@given(rows=rows, selection=values, facet=st.sampled_from(FACETS), value=st.sampled_from(VALUES))
def test_a_count_is_the_number_of_results_with_that_choice_alone_in_its_facet(
    rows, selection, facet, value
):
    chosen = selection | {facet: frozenset({value})}
    expected = sum(matches(row, chosen) for row in rows)
    assert apply(rows, selection, FACETS).counts[facet][value] == expected


def test_choices_of_one_facet_widen_and_facets_narrow():
    rows = [
        Row(1, {"area": frozenset("a"), "stage": frozenset("x")}),
        Row(2, {"area": frozenset("b"), "stage": frozenset("x")}),
        Row(3, {"area": frozenset("b"), "stage": frozenset("y")}),
    ]
    selection = {"area": frozenset("ab"), "stage": frozenset("x")}
    outcome = apply(rows, selection, ("area", "stage"))
    assert outcome.ids == [1, 2]
    assert outcome.counts == {
        "area": Counter({"a": 1, "b": 1}),
        "stage": Counter({"x": 2, "y": 1}),
    }


@pytest.mark.parametrize(
    ("named", "stated", "expected"), [(0, None, 0), (2, 12, 12), (14, 12, 14), (3, None, 3)]
)
def test_user_count_is_the_higher_of_named_and_stated(named, stated, expected):
    assert user_count(named, stated) == expected
