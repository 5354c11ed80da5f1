"""How long it takes to close and count a poll of 290 seats, in a database that is thrown away.

.venv/bin/python -m benchmarks.closing [SEATS]
"""

import os
import sys
import tempfile
import time
from pathlib import Path

SEATS = 290
LIMIT = 1.0
"""Seconds that a close may take."""


def main() -> None:
    """Fill a body, let every seat vote, close, and print the time; 1 when it is too long."""
    seats = int(sys.argv[1]) if len(sys.argv) > 1 else SEATS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMAGT_VAR_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder, 'closing.sqlite3')}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
        took = _run(seats)
    print(f"a poll of {seats} seats closed, counted and chained in {took:.2f} s")
    sys.exit(int(took > LIMIT))


def _run(seats: int) -> float:
    import django  # noqa: PLC0415 - the settings must be chosen first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    from core.actions import SYSTEM  # noqa: PLC0415 - as above
    from governance.actions.polls import closing  # noqa: PLC0415 - as above
    from tests.factories.governance import make_body  # noqa: PLC0415 - as above
    from tests.governance.polls.builders import open_poll_in, vote  # noqa: PLC0415 - as above

    body = make_body(seats, substitutes=False)
    poll = open_poll_in(body)
    choices = ("yes", "no", "abstain")
    vote(body, poll, **{f"s{n}": choices[n % 3] for n in range(seats)})
    started = time.perf_counter()
    found = closing.close_poll(by=SYSTEM, meeting=poll.meeting, poll=poll)
    took = time.perf_counter() - started
    if sum(found.result["heads"].values()) != seats:
        sys.exit("some ballots were not counted")
    return took


if __name__ == "__main__":
    main()
