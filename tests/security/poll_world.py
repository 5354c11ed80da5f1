"""Open polls with all ballots cast, and requests that close them in processes that may be killed.

`python -m tests.security.poll_world make COUNT` prints the polls as JSON. `... serve` reads one
request a line and forks for each: it says the child's number, then how it ended. All in the
database of DATABASE_URL.
"""

import json
import os
import sys
import time
from typing import Any

import django

from config.environment import load_settings

VOTERS = 3
REDIRECTED = 302


def make(count: int) -> None:
    """Print the poll, its room and a session of the one who presides, for each meeting."""
    from tests.clients import TwoStepClient
    from tests.factories.governance import make_body
    from tests.governance.polls.builders import open_poll_in, vote

    body = make_body(VOTERS, substitutes=False)
    client = TwoStepClient()
    client.force_login(body.ordinary[0])
    session = client.session.session_key
    found = []
    for __ in range(count):
        poll = open_poll_in(body)
        vote(body, poll, s0="yes", s1="yes", s2="no")
        found.append({"poll": poll.pk, "room": poll.meeting.room_url, "session": session})
    say(json.dumps(found))


def say(line: object) -> None:
    """Say one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def press(row: dict[str, Any]) -> int:
    """Send the request that closes a poll through the whole of the site; return its status."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.cookies["sessionid"] = row["session"]
    return client.post(f"{row['room']}stang-votering/", {"votering": row["poll"]}).status_code


def careless(row: dict[str, Any]) -> int:
    """Close a poll without one transaction around it: what the product must not do."""
    from django.utils import timezone

    from governance.models import Poll

    Poll.objects.filter(pk=row["poll"]).update(state="closed", closed_at=timezone.now())
    time.sleep(600)
    return 0


def serve() -> None:
    """Carry out each request in a process of its own."""
    from django.db import connections

    for line in sys.stdin:
        row = json.loads(line)
        # A connection is never shared by two processes.
        connections.close_all()
        child = os.fork()
        if child == 0:
            done = careless(row) if row.get("careless") else press(row)
            os._exit(0 if done == REDIRECTED else 1)
        say(child)
        say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    load_settings()
    django.setup()
    if sys.argv[1] == "make":
        make(int(sys.argv[2]))
    else:
        # Whatever is loaded late is loaded before the first fork.
        from config import urls  # noqa: F401
        from governance.views import room  # noqa: F401

        say("ready")
        serve()
