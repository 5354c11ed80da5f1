"""The secretary's desk: bodies, seats, mandates, offices, rules."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalogue.models import Participation, SeatChoice
from core.actions import require
from governance.actions import councils, seats
from governance.actions.appointing import attach_decision, joined_decision
from governance.actions.vacancies import AHEAD
from governance.forms import (
    ActionForm,
    CouncilForm,
    EndForm,
    FirstNumbersForm,
    OfficeForm,
    SeatForm,
)
from governance.forms_desk import AppointmentForm, MandateForm
from governance.forms_rules import RulesForm
from governance.house_rules import to_data
from governance.models import Consultation, Council, Mandate, Office, Seat
from governance.views.lookup import crumbs, managed_council

UNPROCESSABLE = 422


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Return the fields and files that were sent, to bind a form with; nothing to a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def show_form(
    request: HttpRequest,
    form: ActionForm,
    *,
    title: str,
    button: str,
    trail: list[dict[str, str]],
    lead: str = "",
    back: str = "",
) -> HttpResponse:
    """Show a page with one form; 422 when it holds faults, so that nothing typed is lost."""
    context = {
        "form": form,
        "title": title,
        "button": button,
        "lead": lead,
        "back": back,
        "breadcrumbs": trail,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "governance/form_page.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def council_create(request: HttpRequest) -> HttpResponse:
    """Set up a body."""
    require(request.user, "governance.create_council")
    form = CouncilForm(request.POST or None)
    if request.method == "POST":
        council = form.carry_out(councils.create_council, by=request.user)
        if council:
            messages.success(request, _("The body has been set up."))
            return redirect("governance:desk", council.slug)
    trail = [
        {"label": _("Start"), "url": "/"},
        {"label": _("Governing councils"), "url": "/forvaltningsrad/"},
        {"label": _("New body"), "url": request.path},
    ]
    return show_form(request, form, title=_("New body"), button=_("Set up"), trail=trail)


@login_required
@require_http_methods(["GET", "HEAD"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the desk of a body: seats and mandates, offices, rules, meetings and cases."""
    council = managed_council(request, slug)
    today = timezone.localdate()
    rules = council.settings.profile_on(council, today)
    rows = list(Seat.objects.filter(council=council).on().with_people())
    given = [seat.participation_id for seat in rows if seat.participation_id]
    known = Participation.objects.records_of(request.user).filter(pk__in=given)
    context = {
        "council": council,
        "seats": rows,
        "joinings": set(known.values_list("pk", flat=True)),
        "offices": council.offices.on().select_related("person"),
        "rules": to_data(rules),
        "versions": council.settings.all(),
        "meetings": council.meetings.ahead().select_related("council"),
        "waiting": council.cases.returning().select_related("council"),
        "numbers": councils.last_numbers(council, today.year),
        "running": seats.is_meeting_running(council),
        "templates": council.templates.all(),
        "time_polls": council.time_polls.open(),
        "demands": council.demands.unanswered().filter(met_at__isnull=False),
        "consultations": open_consultations(council, today),
        "ending": terms_that_end(council, today),
        "voteless": [m for seat in rows for m in seat.people if not m.may_vote],
        "breadcrumbs": crumbs(council, (_("Desk"), request.path)),
    }
    return render(request, "governance/desk.html", context)


def open_consultations(council: Council, today: date) -> list[Consultation]:
    """Return the consultations that are open, with how many have answered."""
    rows = Consultation.objects.filter(case__council=council, last_day__gte=today)
    answered = Count("answers", filter=Q(answers__answered_at__isnull=False))
    return list(
        rows.select_related("case__council").annotate(answered=answered, asked=Count("answers"))
    )


def terms_that_end(council: Council, today: date) -> list[Mandate]:
    """Return the mandates that end within 60 days."""
    rows = Mandate.objects.on(today).filter(seat__council=council, ends_on__lte=today + AHEAD)
    return list(rows.select_related("person", "seat__organisation").order_by("ends_on"))


