"""What follows when the last signature is given."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from catalogue import notices
from catalogue.actions.guards import refusal
from catalogue.actions.seats import publish_seat
from catalogue.actions.transitions import Actor, find_step, keys_of, record, take_step
from catalogue.events import ParticipationAgreed
from catalogue.joining_states import ParticipationState, Side
from catalogue.models import Agreement, OnboardingStep, OnboardingTemplateStep, Participation
from catalogue.record_states import AgreementKind, AgreementState
from core.events import publish


def complete_agreement(
    *, by: Any, party_id: int, participation: Participation, agreement: Agreement
) -> None:
    """Mark an agreement as signed by both sides; with the last one the participation is agreed.

    An earlier signed version of the same kind is replaced. The participation begins on the later
    of the agreed day and the day of the last signature (architecture.md, Vote rights).
    `party_id` is the organisation that the last signature was given for. Runs within the signing's
    transaction, on a locked participation.
    """
    earlier = participation.agreements.filter(kind=agreement.kind, state=AgreementState.SIGNED)
    earlier.update(state=AgreementState.REPLACED)
    agreement.state, agreement.signed_at = AgreementState.SIGNED, timezone.now()
    agreement.save()
    actor = Actor(getattr(by, "pk", None) and by, Side.EITHER, party_id)
    record(
        actor=actor,
        participation=participation,
        field="agreement",
        old=AgreementState.SENT,
        new=f"{agreement.kind} {agreement.number} {AgreementState.SIGNED}",
    )
    if participation.state == ParticipationState.AGREEMENT_SENT:
        _agree_when_all_signed(actor, participation)


def _agree_when_all_signed(actor: Actor, row: Participation) -> None:
    accession = row.agreements.filter(
        kind=AgreementKind.ACCESSION, state=AgreementState.SIGNED
    ).first()
    if accession is None or accession.agreed_start is None:
        return
    row.starts_on = max(accession.agreed_start, timezone.localdate())
    step = find_step(row, ParticipationState.AGREEMENT_SIGNED)
    if any(refusal(guard, row, step) for guard in step.guards):
        return
    take_step(actor=actor, participation=row, step=step)
    copy_checklist(row, row.starts_on)
    announce_agreed(row)
    notices.tell_municipality(row, notices.SIGNED)
    notices.tell_office(row, notices.SIGNED)


def announce_agreed(row: Participation) -> None:
    """State that the agreement holds, and the seat with its people when one is taken."""
    assert row.starts_on is not None  # noqa: S101 - the table's guard START_DATE has said so
    publish(
        ParticipationAgreed(*keys_of(row), starts_on=row.starts_on, wants_seat=bool(row.wants_seat))
    )
    if not row.wants_seat:
        return
    choice = row.seat_choices.filter(ends_on__isnull=True).first()
    if choice is None:
        choice = row.seat_choices.create(starts_on=row.starts_on)
    elif choice.starts_on < row.starts_on:
        choice.starts_on = row.starts_on
        choice.save()
    publish_seat(row, choice)


def copy_checklist(row: Participation, first: date) -> list[OnboardingStep]:
    """Copy the service's checklist to the participation; once, with days counted from `first`."""
    if row.onboarding.exists():
        return []
    steps = OnboardingTemplateStep.objects.for_service(row.service)
    return OnboardingStep.objects.bulk_create(
        OnboardingStep(
            participation=row,
            position=place,
            title=step.title,
            text=step.text,
            side=step.side,
            url=step.url,
            document_id=step.document_id,
            due_on=first + timedelta(days=step.offset_days),
        )
        for place, step in enumerate(steps, start=1)
    )
