"""Services side by side."""

import pytest

from catalogue.comparison import Cell, ComparedRow, compare

PRODUCTION, PILOT, SWEDISH, NOTHING = Cell("I drift"), Cell("Pilot"), Cell("sv"), Cell("")


def test_a_row_differs_when_not_all_say_the_same():
    first = [("Skede", PRODUCTION), ("Språk", NOTHING)]
    second = [("Skede", PILOT), ("Språk", SWEDISH)]
    assert compare([first, second]) == [
        ComparedRow("Skede", (PRODUCTION, PILOT), differs=True),
        ComparedRow("Språk", (NOTHING, SWEDISH), differs=True),
    ]


def test_equal_facts_do_not_differ_and_untold_ones_are_left_out():
    service = [("Skede", PILOT), ("Språk", NOTHING)]
    rows = compare([service, service])
    assert rows == [ComparedRow("Skede", (PILOT, PILOT), differs=False)]


def test_the_same_value_does_not_differ_when_one_is_made_up():
    made_up = Cell("Pilot", example=True)
    rows = compare([[("Skede", PILOT)], [("Skede", made_up)]])
    assert rows == [ComparedRow("Skede", (PILOT, made_up), differs=False)]


def test_different_facts_are_refused():
    with pytest.raises(ValueError, match="different facts in one row"):
        compare([[("Skede", PILOT)], [("Språk", SWEDISH)]])
