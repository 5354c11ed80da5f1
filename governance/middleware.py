"""Answers the devices that follow a meeting room before sessions, accounts and the rest are read.

A hundred devices ask every third second, and nearly always nothing has happened. What a device
holds is marked for its session alone (governance.room_mark): only whoever was given the room in
that session can show the mark, and is told no more than that it still holds.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from governance.models import Meeting
from governance.room_mark import room_mark

ROOM = re.compile(r"/forvaltningsrad/[-\w]{1,80}/moten/([1-9][0-9]{0,17})/rum/lage/")


class RoomMarkMiddleware:
    """Answers 304 to a device whose mark still holds, by one query; all else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shown = request.META.get("HTTP_IF_NONE_MATCH")
        room = ROOM.fullmatch(request.path_info) if shown else None
        if room is None or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        meeting = int(room[1])
        version = Meeting.objects.filter(pk=meeting).values_list("version", flat=True).first()
        if version is None or shown != room_mark(request, version, meeting):
            return self.get_response(request)
        response = HttpResponseNotModified()
        response.headers["ETag"] = shown
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Cookie"
        return response
