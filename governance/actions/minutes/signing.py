"""Signing minutes, sending them back, a substitute for an adjuster, the next meeting."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.minutes.adjusting import adjust_minutes, adjust_paragraph
from governance.actions.minutes.comparing import says_what_is_known
from governance.actions.minutes.presence import presence_of
from governance.actions.minutes.signers import is_complete, outcome_of, served_in, unsigned
from governance.actions.minutes.writing import locked, step_minutes, tell_signers
from governance.actions.recording import touch
from governance.canonical import instant
from governance.choices import SignerRole
from governance.kinds import MINUTES_REJECTED
from governance.minutes_states import HAS_REMARK, MinutesState
from governance.models import (
    Adjuster,
    AgendaItem,
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
    the one in force, an old second factor, a signature already given, and when what happened has
    been corrected since the text was fixed.
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
    left = _left(version, roles)
    if not left:
        raise RuleBroken(_("You have already signed."))
    if not says_what_is_known(version):
        raise RuleBroken(
            _("What happened has been corrected since this text was written. Send it back.")
        )
    rows = [_sign(version, role, items, second_factor_at) for role, items in left]
    _adjust_if_complete(version)
    return rows


def is_open(version: MinutesVersion) -> bool:
    """Return whether a version waits for signatures (MinutesVersionQuerySet.waiting)."""
    return bool(MinutesVersion.objects.waiting().filter(pk=version.pk).exists())


def _left(
    version: MinutesVersion, roles: list[MinutesSigner]
) -> list[tuple[MinutesSigner, list[int]]]:
    """Return the roles that still have something to sign, with the §§ of each."""
    signatures = list(version.signatures.all())
    found = [(role, unsigned(role, signatures)) for role in roles]
    return [(role, items) for role, items in found if items is not None]


def _adjust_if_complete(version: MinutesVersion) -> None:
    if not is_complete(version):
        return
    if version.item_id:
        adjust_paragraph(version)
    else:
        step_minutes(version.minutes, "adjust", all_signed=True)
        adjust_minutes(version.minutes, version)


def _sign(
    version: MinutesVersion, role: MinutesSigner, items: list[int], shown_at: datetime | None
) -> MinutesSignature:
    row = MinutesSignature.objects.create(
        version=version,
        person_id=role.person_id,
        role=role.role,
        items=items,
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
    """Send minutes back to the secretary with a remark; nobody edits them silently.

    A § that was to be adjusted at once is then adjusted with the others, unless its text is
    presented anew.
    """
    minutes = locked(version.minutes)
    roles = version.signers.filter(person=getattr(by, "name_id", None), is_excused=False)
    if not roles.exists():
        raise PermissionDenied(_("You do not sign these minutes."))
    version.minutes = minutes
    if not is_open(version):
        raise RuleBroken(_("These minutes are not waiting for signatures."))
    if version.item_id is None:
        step_minutes(minutes, "reject", has_remark=bool(remark.strip()))
        minutes.save()
    elif not remark.strip():
        raise RuleBroken(str(HAS_REMARK.reason), field="remark")
    row = _remark(version, by.name_id, remark)
    touch(minutes.meeting)
    return row


def _remark(version: MinutesVersion, person: int, text: str) -> MinutesRemark:
    """Keep why a text came back, and tell the secretary."""
    minutes = version.minutes
    row = MinutesRemark.objects.create(version=version, person_id=person, text=text.strip()[:5000])
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

    The substitute must have been chosen by the meeting and have taken part in the same §§, and
    signs for these too when there are others already. What the adjuster has signed stays signed.
    """
    require(by, "governance.record_meeting", version.minutes.meeting)
    version.minutes = locked(version.minutes)
    if not is_open(version) or signer.role != SignerRole.ADJUSTER or signer.is_excused:
        raise RuleBroken(_("Only an adjuster who has not signed can be replaced."))
    left = unsigned(signer, version.signatures.all())
    if left is None:
        raise RuleBroken(_("Only an adjuster who has not signed can be replaced."))
    if not reason.strip():
        raise RuleBroken(_("Say why the adjuster cannot sign."), field="reason")
    chosen = Adjuster.objects.filter(
        meeting=version.minutes.meeting, person=substitute, is_substitute=True
    )
    if not chosen.exists() or not _took_part(version, left, substitute):
        raise RuleBroken(
            _("Choose a substitute whom the meeting chose and who took part."), field="substitute"
        )
    _excuse(signer, left, reason.strip()[:300])
    row = _stand_in(version, substitute, left, reason.strip()[:300])
    _chain(version.minutes, "adjuster_replaced", version)
    tell_signers(version)
    _adjust_if_complete(version)
    return row


def _took_part(version: MinutesVersion, items: list[int], substitute: PersonName) -> bool:
    """Tell whether a substitute took part in these §§ and presided over none of them."""
    presence = presence_of(version.minutes.meeting)
    standing = Prefetch("decisions", Decision.objects.standing().order_by("pk"))
    for item in AgendaItem.objects.filter(pk__in=items).prefetch_related(standing):
        decision = outcome_of(item)
        served = served_in(presence, item, decision)
        if substitute.pk not in served or substitute.pk == presence.presiding(item, decision):
            return False
    return True


def _excuse(signer: MinutesSigner, left: list[int], reason: str) -> None:
    """Let an adjuster go; who has signed some of the §§ already stays with those."""
    signed = [item for item in signer.items if item not in left]
    signer.is_excused, signer.reason = not signed, reason
    signer.items = signed or signer.items
    signer.save()


def _stand_in(
    version: MinutesVersion, substitute: PersonName, items: list[int], reason: str
) -> MinutesSigner:
    """Add these §§ to those that a substitute signs for already."""
    row, __ = MinutesSigner.objects.get_or_create(
        version=version, person=substitute, role=SignerRole.ADJUSTER
    )
    known = [] if row.is_excused else row.items
    row.items = [*known, *(item for item in items if item not in known)]
    row.is_excused, row.reason = False, reason
    row.save()
    return row


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

    Approved, they are adjusted as they stand; else they go back to the secretary with the remark
    of the meeting, which is kept as that of who presided then. Raises RuleBroken for a decision of
    another body or an earlier meeting.
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
    if version is None:
        raise RuleBroken(_("These minutes are not waiting for signatures."))
    version.minutes = minutes
    if not approved:
        step_minutes(minutes, "reject", meeting_decided=later, has_remark=bool(remark.strip()))
        minutes.save()
        recorder: Any = getattr(by, "name_id", None) or minutes.secretary_id
        _remark(version, decision.presided_by_id or recorder, remark)
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
