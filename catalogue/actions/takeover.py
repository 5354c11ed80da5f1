"""Joinings that were in force before the product came are entered in their real state."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from catalogue.actions.agreements import LANGUAGE, association_of
from catalogue.actions.completion import announce_agreed, copy_checklist
from catalogue.actions.participations import office_actor
from catalogue.actions.transitions import keys_of, locked, record
from catalogue.events import ParticipationTerminated
from catalogue.joining_states import CLOSED_STATES, TAKEOVER_STATES, ParticipationState
from catalogue.models import Agreement, Participation, ServicePage
from catalogue.record_states import AgreementKind, AgreementState
from catalogue.takeover_csv import RowError, TakeoverRow, read_takeover
from catalogue.uploads import check_document
from core.actions import require
from core.events import publish
from core.exceptions import RuleBroken
from members.models import Organisation


@dataclass(frozen=True)
class Takeover:
    """One joining in force: whose, in what, since when, on what source and in which state."""

    service: ServicePage
    organisation: Organisation
    state: str
    starts_on: date
    source: str
    production_on: date | None = None
    ends_on: date | None = None
    wants_seat: bool | None = None
    is_example: bool = False


@transaction.atomic
def take_over(*, by: Any, takeover: Takeover) -> Participation:
    """Enter a joining in force, marked as taken over; guards apply from the next step on.

    Publishes ParticipationAgreed (and what follows of seat and termination), so that upper apps
    know it as any other. Raises PermissionDenied unless the office asks, or RuleBroken for a state
    or days that cannot be, or when there is an open participation. Source: rules.md 2.1.
    """
    require(by, "catalogue.handle_participation")
    _check(takeover)
    leaving = takeover.state == ParticipationState.TERMINATED
    in_use = takeover.state == ParticipationState.PRODUCTION
    try:
        with transaction.atomic():
            row = Participation.objects.create(
                service=takeover.service,
                organisation=takeover.organisation,
                state=takeover.state,
                state_since=timezone.now(),
                starts_on=takeover.starts_on,
                production_on=(takeover.production_on or takeover.starts_on) if in_use else None,
                ends_on=takeover.ends_on if leaving else None,
                terminated_from=ParticipationState.PRODUCTION if leaving else "",
                wants_seat=takeover.wants_seat,
                taken_over=True,
                takeover_source=takeover.source.strip(),
                is_example=takeover.is_example,
            )
    except IntegrityError as error:
        raise _known() from error
    record(
        actor=office_actor(by),
        participation=row,
        field="state",
        old="",
        new=row.state,
        reason=takeover.source,
    )
    announce_agreed(row)
    if row.state in (ParticipationState.AGREEMENT_SIGNED, ParticipationState.ONBOARDING):
        copy_checklist(row, takeover.starts_on)
    if takeover.ends_on:
        received_on = min(timezone.localdate(), takeover.ends_on)
        row.terminations.create(received_on=received_on, ends_on=takeover.ends_on)
        publish(
            ParticipationTerminated(
                *keys_of(row), received_on=received_on, ends_on=takeover.ends_on
            )
        )
    return row


def _known() -> RuleBroken:
    return RuleBroken(
        _("There is already an open participation for this service."), field="organisation"
    )


def _check(takeover: Takeover) -> None:
    if takeover.state not in TAKEOVER_STATES:
        raise RuleBroken(_("A joining in force cannot be taken over in this state."), field="state")
    if not takeover.source.strip():
        raise RuleBroken(_("Give the source."), field="source")
    if takeover.starts_on > timezone.localdate():
        raise RuleBroken(_("The day cannot lie ahead."), field="starts_on")
    leaving = takeover.state == ParticipationState.TERMINATED
    if leaving != (takeover.ends_on is not None):
        raise RuleBroken(_("A terminated joining, and no other, has a last day."), field="ends_on")
    if takeover.ends_on and takeover.ends_on < takeover.starts_on:
        raise RuleBroken(_("The last day cannot be before the first."), field="ends_on")
    if takeover.production_on and takeover.production_on < takeover.starts_on:
        raise RuleBroken(_("It cannot be in use before its first day."), field="production_on")
    rows = Participation.objects.filter(
        service=takeover.service, organisation=takeover.organisation
    )
    if rows.exclude(state__in=CLOSED_STATES).exists():
        raise _known()


@transaction.atomic
def register_agreement_in_force(
    *,
    by: Any,
    participation: Participation,
    kind: str,
    signed_on: date,
    name: str,
    content: bytes,
    expires_on: date | None = None,
    renews: bool = True,
) -> Agreement:
    """Register an agreement that was signed before the product came, with the paper in hand.

    Only for a joining that was taken over: it closes the gap, and the register knows when the
    agreement expires. Raises PermissionDenied unless the office asks, or RuleBroken when the
    joining was not taken over, has such an agreement, or the file or a day cannot be taken.
    Source: rules.md 2.1.
    """
    require(by, "catalogue.handle_participation", participation)
    row = locked(participation)
    _check_in_force(row, kind, signed_on, expires_on)
    if check_document(name, content) != "pdf":
        raise RuleBroken(_("The agreement is uploaded as a PDF."), field="file")
    signed_at = timezone.make_aware(datetime.combine(signed_on, time(12)))
    agreement = Agreement(
        participation=row,
        counterparty=association_of(by),
        kind=kind,
        number=1,
        state=AgreementState.SIGNED,
        title=_title(kind),
        template_version=row.takeover_source[:200],
        content={},
        dated_on=signed_on,
        expires_on=expires_on,
        renews=renews,
        sha256=hashlib.sha256(content).hexdigest(),
        sent_at=signed_at,
        signed_at=signed_at,
        taken_over=True,
        is_example=row.is_example,
    )
    agreement.pdf.save("avtal.pdf", ContentFile(content), save=False)
    agreement.save()
    record(
        actor=office_actor(by),
        participation=row,
        field="agreement",
        old="",
        new=f"{kind} 1 {agreement.sha256}",
        reason=row.takeover_source,
    )
    return agreement


def _title(kind: str) -> str:
    with translation.override(LANGUAGE):
        return str(AgreementKind(kind).label)


def _check_in_force(
    row: Participation, kind: str, signed_on: date, expires_on: date | None
) -> None:
    if not row.taken_over or row.is_closed:
        raise RuleBroken(_("Only a joining that was taken over has agreements from before."))
    if kind not in AgreementKind.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="kind")
    if signed_on > timezone.localdate():
        raise RuleBroken(_("The day cannot lie ahead."), field="signed_on")
    if expires_on and expires_on <= signed_on:
        raise RuleBroken(_("It cannot expire before it begins."), field="expires_on")
    if row.agreements.filter(kind=kind).exists():
        raise RuleBroken(_("This kind of agreement is registered already."), field="kind")


STATE_WORDS = {
    "avtal": ParticipationState.AGREEMENT_SIGNED,
    "införande": ParticipationState.ONBOARDING,
    "i drift": ParticipationState.PRODUCTION,
    "uppsagd": ParticipationState.TERMINATED,
}
"""How the file names the states."""


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do: how many, and what is wrong on which line and column."""

    taken: int
    errors: list[tuple[int, str, str]]
    dry_run: bool


