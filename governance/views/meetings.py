"""A meeting before and after the room: agenda, summons, answers, documents."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import RuleBroken
from core.states import OutboxState
from governance.actions import planning, summoning
from governance.choices import EventKind, RecusalState
from governance.deadlines import is_summoned_in_time, latest_summons
from governance.forms import (
    ActionForm,
    CaseChoiceForm,
    ItemForm,
    MeetingForm,
    ReasonForm,
    SummonsForm,
)
from governance.forms_desk import NewMeetingForm
from governance.models import (
    ItemNote,
    Mandate,
    Meeting,
    MeetingAnswer,
    Minutes,
    Recusal,
    SummonsDelivery,
)
from governance.rules import sees_inside
from governance.states import MEETINGS_AHEAD, MeetingState
from governance.views.desk import UNPROCESSABLE, show_form
from governance.views.lookup import crumbs, day_of, managed_council, may_manage, meeting_at
from governance.views.public import agenda_rows, get_item
from governance.views.room_commands import DIGITS
from members.models import PersonName


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a meeting."""
    council = managed_council(request, slug)
    form = NewMeetingForm(request.POST or None, council=council)
    if request.method == "POST":
        meeting = form.carry_out(planning.plan_meeting, by=request.user, council=council)
        if meeting:
            return redirect("governance:agenda", council.slug, meeting.pk)
    title = _("Plan a meeting")
    trail = crumbs(council, (title, request.path))
    lead = _("Standing items are added, and cases that wait return by themselves.")
    return show_form(request, form, title=title, button=_("Plan"), trail=trail, lead=lead)


@require_safe
def meeting_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a meeting: when and where, its agenda, and for those who sit answers and documents."""
    meeting = meeting_at(request, slug, pk)
    return render(request, "governance/meeting_detail.html", _detail_context(request, meeting))


@login_required
@require_safe
def agenda_preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the secretary the meeting as those who are summoned will see it."""
    managed_council(request, slug)
    meeting = meeting_at(request, slug, pk)
    context = _detail_context(request, meeting, as_participant=True)
    name = (_meeting_name(meeting), meeting.get_absolute_url())
    context["breadcrumbs"] = crumbs(meeting.council, name, (_("Preview"), request.path))
    return render(request, "governance/meeting_detail.html", context)


def _detail_context(
    request: HttpRequest, meeting: Meeting, *, as_participant: bool = False
) -> dict[str, Any]:
    """Return what the page of a meeting shows; as a participant would see it when told so."""
    user = request.user
    inside = bool(sees_inside(user, meeting))
    manage = may_manage(user, meeting.council) and not as_participant
    deliveries = _deliveries(meeting) if manage else []
    return {
        "council": meeting.council,
        "meeting": meeting,
        "rows": agenda_rows(meeting, user),
        "is_inside": inside,
        "is_preview": as_participant,
        "may_manage": manage,
        "my_answer": _my_answer(meeting, user),
        "may_answer": as_participant or _may_answer(meeting, user),
        "may_enter": meeting.rules and user.has_perm("governance.view_room", meeting),
        "answers": _answer_rows(meeting) if inside else [],
        "summonses": meeting.summonses.all() if inside else [],
        "deliveries": deliveries,
        "undelivered": [row for row in deliveries if row["failed"]],
        "notes": _notes(meeting, user),
        "recusals": _recusals(meeting, user) if inside else {},
        "proxies": meeting.proxies.select_related("seat__organisation", "person") if inside else [],
        "uses_proxies": bool(meeting.profile().proxy_limit),
        "log": _public_log(meeting) if inside else [],
        "minutes": Minutes.objects.visible_to(user).filter(meeting=meeting).first(),
        "breadcrumbs": crumbs(meeting.council, (_meeting_name(meeting), request.path)),
    }


def _meeting_name(meeting: Meeting) -> str:
    return meeting.title or _("Meeting %(day)s") % {"day": day_of(meeting)}


def _my_answer(meeting: Meeting, user: Any) -> MeetingAnswer | None:
    if not user.is_authenticated:
        return None
    return meeting.answers.filter(person=user.name_id).first()


def _may_answer(meeting: Meeting, user: Any) -> bool:
    if meeting.state != MeetingState.SUMMONED or not user.is_authenticated:
        return False
    return user.name_id in summoning.addressees(meeting)


