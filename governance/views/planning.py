"""Planning of meetings: the year, a time that suits, demands, templates."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions import demands, planning, templates, times
from governance.choices import Availability
from governance.forms_desk import DemandForm, SeriesForm, TemplateNameForm, TimesForm
from governance.models import AgendaTemplate, Mandate, MeetingDemand, TimeAnswer, TimePoll
from governance.rules import belongs
from governance.states import MEETINGS_AHEAD
from governance.views.desk import posted, show_form
from governance.views.lookup import council_at, crumbs, managed_council, may_manage, meeting_at
from governance.views.room_commands import DIGITS


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a whole year at once."""
    council = managed_council(request, slug)
    form = SeriesForm(posted(request)[0])
    if request.method == "POST":
        planned = form.carry_out(planning.plan_series, by=request.user, council=council)
        if planned is not None:
            messages.success(request, _("The meetings are planned as drafts."))
            return redirect("governance:desk", council.slug)
    title = _("Plan the year")
    trail = crumbs(council, (title, request.path))
    lead = _("Each meeting becomes a draft with the standing items.")
    return show_form(request, form, title=title, button=_("Plan"), trail=trail, lead=lead)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def time_poll_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the body when it can meet."""
    council = managed_council(request, slug)
    form = TimesForm(posted(request)[0])
    if request.method == "POST":
        poll = form.carry_out(times.ask_for_times, by=request.user, council=council)
        if poll:
            messages.success(request, _("Everyone who sits has been asked."))
            return redirect("governance:time_poll", council.slug, poll.pk)
    title = _("Find a time")
    trail = crumbs(council, (title, request.path))
    return show_form(request, form, title=title, button=_("Ask"), trail=trail)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def time_poll(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the proposed times with everybody's answers; take the own answers."""
    council = council_at(request, slug)
    rows = TimePoll.objects.visible_to(request.user).select_related("council", "meeting__council")
    poll = get_object_or_404(rows, council=council, pk=pk)
    if request.method == "POST":
        return _answer_times(request, poll)
    context = {
        "council": council,
        "poll": poll,
        "choices": Availability.choices,
        "may_manage": may_manage(request.user, council),
        "may_answer": poll.meeting_id is None and bool(belongs(request.user, council)),
        "breadcrumbs": crumbs(council, (poll.title, request.path)),
    }
    return render(request, "governance/time_poll.html", context | _grid(poll, request.user))


def _grid(poll: TimePoll, user: Any) -> dict[str, Any]:
    """Return the options and a row for each person, with the answer at each option."""
    options = list(poll.options.all())
    answers = TimeAnswer.objects.filter(option__poll=poll).select_related("person")
    given = {(row.person_id, row.option_id): row for row in answers}
    sitting = Mandate.objects.on().filter(seat__council=poll.council_id).select_related("person")
    people = {row.person_id: row.person for row in sitting.order_by("seat", "position")}
    people |= {row.person_id: row.person for row in answers if row.person_id not in people}
    sums = [
        sum(row.answer != Availability.NO for row in answers if row.option_id == option.pk)
        for option in options
    ]
    best = max(sums, default=0)
    return {
        "options": [
            {
                "option": option,
                "can": can,
                "is_best": bool(best) and can == best,
                "mine": getattr(given.get((getattr(user, "name_id", 0), option.pk)), "answer", ""),
            }
            for option, can in zip(options, sums, strict=True)
        ],
        "people": [
            {"person": person, "cells": [given.get((pk, option.pk)) for option in options]}
            for pk, person in people.items()
        ],
    }


def _answer_times(request: HttpRequest, poll: TimePoll) -> HttpResponse:
    prefix = "tid-"
    answers = {
        int(key.removeprefix(prefix)): str(value)
        for key, value in request.POST.items()
        if key.startswith(prefix)
        and key.removeprefix(prefix).isdecimal()
        and len(key) <= len(prefix) + DIGITS
    }
    try:
        times.answer_times(by=request.user, poll=poll, answers=answers)
    except RuleBroken as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your answers are saved."))
    return redirect("governance:time_poll", poll.council.slug, poll.pk)


@login_required
@require_POST
def time_poll_plan(request: HttpRequest, slug: str, pk: int, option_pk: int) -> HttpResponse:
    """Plan the meeting at one of the times."""
    council = managed_council(request, slug)
    poll = get_object_or_404(TimePoll, council=council, pk=pk)
    option = get_object_or_404(poll.options, pk=option_pk)
    try:
        meeting = times.plan_from_times(by=request.user, poll=poll, option=option)
    except RuleBroken as error:
        messages.error(request, error.message)
        return redirect("governance:time_poll", slug, pk)
    messages.success(request, _("The meeting is planned. Say where it is held."))
    return redirect("governance:meeting_edit", slug, meeting.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def demand_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Demand that the body meets."""
    council = council_at(request, slug)
    require(request.user, "governance.answer_summons", council)
    form = DemandForm(posted(request)[0])
    if request.method == "POST":
        demand = form.carry_out(demands.demand_meeting, by=request.user, council=council)
        if demand:
            messages.success(request, _("Your seat stands behind the demand."))
            return redirect(council)
    title = _("Demand a meeting")
    lead = _("When a third of the seats stand behind it, the body must meet.")
    trail = crumbs(council, (title, request.path))
    return show_form(request, form, title=title, button=_("Demand"), trail=trail, lead=lead)


@login_required
@require_POST
def demand_support(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Stand behind a demand."""
    council = council_at(request, slug)
    rows = MeetingDemand.objects.visible_to(request.user).select_related("council")
    demand = get_object_or_404(rows, council=council, pk=pk)
    try:
        demands.support_demand(by=request.user, demand=demand)
    except RuleBroken as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your seat stands behind the demand."))
    return redirect(council)


@login_required
@require_POST
def demand_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say which meeting answers a demand."""
    council = managed_council(request, slug)
    demand = get_object_or_404(
        MeetingDemand.objects.select_related("council"), council=council, pk=pk
    )
    raw = request.POST.get("mote", "")
    if not raw.isdecimal() or len(raw) > DIGITS:
        messages.error(request, _("Choose the meeting."))
        return redirect("governance:desk", slug)
    rows = council.meetings.filter(state__in=MEETINGS_AHEAD)
    demands.answer_demand(by=request.user, demand=demand, meeting=get_object_or_404(rows, pk=raw))
    messages.success(request, _("Saved."))
    return redirect("governance:desk", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_save(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep the standing items of an agenda as a template."""
    council = managed_council(request, slug)
    meeting = meeting_at(request, slug, pk)
    form = TemplateNameForm(posted(request)[0])
    if request.method == "POST" and form.carry_out(
        templates.save_template, by=request.user, meeting=meeting
    ):
        messages.success(request, _("The template is saved."))
        return redirect("governance:agenda", slug, pk)
    title = _("Save as a template")
    back = f"{meeting.get_absolute_url()}dagordning/"
    trail = crumbs(council, (_("Agenda"), back), (title, request.path))
    lead = _("Items that belong to no case are kept. A template of the same name is replaced.")
    return show_form(
        request, form, title=title, button=_("Save"), trail=trail, lead=lead, back=back
    )


@login_required
@require_POST
def template_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a template."""
    council = managed_council(request, slug)
    template = get_object_or_404(
        AgendaTemplate.objects.select_related("council"), council=council, pk=pk
    )
    templates.remove_template(by=request.user, template=template)
    messages.success(request, _("The template is removed."))
    return redirect("governance:desk", slug)
