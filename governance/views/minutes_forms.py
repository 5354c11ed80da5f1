"""The forms on the page of the minutes: what waits for the reader, and what may be done now."""

from typing import Any

from django.utils import timezone

from governance.actions.minutes import announcing
from governance.actions.minutes.signers import missing
from governance.forms import ActionForm
from governance.forms_minutes import (
    AtOnceForm,
    DisposalForm,
    NextMeetingForm,
    NoticeForm,
    RectifyForm,
    RemarkForm,
    ReplaceForm,
    SignForm,
)
from governance.minutes_states import MinutesState
from governance.models import Minutes, MinutesVersion, SecretUrn


def waiting_for(minutes: Minutes, user: Any, refused: ActionForm | None) -> list[dict[str, Any]]:
    """Return the versions that wait for the person's signature, each with its forms."""
    me = getattr(user, "name_id", None)
    found = []
    for version in minutes.versions.waiting().select_related("item"):
        if not any(row.person_id == me for row in missing(version)):
            continue
        number = str(version.number)
        remark = RemarkForm(initial={"version": number}, auto_id=f"id_{number}_%s")
        if isinstance(refused, RemarkForm) and refused.data.get("version") == number:
            remark = refused
        sign = SignForm(initial={"sha256": version.sha256})
        found.append({"version": version, "form": sign, "remark": remark})
    return found


def forms_of(
    minutes: Minutes, version: MinutesVersion | None, *, manage: bool
) -> dict[str, ActionForm]:
    """Return the forms of what may be done with the minutes now, by command."""
    forms: dict[str, ActionForm] = {}
    state = minutes.state
    if not manage:
        return forms
    if minutes.meeting.is_running:
        forms["omedelbart"] = AtOnceForm(meeting=minutes.meeting)
    if state == MinutesState.IN_ADJUSTMENT and version is not None:
        version.minutes = minutes
        forms["ersattare"] = ReplaceForm(version=version)
    if state == MinutesState.REFERRED:
        forms["motet"] = NextMeetingForm(minutes=minutes)
    if minutes.is_adjusted or minutes.meeting.items.filter(adjusted__isnull=False).exists():
        forms["rattelse"] = RectifyForm(minutes=minutes)
    if minutes.is_adjusted and SecretUrn.objects.kept_of(minutes.meeting_id).exists():
        forms["gallra"] = DisposalForm()
    if subjects := announcing.to_announce(minutes):
        forms["anslag"] = NoticeForm(
            initial={"put_up_on": timezone.localdate()},
            boards=announcing.boards_of(minutes),
            subjects=subjects,
        )
    return forms
