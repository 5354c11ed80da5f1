"""The dates that summons, adjustment, announcement and appeal must keep.

All functions are pure over dates. Source: rules.md 1.7 and 1.9, kommunallagen 5:15, 5:69, 8:12,
9:32 and 13:5, and lag 1930:173 for time limits that end on a day off.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from governance.holidays import next_working_day

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

ADJUSTMENT_DAYS = 14
ANNOUNCEMENT_DAYS = 2
APPEAL_DAYS = 21


def latest_summons(meeting: date, *, notice_days: int) -> date:
    """Return the last day a summons (kallelse) keeps the notice of the body.

    `notice_days` comes from the profile: seven for fullmäktige (kommunallagen 5:15). Raises
    ValueError when it is negative.
    """
    if notice_days < 0:
        message = "notice_days: must be at least 0"
        raise ValueError(message)
    return meeting - timedelta(days=notice_days)


def is_summoned_in_time(summons: date, meeting: date, *, notice_days: int) -> bool:
    """Tell whether a summons sent on that day keeps the notice."""
    return summons <= latest_summons(meeting, notice_days=notice_days)


def latest_adjustment(meeting: date) -> date:
    """Return the last day for adjusting the minutes: 14 days after (kommunallagen 5:69)."""
    return meeting + timedelta(days=ADJUSTMENT_DAYS)


def is_adjustment_overdue(meeting: date, today: date) -> bool:
    """Tell whether minutes that are not adjusted `today` are late."""
    return today > latest_adjustment(meeting)


def latest_announcement(adjusted: date) -> date:
    """Return the last day for announcing adjusted minutes: the second day (kommunallagen 8:12)."""
    return adjusted + timedelta(days=ANNOUNCEMENT_DAYS)


def last_appeal_day(announced: date) -> date:
    """Return the last day of appeal: three weeks on, moved past days off (kommunallagen 13:5).

    Raises ValueError for days before 2005, whose holidays are not known.
    """
    return next_working_day(announced + timedelta(days=APPEAL_DAYS))


def earliest_takedown(announced: date) -> date:
    """Return the first day the notice may leave the notice board: when appeal has ended."""
    return last_appeal_day(announced) + timedelta(days=1)


def may_take_down(announced: date, today: date) -> bool:
    """Tell whether the notice may be taken down `today`."""
    return today >= earliest_takedown(announced)


def joint_announcement(announced: Collection[date]) -> date:
    """Return the day that counts for a gemensam nämnd: when it is up on every board.

    `announced` is the day on each member municipality's board (kommunallagen 9:32). Raises
    ValueError when there is none.
    """
    if not announced:
        message = "announced: must not be empty"
        raise ValueError(message)
    return max(announced)
