"""Open polls with all ballots cast, in the database of DATABASE_URL; and a careless close.

`python -m tests.security.poll_world make COUNT` prints them as JSON; `careless POLL` closes one
in two transactions, says so and waits between them, so that it can be killed there.
"""

import json
import sys
import time

import django

from config.environment import load_settings

VOTERS = 3


def make(count: int) -> None:
    """Print the poll, its room and a session of the one who presides, for each body."""
    from tests.clients import TwoStepClient
    from tests.factories.governance import make_body
    from tests.governance.polls.builders import open_poll_in, vote

    found = []
    for number in range(count):
        body = make_body(
            VOTERS, substitutes=False, slug=f"rad-{number}", registry_code=f"FR-{number}"
        )
        poll = open_poll_in(body)
        vote(body, poll, s0="yes", s1="yes", s2="no")
        client = TwoStepClient()
        client.force_login(body.ordinary[0])
        session = client.session.session_key
        found.append({"poll": poll.pk, "room": poll.meeting.room_url, "session": session})
    sys.stdout.write(json.dumps(found))


def careless(poll: int) -> None:
    """Close a poll without one transaction around it: what the product must not do."""
    from django.utils import timezone

    from governance.models import Poll

    Poll.objects.filter(pk=poll).update(state="closed", closed_at=timezone.now())
    sys.stdout.write("half\n")
    sys.stdout.flush()
    time.sleep(600)


if __name__ == "__main__":
    load_settings()
    django.setup()
    {"make": make, "careless": careless}[sys.argv[1]](int(sys.argv[2]))
