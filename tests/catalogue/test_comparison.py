"""Services side by side."""

import pytest

from catalogue.comparison import ComparedRow, compare


def test_a_row_differs_when_not_all_say_the_same():
    rows = compare([[("Skede", "I drift"), ("Språk", "")], [("Skede", "Pilot"), ("Språk", "sv")]])
    assert rows == [
        ComparedRow("Skede", ("I drift", "Pilot"), differs=True),
        ComparedRow("Språk", ("", "sv"), differs=True),
    ]


def test_equal_facts_do_not_differ_and_untold_ones_are_left_out():
    rows = compare([[("Skede", "Pilot"), ("Språk", "")], [("Skede", "Pilot"), ("Språk", "")]])
    assert rows == [ComparedRow("Skede", ("Pilot", "Pilot"), differs=False)]


def test_different_facts_are_refused():
    with pytest.raises(ValueError, match="different facts in one row"):
        compare([[("Skede", "Pilot")], [("Språk", "sv")]])
