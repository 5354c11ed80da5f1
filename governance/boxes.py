"""What governance shows in the slots of lower pages, and the tasks on Min sida."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.agenda import Task
from governance.choices import OfficeKind
from governance.models import Council, Mandate, Meeting, MeetingAnswer, Poll, Seat
from governance.sitting import bodies_of
from governance.states import MEETINGS_RUNNING, MeetingState

Filling = tuple[str, dict[str, Any]] | None
COMING = 5


def service_council(service: Any, user: Any) -> Filling:
    """Show the council of a service: three queries."""
    council = Council.objects.active().filter(service=service.pk).first()
    if council is None:
        return None
    ahead = Meeting.objects.visible_to(user).filter(council=council).ahead()
    context = {
        "council": council,
        "next": ahead.exclude(state=MeetingState.DRAFT).first(),
        "seats": Seat.objects.filter(council=council).on().count(),
    }
    return "governance/_service_council.html", context


def municipality_councils(municipality: Any, user: Any) -> Filling:
    """Show where a municipality has a seat today: two queries."""
    seats = Seat.objects.filter(organisation=municipality.organisation_id).on().with_people()
    rows = list(seats.select_related("council").order_by("council__name", "number"))
    context = {"seats": rows, "code": municipality.code}
    return ("governance/_municipality_councils.html", context) if rows else None


def my_councils(user: Any, _viewer: Any) -> Filling:
    """Show the person's bodies and coming meetings: four queries."""
    ids = bodies_of(user)
    if not ids:
        return None
    meetings = Meeting.objects.filter(council__in=ids).ahead().exclude(state=MeetingState.DRAFT)
    context = {
        "councils": Council.objects.filter(pk__in=ids),
        "meetings": meetings.select_related("council")[:COMING],
    }
    return "governance/_my_councils.html", context


def my_tasks(user: Any) -> Iterator[Task]:
    """List the summonses that a person has not answered, and meetings in progress."""
    ids = bodies_of(user)
    if not ids:
        return
    answers = MeetingAnswer.objects.filter(person=user.name_id, meeting__council__in=ids)
    answered = set(answers.values_list("meeting", flat=True))
    states = [MeetingState.SUMMONED, *MEETINGS_RUNNING]
    rows = Meeting.objects.filter(council__in=ids, state__in=states).select_related("council")
    for meeting in rows.order_by("starts_at"):
        day = timezone.localtime(meeting.starts_at).date()
        if meeting.is_running:
            yield Task(
                title=_("%(body)s is meeting now") % {"body": meeting.council.name},
                url=meeting.room_url,
                source="meeting-now",
                due_on=timezone.localdate(),
                action=_("To the meeting room"),
            )
        elif meeting.pk not in answered:
            yield Task(
                title=_("Answer the summons of %(body)s") % {"body": meeting.council.name},
                url=meeting.get_absolute_url(),
                source="summons-answer",
                due_on=day,
                action=_("Answer"),
            )


def my_poll_tasks(user: Any) -> Iterator[Task]:
    """List the polls without a meeting that wait for a person's vote: one query."""
    rows = Poll.objects.open().filter(per_capsulam=True, roll__person=user.name_id)
    for poll in rows.exclude(ballots__person=user.name_id).select_related("council"):
        yield Task(
            title=_("Vote without a meeting: %(title)s") % {"title": poll.title},
            url=poll.get_absolute_url(),
            source="per-capsulam",
            due_on=timezone.localtime(poll.deadline_at).date(),
            action=_("Vote now"),
        )


def needs_second_factor(user: Any) -> bool:
    """Return whether the person votes, presides or keeps the record of some body."""
    if Mandate.objects.on().filter(person=user.name_id).exists():
        return True
    kinds = [OfficeKind.CHAIR, OfficeKind.VICE_CHAIR, OfficeKind.SECRETARY]
    return bool(user.name.offices.on().filter(kind__in=kinds).exists())
