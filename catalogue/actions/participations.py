"""A municipality shows interest, and what it and the office write on the record."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import notices
from catalogue.actions.transitions import Actor, actor_of, locked, office_of, record
from catalogue.joining_states import (
    CLOSED_STATES,
    EXEMPTIONS,
    JOINING_KINDS,
    DataProtection,
    LegalBasis,
    ParticipationState,
    Side,
)
from catalogue.models import JoiningGroup, Participation, ParticipationMessage, ServicePage
from catalogue.states import PersonalData
from core.actions import SYSTEM, require
from core.exceptions import RuleBroken
from members.models import Organisation
from members.rules import acts_for, is_office

MESSAGE_LENGTH = 4000


@transaction.atomic
def express_interest(
    *,
    by: Any,
    service: ServicePage,
    organisations: Iterable[Organisation],
    interest: str = "",
    wants_seat: bool | None = None,
    group_name: str = "",
) -> list[Participation]:
    """Open a participation for each organisation, in the state of interest.

    Several at once are kept together as a group. A return is a new participation linked to the
    latest one that ended. Raises PermissionDenied unless `by` may commit every one of them, and
    RuleBroken when the service takes no new members or one of them already has an open one.
    """
    parties = list(organisations)
    if not parties:
        raise RuleBroken(_("Choose for whom you join."), field="organisations")
    for organisation in parties:
        require(by, "catalogue.join_service", organisation)
    if not service.open_for_new_members:
        raise RuleBroken(_("The service does not take new members now."))
    group = None
    if len(parties) > 1:
        name = group_name.strip() or ", ".join(party.name for party in parties)
        group = JoiningGroup.objects.create(service=service, name=name[:120])
    opened = [
        _open(by, service, party, interest=interest, wants_seat=wants_seat, group=group)
        for party in parties
    ]
    for row in opened:
        notices.tell_office(row, notices.INTEREST)
    return opened


def _open(by: Any, service: ServicePage, party: Organisation, **fields: Any) -> Participation:
    """Open one participation; the database's own rule decides when two do it at once."""
    if party.kind not in JOINING_KINDS:
        raise RuleBroken(
            _("Only municipalities, regions and their federations join a service."),
            field="organisations",
        )
    earlier = Participation.objects.filter(service=service, organisation=party)
    if earlier.exclude(state__in=CLOSED_STATES).exists():
        raise _already_open(party)
    try:
        with transaction.atomic():
            row = Participation.objects.create(
                service=service,
                organisation=party,
                state_since=timezone.now(),
                previous=earlier.filter(state=ParticipationState.ENDED)
                .order_by("-ends_on")
                .first(),
                **fields,
            )
    except IntegrityError as error:
        raise _already_open(party) from error
    actor = actor_of(by, row)
    record(actor=actor, participation=row, field="state", old="", new=row.state)
    return row


def _already_open(party: Organisation) -> RuleBroken:
    message = _("%(name)s has already joined this service or is on its way.")
    return RuleBroken(message % {"name": party.name}, field="organisations")


@transaction.atomic
def write_message(*, by: Any, participation: Participation, text: str) -> ParticipationMessage:
    """Put a question or an answer on the record and tell the other side.

    Whoever may read the record may write, except the auditor, who changes nothing. Raises
    PermissionDenied, or RuleBroken for an empty or too long text.
    """
    require(by, "catalogue.read_record", participation)
    require(by, "catalogue.write_on_record", participation)
    words = text.strip()
    if not words:
        raise RuleBroken(_("Write something."), field="text")
    if len(words) > MESSAGE_LENGTH:
        message = _("At most %(limit)d characters.")
        raise RuleBroken(message % {"limit": MESSAGE_LENGTH}, field="text")
    own = acts_for(by, participation.organisation_id)
    office = participation.organisation_id if own else office_of(by)
    row = ParticipationMessage.objects.create(
        participation=participation,
        author=by,
        acting_for_id=office or participation.organisation_id,
        text=words,
    )
    if own:
        notices.tell_office(participation, notices.MESSAGE)
    else:
        notices.tell_municipality(participation, notices.MESSAGE)
    return row


@transaction.atomic
def record_legal_basis(
    *,
    by: Any,
    participation: Participation,
    basis: str,
    reference: str,
    reason: str = "",
    assessor: str = "",
    assessed_on: date | None = None,
) -> Participation:
    """Record on what law the municipality takes the service, with its reference.

    An exemption in LOU needs its reason, who assessed it and when. Membership of an association
    is by itself no ground. Raises PermissionDenied or RuleBroken. Source: rules.md 2.1.
    """
    require(by, "catalogue.work_on_participation", participation)
    row = locked(participation)
    actor = actor_of(by, row)
    _refuse_closed(row)
    if basis not in LegalBasis.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="basis")
    if not reference.strip():
        raise RuleBroken(_("Give the reference."), field="reference")
    _check_exemption(basis, reason, assessor, assessed_on)
    record(
        actor=actor,
        participation=row,
        field="legal_basis",
        old=row.legal_basis,
        new=basis,
        reason=reference,
    )
    row.legal_basis, row.legal_reference = basis, reference.strip()
    row.legal_assessor, row.legal_assessed_on = assessor.strip(), assessed_on
    row.legal_reason = reason.strip()
    row.save()
    return row


def _check_exemption(basis: str, reason: str, assessor: str, assessed_on: date | None) -> None:
    """Refuse an exemption from procurement that nobody has assessed with reasons."""
    if basis not in EXEMPTIONS:
        return
    if not reason.strip():
        raise RuleBroken(_("An exemption from procurement needs its reason."), field="reason")
    if not (assessor.strip() and assessed_on):
        raise RuleBroken(
            _("An exemption from procurement needs who assessed it, and when."), field="assessor"
        )


@transaction.atomic
def arrange_data_protection(
    *, by: Any, participation: Participation, arrangement: str, reason: str = ""
) -> Participation:
    """Record how personal data is arranged: an agreement, joint controllers, or none processed.

    "None" is possible only for a service marked as processing none, with the reason. Raises
    PermissionDenied unless the office asks, or RuleBroken.
    """
    require(by, "catalogue.handle_participation", participation)
    row = locked(participation)
    _refuse_closed(row)
    if arrangement not in DataProtection.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field="arrangement")
    if arrangement == DataProtection.NONE:
        if row.service.personal_data != PersonalData.NO:
            raise RuleBroken(
                _("The service is not marked as processing no personal data."), field="arrangement"
            )
        if not reason.strip():
            raise RuleBroken(_("Give the reason."), field="reason")
    record(
        actor=actor_of(by, row),
        participation=row,
        field="data_protection",
        old=row.data_protection,
        new=arrangement,
        reason=reason,
    )
    row.data_protection = arrangement
    row.no_personal_data_reason = reason.strip() if arrangement == DataProtection.NONE else ""
    row.save()
    return row


def office_actor(by: Any) -> Actor:
    """Return the office as the actor; raise PermissionDenied for anyone else."""
    if by is SYSTEM:
        return Actor(None, Side.OFFICE, None)
    if not is_office(by):
        raise PermissionDenied(_("Your roles do not allow this."))
    return Actor(by, Side.OFFICE, office_of(by))


def _refuse_closed(participation: Participation) -> None:
    if participation.is_closed:
        raise RuleBroken(_("The participation is closed: nothing on it is changed."))
