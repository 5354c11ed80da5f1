"""After adjustment: the notice board, rectifications, the archive (rules.md 1.7)."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import require
from core.events import publish
from core.exceptions import RuleBroken
from governance.actions.ledger import append
from governance.actions.minutes.status import announce_decisions
from governance.actions.minutes.writing import locked, step_minutes, step_rectified
from governance.actions.proof.heads import keep_head
from governance.choices import BodyKind
from governance.deadlines import (
    earliest_takedown,
    joint_announcement,
    last_appeal_day,
    may_take_down,
)
from governance.events import MeetingChanged, ParagraphRectified
from governance.minutes_states import MinutesState
from governance.models import AgendaItem, Minutes, Notice, Rectification
from governance.states import MEETING, advance
from members.models import Organisation


def boards_of(minutes: Minutes) -> list[Organisation | None]:
    """Return on whose boards the minutes are announced: None is the body's own.

    A joint committee announces on the board of every member municipality (kommunallagen 9:32).
    """
    if minutes.meeting.council.kind != BodyKind.COMMITTEE:
        return [None]
    roll = minutes.meeting.roll.select_related("organisation")
    members = {row.organisation_id: row.organisation for row in roll}
    return list(members.values()) if len(members) > 1 else [None]


def to_announce(minutes: Minutes) -> list[AgendaItem | None]:
    """Return what has to be announced and is not up on every board: None is the minutes.

    A § adjusted at once is announced by itself, at the latest the second day after its own
    adjustment (rules.md 1.7; kommunallagen 8:12).
    """
    if not minutes.meeting.profile().notice_board:
        return []
    boards = len(boards_of(minutes))
    up: Counter[int | None] = Counter(minutes.notices.values_list("item", flat=True))
    found: list[AgendaItem | None] = []
    if minutes.state in {MinutesState.ADJUSTED, MinutesState.ANNOUNCED} and up[None] < boards:
        found.append(None)
    if up[None]:
        return found  # the notice of the minutes is about their other §§ too
    at_once = minutes.meeting.items.filter(adjusted__version__item__isnull=False)
    rows = at_once.select_related("adjusted").order_by("paragraph")
    return found + [item for item in rows if up[item.pk] < boards]


@transaction.atomic
def announce(
    *,
    by: Any,
    minutes: Minutes,
    kept_at: str,
    put_up_on: date | None = None,
    item: AgendaItem | None = None,
    board: Organisation | None = None,
) -> Notice:
    """Put a notice on a board: the minutes, or one § adjusted at once, are adjusted.

    Dates: kommunallagen 8:12, 9:32 and 13:5. Raises RuleBroken for a body without notice board,
    before adjustment, for a day to come, or a board that is not the body's.
    """
    require(by, "governance.record_meeting", minutes.meeting)
    minutes = locked(minutes)
    day = put_up_on or timezone.localdate()
    _check_notice(minutes, item, board, day, kept_at)
    if item is None and minutes.state != MinutesState.ANNOUNCED:
        step_minutes(minutes, "announce", has_board=minutes.meeting.profile().notice_board)
        minutes.save()
    notice = Notice.objects.create(
        minutes=minutes,
        item=item,
        board=board,
        put_up_on=day,
        kept_at=kept_at.strip()[:200],
        put_up_by_id=getattr(by, "name_id", None),
    )
    _chain(notice, "announced", day)
    counts_from = announced_on(minutes, item)
    if counts_from is not None:
        announce_decisions(_items(minutes, item), appealable_to=last_appeal_day(counts_from))
    return notice


def _check_notice(
    minutes: Minutes, item: AgendaItem | None, board: Organisation | None, day: date, kept_at: str
) -> None:
    if not minutes.meeting.profile().notice_board:
        raise RuleBroken(_("This body announces nothing on a notice board."))
    if item is not None and item.meeting_id != minutes.meeting_id:
        raise RuleBroken(_("The item belongs to another meeting."), field="item")
    if item is not None and not hasattr(item, "adjusted"):
        raise RuleBroken(_("The paragraph is not adjusted."))
    if board not in boards_of(minutes):
        raise RuleBroken(_("This is not a board of the body."), field="board")
    if minutes.notices.filter(item=item, board=board).exists():
        raise RuleBroken(_("The notice is already up on this board."))
    if day > timezone.localdate():
        raise RuleBroken(_("The day has not come yet."), field="put_up_on")
    since = item.adjusted.adjusted_at if item is not None else minutes.adjusted_at
    if since is not None and day < timezone.localtime(since).date():
        raise RuleBroken(_("The minutes had not been adjusted then."), field="put_up_on")
    if not kept_at.strip():
        raise RuleBroken(_("Say where the minutes are kept."), field="kept_at")


def announced_on(minutes: Minutes, item: AgendaItem | None) -> date | None:
    """Return the day that the time of appeal counts from: when the notice is up on every board."""
    notices = list(minutes.notices.filter(item=item))
    if len({n.board_id for n in notices}) < len(boards_of(minutes)):
        return None
    return joint_announcement([n.put_up_on for n in notices])


def _items(minutes: Minutes, item: AgendaItem | None) -> list[int]:
    """Return the §§ a notice is about: one, or those not announced by themselves."""
    if item is not None:
        return [item.pk]
    apart = minutes.notices.filter(item__isnull=False).values("item")
    rows = AgendaItem.objects.filter(meeting=minutes.meeting, adjusted__isnull=False)
    return list(rows.exclude(pk__in=apart).values_list("pk", flat=True))


@transaction.atomic
def take_down(*, by: Any, notice: Notice, on: date | None = None) -> Notice:
    """Take a notice down; never before the day after the last day of appeal (vector M3)."""
    require(by, "governance.record_meeting", notice.minutes.meeting)
    minutes = locked(notice.minutes)
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    day = on or timezone.localdate()
    if notice.taken_down_on is not None:
        raise RuleBroken(_("The notice has been taken down."))
    counts_from = announced_on(minutes, notice.item)
    over = counts_from is not None and may_take_down(counts_from, day)
    if not over:
        raise RuleBroken(_("The notice stays up until the time of appeal has ended."), field="on")
    notice.taken_down_on = day
    notice.save()
    notice.minutes = minutes
    _chain(notice, "taken_down", day)
    still_up = minutes.notices.filter(item__isnull=True, taken_down_on__isnull=True)
    if minutes.state == MinutesState.ANNOUNCED and not still_up.exists():
        step_minutes(minutes, "take_down", appeal_over=over)
        minutes.save()
    return notice


def takedown_day(notice: Notice) -> date | None:
    """Return the first day a notice may be taken down, or None before it is up everywhere."""
    counts_from = announced_on(notice.minutes, notice.item)
    return earliest_takedown(counts_from) if counts_from else None


@transaction.atomic
def rectify(
    *,
    by: Any,
    minutes: Minutes,
    item: AgendaItem | None,
    stood: str,
    shall_stand: str,
    reason: str,
    decided_by: str,
    decided_on: date,
) -> Rectification:
    """Append a rectification to adjusted minutes; what stood stays readable (rules.md 1.7).

    Only slips of writing or counting: anything of substance needs a new decision. A § that is
    adjusted at once may be rectified before the others are adjusted.
    """
    require(by, "governance.record_meeting", minutes.meeting)
    minutes = locked(minutes)
    words = [stood.strip(), shall_stand.strip(), reason.strip(), decided_by.strip()]
    step_rectified(minutes, item, says_what=all(words))
    if decided_on > timezone.localdate():
        raise RuleBroken(_("The day has not come yet."), field="decided_on")
    if item is not None and item.meeting_id != minutes.meeting_id:
        raise RuleBroken(_("The item belongs to another meeting."), field="item")
    row = Rectification.objects.create(
        minutes=minutes,
        item=item,
        stood=words[0],
        shall_stand=words[1],
        reason=words[2],
        decided_by=words[3][:200],
        decided_on=decided_on,
        recorded_at=timezone.now(),
        recorded_by_id=getattr(by, "pk", None),
    )
    council = minutes.meeting.council
    keep_head(council, append(council=council, kind="rectified", data=row.content()))
    publish(ParagraphRectified(item.pk) if item else MeetingChanged(minutes.meeting_id))
    return row


@transaction.atomic
def archive_minutes(*, by: Any, minutes: Minutes) -> Minutes:
    """File the minutes in the archive; a body with a notice board takes the notice down first."""
    require(by, "governance.record_meeting", minutes.meeting)
    minutes = locked(minutes)
    meeting = minutes.meeting
    step_minutes(minutes, "archive", no_board=not meeting.profile().notice_board)
    minutes.save()
    meeting.state = advance(MEETING, meeting.state, "archive")
    meeting.save()
    append(council=meeting.council, kind="minutes_archived", data={"meeting": meeting.pk})
    return minutes


def _chain(notice: Notice, kind: str, day: date) -> None:
    data = {
        "id": notice.pk,
        "meeting": notice.minutes.meeting_id,
        "item": notice.item_id,
        "board": notice.board_id,
        "on": day.isoformat(),
    }
    append(council=notice.minutes.meeting.council, kind=kind, data=data)
