"""What everyone sees: the bodies, who sits on them, their meetings and adjusted decisions."""

from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.periods import on_day
from core.swedish_order import sort_key
from governance.annexes import page_spans
from governance.calendar import publication
from governance.choices import OfficeKind
from governance.emails import calendar_entry
from governance.models import (
    CaseDocument,
    Council,
    Decision,
    EarlierMinutes,
    Meeting,
    MeetingDemand,
    Office,
    Seat,
    ShelfDocument,
    ShelfVersion,
    TimePoll,
)
from governance.quorum import needed
from governance.rules import may_see_item, runs_office_desk, sees_inside
from governance.states import MEETINGS_HELD, MeetingState
from governance.views.decision_votes import with_votes
from governance.views.lookup import council_at, crumbs, may_manage
from members.county_letters import letter_of

SHOWN = 10


@require_safe
def council_list(request: HttpRequest) -> HttpResponse:
    """Show every body with its service and number of seats today."""
    seats = Count("seats", filter=on_day(None, "seats__"))
    rows = Council.objects.visible_to(request.user).active().annotate(seat_count=seats)
    councils = sorted(rows.select_related("service"), key=lambda c: sort_key(c.name))
    dissolved = Council.objects.exclude(pk__in=[c.pk for c in councils]).order_by("name")
    context = {
        "councils": councils,
        "dissolved": dissolved,
        "may_create": bool(runs_office_desk(request.user)),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Governing councils"), "url": request.path},
        ],
    }
    return render(request, "governance/council_list.html", context)


