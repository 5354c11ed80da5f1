"""Web processes and databases killed in the middle of closing a poll (security.md 5 and 6).

Afterwards a poll is open with every ballot, or closed with its full count and its entry in the
ledger; never between. The site is the product's own server with a database of its own, which the
tests may kill: on SQLite a file, on PostgreSQL a cluster.
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
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests

from scripts._lib import throwaway
from tests.processes import free_port, wait_for_port
from tests.security.conftest import ROOT, environment
from tests.security.poll_world import VOTERS

pytestmark = pytest.mark.slow
WEB_KILLS, DATABASE_KILLS = 20, 6
POLLS = WEB_KILLS + DATABASE_KILLS + 5
TOKEN = "t" * 32
SECONDS = 30


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
    web: Any = None

    def environment(self) -> dict[str, str]:
        return environment(self.folder, DATABASE_URL=self.database.url)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment(), capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def serve(self) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
        command += ["--respawn-failed-workers", "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.folder / "web.log").open("wb") as log:
            self.web = subprocess.Popen(
                [*command, "config.wsgi:application"], cwd=ROOT, env=self.environment(),
                stdout=log, stderr=log,
            )  # fmt: skip
        self.wait()

    def wait(self) -> float:
        """Wait until the site answers, and return for how long."""
        began = time.monotonic()
        while time.monotonic() - began < 2 * SECONDS:
            with suppress(requests.RequestException):
                if requests.get(f"http://localhost:{self.port}/halsa/", timeout=5).ok:
                    return time.monotonic() - began
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


@pytest.fixture(scope="module", params=[File, Cluster], ids=["sqlite", "postgresql"])
def site(request, tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("killed")
    with ExitStack() as running:
        found = Site(folder, request.param(folder, running))
        found.run("manage.py", "migrate", "-v0")
        found.polls = json.loads(found.run("-m", "tests.security.poll_world", "make", str(POLLS)))
        found.serve()
        yield found
        found.web.terminate()
        found.web.wait(SECONDS)


def closed_while(site: Site, poll: dict[str, Any], strike) -> tuple[int, float]:
    """Close a poll while something strikes; return the answer and how long it took."""
    answers: list[int] = []
    presser = threading.Thread(target=lambda: answers.append(site.close(poll)))
    began = time.monotonic()
    presser.start()
    strike()
    presser.join()
    return answers[0], time.monotonic() - began


def usual(site: Site) -> float:
    """Return how long a close takes that nobody disturbs."""
    site.close(site.polls.pop())
    poll = site.polls.pop()
    answer, seconds = closed_while(site, poll, lambda: None)
    assert (answer, site.state(poll)) == (302, CLOSED)
    return seconds


def test_a_killed_web_process_leaves_nothing_half_done(site):
    chance = random.Random(5)
    seconds = usual(site)
    cut_off = 0
    for __ in range(WEB_KILLS):
        poll = site.polls.pop()
        moment = chance.random() * seconds

        def strike(moment: float = moment) -> None:
            time.sleep(moment)
            kill(*children(site.web.pid))

        answer, __ = closed_while(site, poll, strike)
        cut_off += answer == 0
        assert site.state(poll) in {OPEN, CLOSED}
        if answer == 302:
            assert site.state(poll) == CLOSED
        site.wait()
        assert site.close(poll) == 302
        assert site.state(poll) == CLOSED
    assert cut_off >= WEB_KILLS // 2  # the kills came while the poll was being closed
    assert "OK:" in site.run("manage.py", "verify_ledger")


def test_a_killed_database_leaves_nothing_half_done_and_the_site_comes_back(site):
    if isinstance(site.database, File):
        assert not hasattr(site.database, "server")  # its process is the web's, killed above
        return
    chance = random.Random(6)
    seconds = usual(site)
    web = site.web.pid, sorted(children(site.web.pid))
    for __ in range(DATABASE_KILLS):
        poll = site.polls.pop()
        moment = chance.random() * seconds

        def strike(moment: float = moment) -> None:
            time.sleep(moment)
            site.database.kill()

        answer, __ = closed_while(site, poll, strike)
        began = time.monotonic()
        site.database.start()
        while site.close(poll) != 302:
            assert time.monotonic() - began < SECONDS
            time.sleep(0.1)
        assert answer in {302, 500, 0}
        assert site.state(poll) == CLOSED
    # The site answered again without a restart of its own.
    assert (site.web.pid, sorted(children(site.web.pid))) == web
    assert "OK:" in site.run("manage.py", "verify_ledger")


def test_control_a_close_in_two_transactions_is_found_half_done(site):
    poll = site.polls[0]
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.security.poll_world", "careless", str(poll["poll"])],
        cwd=ROOT, env=site.environment(), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stdout.readline() == "half\n"
    kill(worker.pid)
    worker.communicate()
    assert site.state(poll) == ("closed", VOTERS, 0, 0)
    assert site.state(poll) not in {OPEN, CLOSED}
