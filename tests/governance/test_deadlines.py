"""Dates of summons, adjustment, announcement and appeal: the vectors M1-M4, M6 and N5."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.deadlines import (
    earliest_takedown,
    is_adjustment_overdue,
    is_summoned_in_time,
    joint_announcement,
    last_appeal_day,
    latest_adjustment,
    latest_announcement,
    latest_summons,
    may_take_down,
)
from governance.holidays import is_day_off


def test_m1_adjustment() -> None:
    meeting = date(2026, 2, 10)
    assert latest_adjustment(meeting) == date(2026, 2, 24)
    assert is_adjustment_overdue(meeting, date(2026, 2, 24)) is False
    assert is_adjustment_overdue(meeting, date(2026, 2, 25)) is True


def test_m2_announcement() -> None:
    assert latest_announcement(date(2026, 3, 10)) == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("announced", "last_day"),
    [
        pytest.param(date(2026, 3, 2), date(2026, 3, 23), id="M3"),
        pytest.param(date(2026, 3, 13), date(2026, 4, 7), id="M4-easter"),
        pytest.param(date(2026, 5, 29), date(2026, 6, 22), id="M5-midsummer"),
        pytest.param(date(2026, 12, 3), date(2026, 12, 28), id="christmas"),
        pytest.param(date(2026, 12, 10), date(2027, 1, 4), id="new-year"),
        pytest.param(date(2026, 12, 16), date(2027, 1, 7), id="epiphany"),
        pytest.param(date(2026, 4, 10), date(2026, 5, 4), id="first-of-may"),
        pytest.param(date(2026, 4, 23), date(2026, 5, 15), id="ascension"),
        pytest.param(date(2028, 5, 16), date(2028, 6, 7), id="national-day"),
    ],
)
def test_last_appeal_day(announced: date, last_day: date) -> None:
    assert last_appeal_day(announced) == last_day
    assert earliest_takedown(announced) == last_day + timedelta(days=1)


def test_m3_takedown() -> None:
    announced = date(2026, 3, 2)
    assert earliest_takedown(announced) == date(2026, 3, 24)
    assert may_take_down(announced, date(2026, 3, 20)) is False
    assert may_take_down(announced, date(2026, 3, 23)) is False
    assert may_take_down(announced, date(2026, 3, 24)) is True


def test_m6_the_last_board_counts() -> None:
    counts_from = joint_announcement([date(2026, 3, 5), date(2026, 3, 2)])
    assert counts_from == date(2026, 3, 5)
    assert last_appeal_day(counts_from) == date(2026, 3, 26)


def test_no_board_at_all() -> None:
    with pytest.raises(ValueError, match=r"^announced: must not be empty$"):
        joint_announcement([])


def test_n5_summons() -> None:
    meeting = date(2026, 5, 20)
    assert latest_summons(meeting, notice_days=7) == date(2026, 5, 13)
    assert is_summoned_in_time(date(2026, 5, 13), meeting, notice_days=7) is True
    assert is_summoned_in_time(date(2026, 5, 14), meeting, notice_days=7) is False
    assert is_summoned_in_time(meeting, meeting, notice_days=0) is True


def test_a_negative_notice() -> None:
    with pytest.raises(ValueError, match=r"^notice_days: must be at least 0$"):
        latest_summons(date(2026, 5, 20), notice_days=-1)


@given(announced=st.dates(date(2005, 1, 1), date(2200, 1, 1)))
def test_appeal_ends_on_the_first_working_day_from_day_21(announced: date) -> None:
    last = last_appeal_day(announced)
    skipped = (last - announced).days - 21
    # At most a weekend, Christmas Eve and the two days of Christmas in a row (2018-12-22).
    assert 0 <= skipped <= 5
    assert is_day_off(last) is False
    assert all(is_day_off(last - timedelta(days=days)) for days in range(1, skipped + 1))
