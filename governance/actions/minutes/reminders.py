"""What the clock tells of: late minutes, follow-ups that fall due, notices to take down."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from governance.actions.minutes.announcing import takedown_day, to_announce
from governance.actions.minutes.signers import missing
from governance.actions.minutes.signing import current_version
from governance.actions.minutes.status import settle_appeal_times
from governance.choices import BodyKind, OfficeKind
from governance.deadlines import ANNOUNCEMENT_DAYS, latest_announcement
from governance.kinds import (
    FOLLOW_UP_DUE,
    MINUTES_OVERDUE,
    NOTICE_TO_PUT_UP,
    NOTICE_TO_TAKE_DOWN,
)
from governance.minutes_states import MinutesState
from governance.models import AdjustedParagraph, AgendaItem, FollowUp, Minutes, Notice
from members.models import User
from notifications.actions import notify
from notifications.kinds import NotificationKind

AHEAD = timedelta(days=14)
SECOND_DAY = timedelta(days=ANNOUNCEMENT_DAYS)
# Bodies of the other kinds announce nothing; each meeting's own rules decide among these.
ANNOUNCING_KINDS = (BodyKind.COMMITTEE, BodyKind.ASSEMBLY)


@transaction.atomic
def remind_of_minutes(*, today: date | None = None) -> int:
    """Tell of everything that is late or near; each is told once. Returns how many were told of.

    Minutes are late from day 15; chair, secretary and those who have not signed are told. The
    owner of a follow-up is told 14 days ahead and the day after it fell due. The secretary is told
    on the last day of announcing what is adjusted (kommunallagen 8:12).
    """
    day = today or timezone.localdate()
    settle_appeal_times(today=day)
    late = [row for row in _unadjusted(day) if row.is_overdue(day)]
    for minutes in late:
        _tell_of_minutes(minutes)
    due = list(FollowUp.objects.due_by(day + AHEAD).select_related("decision__item", "owner"))
    for row in due:
        _tell_of_follow_up(row, day)
    unannounced = _unannounced(day)
    for minutes, last in unannounced:
        _tell_of_announcing(minutes, last)
    over = [n for n in _up() if (first := takedown_day(n)) and first <= day]
    for notice in over:
        _tell_of_notice(notice)
    return len(late) + len(due) + len(unannounced) + len(over)


def _unadjusted(day: date) -> list[Minutes]:
    rows = Minutes.objects.overdue(day).select_related("meeting__council")
    return list(rows)


def _unannounced(day: date) -> list[tuple[Minutes, date]]:
    """Return the minutes with something whose last day of announcement has come, and that day."""
    adjusted = AdjustedParagraph.objects.filter(adjusted_at__date__lte=day - SECOND_DAY)
    rows = Minutes.objects.filter(
        Q(state__in=(MinutesState.ADJUSTED, MinutesState.ANNOUNCED)) | Q(adjusted_at__isnull=True),
        meeting__items__adjusted__in=adjusted,
        meeting__council__kind__in=ANNOUNCING_KINDS,
    )
    found = []
    for minutes in rows.select_related("meeting__council").distinct():
        days = [_last_day(minutes, item) for item in to_announce(minutes)]
        if due := [last for last in days if last <= day]:
            found.append((minutes, min(due)))
    return found


def _last_day(minutes: Minutes, item: AgendaItem | None) -> date:
    since = item.adjusted.adjusted_at if item else minutes.adjusted_at  # type: ignore[attr-defined]
    return latest_announcement(timezone.localtime(since).date())


def _up() -> list[Notice]:
    rows = Notice.objects.filter(taken_down_on__isnull=True)
    return list(rows.select_related("minutes__meeting__council", "item"))


def _officers(minutes: Minutes, *kinds: str) -> set[int]:
    offices = minutes.meeting.council.offices.on().filter(kind__in=kinds)
    return set(offices.values_list("person", flat=True))


def _tell_of_minutes(minutes: Minutes) -> None:
    people = _officers(minutes, OfficeKind.CHAIR, OfficeKind.SECRETARY)
    version = current_version(minutes)
    people |= {row.person_id for row in missing(version)} if version else set()
    notify(
        users=User.objects.filter(name__in=people, is_active=True),
        kind=MINUTES_OVERDUE,
        params={
            "body": minutes.meeting.council.name,
            "day": minutes.meeting.held_on.isoformat(),
            "due": minutes.due_on.isoformat(),
        },
        url=minutes.get_absolute_url(),
        dedupe_key=f"overdue-{minutes.pk}",
    )


def _tell_of_follow_up(row: FollowUp, day: date) -> None:
    stage = "late" if day > row.due_on else "near"
    item = row.decision.item
    notify(
        users=User.objects.filter(name=row.owner, is_active=True),
        kind=FOLLOW_UP_DUE,
        params={
            "body": row.decision.council.name,
            "paragraph": f"§ {item.paragraph}/{item.paragraph_year}",
            "day": row.due_on.isoformat(),
        },
        url=row.decision.get_absolute_url(),
        dedupe_key=f"follow-up-{row.pk}-{row.due_on}-{stage}",
    )


def _tell_of_announcing(minutes: Minutes, last: date) -> None:
    _tell_of_board(minutes, NOTICE_TO_PUT_UP, f"announce-{minutes.pk}-{last}")


def _tell_of_notice(notice: Notice) -> None:
    _tell_of_board(notice.minutes, NOTICE_TO_TAKE_DOWN, f"notice-{notice.pk}")


def _tell_of_board(minutes: Minutes, kind: NotificationKind, told_as: str) -> None:
    """Tell the secretary, who keeps the notice board, to put up or take down."""
    secretaries = _officers(minutes, OfficeKind.SECRETARY)
    notify(
        users=User.objects.filter(name__in=secretaries, is_active=True),
        kind=kind,
        params={
            "body": minutes.meeting.council.name,
            "day": minutes.meeting.held_on.isoformat(),
        },
        url=minutes.get_absolute_url(),
        dedupe_key=told_as,
    )
