"""Web processes and databases killed in the middle of closing a poll (security.md 5 and 6).

Afterwards a poll is open with every ballot, or closed with its full count and its entry in the
ledger; never between. Each site has a database of its own, which the tests may kill: on SQLite a
file, on PostgreSQL a cluster. A web process that is killed is one that carries out the request
through the whole of the site; the site that must come back is the product's own server. The engine
is that of the run, whose migrated database is copied.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests
from django.db import connection

from scripts._lib import throwaway
from tests.processes import free_port, wait_for_port
from tests.security.conftest import ROOT, environment
from tests.security.poll_world import VOTERS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WEB_KILLS, DATABASE_KILLS = 20, 6
POLLS = WEB_KILLS + 3
TOKEN = "t" * 32
SECONDS = 30
PATIENCE = 240


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (folder / "stat").read_text().rpartition(")")[2].split()[1] == str(pid):
                found.append(int(folder.name))
    return found


def kill(*pids: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


class File:
    """SQLite: there is no server; the web process is the database."""

    def __init__(self, folder: Path, running: ExitStack) -> None:
        self.path = folder / "prov.sqlite3"
        self.url = f"sqlite:///{self.path}"
        source = sqlite3.connect(connection.settings_dict["NAME"])
        with closing(source), closing(self.connect()) as copy:
            source.backup(copy)

    def connect(self) -> Any:
        return sqlite3.connect(self.path, timeout=60)


class Cluster:
    """A PostgreSQL of the test's own, with the options of a production server."""

    def __init__(self, folder: Path, running: ExitStack) -> None:
        try:
            self.programs = throwaway.postgres_programs()
        except throwaway.ServerMissing as missing:
            pytest.skip(str(missing))
        self.account = throwaway.unprivileged()
        self.folder = running.enter_context(throwaway.private_folder(self.account))
        throwaway.make_cluster(self.programs, self.folder, "prov", self.account)
        self.port = free_port()
        self.url = f"postgres://postgres:prov@127.0.0.1:{self.port}/postgres"
        self.server: subprocess.Popen[bytes]
        self.start()
        running.callback(self.kill)
        self.copy(folder / "prov.sql")

    def copy(self, file: Path) -> None:
        """Copy the database of the run."""
        known = connection.settings_dict
        server = f"{known['HOST']}:{known['PORT']}/{known['NAME']}"
        source = f"postgres://{known['USER']}:{known['PASSWORD']}@{server}"
        dump = [self.programs / "pg_dump", "--no-owner", "--no-acl", "-f", file, source]
        subprocess.run(dump, check=True)
        restore = [self.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, self.url]
        subprocess.run(restore, check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        options = [f"-p{self.port}", f"-k{self.folder}", "-clisten_addresses=127.0.0.1"]
        self.server = subprocess.Popen(
            [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *options],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **throwaway.account_options(self.account),
        )  # fmt: skip
        wait_for_port(self.port)

    def kill(self) -> None:
        """Kill the postmaster and every backend at once, as a crash of the machine does."""
        backends = children(self.server.pid)
        kill(self.server.pid, *backends)
        self.server.wait()

    def connect(self) -> Any:
        return psycopg.connect(self.url)


@dataclass
class Site:
    """The product's server over a database, with polls that are open."""

    folder: Path
    database: Any
    port: int = field(default_factory=free_port)
    polls: list[dict[str, Any]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        return environment(self.folder, DATABASE_URL=self.database.url)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment(), capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *arguments: str, **pipes: Any) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment(), text=True, **pipes
        )

    @contextmanager
    def serving(self) -> "Iterator[subprocess.Popen[str]]":
        """Serve the site until the block ends."""
        command = ["-m", "granian", "--interface", "wsgi", "--workers", "1"]
        command += ["--host", "127.0.0.1", "--port", str(self.port), "config.wsgi:application"]
        with (self.folder / "web.log").open("w") as log:
            web = self.start(*command, stdout=log, stderr=log)
        try:
            self.wait()
            yield web
        finally:
            kill(*children(web.pid), web.pid)
            web.wait()

    def wait(self) -> None:
        """Wait until the site answers."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            with suppress(requests.RequestException):
                if requests.get(f"http://localhost:{self.port}/halsa/", timeout=SECONDS).ok:
                    return
            time.sleep(0.1)
        raise TimeoutError((self.folder / "web.log").read_text()[-2000:])

    def close(self, poll: dict[str, Any]) -> int:
        """Press the button that closes a poll; 0 when no answer came."""
        try:
            answer = requests.post(
                f"http://localhost:{self.port}{poll['room']}stang-votering/",
                data={"votering": poll["poll"]},
                headers={"X-CSRFToken": TOKEN, "Connection": "close"},
                cookies={"sessionid": poll["session"], "csrftoken": TOKEN},
                allow_redirects=False,
                timeout=SECONDS,
            )
        except requests.RequestException:
            return 0
        return answer.status_code

    def state(self, poll: dict[str, Any]) -> tuple[str, int, int, int]:
        """Return the state of a poll, its ballots, those counted, and its entries of the close."""
        with closing(self.database.connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"SELECT state, result FROM governance_poll WHERE id = {poll['poll']}")
            state, result = cursor.fetchone()
            cursor.execute(f"SELECT count(*) FROM governance_ballot WHERE poll_id = {poll['poll']}")
            ballots = cursor.fetchone()[0]
            cursor.execute("SELECT content FROM governance_ledgerentry WHERE kind = 'poll_closed'")
            rows = [content for (content,) in cursor.fetchall()]
        contents = [json.loads(row) if isinstance(row, str) else row for row in rows]
        closes = sum(content["data"]["id"] == poll["poll"] for content in contents)
        found = json.loads(result) if isinstance(result, str) else result
        return state, ballots, sum(found["heads"].values()) if found else 0, closes


OPEN, CLOSED = ("open", VOTERS, 0, 0), ("settled", VOTERS, VOTERS, 1)


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("killed")
    engine = File if connection.vendor == "sqlite" else Cluster
    with ExitStack() as running:
        found = Site(folder, engine(folder, running))
        count = POLLS if engine is File else POLLS + DATABASE_KILLS + 2
        found.polls = json.loads(found.run("-m", "tests.security.poll_world", "make", str(count)))
        yield found


class Forker:
    """Carries out each request in a process of its own."""

    def __init__(self, site: Site) -> None:
        self.process = site.start(
            "-m", "tests.security.poll_world", "serve", stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"

    def begin(self, request: dict[str, Any]) -> int:
        """Begin a request and return its process."""
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> int:
        """Return how the request ended: 0 when it was answered."""
        return int(self.process.stdout.readline())

    def close(self, poll: dict[str, Any]) -> int:
        self.begin(poll)
        return self.end()


@pytest.fixture
def forker(site) -> Iterator[Forker]:
    found = Forker(site)
    yield found
    found.process.stdin.close()
    found.process.wait()
    found.process.stdout.close()


def test_a_killed_web_process_leaves_nothing_half_done(site, forker):
    chance = random.Random(5)
    for __ in range(2):  # the second close tells how long one takes when all is warm
        began = time.monotonic()
        poll = site.polls.pop()
        assert forker.close(poll) == 0
        seconds = time.monotonic() - began
        assert site.state(poll) == CLOSED
    found = []
    for __ in range(WEB_KILLS):
        poll = site.polls.pop()
        process = forker.begin(poll)
        time.sleep(chance.random() * seconds)
        kill(process)
        ended = forker.end()
        found.append((ended, site.state(poll)))
        seconds *= 1 if ended < 0 else 0.9  # aimed too late: warmer than when it was timed
        assert found[-1] in {(0, CLOSED), (-signal.SIGKILL, OPEN), (-signal.SIGKILL, CLOSED)}
        assert (forker.close(poll), site.state(poll)) == (0, CLOSED)
    assert sum(ended < 0 for ended, __ in found) >= WEB_KILLS // 2  # while it was being closed
    assert "OK:" in site.run("manage.py", "verify_ledger")


@pytest.mark.postgres
def test_a_killed_database_leaves_nothing_half_done_and_the_site_comes_back(site):
    chance = random.Random(6)
    with site.serving() as web:
        site.close(site.polls.pop())
        began = time.monotonic()
        assert site.close(site.polls.pop()) == 302
        seconds = time.monotonic() - began
        processes = children(web.pid)
        answers = []
        for __ in range(DATABASE_KILLS):
            poll = site.polls.pop()
            presser = threading.Thread(
                target=lambda row: answers.append(site.close(row)), args=(poll,)
            )
            presser.start()
            time.sleep(chance.random() * seconds)
            site.database.kill()
            presser.join()
            site.database.start()
            began = time.monotonic()
            while site.close(poll) != 302:
                assert time.monotonic() - began < SECONDS
            assert site.state(poll) == CLOSED
        assert set(answers) <= {302, 500, 0}
        assert answers.count(302) < DATABASE_KILLS  # some were cut off
        # The site answered again without a restart of its own.
        assert children(web.pid) == processes
    assert "OK:" in site.run("manage.py", "verify_ledger")


def test_control_a_close_in_two_transactions_is_found_half_done(site, forker):
    """Last in the file: the poll stays half done, and from then on the ledger does not hold."""
    poll = site.polls.pop()
    process = forker.begin(poll | {"careless": True})
    while site.state(poll) == OPEN:
        time.sleep(0.1)
    kill(process)
    assert forker.end() == -signal.SIGKILL
    assert site.state(poll) == ("closed", VOTERS, 0, 0)
    with pytest.raises(AssertionError, match="was closed outside the ledger"):
        site.run("manage.py", "verify_ledger")
