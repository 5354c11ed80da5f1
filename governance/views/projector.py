"""The room on a wall: what is handled, who speaks, the poll; nothing of closed items."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from governance.sitting import remember_bodies
from governance.states import POLLS_CLOSED
from governance.views.lookup import room_meeting
from governance.views.poll_panel import PollView
from governance.views.room_page import etag_of, room_context


@require_safe
def projector(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the room in large letters; asked again every third second, 304 while nothing changed."""
    meeting = room_meeting(request, slug, pk)
    if meeting.opened_at is None:
        raise Http404
    etag = f'"p{etag_of(meeting.version, request.user, meeting.pk)[1:]}'
    if request.headers.get("If-None-Match") == etag:
        return _marked(HttpResponseNotModified(), etag)
    remember_bodies(request.user)
    context = room_context(meeting, request.user, following=True) | {"projector_etag": etag}
    # Whoever looks at a wall may be anybody: what is closed is hidden whoever opened the page.
    context["item_shown"] = context["item_shown"] and not context["item"].is_closed
    context["poll_shown"] = _poll_to_show(context.get("polls", []))
    return _marked(render(request, "governance/projector.html", context), etag)


def _poll_to_show(views: list[PollView]) -> PollView | None:
    """Return the poll that is open, else the last that was counted; no votes are one's own."""
    shown = [view for view in views if view.poll.is_open or view.poll.state in POLLS_CLOSED]
    running = [view for view in shown if view.poll.is_open]
    found = next(iter([*running, *reversed(shown)]), None)
    if found is None:
        return None
    return replace(found, voices=[replace(voice, is_mine=False) for voice in found.voices])


def _marked(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response
