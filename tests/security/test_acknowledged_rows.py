"""What SQLite said was written is there after its process was killed (security.md 7)."""

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.security.conftest import ROOT, environment

pytestmark = pytest.mark.slow
KILLS, EACH = 20, 100
FULL = "2"


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "prov.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE ballot (seat TEXT PRIMARY KEY)")
        database.commit()
    return path


def writer(file: Path, first: str) -> subprocess.Popen[str]:
    variables = {"DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.security.acked_rows", first],
        cwd=ROOT, env=environment(file.parent, **variables), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def stored(file: Path) -> tuple[set[str], str]:
    with closing(sqlite3.connect(file)) as database:
        rows = {row for (row,) in database.execute("SELECT seat FROM ballot")}
        return rows, database.execute("PRAGMA integrity_check").fetchone()[0]


def test_every_row_that_was_acknowledged_is_there(file):
    chance = random.Random(7)
    said: set[str] = set()
    for kill in range(KILLS):
        process = writer(file, str(kill * 10**6))
        assert process.stdout.readline().strip() == FULL
        for __ in range(chance.randrange(1, EACH)):
            said.add(process.stdout.readline().strip())
        time.sleep(chance.random() / 100)
        process.kill()
        said |= {line.strip() for line in process.communicate()[0].splitlines(keepends=True)
                 if line.endswith("\n")}  # fmt: skip
        rows, sound = stored(file)
        assert (said - rows, sound) == (set(), "ok")
    assert len(said) > KILLS


def test_control_a_row_that_was_not_committed_is_gone(file):
    process = writer(file, "uncommitted")
    assert process.stdout.readline().strip() == FULL
    assert process.stdout.readline().strip() == "uncommitted"
    process.kill()
    process.communicate()
    assert stored(file) == (set(), "ok")