def _answer_rows(meeting: Meeting) -> list[dict[str, Any]]:
    """Return every seat's people with their answers, for the body."""
    if meeting.state not in MEETINGS_AHEAD:
        return []
    day = timezone.localtime(meeting.starts_at).date()
    answers = {row.person_id: row for row in meeting.answers.select_related("called")}
    called = {row.called_id for row in answers.values() if row.called_id}
    mandates = Mandate.objects.on(day).filter(seat__council=meeting.council_id)
    rows = mandates.select_related("person", "seat__organisation")
    return [
        {
            "mandate": mandate,
            "answer": answers.get(mandate.person_id),
            "called": mandate.person_id in called,
        }
        for mandate in rows.order_by("seat__organisation__name", "seat", "position")
    ]


def _deliveries(meeting: Meeting) -> list[dict[str, Any]]:
    """Return how far the last summons has come to each addressee."""
    rows = SummonsDelivery.objects.filter(
        summons__meeting=meeting, summons__number=meeting.summons_number
    )
    return [
        {
            "person": row.person,
            "message": row.message,
            "failed": row.message is not None
            and (row.message.state == OutboxState.PARKED or row.message.attempts > 0)
            and row.message.state != OutboxState.SENT,
        }
        for row in rows.select_related("person", "message")
    ]


def _notes(meeting: Meeting, user: Any) -> dict[int, ItemNote]:
    if not user.is_authenticated:
        return {}
    rows = ItemNote.objects.filter(item__meeting=meeting, user=user)
    return {row.item_id: row for row in rows}


def _recusals(meeting: Meeting, user: Any) -> dict[int, list[Recusal]]:
    """Return the jäv announced before the meeting, by item."""
    rows = Recusal.objects.filter(item__meeting=meeting).exclude(state=RecusalState.WITHDRAWN)
    found: dict[int, list[Recusal]] = {}
    for row in rows.select_related("person", "called"):
        row.is_mine = row.person_id == getattr(user, "name_id", None)  # type: ignore[attr-defined]
        found.setdefault(row.item_id, []).append(row)
    return found


def _public_log(meeting: Meeting) -> list[Any]:
    kinds = [EventKind.OPENED, EventKind.ADJOURNED, EventKind.RESUMED, EventKind.CLOSED]
    return list(meeting.events.in_force().filter(kind__in=kinds))


@login_required
@require_POST
def meeting_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an answer to the summons: the own, or from the desk another's."""
    meeting = meeting_at(request, slug, pk)
    person = None
    if request.POST.get("person"):
        person = get_object_or_404(PersonName, pk=_whole(request.POST["person"]))
    try:
        summoning.answer_summons(
            by=request.user, meeting=meeting, answer=request.POST.get("svar", ""), person=person
        )
    except RuleBroken as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The answer is saved."))
    return redirect(meeting)


