"""Lets every new row have a key above a million, as the rows of a site in use soon have.

A key that is grouped as people write numbers ("1 000 001") is a key no longer; with small keys a
test would not notice.
"""

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

FIRST = 1_000_001


def raise_sequences(database: BaseDatabaseWrapper = connection) -> None:
    """Let the numbering of every table with numbers of its own go on from `FIRST`."""
    with database.cursor() as cursor:
        for sequence in _sequences(database):
            if database.vendor == "sqlite":
                _raise_sqlite(cursor, sequence["table"])
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                    [f'"{sequence["table"]}"', sequence["column"], FIRST],
                )


def _sequences(database: BaseDatabaseWrapper) -> list[dict[str, str]]:
    """Return the tables and columns that number their rows."""
    return database.introspection.sequence_list()


def _raise_sqlite(cursor, table: str) -> None:
    """Note the number before the first; SQLite keeps one row per numbered table."""
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, FIRST - 1])
