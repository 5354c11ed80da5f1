"""The meeting room: the page, its parts for devices that follow, and what is done in it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import RuleBroken
from governance.choices import RefusalGround
from governance.models import Meeting, Motion
from governance.room_mark import room_mark
from governance.sitting import remember_bodies
from governance.states import MEETINGS_HELD, MeetingState, MotionState
from governance.views.lookup import crumbs, room_held, room_meeting
from governance.views.poll_commands import POLL_COMMANDS
from governance.views.room_commands import COMMANDS, Command
from governance.views.room_page import flags_of, log_rows, opening_context, room_context

UNPROCESSABLE = 422
WRITTEN = ("rubrik", "text", "grund", "forslag", "att", "motivering", "till", "skal", "svar")
"""The fields of the room in which people write."""


@never_cache
@require_safe
def room(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the room: before the opening the roll call, then the meeting as it goes."""
    meeting = room_meeting(request, slug, pk)
    return _show(request, meeting)


def _show(
    request: HttpRequest,
    meeting: Meeting,
    *,
    failed: str = "",
    error: str = "",
    typed: Any = None,
) -> HttpResponse:
    """Draw the whole room; a refused command stands above with what was typed kept."""
    extra: dict[str, Any] = {"failed": failed, "error": error, "typed": typed or {}}
    trail = crumbs(meeting.council, (_("Meeting room"), request.path))
    if meeting.state == MeetingState.SUMMONED:
        context = opening_context(meeting, request.user)
        template = "governance/room_opening.html"
    elif meeting.opened_at is None:
        raise Http404
    else:
        context = room_context(meeting, request.user)
        context["etag"] = room_mark(request, meeting.version, meeting.pk)
        template = "governance/room.html"
        if context["may_record"]:
            context["log"] = log_rows(meeting)
        if context["may_record"] or context["may_preside"]:
            context["flags"] = flags_of(meeting)
    if error and not _is_redrawn(failed, context):
        texts = [typed.get(name, "").strip() for name in WRITTEN]
        extra["kept"] = "\n\n".join(text for text in texts if text)
    context |= extra | {"breadcrumbs": trail, "is_held": meeting.state in MEETINGS_HELD}
    return render(request, template, context, status=UNPROCESSABLE if error else 200)


def _is_redrawn(failed: str, context: dict[str, Any]) -> bool:
    """Tell whether the form that was refused is shown again, with what was typed in it.

    The room may have gone on under the form: then the form is gone, and the text is kept beside.
    """
    acts = context.get("i_serve") or context.get("may_preside")
    shown = context.get("item_shown") and context["meeting"].state == MeetingState.OPEN
    redrawn = {
        "yrka": shown and acts and context.get("is_debating"),
        "anmal-jav": shown and acts,
        "klubba": shown and context.get("may_preside") and context.get("finding"),
        "for-in": context.get("may_record") and "log" in context,
    }
    return bool(redrawn.get(failed))


@require_safe
def room_state(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a device that follows the room with its parts, and the mark to ask by next time.

    While nothing has changed governance.middleware answers 304 before this. The forms come along
    only when they have another phase than the device shows, so that nothing typed is lost.
    """
    remember_bodies(request.user)
    meeting = room_held(request, slug, pk)
    context = room_context(meeting, request.user, following=True)
    context["with_forms"] = request.GET.get("fas") != context["phase"]
    context["etag"] = room_mark(request, meeting.version, meeting.pk)
    response = render(request, "governance/_room_parts.html", context)
    return _marked(response, context["etag"])


def _marked(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_POST
def room_command(request: HttpRequest, slug: str, pk: int, name: str) -> HttpResponse:
    """Do one thing in the room, then show it again; what a rule refuses is said above it."""
    meeting = room_meeting(request, slug, pk)
    command = POLL_COMMANDS.get(name) or COMMANDS.get(name)
    if command is None:
        raise Http404
    try:
        done = _run(request, meeting, command)
    except RuleBroken as error:
        meeting.refresh_from_db()
        return _show(request, meeting, failed=name, error=error.message, typed=request.POST)
    if command.done:
        messages.success(request, str(command.done))
    return redirect(done or meeting.room_url)


def _run(request: HttpRequest, meeting: Meeting, command: Command) -> str:
    """Read what the command needs from the request and call its action."""
    fields = {name: reader(request.POST, meeting) for name, reader in command.fields.items()}
    command.action(by=request.user, meeting=meeting, **fields)
    return ""


@require_safe
def correction(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Show the form that corrects one entry."""
    meeting = room_meeting(request, slug, pk)
    if not request.user.has_perm("governance.record_meeting", meeting):
        raise Http404
    event = get_object_or_404(meeting.events.select_related("person", "item"), number=number)
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "event": event,
        "breadcrumbs": crumbs(
            meeting.council, (_("Meeting room"), meeting.room_url), (_("Correct"), request.path)
        ),
    }
    return render(request, "governance/correction.html", context)


@require_safe
def motion_refusal(request: HttpRequest, slug: str, pk: int, motion_pk: int) -> HttpResponse:
    """Show the form by which the chair refuses to put a motion, with ground and reason."""
    meeting = room_meeting(request, slug, pk)
    if not request.user.has_perm("governance.preside", meeting):
        raise Http404
    rows = Motion.objects.filter(item__meeting=meeting, state=MotionState.MADE)
    motion = get_object_or_404(rows.select_related("item", "mover", "organisation"), pk=motion_pk)
    title = _("Refuse a motion")
    context = {
        "council": meeting.council,
        "meeting": meeting,
        "motion": motion,
        "grounds": RefusalGround.choices,
        "breadcrumbs": crumbs(
            meeting.council, (_("Meeting room"), meeting.room_url), (title, request.path)
        ),
    }
    return render(request, "governance/motion_refusal.html", context)
