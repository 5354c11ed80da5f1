"""What the room shows of immediate adjustment: §§ that can be, and texts that wait to be signed."""

from typing import Any

from governance.models import AgendaItem, Meeting, MinutesVersion
from governance.states import ITEMS_IN_HAND, ItemState


def texts_wait(meeting: Meeting) -> bool:
    """Tell whether any § of the meeting has been written to be adjusted at once."""
    return bool(MinutesVersion.objects.of_paragraphs_in(meeting.pk).exists())


def at_once_context(
    meeting: Meeting, user: Any, *, may_preside: bool, any_text: bool = True
) -> dict[str, Any]:
    """Return the decided §§ for who presides, and what this person is asked to sign now.

    `any_text` is False where it is known that nothing waits for anybody's signature.
    """
    if not meeting.is_running:
        return {}
    waiting = MinutesVersion.objects.of_paragraphs_in(meeting.pk)
    me = getattr(user, "name_id", None)
    found: dict[str, Any] = {
        "to_sign": list(waiting.to_sign_by(me).select_related("item")) if me and any_text else []
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
