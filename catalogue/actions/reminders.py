"""Reminders of days in participations: each is told once, whenever the job happens to run."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from catalogue import notices
from catalogue.joining_states import ParticipationState
from catalogue.models import Agreement, OnboardingStep, Participation, SubProcessorAnswer
from catalogue.record_states import AgreementState
from core.formatting import long_date

AHEAD = (timedelta(days=90), timedelta(days=30), timedelta(days=7))
REVIEW_AFTER = timedelta(days=365)


@transaction.atomic
def remind_of_days(*, today: date | None = None) -> int:
    """Tell municipality and office of last days, expiring agreements, objections and late steps.

    Each is told at 90, 30 and 7 days; a late step once, contacts once every twelve months. A day
    on which the job did not run is made up for at the next. Returns how many were told of.
    """
    day = today or timezone.localdate()
    with translation.override("sv"):
        found = [
            *_ends(day),
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
    leaving = (ParticipationState.TERMINATED, ParticipationState.WINDING_UP)
    rows = Participation.objects.filter(state__in=leaving).with_parties()
    return [
        (row, _("Last day of the participation"), row.ends_on, f"end-{stage}")
        for row in rows
        if row.ends_on and (stage := _stage(row.ends_on, day))
    ]


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
