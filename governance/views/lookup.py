"""Finds what an address names, within what the person may know of."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.actions import require
from core.formatting import long_date
from governance.models import Council, Meeting
from governance.rules import manages


def council_at(request: HttpRequest, slug: str) -> Council:
    """Return the body of an address, or answer 404."""
    rows = Council.objects.visible_to(request.user).select_related("service", "parent")
    return get_object_or_404(rows, slug=slug)


def managed_council(request: HttpRequest, slug: str) -> Council:
    """Return a body whose desk the person runs; 403 for others."""
    council = council_at(request, slug)
    require(request.user, "governance.manage_council", council)
    return council


def meeting_at(request: HttpRequest, slug: str, pk: int) -> Meeting:
    """Return a meeting that the person may know of, or answer 404."""
    rows = Meeting.objects.visible_to(request.user).select_related("council__service")
    return get_object_or_404(rows, council__slug=slug, pk=pk)


def room_meeting(request: HttpRequest, slug: str, pk: int) -> Meeting:
    """Return a meeting whose room the person may enter; 403 for others."""
    meeting = meeting_at(request, slug, pk)
    if meeting.rules == {}:
        raise Http404
    return _admitted(request, meeting)


def room_held(request: HttpRequest, slug: str, pk: int) -> Meeting:
    """Return a meeting that has been opened and whose room the person may enter; 403 for others.

    For devices that follow: nothing is asked but what they are shown.
    """
    rows = Meeting.objects.filter(opened_at__isnull=False).select_related("council")
    return _admitted(request, get_object_or_404(rows, council__slug=slug, pk=pk))


def _admitted(request: HttpRequest, meeting: Meeting) -> Meeting:
    """Return the meeting to who may enter its room, or answer 403."""
    try:
        require(request.user, "governance.view_room", meeting)
    except PermissionDenied:
        if not request.user.is_authenticated:
            raise
        raise PermissionDenied(_("Only those who sit on the body enter its room.")) from None
    return meeting


def day_of(meeting: Meeting) -> str:
    """Return the day of a meeting in words, in the reader's language: "30 oktober 2026"."""
    return long_date(meeting.held_on, get_language() or "sv")


def crumbs(council: Council, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page of a body."""
    items = [
        (_("Start"), "/"),
        (_("Governing councils"), "/forvaltningsrad/"),
        (council.name, council.get_absolute_url()),
        *more,
    ]
    return [{"label": str(label), "url": url} for label, url in items]


def may_manage(user: Any, council: Council) -> bool:
    """Return whether the person runs the body's desk."""
    return bool(manages(user, council))
