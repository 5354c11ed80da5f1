"""Decisions without a meeting (per capsulam): each seat answers in writing before a deadline.

Bodies under kommunallagen may not; a council may when all agree, or by majority when its
arbetsordning says so. Source: rules.md section 0 and vectors P1-P4.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from governance.polls import Rule, RuleType
from governance.tally import Outcome

if TYPE_CHECKING:
    from governance.tally import MatterResult


class PerCapsulam(StrEnum):
    """Whether a body may decide per capsulam, and what carries then."""

    FORBIDDEN = "forbidden"
    UNANIMOUS = "unanimous"
    MAJORITY = "majority"


class NextStep(StrEnum):
    """Where a matter goes after the deadline: it is reported as decided, or met about."""

    REPORT = "report"
    MEETING = "meeting"


class PerCapsulamRefusedError(ValueError):
    """A body that may not decide without a meeting."""


def per_capsulam_rule(setting: PerCapsulam) -> Rule:
    """Return the rule of a poll per capsulam.

    Unanimity is of the whole roll, so a seat that stays silent blocks. By majority more than half
    of the seats must answer (the quorum) and yes be more than no. Raises
    PerCapsulamRefusedError for a body that may not.
    """
    if setting is PerCapsulam.FORBIDDEN:
        message = "per_capsulam: this body decides in meetings only"
        raise PerCapsulamRefusedError(message)
    if setting is PerCapsulam.UNANIMOUS:
        return Rule(RuleType.UNANIMOUS)
    return Rule(RuleType.SIMPLE)


def next_step(result: MatterResult) -> NextStep:
    """Return what becomes of a poll per capsulam when its deadline has passed.

    Carried: reported at the next meeting under a § of its own. All else is not decided at all,
    and the matter goes to the next meeting.
    """
    return NextStep.REPORT if result.outcome is Outcome.CARRIED else NextStep.MEETING
