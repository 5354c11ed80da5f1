"""Pages of polls: one poll with its result, its export, voting without a meeting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import RuleBroken
from governance.actions.polls import invalidating, per_capsulam, voting
from governance.actions.polls.counting import export
from governance.models import Case, Council, Poll
from governance.per_capsulam import PerCapsulam
from governance.rules import manages, sees_inside
from governance.states import POLLS_CLOSED
from governance.views.lookup import council_at, crumbs, managed_council
from governance.views.poll_commands import seat
from governance.views.poll_panel import ballot_context, poll_view
from governance.views.room_commands import DIGITS, local_time

UNPROCESSABLE = 422
LISTED = 50


def poll_at(request: HttpRequest, slug: str, pk: int) -> Poll:
    """Return a poll that the person may see, or answer 404."""
    rows = Poll.objects.visible_to(request.user).select_related(
        *("council", "meeting", "item", "case", "chair", "requested_by", "decision__item"),
        *("replaces", "order"),
    )
    return get_object_or_404(rows.distinct(), council__slug=slug, pk=pk)


@never_cache
@require_safe
def poll_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a poll: the own ballot while it is open, every vote when it is closed."""
    return _show(request, poll_at(request, slug, pk))


def _show(request: HttpRequest, poll: Poll, *, error: str = "", typed: Any = None) -> HttpResponse:
    inside = bool(sees_inside(request.user, poll.council))
    if poll.item and poll.item.is_closed and not inside:
        raise Http404
    context = {
        "council": poll.council,
        "poll": poll,
        "view": poll_view(poll, request.user),
        "is_inside": inside,
        "may_manage": bool(manages(request.user, poll.council)),
        "lot": getattr(poll, "lot", None),
        "replaced_by": getattr(poll, "replaced_by", None),
        "can_export": poll.state in POLLS_CLOSED and not poll.is_secret,
        "history": _history(poll),
        "error": error,
        "typed": typed or {},
        "breadcrumbs": crumbs(poll.council, (_("Poll"), request.path)),
    }
    context["may_declare_invalid"] = (
        context["may_manage"]
        and poll.per_capsulam
        and poll.decision_id is None
        and (poll.is_open or poll.state in POLLS_CLOSED)
    )
    context["all_answered"] = poll.is_open and not context["view"].progress.missing
    if poll.is_open and poll.per_capsulam:
        context |= ballot_context(poll, request.user)
    return render(
        request, "governance/poll_detail.html", context, status=UNPROCESSABLE if error else 200
    )


def _history(poll: Poll) -> list[Any]:
    """Return the ballots that were changed before the close; none while the poll is open."""
    if poll.state not in POLLS_CLOSED or poll.is_secret:
        return []
    changed = poll.ballots.filter(revision__gt=1).values("seat")
    rows = poll.ballots.filter(seat__in=changed).select_related("seat__organisation")
    return list(rows.order_by("seat__organisation__name", "revision"))


@require_safe
def poll_export(request: HttpRequest, slug: str, pk: int) -> JsonResponse:
    """Answer with a closed open poll in the form that `recount` reads."""
    poll = poll_at(request, slug, pk)
    if poll.state not in POLLS_CLOSED or poll.is_secret:
        raise Http404
    if poll.item and poll.item.is_closed and not sees_inside(request.user, poll.council):
        raise Http404
    response = JsonResponse(export(poll), json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"votering-{poll.pk}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def poll_vote(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take the own vote in a poll without a meeting, with written reasons."""
    poll = poll_at(request, slug, pk)
    if not request.user.is_authenticated:
        raise PermissionDenied
    try:
        voting.cast_ballot(
            by=request.user,
            poll=poll,
            choice=request.POST.get("rost", ""),
            seat=seat(request.POST),
            reason=request.POST.get("skal", "").replace("\x00", ""),
        )
    except RuleBroken as error:
        return _show(request, poll, error=error.message, typed=request.POST)
    messages.success(request, _("Your vote is received."))
    return redirect(poll.get_absolute_url())


@require_POST
def poll_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Close a poll without a meeting when all have answered."""
    poll = poll_at(request, slug, pk)
    try:
        per_capsulam.finish_per_capsulam(by=request.user, poll=poll)
    except RuleBroken as error:
        return _show(request, poll, error=error.message)
    return redirect(poll.get_absolute_url())


@require_POST
def poll_invalid(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Declare a poll without a meeting invalid, with the reason."""
    poll = poll_at(request, slug, pk)
    reason = request.POST.get("fel", "").replace("\x00", "")
    try:
        invalidating.declare_answers_invalid(by=request.user, poll=poll, reason=reason)
    except RuleBroken as error:
        return _show(request, poll, error=error.message, typed=request.POST)
    messages.success(request, _("The poll is invalid. The case can be sent out again."))
    return redirect(poll.get_absolute_url())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def per_capsulam_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the polls of a body without a meeting; its secretary sends out a new one."""
    council = council_at(request, slug)
    if not sees_inside(request.user, council):
        raise PermissionDenied
    error, typed = "", {}
    if request.method == "POST":
        managed_council(request, slug)
        try:
            poll = _ask(request, council)
        except RuleBroken as broken:
            error, typed = broken.message, request.POST.dict()
        else:
            messages.success(request, _("The question has been sent to every seat."))
            return redirect(poll.get_absolute_url())
    rules = council.settings.profile_on(council, timezone.localdate())
    polls = Poll.objects.filter(council=council, per_capsulam=True).order_by("-pk")
    context = {
        "council": council,
        "polls": list(polls[:LISTED]),
        "cases": list(council.cases.askable().order_by("year", "number")),
        "may_manage": bool(manages(request.user, council)),
        "is_allowed": rules.per_capsulam != PerCapsulam.FORBIDDEN,
        "by_majority": rules.per_capsulam == PerCapsulam.MAJORITY,
        "error": error,
        "typed": typed,
        "breadcrumbs": crumbs(council, (_("Decisions without a meeting"), request.path)),
    }
    status = UNPROCESSABLE if error else 200
    return render(request, "governance/poll_per_capsulam.html", context, status=status)


def _ask(request: HttpRequest, council: Council) -> Poll:
    raw = request.POST.get("arende", "")
    known = raw.isdecimal() and len(raw) <= DIGITS
    case = Case.objects.filter(council=council, pk=int(raw)).first() if known else None
    if case is None:
        raise RuleBroken(_("Choose a case."), field="case")
    deadline = local_time(request.POST.get("senast", "").strip())
    if deadline is None:
        raise RuleBroken(_("Write the last time to answer as 2026-03-12 12:00."), field="deadline")
    return per_capsulam.ask_per_capsulam(by=request.user, case=case, deadline_at=deadline)
