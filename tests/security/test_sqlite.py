"""The embedded database takes many writers (security.md 33).

Its options keep two processes that write 200 times each, and four with eight threads, free of
"database is locked", and lose nothing; with Django's default options the same fails.
"""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.security.conftest import ROOT, environment

pytestmark = pytest.mark.slow
TABLES = """
CREATE TABLE poll (open INTEGER NOT NULL);
INSERT INTO poll VALUES (1);
CREATE TABLE ballot (seat TEXT PRIMARY KEY);
CREATE TABLE log (line INTEGER NOT NULL);
"""


def write_at_once(folder: Path, mode: str, processes: int, threads: int, writes: int) -> int:
    """Write from several processes at once and return how many writes were refused as locked."""
    file = folder / "ballots.sqlite3"
    with sqlite3.connect(file) as database:
        database.executescript(TABLES)
    database.close()
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.security.write_rows", mode),
                *(str(number), str(threads), str(writes)),
            ],
            cwd=ROOT,
            env=environment(
                folder, DATABASE_URL=f"sqlite:///{file}", DJANGO_SETTINGS_MODULE="config.settings"
            ),
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    said = [process.communicate(timeout=300)[0] for process in running]
    return sum(int(refused) for refused in said)


def stored(folder: Path) -> tuple[int, int, str]:
    """Return the number of ballots and of log lines, and what the database says of itself."""
    database = sqlite3.connect(folder / "ballots.sqlite3")
    try:
        ballots = database.execute("SELECT count(*) FROM ballot").fetchone()[0]
        lines = database.execute("SELECT count(DISTINCT line) FROM log").fetchone()[0]
        sound = database.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        database.close()
    return ballots, lines, sound


@pytest.mark.parametrize(("processes", "threads", "writes"), [(2, 1, 200), (4, 8, 25)])
def test_nothing_is_refused_and_nothing_is_lost(tmp_path, processes, threads, writes) -> None:
    assert write_at_once(tmp_path, "ours", processes, threads, writes) == 0

    total = processes * threads * writes
    assert stored(tmp_path) == (total, total, "ok")


def test_djangos_default_options_do_refuse(tmp_path) -> None:
    """Control: the same load without our options fails."""
    refused = write_at_once(tmp_path, "django", 4, 8, 25)

    assert refused > 0
    assert stored(tmp_path)[0] == 800 - refused


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_options_are_in_force_on_a_live_connection(settings) -> None:
    from config.settings.base import SQLITE_OPTIONS

    assert SQLITE_OPTIONS["transaction_mode"] == "IMMEDIATE"
    database = sqlite3.connect(":memory:")
    for statement in SQLITE_OPTIONS["init_command"].split(";"):
        database.execute(statement)
    asked = ("synchronous", "busy_timeout", "foreign_keys", "recursive_triggers")
    values = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    database.close()
    assert values == [2, 20000, 1, 1]
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False
