"""A body's year in figures: meetings, attendance, decisions, what was not carried out, cost."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from catalogue.models import CostModel
from core.swedish_order import sort_key
from governance.actions.minutes.presence import presence_of
from governance.minutes_states import FollowUpState
from governance.models import Council, Decision, FollowUp, Meeting, Minutes
from governance.rules import sees_inside
from governance.states import MEETINGS_HELD, MeetingState


@dataclass
class Attendance:
    """How often a seat was served in the year's meetings."""

    organisation: str
    meetings: int = 0
    served: int = 0

    @property
    def percent(self) -> int:
        """Return the share of meetings in which the seat was served, rounded down."""
        return 100 * self.served // self.meetings if self.meetings else 0


@dataclass
class Undone:
    """A decision that was not carried out when the year ended, or is not today."""

    follow_up: FollowUp
    state: str


@dataclass
class AnnualReport:
    """A body's year as the reader may see it."""

    council: Council
    year: int
    meetings: list[Meeting]
    cancelled: int
    attendance: list[Attendance]
    decisions: list[Decision]
    undone: list[Undone]
    costs: list[CostModel] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=dict)


def annual_report(council: Council, year: int, user: Any) -> AnnualReport:
    """Return the report of a year: what the person may see of it.

    A meeting belongs to the year in which it began. Attendance is taken from the meetings whose
    minutes the person may read: before adjustment it is for the body alone (rules.md 1.8).
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Meeting.objects.visible_to(user).filter(
        council=council, starts_at__date__gte=first, starts_at__date__lte=last
    )
    held = list(rows.filter(state__in=MEETINGS_HELD).order_by("starts_at"))
    decisions = (
        Decision.objects.visible_to(user)
        .of_paragraphs()
        .filter(council=council, item__paragraph_year=year)
    )
    decisions = decisions.select_related("item__meeting", "council").with_corrections()
    found = list(decisions.order_by("item__paragraph", "pk"))
    report = AnnualReport(
        council=council,
        year=year,
        meetings=held,
        cancelled=rows.filter(state=MeetingState.CANCELLED).count(),
        attendance=_attendance(_readable(held, council, user)),
        decisions=found,
        undone=_undone(council, year, user),
        costs=_costs(council, year, user),
    )
    for decision in found:
        label = str(decision.get_outcome_display())
        report.outcomes[label] = report.outcomes.get(label, 0) + 1
    return report


def _undone(council: Council, year: int, user: Any) -> list[Undone]:
    """Return what was not carried out: on the last day of a past year, else today."""
    day = min(date(year, 12, 31), timezone.localdate())
    rows = FollowUp.objects.visible_to(user).undone_on(day)
    rows = rows.filter(decision__council=council, decision__item__paragraph_year__lte=year)
    rows = rows.select_related("decision__item", "decision__council", "owner")
    return [Undone(row, str(FollowUpState(then).label)) for row, then in _with_state(rows)]


def _with_state(rows: Any) -> Iterable[tuple[FollowUp, str]]:
    return [(row, row.state_then) for row in rows]


def _readable(meetings: list[Meeting], council: Council, user: Any) -> list[Meeting]:
    """Return the meetings whose attendance the person may read."""
    if sees_inside(user, council):
        return meetings
    open_to = Minutes.objects.visible_to(user).filter(meeting__council=council)
    readable = set(open_to.values_list("meeting", flat=True))
    return [meeting for meeting in meetings if meeting.pk in readable]


def _costs(council: Council, year: int, user: Any) -> list[CostModel]:
    """Return the cost model that holds for the year of the body's service: budget and outcome."""
    if council.service_id is None:
        return []
    rows = CostModel.objects.visible_to(user).adopted().filter(service=council.service_id)
    return list(rows.filter(year=year).select_related("service"))


def _attendance(meetings: Iterable[Meeting]) -> list[Attendance]:
    rows: dict[int, Attendance] = {}
    for meeting in meetings:
        presence = presence_of(meeting)
        served = set(presence.served().values())
        for seat, name in presence.seats().items():
            row = rows.setdefault(seat, Attendance(name))
            row.meetings += 1
            row.served += seat in served
    return sorted(rows.values(), key=lambda row: sort_key(row.organisation))
