"""What governance shows in the slots of lower pages, and the tasks on Min sida."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from core.agenda import Task
from core.audiences import Audience
from core.formatting import long_date
from governance.choices import OfficeKind
from governance.models import (
    Ballot,
    CaseDocumentVersion,
    ConsultationAnswer,
    Council,
    CouncilVisit,
    Mandate,
    Meeting,
    MeetingAnswer,
    Office,
    Poll,
    PollSeat,
    Seat,
    ShelfVersion,
    TimePoll,
)
from governance.sitting import bodies_of
from governance.states import MEETINGS_RUNNING, MeetingState
from members.standing import standing_of

Filling = tuple[str, dict[str, Any]] | None
COMING = 5
NEW_FOR = timedelta(days=90)
"""How long a document is new to whoever has never looked."""


def service_council(service: Any, user: Any) -> Filling:
    """Show the council of a service: three queries, and three for the right to raise a case."""
    council = Council.objects.active().filter(service=service.pk).first()
    if council is None:
        return None
    ahead = Meeting.objects.visible_to(user).filter(council=council).ahead()
    context = {
        "council": council,
        "next": ahead.exclude(state=MeetingState.DRAFT).first(),
        "seats": Seat.objects.filter(council=council).on().count(),
        "may_raise": user.is_authenticated and user.has_perm("governance.raise_case", council),
    }
    return "governance/_service_council.html", context


def participation_council(participation: Any, user: Any) -> Filling:
    """Show the council of the service and the way to raise a case from a participation.

    Five queries; nothing for whoever may not raise a case.
    """
    council = Council.objects.active().filter(service=participation.service_id).first()
    if council is None or not user.has_perm("governance.raise_case", council):
        return None
    context = {"council": council, "participation": participation}
    return "governance/_participation_council.html", context


def municipality_councils(municipality: Any, user: Any) -> Filling:
    """Show where a municipality has a seat today: two queries."""
    seats = Seat.objects.filter(organisation=municipality.organisation_id).on().with_people()
    rows = list(seats.select_related("council").order_by("council__name", "number"))
    context = {"seats": rows, "code": municipality.code}
    return ("governance/_municipality_councils.html", context) if rows else None


def portfolio_councils(municipality: Any, user: Any) -> Filling:
    """Show a municipality's own seats and the coming meetings of their bodies: three queries."""
    seats = Seat.objects.filter(organisation=municipality.organisation_id).on().with_people()
    rows = list(seats.select_related("council").order_by("council__name", "number"))
    if not rows:
        return None
    ahead = Meeting.objects.visible_to(user).filter(council__in={row.council_id for row in rows})
    meetings = ahead.ahead().exclude(state=MeetingState.DRAFT).select_related("council")
    context = {"seats": rows, "meetings": meetings.order_by("starts_at")[:COMING]}
    return "governance/_portfolio_councils.html", context


def participation_seat(participation: Any, user: Any) -> Filling:
    """Show the seats that a joining gave, and where the council's decisions are: two queries."""
    given = Seat.objects.filter(participation_id=participation.pk, cancelled_on__isnull=True)
    seats = given.with_people()
    rows = list(seats.select_related("council").order_by("starts_on", "pk"))
    return ("governance/_participation_seat.html", {"seats": rows}) if rows else None


def my_councils(user: Any, _viewer: Any) -> Filling:
    """Show the person's bodies, seats, new documents and coming meetings: nine queries."""
    ids = bodies_of(user)
    if not ids:
        return None
    meetings = Meeting.objects.filter(council__in=ids).ahead().exclude(state=MeetingState.DRAFT)
    context = {
        "councils": _my_bodies(ids, user),
        "meetings": meetings.select_related("council")[:COMING],
    }
    return "governance/_my_councils.html", context


