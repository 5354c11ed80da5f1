"""Signing minutes, sending them back, a substitute for an adjuster, the next meeting."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.minutes.adjusting import adjust_minutes, adjust_paragraph
from governance.actions.minutes.signers import is_complete
from governance.actions.minutes.writing import locked, step_minutes, tell_signers
from governance.canonical import instant
from governance.choices import DecisionMethod, SignerRole
from governance.kinds import MINUTES_REJECTED
from governance.minutes_states import MinutesState
from governance.models import (
    Adjuster,
    Decision,
    Minutes,
    MinutesRemark,
    MinutesSignature,
    MinutesSigner,
    MinutesVersion,
)
from governance.states import ItemState
from members.models import PersonName, User
from notifications.actions import notify

FRESH = timedelta(minutes=5)
"""How long a second factor counts for a signature."""


def is_fresh(moment: datetime | None) -> bool:
    """Return whether a second factor shown then still counts."""
    return moment is not None and timezone.now() - moment <= FRESH


def current_version(minutes: Minutes) -> MinutesVersion | None:
    """Return the version of the whole minutes that is being adjusted, or was."""
    if minutes.state in {MinutesState.DRAFT, MinutesState.READY}:
        return None
    return minutes.versions.filter(item__isnull=True).order_by("number").last()


@transaction.atomic
def sign_minutes(
    *, by: Any, version: MinutesVersion, sha256: str, second_factor_at: datetime | None
) -> list[MinutesSignature]:
    """Sign a version in every role the person has in it, by a fresh second factor.

    `sha256` is the checksum of what the person read. When all have signed the same text, it is
    adjusted. Raises PermissionDenied for who signs nothing here, RuleBroken for another text than
    the one in force, an old second factor, or a signature already given.
    """
    minutes = locked(version.minutes)
    version = MinutesVersion.objects.get(pk=version.pk)
    version.minutes = minutes
    roles = list(version.signers.filter(person=getattr(by, "name_id", None), is_excused=False))
    if not roles:
        raise PermissionDenied(_("You do not sign these minutes."))
    if not is_open(version):
        raise RuleBroken(_("These minutes are not waiting for signatures."))
    if sha256 != version.sha256:
        raise RuleBroken(_("The text is another than the one you read. Read it again."))
    if not is_fresh(second_factor_at):
        raise RuleBroken(_("Confirm with your second factor, then sign."))
    if version.signatures.filter(person=by.name_id).exists():
        raise RuleBroken(_("You have already signed."))
    rows = [_sign(version, role, second_factor_at) for role in roles]
    if is_complete(version):
        if version.item_id:
            adjust_paragraph(version)
        else:
            step_minutes(minutes, "adjust", all_signed=True)
            adjust_minutes(minutes, version)
    return rows


def is_open(version: MinutesVersion) -> bool:
    """Return whether a version waits for signatures: the newest of its kind, not adjusted."""
    newer = version.minutes.versions.filter(number__gt=version.number, item=version.item_id)
    if newer.exists() or version.paragraphs.exists():
        return False
    return bool(version.item_id) or version.minutes.state == MinutesState.IN_ADJUSTMENT


def _sign(
    version: MinutesVersion, role: MinutesSigner, shown_at: datetime | None
) -> MinutesSignature:
    row = MinutesSignature.objects.create(
        version=version,
        person_id=role.person_id,
        role=role.role,
        items=role.items,
        sha256=version.sha256,
        signed_at=timezone.now(),
        second_factor_at=shown_at or timezone.now(),
    )
    data = {
        "id": row.pk,
        "meeting": version.minutes.meeting_id,
        "version": version.pk,
        "sha256": row.sha256,
        "name": str(row.person),
        "role": str(SignerRole(row.role).value),
        "items": row.items,
        "signed_at": instant(row.signed_at),
    }
    append(council=version.minutes.meeting.council, kind="minutes_signed", data=data)
    return row


@transaction.atomic
def reject_minutes(*, by: Any, version: MinutesVersion, remark: str) -> MinutesRemark:
    """Send minutes back to the secretary with a remark; nobody edits them silently."""
    minutes = locked(version.minutes)
    roles = version.signers.filter(person=getattr(by, "name_id", None), is_excused=False)
    if not roles.exists():
        raise PermissionDenied(_("You do not sign these minutes."))
    version.minutes = minutes
    if not is_open(version) or version.item_id:
        raise RuleBroken(_("These minutes are not waiting for signatures."))
    step_minutes(minutes, "reject", has_remark=bool(remark.strip()))
    minutes.save()
    row = MinutesRemark.objects.create(
        version=version, person_id=by.name_id, text=remark.strip()[:5000]
    )
    _chain(minutes, "minutes_rejected", version)
    notify(
        users=User.objects.filter(name=minutes.secretary_id, is_active=True),
        kind=MINUTES_REJECTED,
        params=_words(minutes),
        url=minutes.get_absolute_url(),
        dedupe_key=f"minutes-{version.pk}",
    )
    return row


@transaction.atomic
def replace_signer(
    *, by: Any, version: MinutesVersion, signer: MinutesSigner, substitute: PersonName, reason: str
) -> MinutesSigner:
    """Let a chosen substitute sign for an adjuster who cannot.

    The substitute must have been chosen by the meeting and have taken part in the same §§.
    """
    require(by, "governance.record_meeting", version.minutes.meeting)
    version.minutes = locked(version.minutes)
    if not is_open(version) or signer.role != SignerRole.ADJUSTER or signer.is_excused:
        raise RuleBroken(_("Only an adjuster who has not signed can be replaced."))
    if version.signatures.filter(person=signer.person_id, role=signer.role).exists():
        raise RuleBroken(_("Only an adjuster who has not signed can be replaced."))
    if not reason.strip():
        raise RuleBroken(_("Say why the adjuster cannot sign."), field="reason")
    chosen = Adjuster.objects.filter(
        meeting=version.minutes.meeting, person=substitute, is_substitute=True
    )
    if not chosen.exists() or not _took_part(signer, substitute):
        raise RuleBroken(
            _("Choose a substitute whom the meeting chose and who took part."), field="substitute"
        )
    signer.is_excused, signer.reason = True, reason.strip()[:300]
    signer.save()
    row, __ = MinutesSigner.objects.update_or_create(
        version=version,
        person=substitute,
        role=SignerRole.ADJUSTER,
        defaults={"items": signer.items, "reason": reason.strip()[:300]},
    )
    _chain(version.minutes, "adjuster_replaced", version)
    tell_signers(version)
    return row


def _took_part(signer: MinutesSigner, substitute: PersonName) -> bool:
    rows = Decision.objects.standing().filter(item__in=signer.items)
    rows = rows.exclude(method=DecisionMethod.PER_CAPSULAM)
    served = {row.item_id: {p for __, p in row.participants} for row in rows}
    return all(substitute.pk in served.get(item, {substitute.pk}) for item in signer.items)


@transaction.atomic
def refer_minutes(*, by: Any, minutes: Minutes) -> Minutes:
    """Refer the adjustment to the next meeting: somebody cannot sign, or they disagree."""
    require(by, "governance.record_meeting", minutes.meeting)
    minutes = locked(minutes)
    version = current_version(minutes)
    step_minutes(minutes, "refer")
    minutes.save()
    _chain(minutes, "minutes_referred", version)
    return minutes


@transaction.atomic
def adjust_by_meeting(
    *, by: Any, minutes: Minutes, decision: Decision, approved: bool, remark: str = ""
) -> Minutes:
    """Carry out what a later meeting decided of minutes that were referred to it.

    Approved, they are adjusted as they stand; else they go back to the secretary with the
    meeting's remark. Raises RuleBroken for a decision of another body or an earlier meeting.
    """
    require(by, "governance.record_meeting", minutes.meeting)
    minutes = locked(minutes)
    version = current_version(minutes)
    later = (
        decision.council_id == minutes.meeting.council_id
        and decision.item.meeting_id != minutes.meeting_id
        and minutes.meeting.closed_at is not None
        and decision.decided_at > minutes.meeting.closed_at
        and decision.item.state == ItemState.DECIDED
    )
    if not approved or version is None:
        step_minutes(minutes, "reject", has_remark=bool(remark.strip()))
        minutes.save()
        _chain(minutes, "minutes_rejected", version)
        return minutes
    step_minutes(minutes, "adjust", meeting_decided=later, all_signed=later)
    minutes.adjusted_by_decision = decision
    return adjust_minutes(minutes, version)


def _chain(minutes: Minutes, kind: str, version: MinutesVersion | None) -> None:
    data = {"meeting": minutes.meeting_id, "version": version.pk if version else None}
    append(council=minutes.meeting.council, kind=kind, data=data)


def _words(minutes: Minutes) -> dict[str, str]:
    meeting = minutes.meeting
    return {"body": meeting.council.name, "day": meeting.held_on.isoformat()}
