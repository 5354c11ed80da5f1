"""What the room shows of immediate adjustment: §§ that can be, and texts that wait to be signed."""

from typing import Any

from governance.models import AgendaItem, Meeting, MinutesVersion
from governance.states import ITEMS_IN_HAND, ItemState


def at_once_context(meeting: Meeting, user: Any, *, may_preside: bool) -> dict[str, Any]:
    """Return the decided §§ for who presides, and what this person is asked to sign now."""
    if not meeting.is_running:
        return {}
    waiting = MinutesVersion.objects.of_paragraphs_in(meeting.pk)
    me = getattr(user, "name_id", None)
    found: dict[str, Any] = {
        "to_sign": list(waiting.to_sign_by(me).select_related("item")) if me else []
    }
    if may_preside:
        decided = AgendaItem.objects.filter(
            meeting=meeting, paragraph__isnull=False, adjusted__isnull=True
        )
        left = decided.exclude(state__in=[*ITEMS_IN_HAND, ItemState.WITHDRAWN])
        found["at_once"] = list(
            left.exclude(pk__in=waiting.order_by().values("item")).order_by("paragraph")
        )
    return found