def _my_bodies(ids: set[int], user: Any) -> list[dict[str, Any]]:
    """Return the person's bodies with what the person is there and how many documents are new."""
    roles: dict[int, list[Any]] = {}
    mandates = Mandate.objects.on().filter(person=user.name_id, seat__council__in=ids)
    for mandate in mandates.select_related("seat__organisation"):
        what = _("Member for %(organisation)s")
        if not mandate.is_ordinary:
            what = _("Substitute for %(organisation)s")
        words = what % {"organisation": mandate.seat.organisation.name}
        roles.setdefault(mandate.seat.council_id, []).append(words)
    for office in Office.objects.on().filter(person=user.name_id, council__in=ids):
        roles.setdefault(office.council_id, []).append(office.get_kind_display())
    seen = dict(
        CouncilVisit.objects.filter(user=user, council__in=ids).values_list("council", "seen_at")
    )
    since = timezone.now() - NEW_FOR
    fresh: dict[int, int] = {}
    for council, uploaded_at in _uploads(ids, since):
        if uploaded_at > seen.get(council, since):
            fresh[council] = fresh.get(council, 0) + 1
    return [
        {"council": row, "roles": roles.get(row.pk, []), "new_documents": fresh.get(row.pk, 0)}
        for row in Council.objects.filter(pk__in=ids)
    ]


def _uploads(ids: set[int], since: datetime) -> list[tuple[int, datetime]]:
    """Return body and time of each version in bodies that the person belongs to, by two queries.

    Who belongs to a body reads everything on its shelves but what is for the office alone.
    """
    recent = Q(uploaded_at__gt=since) & ~Q(document__audience=Audience.OFFICE)
    of_cases = CaseDocumentVersion.objects.filter(recent, document__case__council__in=ids)
    own = ShelfVersion.objects.filter(recent, document__council__in=ids)
    return [
        *of_cases.values_list("document__case__council", "uploaded_at"),
        *own.values_list("document__council", "uploaded_at"),
    ]


def my_tasks(user: Any) -> Iterator[Task]:
    """List what waits for the person: summonses, meetings now, times to answer, consultations."""
    yield from _consultations(user)
    ids = bodies_of(user)
    if not ids:
        return
    answers = MeetingAnswer.objects.filter(person=user.name_id, meeting__council__in=ids)
    answered = set(answers.values_list("meeting", flat=True))
    states = [MeetingState.SUMMONED, *MEETINGS_RUNNING]
    rows = Meeting.objects.filter(council__in=ids, state__in=states).select_related("council")
    for meeting in rows.annotate(item_count=Count("items")).order_by("starts_at"):
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
                title=_("Answer the summons to %(day)s")
                % {"day": long_date(day, get_language() or "sv")},
                text=_summoned(meeting),
                url=meeting.get_absolute_url(),
                source="summons-answer",
                due_on=day,
                action=pgettext("verb", "Answer"),
            )

    answered = TimePoll.objects.filter(options__answers__person=user.name_id)
    polls = TimePoll.objects.open().filter(council__in=ids).exclude(pk__in=answered.values("pk"))
    for poll in polls.select_related("council"):
        yield Task(
            title=_("%(body)s asks when you can meet") % {"body": poll.council.name},
            text=poll.title,
            url=f"{poll.council.get_absolute_url()}tid/{poll.pk}/",
            source="time-poll",
            action=pgettext("verb", "Answer"),
        )


def _summoned(meeting: Any) -> str:
    """Return the body and how much is on the agenda."""
    count = meeting.item_count
    items = ngettext("%(count)d item on the agenda.", "%(count)d items on the agenda.", count)
    return f"{meeting.council.name}. {items % {'count': count}}"


def _consultations(user: Any) -> Iterator[Task]:
    """List the consultations that the person's organisations have not answered."""
    rows = ConsultationAnswer.objects.filter(
        organisation__in=standing_of(user).organisation_ids,
        answered_at__isnull=True,
        consultation__last_day__gte=timezone.localdate(),
    )
    for row in rows.select_related("consultation__case__council"):
        case = row.consultation.case
        yield Task(
            title=_("%(body)s asks for your view") % {"body": case.council.name},
            text=case.subject,
            url=case.get_absolute_url(),
            source="consultation",
            due_on=row.consultation.last_day,
            action=pgettext("verb", "Answer"),
        )


def my_poll_tasks(user: Any) -> Iterator[Task]:
    """List the polls without a meeting that wait for a vote of the person's: one query."""
    given = Ballot.objects.filter(poll=OuterRef("poll"), seat=OuterRef("seat"))
    own = PollSeat.objects.filter(poll=OuterRef("pk"), person=user.name_id)
    rows = Poll.objects.open().filter(Exists(own.exclude(Exists(given))), per_capsulam=True)
    for poll in rows.select_related("council"):
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
