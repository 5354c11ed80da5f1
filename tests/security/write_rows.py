"""One of several processes that write at once: python -m tests.security.write_rows MODE ...

Each write reads, inserts and appends in one transaction, as a ballot does. Prints how many writes
the database refused as locked.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import OperationalError, connection, transaction


def write(name: str) -> int:
    """Write one ballot and its line in the log; return 1 when the database is locked."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT open FROM poll")
            assert cursor.fetchone()[0] == 1
            cursor.execute("INSERT INTO ballot (seat) VALUES (%s)", [name])
            cursor.execute("INSERT INTO log (line) SELECT count(*) FROM log")
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        return 1
    else:
        return 0


def work(name: str, writes: int) -> int:
    """Write many times from one thread; return how many were refused."""
    refused = sum(write(f"{name}-{number}") for number in range(writes))
    connection.close()
    return refused


def main(mode: str, name: str, threads: int, writes: int) -> None:
    """Write from several threads of this process, into the database of DATABASE_URL."""
    if mode == "django":
        settings.DATABASES["default"]["OPTIONS"] = {}
    with ThreadPoolExecutor(threads) as pool:
        jobs = [pool.submit(work, f"{name}-{number}", writes) for number in range(threads)]
    sys.stdout.write(str(sum(job.result() for job in jobs)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
