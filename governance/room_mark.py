"""The mark (ETag) of a room as one session sees it at one version of the meeting."""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

LENGTH = 24


def room_mark(request: HttpRequest, version: int, meeting: int) -> str:
    """Return the mark of a meeting's room for the session of a request, today.

    It cannot be made without the secret key, so that holding one means having been shown the
    room. The day is part of it because rights follow the day (rules.md 2.4).
    """
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    said = f"{meeting}-{version}-{timezone.localdate()}-{session}".encode()
    return f'"{hmac.new(_key(settings.SECRET_KEY), said, hashlib.sha256).hexdigest()[:LENGTH]}"'


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    """Return a key of its own for the marks."""
    return hashlib.sha256(b"governance.room_mark" + secret.encode()).digest()
