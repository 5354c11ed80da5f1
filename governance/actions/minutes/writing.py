"""The secretary writes the minutes up and sends them for adjustment."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.minutes.content import build_content, keep_adjusted, source_of
from governance.actions.minutes.signers import name_signers
from governance.actions.recording import enter_room, item_in
from governance.choices import OfficeKind, SignerRole
from governance.commitments import minutes_hash
from governance.kinds import MINUTES_TO_SIGN
from governance.minutes_states import FIXED_MINUTES, MINUTES, SAYS_WHAT, MinutesState
from governance.models import (
    AgendaItem,
    DecisionFlag,
    Meeting,
    Minutes,
    MinutesText,
    MinutesVersion,
)
from governance.states import MEETINGS_HELD, advance
from members.models import PersonName, User
from notifications.actions import notify

LONGEST = 20_000


def step_minutes(minutes: Minutes, event: str, **facts: bool) -> None:
    """Take minutes one step by their table; rights are the caller's to check."""
    label = MinutesState(minutes.state).label
    minutes.state = advance(MINUTES, minutes.state, event, label=label, **facts)


def step_rectified(minutes: Minutes, item: AgendaItem | None, *, says_what: bool) -> None:
    """Take the step of a rectification: of minutes that are adjusted, or of a § that is."""
    if item is None or minutes.is_adjusted or not hasattr(item, "adjusted"):
        step_minutes(minutes, "rectify", says_what=says_what)
    elif not says_what:
        raise RuleBroken(str(SAYS_WHAT.reason))


def locked(minutes: Minutes) -> Minutes:
    """Return the minutes as they are now, locked with body and meeting."""
    meeting = enter_room(minutes.meeting)
    found = Minutes.objects.select_for_update().get(pk=minutes.pk)
    found.meeting = meeting
    return found


def require_unfixed(meeting: Meeting) -> None:
    """Raise RuleBroken while the text of the minutes is fixed: what it says would be another."""
    if Minutes.objects.filter(meeting=meeting, state__in=FIXED_MINUTES).exists():
        raise RuleBroken(
            _("The minutes are being adjusted. They must be sent back to a draft first.")
        )


@transaction.atomic
def start_minutes(*, by: Any, meeting: Meeting) -> Minutes:
    """Begin the minutes of a meeting that has been opened; once.

    The secretary is the body's on the day of the meeting, else whoever begins.
    """
    require(by, "governance.open_meeting", meeting)
    meeting = enter_room(meeting)
    if meeting.opened_at is None:
        raise RuleBroken(_("The meeting has not been opened."))
    minutes, __ = Minutes.objects.get_or_create(
        meeting=meeting, defaults={"secretary": _secretary(meeting) or getattr(by, "name", None)}
    )
    minutes.meeting = meeting
    return minutes


def _secretary(meeting: Meeting) -> PersonName | None:
    offices = meeting.council.offices.on(meeting.held_on).filter(kind=OfficeKind.SECRETARY)
    office = offices.select_related("person").order_by("position", "pk").first()
    return office.person if office else None


@transaction.atomic
def write_text(*, by: Any, minutes: Minutes, item: AgendaItem | None, text: str) -> MinutesText:
    """Write the prose of a §, or the introduction without `item`, while the minutes are a draft.

    Raises RuleBroken once they have been sent, and for a § that is adjusted already.
    """
    require(by, "governance.record_meeting", minutes.meeting)
    minutes = locked(minutes)
    if minutes.state != MinutesState.DRAFT:
        raise RuleBroken(_("The text is written while the minutes are a draft."))
    if item is not None and hasattr(item_in(minutes.meeting, item), "adjusted"):
        raise RuleBroken(_("This paragraph is adjusted. Correct it by a rectification."))
    if len(text) > LONGEST:
        raise RuleBroken(_("The text is too long."), field="text")
    row, __ = MinutesText.objects.update_or_create(
        minutes=minutes, item=item, defaults={"text": text.replace("\r\n", "\n").strip()}
    )
    return row


@transaction.atomic
def set_place(*, by: Any, minutes: Minutes, place: str) -> Minutes:
    """Say where the minutes are adjusted."""
    require(by, "governance.record_meeting", minutes.meeting)
    minutes = locked(minutes)
    if minutes.state != MinutesState.DRAFT:
        raise RuleBroken(_("The text is written while the minutes are a draft."))
    minutes.place = place.strip()[:200]
    minutes.save()
    return minutes


@transaction.atomic
def finish_minutes(*, by: Any, minutes: Minutes) -> Minutes:
    """Declare the minutes ready; nothing more is written unless they come back."""
    require(by, "governance.record_meeting", minutes.meeting)
    minutes = locked(minutes)
    step_minutes(minutes, "finish", meeting_closed=minutes.meeting.state in MEETINGS_HELD)
    minutes.save()
    return minutes


@transaction.atomic
def send_for_adjustment(*, by: Any, minutes: Minutes) -> MinutesVersion:
    """Fix the text as a version and ask those who adjust to sign it.

    The text is what is known now, so the version holds every correction of events. §§ that were
    adjusted at once stand as they were signed. Raises RuleBroken while the chair has not said what
    a correction means for what was decided.
    """
    require(by, "governance.record_meeting", minutes.meeting)
    minutes = locked(minutes)
    version = make_version(minutes, by=by)
    presided = version.signers.filter(role=SignerRole.PRESIDING).exists()
    unanswered = DecisionFlag.objects.filter(event__meeting=minutes.meeting).unanswered()
    step_minutes(minutes, "send", has_signers=presided, flags_answered=not unanswered.exists())
    minutes.save()
    tell_signers(version)
    return version


def make_version(minutes: Minutes, *, by: Any, only: AgendaItem | None = None) -> MinutesVersion:
    """Fix the content as it is now under the next number, and name who signs it."""
    source = source_of(minutes, only=only)
    content = build_content(source)
    if only is None:
        keep_adjusted(source, content)
    last = minutes.versions.order_by("number").last()
    version = MinutesVersion.objects.create(
        minutes=minutes,
        number=last.number + 1 if last else 1,
        item=only,
        content=content,
        sha256=minutes_hash(content),
        made_at=timezone.now(),
        made_by_id=getattr(by, "pk", None),
    )
    append(
        council=minutes.meeting.council,
        kind="minutes_version",
        data={
            "id": version.pk,
            "meeting": minutes.meeting_id,
            "number": version.number,
            "sha256": version.sha256,
            "item": only.pk if only else None,
        },
    )
    name_signers(version, source)
    return version


def tell_signers(version: MinutesVersion) -> None:
    """Tell those who have not signed that a text waits for them."""
    meeting = version.minutes.meeting
    waiting = version.signers.filter(is_excused=False).values("person")
    notify(
        users=User.objects.filter(name__in=waiting, is_active=True),
        kind=MINUTES_TO_SIGN,
        params={"body": meeting.council.name, "day": meeting.held_on.isoformat()},
        url=version.minutes.get_absolute_url(),
        dedupe_key=f"minutes-{version.pk}",
    )