@require_safe
def council_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a body: mandate, decisions, who sits (on any day by ?datum=), meetings, documents."""
    council = council_at(request, slug)
    day, day_error = _asked_day(request)
    is_inside = bool(sees_inside(request.user, council))
    members = member_rows(council, day, request.user if is_inside else None)
    visible = Meeting.objects.visible_to(request.user).filter(council=council)
    meetings = visible.select_related("council")
    decisions = Decision.objects.visible_to(request.user).filter(council=council)
    rules = council.settings.profile_on(council, day)
    context = {
        "council": council,
        "day": day,
        "day_error": day_error,
        "is_today": day == timezone.localdate(),
        "members": members,
        "seat_count": len({row["seat"] for row in members if row["seat"]}),
        "others": other_offices(council, day),
        "vacant": [row for row in members if row["vacant"]],
        "meetings_ahead": list(meetings.ahead()[:SHOWN]),
        "meetings_held": list(
            meetings.filter(state__in=MEETINGS_HELD)
            .select_related("minutes")
            .order_by("-starts_at")[:SHOWN]
        ),
        "decisions": with_votes(
            list(
                decisions.of_paragraphs()
                .newest_first()
                .select_related("item__meeting", "council")
                .with_corrections()[:SHOWN]
            )
        ),
        "documents": open_documents(request, council),
        "earlier": EarlierMinutes.objects.visible_to(request.user).filter(council=council),
        "may_manage": may_manage(request.user, council),
        "is_inside": is_inside,
        "groups": council.working_groups.active(),
        "breadcrumbs": crumbs(council),
        "has_quorum": rules.quorum,
        "time_polls": TimePoll.objects.visible_to(request.user).filter(council=council).open(),
        "demands": demand_rows(request, council),
        "may_raise": request.user.has_perm("governance.raise_case", council),
        "has_board": rules.notice_board,
    }
    context["needed"] = needed(context["seat_count"])
    return render(request, "governance/council_detail.html", context)


def _asked_day(request: HttpRequest) -> tuple[date, str]:
    """Return the day of ?datum= (today without it) and what is wrong with it."""
    asked = request.GET.get("datum", "").strip()
    if not asked:
        return timezone.localdate(), ""
    try:
        return date.fromisoformat(asked), ""
    except ValueError:
        return timezone.localdate(), _("Write the day as 2026-03-12.")


def member_rows(council: Council, day: date, reader: Any = None) -> list[dict[str, Any]]:
    """Return who sat on a day: a row per person, by organisation in Swedish order.

    With a `reader` from inside also the appointing decisions that the person may read.
    """
    offices = {
        office.person_id: office.get_kind_display()
        for office in Office.objects.filter(council=council).on(day)
        if office.kind in {OfficeKind.CHAIR, OfficeKind.VICE_CHAIR}
    }
    rows: list[dict[str, Any]] = []
    readable = readable_decisions(council, reader)
    seats = Seat.objects.filter(council=council).on(day).with_people(day)
    for seat in sorted(seats, key=lambda s: (sort_key(s.organisation.name), s.number)):
        municipality = getattr(seat.organisation, "municipality", None)
        place = {
            "seat": seat.pk,
            "name": seat.organisation.name,
            "url": municipality.get_absolute_url() if municipality else "",
            "letter": letter_of(municipality.county_code) if municipality else "",
            "county": municipality.county if municipality else "",
        }
        ordinary = [m for m in seat.people if m.is_ordinary]
        if not ordinary:
            rows.append(place | {"person": "", "role": _("Vacant"), "votes": "", "vacant": True})
        for mandate in seat.people:
            role = offices.get(mandate.person_id) or (
                _("Member") if mandate.is_ordinary else _("Substitute")
            )
            rows.append(
                place
                | {
                    "person": mandate.person,
                    "role": role,
                    "votes": _votes(mandate),
                    "vacant": False,
                    "decision": mandate.document_id if mandate.document_id in readable else None,
                    "appointed": f"{mandate.appointed_by} {mandate.decision_number}",
                }
            )
    return rows


def _votes(mandate: Any) -> str:
    """Return in words when the person votes."""
    if not mandate.may_vote:
        return _("Document missing – cannot vote")
    return _("Yes") if mandate.is_ordinary else _("When serving")


def readable_decisions(council: Council, reader: Any) -> set[int]:
    """Return the versions of appointing decisions that a person from inside may read."""
    if reader is None:
        return set()
    documents = ShelfDocument.objects.visible_to(reader).filter(council=council).appointing()
    versions = ShelfVersion.objects.filter(document__in=documents)
    return set(versions.values_list("pk", flat=True))


def other_offices(council: Council, day: date) -> list[Office]:
    """Return secretary, auditors and co-opted on a day, and a chair without a seat."""
    offices = Office.objects.filter(council=council).on(day).select_related("person")
    sitting = council.seats.on(day).filter(on_day(day, "mandates__")).values("mandates__person")
    inner = Q(kind__in=[OfficeKind.CHAIR, OfficeKind.VICE_CHAIR], person__in=sitting)
    return list(offices.exclude(inner))


def demand_rows(request: HttpRequest, council: Council) -> list[dict[str, Any]]:
    """Return the demands for a meeting that wait, with the seats behind each, for the body."""
    rows = MeetingDemand.objects.visible_to(request.user).filter(council=council).unanswered()
    me = getattr(request.user, "name_id", None)
    return [
        {
            "demand": demand,
            "behind": [support.seat.organisation for support in demand.supports.all()],
            "is_mine": any(support.person_id == me for support in demand.supports.all()),
        }
        for demand in rows.prefetch_related("supports__seat__organisation")
    ]


def open_documents(request: HttpRequest, council: Council) -> list[CaseDocument]:
    """Return the newest documents of the body that the person may read, with their versions."""
    rows = CaseDocument.objects.visible_to(request.user).filter(case__council=council)
    rows = rows.select_related("case")
    return list(rows.prefetch_related("versions").order_by("-dated_on", "-pk")[:SHOWN])


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the body's meetings as a calendar to subscribe to."""
    council = council_at(request, slug)
    states = [MeetingState.SUMMONED, MeetingState.OPEN, *MEETINGS_HELD]
    meetings = council.meetings.filter(state__in=states).select_related("council")
    content = publication([calendar_entry(meeting) for meeting in meetings])
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def agenda_rows(meeting: Meeting, user: Any) -> list[dict[str, Any]]:
    """Return the agenda as a person may see it; a masked item shows its place alone."""
    inside = bool(sees_inside(user, meeting))
    visible = CaseDocument.objects.visible_to(user).prefetch_related("versions")
    documents = Prefetch("case__documents", queryset=visible.order_by("position"))
    items = meeting.items.select_related("case").prefetch_related(documents)
    rows = [
        {
            "item": item,
            "shown": inside or not item.is_closed,
            "documents": list(item.case.documents.all()) if item.case else [],
        }
        for item in items.order_by("position", "pk")
    ]
    number_annexes(rows)
    return rows


def number_annexes(rows: list[dict[str, Any]]) -> None:
    """Give each shown document its place among the annexes and its pages in the joined file."""
    annexes = [
        document
        for row in rows
        if row["shown"]
        for document in row["documents"]
        if document.versions.all()
    ]
    spans = page_spans(document.versions.all()[0].pages for document in annexes)
    for number, (document, span) in enumerate(zip(annexes, spans, strict=True), start=1):
        document.annex, document.span = number, span


def get_item(meeting: Meeting, user: Any, pk: int) -> Any:
    """Return an item whose content the person may see, or answer 404."""
    item = get_object_or_404(meeting.items.select_related("case"), pk=pk)
    if not may_see_item(user, item):
        raise Http404
    return item
