"""The legal life of an adjusted decision: in force, announced, appealed, replaced."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.minutes_states import DECISION, DECISION_KL, DecisionState
from governance.models import AgendaItem, Decision, DecisionStatus, Meeting
from governance.profiles import Appeal
from governance.states import Table, advance

APPEAL_EVENTS = frozenset({"appeal", "annul", "dismiss_appeal"})


def table_of(meeting: Meeting) -> Table:
    """Return the state machine of the body's decisions, by the rules frozen for the meeting."""
    return DECISION_KL if meeting.profile().appeal == Appeal.LEGALITY_REVIEW else DECISION


def begin_status(item: AgendaItem, *, on: date) -> None:
    """Let the decisions of a § that is adjusted begin their legal life."""
    rows = Decision.objects.of_paragraphs().filter(item=item).select_related("item__meeting")
    for decision in rows:
        status = DecisionStatus(decision=decision)
        step_status(status, "adjust")
        if table_of(decision.item.meeting) is DECISION:
            step_status(status, "take_effect")
            status.valid_from = on
        status.save()


def step_status(status: DecisionStatus, event: str, **facts: bool) -> None:
    """Take a decision one step by its table and chain it."""
    decision = status.decision
    table = table_of(decision.item.meeting)
    if status.state not in table:
        raise RuleBroken(_("This is not how decisions of this body are handled."))
    label = DecisionState(status.state).label
    status.state = advance(table, status.state, event, label=label, **facts)
    data = {
        "decision": decision.pk,
        "meeting": decision.item.meeting_id,
        "item": decision.item_id,
        "event": event,
        "state": str(status.state),
    }
    append(council=decision.council, kind="decision_state", data=data)


def status_of(decision: Decision) -> DecisionStatus:
    """Return the legal life of a decision, locked. Raises RuleBroken before adjustment."""
    rows = DecisionStatus.objects.select_for_update(of=("self",))
    found = rows.select_related("decision__item__meeting", "decision__council")
    status = found.filter(decision=decision).first()
    if status is None:
        raise RuleBroken(_("The decision is not adjusted."))
    return status


def announce_decisions(items: Iterable[int], *, appealable_to: date) -> None:
    """Start the time of appeal of the decisions of these §§, or correct its last day."""
    rows = DecisionStatus.objects.filter(decision__item__in=list(items)).select_related(
        "decision__item__meeting", "decision__council"
    )
    for status in rows:
        if status.state == DecisionState.ADJUSTED:
            step_status(status, "announce")
        status.appealable_to = appealable_to
        status.save()


@transaction.atomic
def record_appeal(
    *, by: Any, decision: Decision, event: str, on: date | None = None
) -> DecisionStatus:
    """Record an appeal to the administrative court, or how it ended.

    `event` is "appeal", "annul" (the court annulled the decision) or "dismiss_appeal"; `on` the
    day of it, for an appeal the day it came in to the court (today when not said). An appeal in
    time counts though it is learnt of later (kommunallagen 13:5).
    """
    require(by, "governance.manage_council", decision.council)
    if event not in APPEAL_EVENTS:
        raise RuleBroken(_("Choose what has happened."), field="event")
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise RuleBroken(_("The day has not come yet."), field="on")
    status = status_of(decision)
    step_status(status, event, in_time=day <= (status.appealable_to or day))
    _date_status(status, day)
    status.save()
    return status


def _date_status(status: DecisionStatus, day: date) -> None:
    """Write from when to when a decision holds, after what happened on the day."""
    if status.state == DecisionState.APPEALED:
        status.valid_from = None
    if status.state == DecisionState.LEGALLY_BINDING:
        status.valid_from = day
    if status.state == DecisionState.ANNULLED:
        status.valid_to = day


@transaction.atomic
def settle_appeal_times(*, today: date | None = None) -> int:
    """Let decisions whose time of appeal has ended gain legal force; return how many (the clock).

    The last day of appeal is still a day of appeal.
    """
    day = today or timezone.localdate()
    rows = DecisionStatus.objects.filter(
        state=DecisionState.ANNOUNCED, appealable_to__lt=day
    ).select_related("decision__item__meeting", "decision__council")
    for status in rows:
        step_status(status, "gain_force", time_over=True)
        status.valid_from = day
        status.save()
    return len(rows)


@transaction.atomic
def replace_decision(*, by: Any, decision: Decision, successor: Decision) -> DecisionStatus:
    """Record that a later decision replaces this one; the pages link both ways.

    Raises RuleBroken for a decision of another body, one that is earlier, or not adjusted.
    """
    require(by, "governance.manage_council", decision.council)
    status = status_of(decision)
    newer = (
        successor.council_id == decision.council_id
        and successor.pk != decision.pk
        and successor.decided_at > decision.decided_at
        and hasattr(successor.item, "adjusted")
    )
    step_status(status, "replace", newer=newer)
    status.successor = successor
    status.valid_to = max(
        timezone.localtime(successor.decided_at).date(), status.valid_from or date.min
    )
    status.save()
    return status
