"""The steps of minutes as a timeline: what has been done and what is left."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.actions.minutes.signers import missing
from governance.models import Minutes, MinutesVersion


def trail_of(minutes: Minutes, version: MinutesVersion | None) -> list[dict[str, Any]]:
    """Return the steps: text, day (or None) and whether it is left to do; three queries."""
    meeting = minutes.meeting
    steps = [_done(_("The meeting was held"), meeting.held_on)]
    if version is None:
        steps.append(_left(_("The minutes are being written")))
    else:
        steps.append(_done(_("The minutes were written"), version.made_at))
        steps += _signed(version)
        if not minutes.is_adjusted:
            due = minutes.due_on
            steps += [
                _left(_("Waits for %(name)s") % {"name": name}, due) for name in _waiting(version)
            ]
    if minutes.is_adjusted:
        steps.append(_done(_("Adjusted"), minutes.adjusted_at))
    else:
        steps.append(_left(_("Adjusted"), minutes.due_on))
    return steps + _announced(minutes)


def _signed(version: MinutesVersion) -> list[dict[str, Any]]:
    rows: dict[int, dict[str, Any]] = {}
    for row in version.signatures.select_related("person"):
        text = _("%(name)s signed") % {"name": row.person}
        rows.setdefault(row.person_id, _done(text, row.signed_at))
    return list(rows.values())


def _waiting(version: MinutesVersion) -> list[str]:
    return list(dict.fromkeys(str(row.person) for row in missing(version)))


def _announced(minutes: Minutes) -> list[dict[str, Any]]:
    if not minutes.meeting.profile().notice_board:
        return []
    notices = list(minutes.notices.filter(item__isnull=True))
    if not notices:
        return [_left(_("On the notice board"))]
    steps = [_done(_("On the notice board"), max(n.put_up_on for n in notices))]
    down = [n.taken_down_on for n in notices if n.taken_down_on]
    if len(down) == len(notices):
        steps.append(_done(_("Taken down from the notice board"), max(down)))
    return steps


def _done(text: str, at: Any) -> dict[str, Any]:
    day = timezone.localtime(at).date() if hasattr(at, "hour") else at
    return {"text": text, "day": day, "todo": False}


def _left(text: str, due: Any = None) -> dict[str, Any]:
    return {"text": text, "due": due, "todo": True}
