"""A changed sub-processor is announced to every joined organisation, which may object in time."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import notices
from catalogue.actions.transitions import actor_of, locked, record
from catalogue.joining_states import DataProtection
from catalogue.models import (
    Participation,
    ServicePage,
    SubProcessor,
    SubProcessorAnswer,
    SubProcessorChange,
)
from catalogue.record_states import ChangeOutcome, JoiningEvent, ObjectionAnswer
from core.actions import log, require
from core.exceptions import RuleBroken
from core.formatting import long_date


@transaction.atomic
def register_sub_processor(
    *,
    by: Any,
    service: ServicePage,
    name: str,
    task: str,
    country: str,
    starts_on: date,
    is_example: bool = False,
) -> SubProcessor:
    """Register who processes personal data of a service for the processor, from a day.

    Raises PermissionDenied unless the office asks, or RuleBroken when something is missing.
    """
    require(by, "catalogue.handle_participation")
    for field, value in (("name", name), ("task", task), ("country", country)):
        if not value.strip():
            raise RuleBroken(_("This is needed."), field=field)
    return SubProcessor.objects.create(
        service=service,
        name=name.strip(),
        task=task.strip(),
        country=country.strip(),
        starts_on=starts_on,
        is_example=is_example,
    )


@transaction.atomic
def announce_change(
    *, by: Any, service: ServicePage, text: str, object_by: date, takes_effect_on: date
) -> SubProcessorChange:
    """Announce a change of sub-processor to every joined organisation with an agreement on data.

    Each gets a place for its answer, and its coordinators a notice that is always e-mailed.
    Raises PermissionDenied unless the office asks, or RuleBroken for days in the wrong order.
    """
    require(by, "catalogue.handle_participation")
    today = timezone.localdate()
    if not text.strip():
        raise RuleBroken(_("Say what changes."), field="text")
    if object_by <= today:
        raise RuleBroken(_("Give time to object: a day ahead."), field="object_by")
    if takes_effect_on < object_by:
        raise RuleBroken(
            _("It cannot take effect before the time to object is over."), field="takes_effect_on"
        )
    change = SubProcessorChange.objects.create(
        service=service,
        text=text.strip(),
        announced_on=today,
        object_by=object_by,
        takes_effect_on=takes_effect_on,
        announced_by=getattr(by, "pk", None) and by,
    )
    joined = Participation.objects.agreed().filter(service=service)
    rows = list(joined.exclude(data_protection=DataProtection.NONE).with_parties())
    SubProcessorAnswer.objects.bulk_create(
        SubProcessorAnswer(change=change, participation=row) for row in rows
    )
    for row in rows:
        notices.tell_municipality(
            row,
            notices.SUB_PROCESSOR,
            object_by=long_date(object_by, "sv"),
            dedupe_key=f"sub-processor-{change.pk}",
        )
    return change


@transaction.atomic
def answer_change(
    *,
    by: Any,
    participation: Participation,
    change: SubProcessorChange,
    answer: str,
    reason: str = "",
) -> SubProcessorAnswer:
    """Answer a change for the municipality; until the time is over the answer may be changed.

    An objection needs its reason. Raises PermissionDenied, or RuleBroken when it is too late.
    """
    require(by, "catalogue.run_participation", participation)
    row = locked(participation)
    answers = SubProcessorAnswer.objects.select_related("change")
    found = answers.filter(change=change, participation=row).first()
    if found is None:
        raise RuleBroken(_("The change does not concern this participation."))
    if timezone.localdate() > found.change.object_by or found.change.outcome:
        raise RuleBroken(_("The time to object is over."))
    if answer not in ObjectionAnswer.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="answer")
    if answer == ObjectionAnswer.OBJECTS and not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    record(
        actor=actor_of(by, row),
        participation=row,
        field="sub_processor",
        old=found.answer,
        new=answer,
        reason=reason,
    )
    found.answer, found.reason = answer, reason.strip()
    found.answered_at, found.answered_by = timezone.now(), by
    found.save()
    if answer == ObjectionAnswer.OBJECTS:
        notices.tell_office(row, notices.OBJECTION)
    return found


@dataclass(frozen=True)
class Arrival:
    """Who comes in by a change: name, task, and the country where the data is processed."""

    name: str
    task: str
    country: str


@transaction.atomic
def decide_change(
    *,
    by: Any,
    change: SubProcessorChange,
    outcome: str,
    reason: str = "",
    comes: Arrival | None = None,
    leaves: SubProcessor | None = None,
) -> SubProcessorChange:
    """Decide an announced change, and write what is carried through in the service's register.

    Who comes is registered from the day the change takes effect, who leaves through the day
    before; agreements made from then on name them. A dropped change leaves the register as it is.
    Every municipality that was asked is told.

    Raises PermissionDenied unless the office asks, or RuleBroken while there is time to object
    and somebody has not answered, when it is already decided, when objections are carried over
    without a reason, or when nobody comes or leaves.
    """
    require(by, "catalogue.handle_participation")
    row = SubProcessorChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    answers = list(
        row.answers.select_related("participation__service", "participation__organisation")
    )
    _check_decision(row, [answer.answer for answer in answers], outcome, reason)
    if outcome == ChangeOutcome.CARRIED:
        _carry_through(by, row, comes, leaves)
    row.outcome, row.outcome_reason = outcome, reason.strip()
    row.decided_on, row.decided_by = timezone.localdate(), getattr(by, "pk", None) and by
    row.save()
    log(JoiningEvent.SUB_PROCESSOR_DECIDED, by=by, obj=row, new={"outcome": outcome})
    for answer in answers:
        notices.tell_municipality(
            answer.participation,
            notices.SUB_PROCESSOR_DECIDED,
            dedupe_key=f"sub-processor-decided-{row.pk}",
        )
    return row


def _check_decision(
    change: SubProcessorChange, answers: list[str], outcome: str, reason: str
) -> None:
    if change.outcome:
        raise RuleBroken(_("This is already done."))
    if outcome not in ChangeOutcome.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="outcome")
    if timezone.localdate() <= change.object_by and "" in answers:
        raise RuleBroken(_("There is still time to object, and not everyone has answered."))
    if ObjectionAnswer.OBJECTS in answers and not reason.strip():
        raise RuleBroken(_("Somebody objects: say how that was weighed."), field="reason")
    if outcome == ChangeOutcome.DROPPED and not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")


def _carry_through(
    by: Any, change: SubProcessorChange, comes: Arrival | None, leaves: SubProcessor | None
) -> None:
    """Register who comes, and end who leaves the day before."""
    if comes is None and leaves is None:
        raise RuleBroken(_("Say who comes, who leaves, or both."), field="name")
    if leaves is not None:
        old = SubProcessor.objects.select_for_update(of=("self",)).get(pk=leaves.pk)
        last = change.takes_effect_on - timedelta(days=1)
        if old.service_id != change.service_id or old.ends_on or last < old.starts_on:
            raise RuleBroken(_("Choose one that is in force."), field="leaves")
        old.ends_on = last
        old.save()
    if comes is not None:
        register_sub_processor(
            by=by,
            service=change.service,
            name=comes.name,
            task=comes.task,
            country=comes.country,
            starts_on=change.takes_effect_on,
            is_example=change.is_example,
        )
