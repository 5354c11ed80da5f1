"""A migrated database, made once for this code and copied wherever a test needs one.

Migrating takes half a minute of a processor. Every worker of a run, and every site that a test
starts, begins with a copy of the same database instead, and migrates only what is new in it.
A plugin that conftest.py loads; `--create-db` migrates from nothing.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Where the copies are taken from; one file, or one database on the server, for each state of code.
SHELF = ROOT / "var" / "migrated"


def key() -> str:
    """Return what names the schema: our migrations and the packages that bring theirs."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("requirements/*.txt")]):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def migrate(**environment: str) -> None:
    """Migrate a database from nothing, in a process of its own."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"} | environment,
        check=True,
    )


@contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time make the database that the others copy."""
    SHELF.mkdir(parents=True, exist_ok=True)
    with (SHELF / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sqlite_file() -> Path:
    """Return the migrated file; make it, and forget those of older code, when it is not there."""
    made = SHELF / f"{key()}.sqlite3"
    with alone():
        if not made.exists():
            for old in SHELF.glob("*.sqlite3*"):
                old.unlink()
            unfinished = made.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            migrate(DATABASE_URL=f"sqlite:///{unfinished}", REDIS_URL="")
            unfinished.rename(made)
    return made


def copy_to(folder: Path) -> None:
    """Give a site that keeps its data in a folder a migrated database there."""
    shutil.copyfile(sqlite_file(), folder / "samagt.sqlite3")


def copy_on_postgresql(name: str, url: str) -> None:
    """Make the database `name` on the server of `url`, a copy of one that is migrated there."""
    import psycopg

    template = f"test_migrated_{key()}"
    server, _, _database = url.rpartition("/")
    with alone(), psycopg.connect(url, autocommit=True) as connection:
        there = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(there, [template]).fetchone():
            connection.execute(f'DROP DATABASE IF EXISTS "{template}_unfinished"')
            connection.execute(f'CREATE DATABASE "{template}_unfinished"')
            migrate(DATABASE_URL=f"{server}/{template}_unfinished")
            connection.execute(f'ALTER DATABASE "{template}_unfinished" RENAME TO "{template}"')
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@pytest.fixture(scope="session")
def django_db_keepdb(request, django_db_createdb, django_db_modify_db_settings) -> bool:
    """Put a migrated copy where the test database is to be, so that it is kept and not made."""
    from django.conf import settings
    from django.db import connection

    if django_db_createdb:
        return False
    name = connection.settings_dict["TEST"]["NAME"]
    if connection.vendor == "sqlite":
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        for rest in Path(name).parent.glob(f"{Path(name).name}*"):
            rest.unlink()
        shutil.copyfile(sqlite_file(), name)
    else:
        copy_on_postgresql(
            name or f"test_{connection.settings_dict['NAME']}", settings.DATABASE_URL
        )
    return True