def _whole(text: str) -> int:
    """Return the number in a field, or answer 404."""
    if not text.isdecimal() or len(text) > DIGITS:
        raise Http404
    return int(text)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Build the agenda: add, change order by buttons, put cases, take items off."""
    council = managed_council(request, slug)
    meeting = meeting_at(request, slug, pk)
    forms: dict[str, ActionForm] = {
        "add": ItemForm(prefix="add"),
        "case": CaseChoiceForm(prefix="case", council=council),
    }
    status = 200
    if request.method == "POST":
        failed = _agenda_post(request, meeting)
        if failed is None:
            if request.htmx:
                meeting.refresh_from_db()
                return render(
                    request, "governance/_agenda_items.html", _agenda(meeting, request.user)
                )
            return redirect("governance:agenda", slug, pk)
        forms[str(failed.prefix)] = failed
        status = UNPROCESSABLE
    context = _agenda(meeting, request.user) | {
        "council": council,
        "forms": forms,
        "breadcrumbs": crumbs(
            council,
            (_meeting_name(meeting), meeting.get_absolute_url()),
            (_("Agenda"), request.path),
        ),
    }
    return render(request, "governance/agenda.html", context, status=status)


def _agenda(meeting: Meeting, user: Any) -> dict[str, Any]:
    rows = agenda_rows(meeting, user)
    items = [row["item"] for row in rows]
    return {
        "meeting": meeting,
        "rows": rows,
        "minutes": sum(item.minutes_planned for item in items),
        "may_change": meeting.state in MEETINGS_AHEAD,
        "must_summon_again": meeting.state == MeetingState.SUMMONED,
    }


MOVES = {"up": -1, "down": 1, "flytta": 0}
"""Ways to move an item: by a button one place, by dragging so many as the field says."""


def _signed(text: str) -> int:
    """Return a number of places, negative upwards, or answer 404."""
    return -_whole(text.removeprefix("-")) if text.startswith("-") else _whole(text)


def _agenda_post(request: HttpRequest, meeting: Meeting) -> ActionForm | None:
    """Carry out one change of the agenda; return the form when it was refused."""
    what, user = request.POST.get("gor", ""), request.user
    form: ActionForm
    if what == "add":
        form = ItemForm(request.POST, prefix="add")
        return None if form.carry_out(planning.add_item, by=user, meeting=meeting) else form
    if what == "case":
        form = CaseChoiceForm(request.POST, prefix="case", council=meeting.council)
        done = form.carry_out(planning.put_case_on_agenda, by=user, meeting=meeting)
        return None if done else form
    item = get_item(meeting, user, _whole(request.POST.get("punkt", "")))
    try:
        if what in MOVES:
            steps = MOVES[what] or _signed(request.POST.get("steg", ""))
            planning.move_item(by=user, meeting=meeting, item=item, steps=steps)
        elif what == "remove":
            planning.remove_item(by=user, meeting=meeting, item=item)
        else:
            raise Http404
    except RuleBroken as error:
        messages.error(request, error.message)
    return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, slug: str, pk: int, item_pk: int) -> HttpResponse:
    """Change one item of the agenda."""
    council = managed_council(request, slug)
    meeting = meeting_at(request, slug, pk)
    item = get_item(meeting, request.user, item_pk)
    initial = {name: getattr(item, name) for name in ItemForm.base_fields}
    form = ItemForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.carry_out(
        planning.change_item, by=request.user, meeting=meeting, item=item
    ):
        return redirect("governance:agenda", slug, pk)
    back = f"{meeting.get_absolute_url()}dagordning/"
    trail = crumbs(council, (_("Agenda"), back), (item.title, request.path))
    return show_form(request, form, title=item.title, button=_("Save"), trail=trail, back=back)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def summons(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the summons as it will be sent, warn when it is late, and send it."""
    council = managed_council(request, slug)
    meeting = meeting_at(request, slug, pk)
    form = SummonsForm(request.POST or None)
    if request.method == "POST":
        sent = form.carry_out(summoning.send_summons, by=request.user, meeting=meeting)
        if sent:
            messages.success(request, _("The summons is on its way."))
            return redirect(meeting)
    rules = meeting.profile()
    people = summoning.addressees(meeting)
    last = latest_summons(meeting.held_on, notice_days=rules.notice_days)
    context = {
        "council": council,
        "meeting": meeting,
        "form": form,
        "rows": agenda_rows(meeting, request.user),
        "people": people.values(),
        "last_day": last,
        "in_time": is_summoned_in_time(
            timezone.localdate(), meeting.held_on, notice_days=rules.notice_days
        ),
        "notice_days": rules.notice_days,
        "is_strict": council.kind in summoning.STRICT,
        "breadcrumbs": crumbs(
            council,
            (_meeting_name(meeting), meeting.get_absolute_url()),
            (_("Summons"), request.path),
        ),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "governance/summons.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Cancel a meeting, with the reason."""
    council = managed_council(request, slug)
    meeting = meeting_at(request, slug, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        summoning.cancel_meeting, by=request.user, meeting=meeting
    ):
        messages.success(request, _("The meeting is cancelled, and the summoned are told."))
        return redirect(meeting)
    title = _("Cancel the meeting")
    trail = crumbs(council, (_meeting_name(meeting), meeting.get_absolute_url()), (title, ""))
    return show_form(request, form, title=title, button=title, trail=trail)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change time or place of a meeting."""
    council = managed_council(request, slug)
    meeting = meeting_at(request, slug, pk)
    initial = {name: getattr(meeting, name) for name in MeetingForm.base_fields}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.carry_out(
        planning.change_meeting, by=request.user, meeting=meeting
    ):
        return redirect(meeting)
    title = _("Change time or place")
    trail = crumbs(council, (_meeting_name(meeting), meeting.get_absolute_url()), (title, ""))
    return show_form(request, form, title=title, button=_("Save"), trail=trail)


@login_required
@require_POST
def item_note(request: HttpRequest, slug: str, pk: int, item_pk: int) -> HttpResponse:
    """Save the person's own note on an item."""
    meeting = meeting_at(request, slug, pk)
    item = get_item(meeting, request.user, item_pk)
    planning.write_note(by=request.user, item=item, text=request.POST.get("text", ""))
    messages.success(request, _("Your note is saved. Nobody else sees it."))
    return redirect(meeting)
