"""A process of its own that takes numbers and appends to a ledger, for the tests of races.

Run as `python -m tests.governance.number_worker DATABASE KIND ARGUMENT COUNT`.
"""

import os
import sys

import django
from django.conf import settings


def take_numbers(code: str, count: int) -> list[int]:
    """Take numbers, each in its own transaction; every fifth transaction is rolled back."""
    from django.db import transaction

    from governance.actions.numbering import next_number

    taken = []
    for turn in range(count):
        with transaction.atomic():
            number = next_number(code=code, year=2026)
            if turn % 5 == 4:
                transaction.set_rollback(True)
            else:
                taken.append(number)
    return taken


def append_entries(slug: str, count: int) -> list[int]:
    """Append entries to the ledger of a body."""
    from django.db import transaction

    from governance.actions.ledger import append
    from governance.models import Council

    council = Council.objects.get(slug=slug)
    numbers = []
    for turn in range(count):
        with transaction.atomic():
            numbers.append(append(council=council, kind="test", data={"turn": turn}).number)
    return numbers


def main() -> None:
    """Do what the command line says and print the numbers."""
    name, kind, argument, count = sys.argv[1:]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    settings.DATABASES["default"]["NAME"] = name
    django.setup()
    work = {"numbers": take_numbers, "ledger": append_entries}[kind]
    print(*work(argument, int(count)))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
