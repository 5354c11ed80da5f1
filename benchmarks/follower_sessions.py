"""Prints, as JSON, the address that the demo's open meeting is followed at and who may follow it.

With `--pulse SECONDS` it instead lets something happen in that meeting every tenth second. A
process of its own, since it loads the product.
"""

import json
import sys
import time
from typing import Any

import django

from config.environment import load_settings

EVERY = 10.0


def pulse(meeting: Any, seconds: float) -> None:
    """Tell every device, now and then, that something has changed in the room."""
    from governance.actions.recording import touch

    print("ready", flush=True)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(EVERY)
        meeting.refresh_from_db()
        touch(meeting)


def main() -> None:
    """Log everyone in who sits on the body, with a second factor."""
    load_settings()
    django.setup()
    from allauth.account.internal.flows.login import (
        _AUTHENTICATION_METHODS_USER_SESSION_KEY,
        AUTHENTICATION_METHODS_SESSION_KEY,
    )
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from governance.models import Meeting
    from members.models import User

    meeting = Meeting.objects.filter(state="open").select_related("council").first()
    if meeting is None:
        raise SystemExit("the demo has no open meeting")
    if sys.argv[1:2] == ["--pulse"]:
        pulse(meeting, float(sys.argv[2]))
        return
    people = meeting.roll_people.values("person")
    sessions = []
    for user in User.objects.filter(name__in=people):
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "type": "totp", "at": time.time()}
        ]
        store[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        store.create()
        sessions.append(store.session_key)
    path = f"{meeting.room_url}lage/"
    sys.stdout.write(json.dumps({"path": path, "sessions": sessions}) + "\n")


if __name__ == "__main__":
    main()
