"""What joining leaves for a person to do, for Min sida."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.joining_states import ParticipationState
from catalogue.models import Agreement, OnboardingStep, Participation, SubProcessorAnswer
from catalogue.record_states import AgreementState, StepSide
from core.agenda import Task
from members.standing import standing_of
from members.states import Role

QUERIES = 4
SOURCE = "joining"
RUNNERS = (Role.COORDINATOR, Role.BUSINESS_OWNER)
HANDLERS = (Role.SERVICE_MANAGER, Role.ADMINISTRATOR)


def tasks_of(user: Any) -> list[Task]:
    """Return agreements to sign, interest to answer, steps to do and changes to answer."""
    standing = standing_of(user)
    signs = [
        p.organisation_id
        for p in standing.parties
        if standing.holds(Role.SIGNATORY, organisation_id=p.organisation_id)
    ]
    runs = [
        p.organisation_id
        for p in standing.parties
        if standing.holds(*RUNNERS, organisation_id=p.organisation_id)
    ]
    found: list[Task] = []
    if signs:
        found += _to_sign(user, signs)
    if runs:
        found += _to_answer(runs)
    if standing.parties:
        found += _steps(user, runs)
    if standing.holds(*HANDLERS):
        found += _interests()
    return found


def _to_sign(user: Any, organisations: list[int]) -> Iterator[Task]:
    rows = (
        Agreement.objects.filter(state=AgreementState.SENT)
        .filter(
            Q(participation__organisation__in=organisations) | Q(counterparty__in=organisations)
        )
        .exclude(signatures__signatory=user)
        .select_related("participation__service", "participation__organisation")
    )
    for row in rows:
        names = {"title": row.title, "organisation": row.participation.organisation.name}
        yield Task(
            title=_("Sign: %(title)s, %(organisation)s") % names,
            url=row.get_absolute_url(),
            source=SOURCE,
            action=_("Read and sign"),
            text=row.participation.service.title,
        )


def _to_answer(organisations: list[int]) -> Iterator[Task]:
    rows = SubProcessorAnswer.objects.filter(
        participation__organisation__in=organisations, answer=""
    ).select_related("change__service", "participation")
    for row in rows:
        if row.change.object_by >= timezone.localdate():
            yield Task(
                title=_("Changed sub-processor in %(service)s")
                % {"service": row.change.service.title},
                url=reverse(
                    "catalogue:participation_sub_processor", args=[row.participation_id, row.pk]
                ),
                source=SOURCE,
                due_on=row.change.object_by,
                action=pgettext("verb", "Answer"),
            )


def _steps(user: Any, organisations: list[int]) -> Iterator[Task]:
    mine = Q(assignee=user) | Q(
        assignee=None, side=StepSide.MUNICIPALITY, participation__organisation__in=organisations
    )
    rows = OnboardingStep.objects.filter(
        mine, done_on=None, participation__state=ParticipationState.ONBOARDING
    ).select_related("participation__service")
    for row in rows:
        yield Task(
            title=row.title,
            text=row.participation.service.title,
            due_on=row.due_on,
            source=SOURCE,
            url=f"{row.participation.get_absolute_url()}#inforande",
            action=_("Open the checklist"),
        )


def _interests() -> Iterator[Task]:
    rows = Participation.objects.filter(state=ParticipationState.INTEREST)
    for row in rows.select_related("service", "organisation"):
        names = {"organisation": row.organisation.name, "service": row.service.title}
        yield Task(
            title=_("%(organisation)s wants to join %(service)s") % names,
            url=row.get_absolute_url(),
            source=SOURCE,
            action=_("Start the dialogue"),
        )
