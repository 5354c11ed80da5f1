"""A changed sub-processor is announced to every joined organisation, which may object in time."""

from datetime import date
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
from catalogue.record_states import ObjectionAnswer
from core.actions import require
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
    found = SubProcessorAnswer.objects.filter(change=change, participation=row).first()
    if found is None:
        raise RuleBroken(_("The change does not concern this participation."))
    if timezone.localdate() > change.object_by:
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
        notices.tell_office(row, notices.MESSAGE)
    return found
