"""Writes rows for ever, each in a transaction, and says so after the commit; to be killed.

`python -m tests.security.acked_rows FIRST` with DATABASE_URL. With `uncommitted` instead of a
number it says so before the commit, and waits there.
"""

import sys
import time
from itertools import count

from django.db import connection, transaction

from config.environment import load_settings


def say(line: object) -> None:
    """Say one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def insert(seat: str) -> None:
    """Write one ballot."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ballot (seat) VALUES (%s)", [seat])


def main(first: str) -> None:
    """Write until killed."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        say(cursor.fetchone()[0])
    if first == "uncommitted":
        with transaction.atomic():
            insert(first)
            say(first)
            time.sleep(600)
    for number in count(int(first)):
        with transaction.atomic():
            insert(f"plats {number}")
        say(f"plats {number}")


if __name__ == "__main__":
    load_settings()
    main(sys.argv[1])