def import_takeovers(*, by: Any, content: bytes, dry_run: bool = True) -> Imported:
    """Take over every joining of a CSV file, or none: one wrong row stops them all.

    A dry run does everything and then undoes it, so that it tells exactly what would happen.
    Raises PermissionDenied unless the office asks.
    """
    require(by, "catalogue.handle_participation")
    rows, faults = read_takeover(content)
    errors = [(fault.line, fault.column, _fault_text(fault)) for fault in faults]
    with transaction.atomic():
        point = transaction.savepoint()
        taken = 0
        for row in rows:
            try:
                take_over(by=by, takeover=_resolve(row))
                taken += 1
            except RuleBroken as broken:
                errors.append(
                    (row.line, FILE_COLUMNS.get(broken.field, broken.field), broken.message)
                )
        if errors or dry_run:
            transaction.savepoint_rollback(point)
    return Imported(taken, sorted(errors), dry_run)


FILE_COLUMNS = {
    "organisation": "kommunkod",
    "service": "tjanst",
    "state": "tillstand",
    "starts_on": "startdag",
    "source": "kalla",
    "production_on": "i_drift",
    "ends_on": "sista_dag",
}


def _resolve(row: TakeoverRow) -> Takeover:
    """Return the row with its municipality and service; raise RuleBroken for an unknown one."""
    organisation = Organisation.objects.filter(municipality__code=row.code).first()
    if organisation is None:
        raise RuleBroken(_("There is no municipality with this code."), field="organisation")
    service = ServicePage.objects.filter(slug=row.slug, live=True).first()
    if service is None:
        raise RuleBroken(_("There is no service with this address."), field="service")
    state = STATE_WORDS.get(row.state)
    if state is None:
        words = ", ".join(STATE_WORDS)
        raise RuleBroken(_("Write one of: %(words)s.") % {"words": words}, field="state")
    return Takeover(
        service=service,
        organisation=organisation,
        state=state,
        starts_on=row.starts_on,
        source=row.source,
        production_on=row.production_on,
        ends_on=row.ends_on,
        wants_seat=row.wants_seat,
    )


def _fault_text(fault: RowError) -> str:
    texts = {
        "encoding": _("The file is not UTF-8."),
        "empty-file": _("The file is empty."),
        "missing-column": _("The column is missing."),
        "unknown-column": _("The column is not known."),
        "missing": _("This is needed."),
        "date": _("Write the day as 2026-03-02."),
        "yes-no": _("Write ja, nej or nothing."),
        "too-many": _("The file has too many rows."),
    }
    return texts[fault.code]
