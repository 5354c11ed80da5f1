"""Who carries a decision out, by when, and what the body is told of it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.cases import step_case
from governance.choices import OfficeKind
from governance.kinds import FOLLOW_UP_GIVEN, FOLLOW_UP_REPORTED
from governance.minutes_states import FOLLOW_UP, UNDONE, FollowUpState
from governance.models import Decision, FollowUp, FollowUpReport
from governance.states import CaseState, advance
from members.models import PersonName, User
from notifications.actions import notify

EVENTS = {
    FollowUpState.UNDER_WAY: "begin",
    FollowUpState.DONE: "finish",
    FollowUpState.NOT_RELEVANT: "drop",
}


@transaction.atomic
def assign_follow_up(*, by: Any, decision: Decision, owner: PersonName, due_on: date) -> FollowUp:
    """Say who sees that a decision is carried out, and by when; the owner is told.

    May be changed until it is finished.
    """
    require(by, "governance.manage_council", decision.council)
    row = FollowUp.objects.select_for_update().filter(decision=decision).first()
    if row is not None and row.state not in UNDONE:
        raise RuleBroken(_("This follow-up is finished."))
    if row is None:
        if due_on < timezone.localdate():
            raise RuleBroken(_("Choose a day that has not passed."), field="due_on")
        row = FollowUp(decision=decision)
    changed = row.owner_id != owner.pk
    row.owner, row.due_on = owner, due_on
    row.save()
    if changed:
        notify(
            users=User.objects.filter(name=owner, is_active=True),
            kind=FOLLOW_UP_GIVEN,
            params=_words(row),
            url=decision.get_absolute_url(),
        )
    return row


@transaction.atomic
def report_follow_up(*, by: Any, follow_up: FollowUp, state: str, text: str) -> FollowUpReport:
    """Report to the body how far a decision has been carried out.

    The owner or the desk reports; chair and secretary are told. When it is done, the case is
    carried out too if its decision has been dispatched.
    """
    row = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    row.decision = follow_up.decision
    if getattr(by, "name_id", None) != row.owner_id:
        require(by, "governance.manage_council", row.decision.council)
    if not text.strip():
        raise RuleBroken(_("Write what has been done."), field="text")
    if state != row.state:
        event = EVENTS.get(FollowUpState(state)) if state in FollowUpState.values else None
        if event is None:
            raise RuleBroken(_("Choose how far it has come."), field="state")
        label = FollowUpState(row.state).label
        row.state = advance(FOLLOW_UP, row.state, event, label=label)
        row.save()
    elif row.state not in UNDONE:
        raise RuleBroken(_("This follow-up is finished."))
    report = FollowUpReport.objects.create(
        follow_up=row,
        text=text.strip(),
        state=row.state,
        reported_at=timezone.now(),
        reported_by_id=getattr(by, "pk", None),
    )
    _tell_body(by, row)
    case = row.decision.item.case
    if row.state == FollowUpState.DONE and case and case.state == CaseState.DISPATCHED:
        step_case(case, "execute", by=by, item=row.decision.item)
    return report


def _tell_body(by: Any, row: FollowUp) -> None:
    kinds = [OfficeKind.CHAIR, OfficeKind.SECRETARY]
    people = row.decision.council.offices.on().filter(kind__in=kinds).values("person")
    users = User.objects.filter(name__in=people, is_active=True).exclude(
        pk=getattr(by, "pk", None) or 0
    )
    notify(
        users=users,
        kind=FOLLOW_UP_REPORTED,
        params=_words(row),
        url=row.decision.get_absolute_url(),
    )


def _words(row: FollowUp) -> dict[str, str]:
    item = row.decision.item
    return {
        "body": row.decision.council.name,
        "paragraph": f"§ {item.paragraph}/{item.paragraph_year}",
        "day": row.due_on.isoformat(),
    }
