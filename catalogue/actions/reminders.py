"""Reminders of days in participations: each is told once, whenever the job happens to run."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import notices
from catalogue.joining_states import LEAVING_STATES, ParticipationState
from catalogue.models import (
    Agreement,
    OnboardingStep,
    Participation,
    SubProcessorAnswer,
    Termination,
)
from catalogue.record_states import AgreementState
from core.formatting import long_date

AHEAD = (timedelta(days=90), timedelta(days=30), timedelta(days=7))
REVIEW_AFTER = timedelta(days=365)
AGAIN_AFTER = timedelta(days=30)


@transaction.atomic
def remind_of_days(*, today: date | None = None) -> int:
    """Tell municipality and office of last days, expiring agreements, objections and late steps.

    Each is told at 90, 30 and 7 days; a late step once, contacts once every twelve months, and
    what is left to do after the last day once in thirty days. A day on which the job did not run
    is made up for at the next. Returns how many were told of.
    """
    day = today or timezone.localdate()
    with translation.override("sv"):
        found = [
            *_ends(day),
            *_not_left(day),
            *_expiring(day),
            *_objections(day),
            *_late_steps(day),
            *_contacts(day),
        ]
        for row, what, on, key in found:
            words = {"what": what, "day": long_date(on, "sv"), "dedupe_key": f"{key}-{row.pk}"}
            notices.tell_municipality(row, notices.DEADLINE, **words)
            notices.tell_office(row, notices.DEADLINE, **words)
    return len(found)


Reminder = tuple[Participation, str, date, str]


def _stage(on: date, day: date) -> str | None:
    """Return which reminder is due: the nearest of 90, 30 and 7 days ahead, or None."""
    left = on - day
    due = [ahead for ahead in AHEAD if timedelta(0) <= left <= ahead]
    return f"{min(due).days}-{on}" if due else None


def _ends(day: date) -> list[Reminder]:
    rows = Participation.objects.filter(state__in=LEAVING_STATES).with_parties()
    return [
        (row, _("Last day of the participation"), row.ends_on, f"end-{stage}")
        for row in rows
        if row.ends_on and (stage := _stage(row.ends_on, day))
    ]


LEFT_TO_DO = (
    ("data_returned_on", gettext_lazy("The data is to be returned")),
    ("deletion_certified_on", gettext_lazy("The deletion is to be certified")),
    ("accounts_closed_on", gettext_lazy("The accounts are to be closed")),
    ("settled_on", gettext_lazy("The final settlement is to be made")),
)
"""What is done after the last day, in that order."""


def _not_left(day: date) -> list[Reminder]:
    """Return, for each that has reached its last day, the next thing that is not done."""
    rows = Termination.objects.filter(
        withdrawn_on__isnull=True, ends_on__lt=day, participation__state__in=LEAVING_STATES
    )
    found: list[Reminder] = []
    for row in rows.select_related("participation__service", "participation__organisation"):
        missing = next(((f, text) for f, text in LEFT_TO_DO if getattr(row, f) is None), None)
        if missing:
            field, text = missing
            turn = (day - row.ends_on) // AGAIN_AFTER
            key = f"left-{field}-{row.ends_on}-{turn}"
            found.append((row.participation, str(text), row.ends_on, key))
    return found


def _expiring(day: date) -> list[Reminder]:
    rows = Agreement.objects.filter(state=AgreementState.SIGNED, expires_on__isnull=False)
    related = ("participation__service", "participation__organisation")
    return [
        (
            row.participation,
            _("An agreement expires"),
            row.expires_on,
            f"agreement-{row.pk}-{stage}",
        )
        for row in rows.select_related(*related)
        if row.expires_on and (stage := _stage(row.expires_on, day))
    ]


def _objections(day: date) -> list[Reminder]:
    rows = SubProcessorAnswer.objects.filter(answer="", change__object_by__gte=day)
    related = ("change", "participation__service", "participation__organisation")
    return [
        (
            row.participation,
            _("Last day to object to a sub-processor"),
            row.change.object_by,
            f"objection-{row.change_id}-{stage}",
        )
        for row in rows.select_related(*related)
        if (stage := _stage(row.change.object_by, day))
    ]


def _late_steps(day: date) -> list[Reminder]:
    rows = OnboardingStep.objects.late(day).filter(
        participation__state=ParticipationState.ONBOARDING
    )
    related = ("participation__service", "participation__organisation")
    return [
        (row.participation, row.title, row.due_on, f"step-{row.pk}-{row.due_on}")
        for row in rows.select_related(*related)
    ]


def _contacts(day: date) -> list[Reminder]:
    rows = Participation.objects.filter(state=ParticipationState.PRODUCTION).with_parties()
    found: list[Reminder] = []
    for row in rows.prefetch_related("contacts"):
        reviewed = [contact.reviewed_on for contact in row.contacts.all()]
        if reviewed and min(reviewed) + REVIEW_AFTER <= day:
            on = min(reviewed) + REVIEW_AFTER
            found.append((row, _("Look through the contacts"), on, f"contacts-{on}"))
    return found