Step = tuple[Callable[..., ActionForm], Callable[..., Any], str, str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an organisation a seat."""
    council = managed_council(request, slug)
    step = (SeatForm, seats.give_seat, _("Give a seat"), _("Give the seat"))
    return _one_step(request, council, step, council=council)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Set the last day of a seat."""
    council = managed_council(request, slug)
    seat = get_object_or_404(council.seats.select_related("council"), pk=pk)
    step = (EndForm, seats.end_seat, _("End a seat"), _("End the seat"))
    return _one_step(request, council, step, lead=str(seat.organisation), seat=seat)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Enter a mandate on a seat, with the decision that appointed."""
    council = managed_council(request, slug)
    seat = get_object_or_404(council.seats.select_related("council"), pk=pk)
    form_class = partial(MandateForm, council=council)
    step = (form_class, seats.appoint, _("Enter a mandate"), _("Enter"))
    initial = appointment_of(seat)
    return _one_step(
        request, council, step, lead=str(seat.organisation), initial=initial, seat=seat
    )


def appointment_of(seat: Seat) -> dict[str, Any]:
    """Return what the joining that gave the seat says of whom the organisation appointed.

    The place that nobody holds yet is filled in first; empty when the joining names nobody.
    """
    choices = SeatChoice.objects.filter(participation=seat.participation_id, ends_on__isnull=True)
    choice = choices.select_related("ordinary", "substitute", "document").first()
    if seat.participation_id is None or choice is None:
        return {}
    taken = set(seat.mandates.on().values_list("position", flat=True))
    places = [(0, choice.ordinary), (1, choice.substitute)]
    named = [(n, person) for n, person in places if person is not None and n not in taken]
    if not named:
        return {}
    position, person = named[0]
    version = joined_decision(seat.council, choice.document)
    return {
        "person": person,
        "position": position,
        "starts_on": choice.starts_on,
        "appointed_by": choice.appointed_by,
        "appointed_on": choice.appointed_on,
        "decision_number": choice.registry_number,
        "document": version.document_id if version else None,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add the decision that appointed to a mandate, or a new version of it."""
    council = managed_council(request, slug)
    rows = Mandate.objects.filter(seat__council=council)
    mandate = get_object_or_404(
        rows.select_related("seat__council", "person__user", "document__document__council"), pk=pk
    )
    form_class = partial(AppointmentForm, council=council)
    step = (form_class, attach_decision, _("The decision that appointed"), _("Save"))
    lead = f"{mandate.person}, {mandate.appointed_by} {mandate.decision_number}"
    return _one_step(request, council, step, lead=lead, mandate=mandate)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Set the last day of a mandate."""
    council = managed_council(request, slug)
    rows = Mandate.objects.filter(seat__council=council).select_related("seat__council", "person")
    mandate = get_object_or_404(rows, pk=pk)
    step = (EndForm, seats.end_mandate, _("End a mandate"), _("End the mandate"))
    return _one_step(request, council, step, lead=str(mandate.person), mandate=mandate)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a person an office of the body."""
    council = managed_council(request, slug)
    step = (OfficeForm, seats.give_office, _("Give an office"), _("Give the office"))
    return _one_step(request, council, step, council=council)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Set the last day of an office."""
    council = managed_council(request, slug)
    rows = Office.objects.filter(council=council).select_related("council", "person")
    office = get_object_or_404(rows, pk=pk)
    step = (EndForm, seats.end_office, _("End an office"), _("End the office"))
    return _one_step(request, council, step, lead=str(office.person), office=office)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rules_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Record a version of the body's rules."""
    council = managed_council(request, slug)
    current = to_data(council.settings.profile_on(council, timezone.localdate()))
    step = (RulesForm, councils.adopt_rules, _("Adopted rules"), _("Record the version"))
    return _one_step(request, council, step, initial=current, council=council)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """State the numbers used before the product."""
    council = managed_council(request, slug)
    step = (FirstNumbersForm, councils.set_first_numbers, _("First numbers"), _("Set the numbers"))
    lead = _("Set once, before the body meets or registers a case here.")
    return _one_step(request, council, step, lead=lead, council=council)


def _one_step(
    request: HttpRequest,
    body: Council,
    step: Step,
    /,
    *,
    lead: str = "",
    initial: dict[str, Any] | None = None,
    **fixed: Any,
) -> HttpResponse:
    """Show a form and carry its action out; then back to the desk."""
    form_class, action, title, button = step
    form = form_class(*posted(request), initial=initial)
    if form.is_bound:
        form.carry_out(action, by=request.user, **fixed)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("governance:desk", body.slug)
    return show_form(
        request,
        form,
        title=title,
        button=button,
        lead=lead,
        back=_desk_url(body),
        trail=crumbs(body, (_("Desk"), _desk_url(body)), (title, request.path)),
    )


def _desk_url(council: Council) -> str:
    return f"{council.get_absolute_url()}kansli/"
