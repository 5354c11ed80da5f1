"""The introduction's checklist: who does what by when, what is done and what is said of it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import notices
from catalogue.actions.transitions import actor_of, locked, record
from catalogue.joining_states import ParticipationState
from catalogue.models import OnboardingComment, OnboardingStep, Participation
from catalogue.record_states import StepSide
from core.actions import require
from core.exceptions import RuleBroken
from members.models import Representative, User

OPEN_STATES = (
    ParticipationState.AGREEMENT_SIGNED,
    ParticipationState.ONBOARDING,
    ParticipationState.PRODUCTION,
)


@transaction.atomic
def add_step(
    *, by: Any, participation: Participation, title: str, side: str, due_on: date, text: str = ""
) -> OnboardingStep:
    """Add a step to this participation's own checklist, last.

    Raises PermissionDenied or RuleBroken.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = _open(participation)
    if not title.strip():
        raise RuleBroken(_("This is needed."), field="title")
    if side not in StepSide.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="side")
    last = row.onboarding.order_by("-position").first()
    actor = actor_of(by, row)
    record(actor=actor, participation=row, field="onboarding", old="", new=title.strip())
    return OnboardingStep.objects.create(
        participation=row,
        position=last.position + 1 if last else 1,
        title=title.strip(),
        text=text.strip(),
        side=side,
        due_on=due_on,
    )


@transaction.atomic
def plan_step(
    *, by: Any, step: OnboardingStep, due_on: date, assignee: User | None
) -> OnboardingStep:
    """Give a step its day and the person who does it, of the municipality or the office.

    Raises PermissionDenied, or RuleBroken for a person who acts for neither.
    """
    require(by, "catalogue.work_on_participation", step.participation)
    row = _open(step.participation)
    if assignee is not None:
        known = Representative.objects.on().filter(user=assignee)
        acts = known.filter(organisation=row.organisation_id).exists()
        if not acts and not assignee.standing.is_office:
            raise RuleBroken(_("The person does not act for the municipality."), field="assignee")
    found = row.onboarding.get(pk=step.pk)
    record(
        actor=actor_of(by, row),
        participation=row,
        field="onboarding",
        old=f"{found.title}: {found.due_on}",
        new=f"{found.title}: {due_on}",
    )
    found.due_on, found.assignee = due_on, assignee
    found.save()
    return found


PLANNABLE = (
    ParticipationState.DIALOGUE,
    ParticipationState.DECISION_PENDING,
    ParticipationState.DECIDED,
    ParticipationState.AGREEMENT_SENT,
    ParticipationState.AGREEMENT_SIGNED,
    ParticipationState.ONBOARDING,
)
"""States in which a first day of use can be planned: it lies ahead."""


@transaction.atomic
def plan_go_live(
    *, by: Any, participation: Participation, go_live_on: date | None
) -> Participation:
    """Plan the first day of use, or take the plan away (None); both sides see it.

    Raises PermissionDenied unless the office asks, or RuleBroken when the service is already in
    use or left, for a day that has passed, or one before the agreement holds.
    """
    require(by, "catalogue.handle_participation", participation)
    row = locked(participation)
    if row.state not in PLANNABLE:
        raise RuleBroken(_("A first day of use is planned before the service is in use."))
    if go_live_on and go_live_on < timezone.localdate():
        raise RuleBroken(_("The day has passed."), field="go_live_on")
    if go_live_on and row.starts_on and go_live_on < row.starts_on:
        raise RuleBroken(
            _("The service is not taken into use before the agreement holds."), field="go_live_on"
        )
    if go_live_on == row.go_live_on:
        return row
    record(
        actor=actor_of(by, row),
        participation=row,
        field="go_live_on",
        old=row.go_live_on,
        new=go_live_on,
    )
    row.go_live_on = go_live_on
    row.save()
    notices.tell_municipality(row, notices.GO_LIVE)
    return row


@transaction.atomic
def finish_step(*, by: Any, step: OnboardingStep, done: bool = True) -> OnboardingStep:
    """Mark a step as done today, or as not done after all. Twice is once.

    Raises PermissionDenied, or RuleBroken when the introduction is not open.
    """
    require(by, "catalogue.work_on_participation", step.participation)
    row = _open(step.participation)
    found = row.onboarding.get(pk=step.pk)
    if (found.done_on is not None) == done:
        return found
    found.done_on = timezone.localdate() if done else None
    found.done_by = by if done else None
    found.save()
    record(
        actor=actor_of(by, row),
        participation=row,
        field="onboarding",
        old="",
        new=f"{found.title}: {'done' if done else 'open'}"[:300],
    )
    return found


@transaction.atomic
def comment_step(*, by: Any, step: OnboardingStep, text: str) -> OnboardingComment:
    """Write a comment on a step. Raises PermissionDenied, or RuleBroken for an empty one."""
    require(by, "catalogue.write_on_record", step.participation)
    if not text.strip():
        raise RuleBroken(_("Write something."), field="text")
    return OnboardingComment.objects.create(step=step, author=by, text=text.strip())


def _open(participation: Participation) -> Participation:
    row = locked(participation)
    if row.state not in OPEN_STATES:
        raise RuleBroken(_("The introduction is not open."))
    return row
