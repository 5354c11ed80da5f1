"""A process of its own that takes numbers and appends to a ledger, for the tests of races.

Run as `python -m tests.governance.number_worker DATABASE KIND ARGUMENT COUNT`. It starts COUNT
threads, each with a connection of its own, says "ready" and lets them all go when it is told to:
so what the processes do is done at once. Every fifth number is given back by a rollback.
"""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import django
from django.conf import settings


def take_number(code: str, turn: int) -> int | None:
    """Take a number in a transaction of its own; every fifth transaction is rolled back."""
    from django.db import transaction

    from governance.actions.numbering import next_number

    with transaction.atomic():
        number = next_number(code=code, year=2026)
        if turn % 5 == 4:
            transaction.set_rollback(True)
            return None
    return number


def append_entry(slug: str, turn: int) -> int | None:
    """Append an entry to the ledger of a body."""
    from django.db import transaction

    from governance.actions.ledger import append
    from governance.models import Council

    with transaction.atomic():
        council = Council.objects.get(slug=slug)
        return append(council=council, kind="test", data={"turn": turn}).number


def at_once(work: Callable[[str, int], int | None], argument: str, count: int) -> list[int]:
    """Return what the threads got, let go together once each has its connection open."""
    from django.db import connection

    go = Event()

    def run(turn: int) -> int | None:
        try:
            try:
                connection.ensure_connection()
            finally:
                connected[turn].set()
            go.wait()
            return work(argument, turn)
        finally:
            connection.close()

    connected = [Event() for __ in range(count)]
    with ThreadPoolExecutor(max_workers=count) as pool:
        futures = [pool.submit(run, turn) for turn in range(count)]
        for opened in connected:
            opened.wait()
        print("ready", flush=True)  # noqa: T201 - read by the test
        sys.stdin.readline()
        go.set()
        found = [future.result() for future in futures]
    return [number for number in found if number is not None]


def main() -> None:
    """Do what the command line says and print the numbers."""
    name, kind, argument, count = sys.argv[1:]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    settings.DATABASES["default"]["NAME"] = name
    django.setup()
    work = {"numbers": take_number, "ledger": append_entry}[kind]
    print(*at_once(work, argument, int(count)))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
