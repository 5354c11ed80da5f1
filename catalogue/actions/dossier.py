"""Documents, decisions, signing authority, contacts and acceptance on a participation's record."""

import hashlib
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.actions.transitions import actor_of, locked, record
from catalogue.joining_states import ParticipationState
from catalogue.models import (
    Acceptance,
    JoiningContact,
    JoiningDecision,
    JoiningDocument,
    Participation,
    SigningAuthority,
)
from catalogue.record_states import RETENTION_OF, ContactRole, DocumentKind, JoiningEvent
from catalogue.uploads import check_document
from core.actions import log, require
from core.exceptions import RuleBroken
from members.models import Organisation


@transaction.atomic
def add_document(
    *,
    by: Any,
    participation: Participation,
    kind: str,
    name: str,
    content: bytes,
    title: str = "",
    dated_on: date | None = None,
) -> JoiningDocument:
    """Put a file on the record, as the next version when the title is known.

    `name` is the file's own name, `content` its bytes. Raises PermissionDenied, or RuleBroken for
    a kind of file that is not taken, too large or empty.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    if kind not in DocumentKind.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="kind")
    suffix = check_document(name, content)
    heading = (title.strip() or str(DocumentKind(kind).label))[:200]
    earlier = row.documents.filter(kind=kind, title=heading).aggregate(last=Max("version"))
    document = JoiningDocument(
        participation=row,
        kind=kind,
        title=heading,
        version=(earlier["last"] or 0) + 1,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        dated_on=dated_on,
        retention=RETENTION_OF[DocumentKind(kind)],
        uploaded_by=getattr(by, "pk", None) and by,
    )
    document.file.save(f"dokument.{suffix}", ContentFile(content), save=False)
    document.save()
    record(
        actor=actor_of(by, row),
        participation=row,
        field="document",
        old="",
        new=f"{heading} ({document.version})",
    )
    return document


@transaction.atomic
def register_decision(
    *,
    by: Any,
    participation: Participation,
    body: str,
    decided_on: date,
    registry_number: str,
    document: JoiningDocument,
    by_delegation: bool = False,
    announced_on: date | None = None,
    final_on: date | None = None,
) -> JoiningDecision:
    """Register the municipality's decision to join; a new row takes the place of an earlier one.

    Raises PermissionDenied, or RuleBroken for a day ahead, days in the wrong order, or a document
    of another record. Source: rules.md 2.1.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    today = timezone.localdate()
    if document.participation_id != row.pk:
        raise RuleBroken(_("The document belongs to another record."), field="document")
    if decided_on > today:
        raise RuleBroken(_("The decision cannot lie ahead."), field="decided_on")
    if announced_on and announced_on < decided_on:
        raise RuleBroken(_("It cannot be announced before it is made."), field="announced_on")
    if final_on and final_on < (announced_on or decided_on):
        raise RuleBroken(_("It cannot gain legal force before that."), field="final_on")
    for field, value in (("body", body), ("registry_number", registry_number)):
        if not value.strip():
            raise RuleBroken(_("This is needed."), field=field)
    decision = JoiningDecision.objects.create(
        participation=row,
        body=body.strip(),
        by_delegation=by_delegation,
        decided_on=decided_on,
        registry_number=registry_number.strip(),
        document=document,
        announced_on=announced_on,
        final_on=final_on,
        recorded_by=getattr(by, "pk", None) and by,
    )
    record(
        actor=actor_of(by, row),
        participation=row,
        field="decision",
        old="",
        new=f"{decision.body} {decided_on} {decision.registry_number}",
    )
    return decision


@transaction.atomic
def register_signing_authority(
    *,
    by: Any,
    organisation: Organisation,
    ground: str,
    signatories: int,
    starts_on: date,
    ends_on: date | None = None,
    limit: int | None = None,
    registry_number: str = "",
    name: str = "",
    content: bytes = b"",
) -> SigningAuthority:
    """Register who may sign for an organisation: how many together, until when, up to what amount.

    `limit` is öre per year, None without limit. Raises PermissionDenied, or RuleBroken for figures
    that cannot be.
    """
    require(by, "catalogue.register_authority", organisation)
    if not ground.strip():
        raise RuleBroken(_("This is needed."), field="ground")
    if not 1 <= signatories <= 9:  # noqa: PLR2004 - as the database's own constraint
        raise RuleBroken(_("Between 1 and 9 people sign together."), field="signatories")
    if ends_on and ends_on < starts_on:
        raise RuleBroken(_("The last day cannot be before the first."), field="ends_on")
    if limit is not None and limit < 0:
        raise RuleBroken(_("The amount cannot be negative."), field="limit")
    row = SigningAuthority(
        organisation=organisation,
        ground=ground.strip(),
        registry_number=registry_number.strip(),
        signatories=signatories,
        limit=limit,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    if content:
        suffix = check_document(name, content)
        row.file.save(f"fullmakt.{suffix}", ContentFile(content), save=False)
    row.save()
    log(
        JoiningEvent.AUTHORITY_REGISTERED,
        by=by,
        acting_for=organisation,
        obj=row,
        new={"signatories": signatories, "starts_on": str(starts_on), "limit": limit},
    )
    return row


@transaction.atomic
def set_contact(
    *,
    by: Any,
    participation: Participation,
    role: str,
    function: str,
    email: str,
    phone: str = "",
    reference: str = "",
    peppol_id: str = "",
) -> JoiningContact:
    """Write who answers for one thing; today counts as the day it was looked through.

    Raises PermissionDenied or RuleBroken.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    if role not in ContactRole.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="role")
    if not function.strip():
        raise RuleBroken(_("This is needed."), field="function")
    fields = {
        "function": function.strip(),
        "email": email.strip(),
        "phone": phone.strip(),
        "reference": reference.strip(),
        "peppol_id": peppol_id.strip(),
        "reviewed_on": timezone.localdate(),
    }
    contact, __ = JoiningContact.objects.update_or_create(
        participation=row, role=role, defaults=fields
    )
    record(actor=actor_of(by, row), participation=row, field="contact", old="", new=role)
    return contact


@transaction.atomic
def confirm_contacts(*, by: Any, participation: Participation) -> int:
    """Say that every contact is still right; return how many. Asked for every twelve months."""
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    today = timezone.localdate()
    record(actor=actor_of(by, row), participation=row, field="contact", old="", new=today)
    return row.contacts.update(reviewed_on=today)


@transaction.atomic
def accept_delivery(
    *,
    by: Any,
    participation: Participation,
    accepted_on: date,
    remarks: str = "",
    document: JoiningDocument | None = None,
) -> Acceptance:
    """Record that the municipality accepts the introduction; once.

    Only the municipality itself accepts. Raises PermissionDenied, or RuleBroken outside the
    introduction, twice, or for a day ahead.
    """
    require(by, "catalogue.run_participation", participation)
    row = locked(participation)
    if row.state != ParticipationState.ONBOARDING:
        raise RuleBroken(_("Acceptance belongs to the introduction."))
    if accepted_on > timezone.localdate():
        raise RuleBroken(_("The day cannot lie ahead."), field="accepted_on")
    if Acceptance.objects.filter(participation=row).exists():
        raise RuleBroken(_("This is already done."))
    if document and document.participation_id != row.pk:
        raise RuleBroken(_("The document belongs to another record."), field="document")
    acceptance = Acceptance.objects.create(
        participation=row,
        accepted_on=accepted_on,
        remarks=remarks.strip(),
        document=document,
        accepted_by=by,
    )
    record(actor=actor_of(by, row), participation=row, field="acceptance", old="", new=accepted_on)
    return acceptance
