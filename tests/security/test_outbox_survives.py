"""Mail survives a worker that is killed in the middle of sending; security.md 31.

500 notifications are written in one transaction and received by a real SMTP server, while the
worker is killed ten times at the worst instants: just before and just after the server has taken
a message that the worker has not yet noted as sent.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from celery import Celery

from tests.e2e.mailbox import Mailbox
from tests.processes import free_port
from tests.security.conftest import ROOT, environment, manage

pytestmark = [
    pytest.mark.slow,
    # kombu speaks to SQLAlchemy in an older way.
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning"),
]

PEOPLE = 500
KILLS = 10
# The worker of `make run` sends with two threads; each may be in the middle of one message.
THREADS = 2
SECONDS = 600
WRITE = """
from members.models import User
from notifications import kinds
from notifications.actions import notify
users = [
    User.objects.create_user(f"mottagare{n}@exempel.invalid", given_name="Mottagare (exempel)")
    for n in range(PEOPLE)
]
params = {"role": "Läsare", "organisation": "Provkommun", "starts_on": "2026-01-01"}
notify(users=users, kind=kinds.ROLE_GIVEN, params=params, url="/min-sida/")
"""


class Killer(Mailbox):
    """Receives mail, and kills whoever sends it when certain mails arrive."""

    def __init__(self, port: int, at: list[int]) -> None:
        super().__init__(port)
        self.at = at  # the killing arrivals, by number
        self.arrived = 0
        self.kill: Callable[[], None] = lambda: None

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        """Kill before keeping every other of the killing mails, and after keeping the rest."""
        self.arrived += 1
        if self.arrived not in self.at:
            return await super().handle_DATA(server, session, envelope)
        if self.at.index(self.arrived) % 2:
            self.kill()
            return "451 never heard"
        answer = await super().handle_DATA(server, session, envelope)
        self.kill()
        return answer


class Site:
    """A site with 500 unsent notifications, and its worker."""

    def __init__(self, folder: Path, receiver: Killer, redis_url: str, app: str) -> None:
        self.folder = folder
        self.receiver = receiver
        self.app = app
        self.settings = environment(
            folder, EMAIL_URL=f"smtp://127.0.0.1:{receiver.port}", REDIS_URL=redis_url
        )
        self.broker = redis_url or f"sqla+sqlite:///{folder / 'queue.sqlite3'}"
        self.worker: subprocess.Popen[bytes] | None = None
        receiver.kill = self.kill

    def start(self) -> None:
        """Start worker and clock in a process group of their own, as a supervisor would."""
        command = [sys.executable, "-m", "celery", "-A", self.app, "worker", "-B"]
        command += ["--pool=threads", f"--concurrency={THREADS}", "--loglevel=WARNING"]
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                command, cwd=ROOT, env=self.settings, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """Let the worker die at once."""
        assert self.worker
        os.killpg(self.worker.pid, signal.SIGKILL)

    def stop(self) -> None:
        """End the worker after the test."""
        if self.worker and self.worker.poll() is None:
            self.kill()
            self.worker.wait(30)

    def run_until_killed(self) -> None:
        """Let a worker send until it is killed, and the time of its lease pass."""
        self.start()
        self.wake()
        assert self.worker
        assert self.worker.wait(SECONDS) == -signal.SIGKILL, self.log()
        self._execute("UPDATE core_outboxmessage SET claimed_until = '2020-01-01 00:00:00'")

    def wake(self) -> None:
        """Ask for delivery, as the next action on the site would."""
        with Celery(broker=self.broker, set_as_current=False) as sender:
            sender.send_task("core.jobs.deliver_outbox", ignore_result=True)

    def log(self) -> str:
        """Return the end of what the worker said."""
        return (self.folder / "worker.log").read_text()[-2000:]

    def states(self) -> Counter[str]:
        """Return how many of the notifications' mails are in which state."""
        rows = self._execute(
            "SELECT state || CASE WHEN body IS NULL THEN '' ELSE ' with body' END, count(*)"
            " FROM core_outboxmessage WHERE kind = 'role-given' GROUP BY 1"
        )
        return Counter(dict(rows))

    def _execute(self, statement: str) -> list[tuple[str, int]]:
        with closing(sqlite3.connect(self.folder / "samagt.sqlite3", timeout=30)) as database:
            found = database.execute(statement).fetchall()
            database.commit()
        return found

    def message_ids(self) -> dict[str, list[str]]:
        """Return the Message-IDs that each receiver of a notification has got."""
        found: dict[str, list[str]] = {}
        for mail in self.receiver.received:
            if mail["X-Rcpt"].startswith("mottagare"):
                found.setdefault(mail["X-Rcpt"], []).append(mail["Message-ID"])
        return found


@pytest.fixture
def make_site(prepared, tmp_path) -> Iterator[Callable[..., Site]]:
    """Return a function that makes a site whose mail receiver kills the worker."""
    made = []

    def make(*, kills: int, redis_url: str = "", app: str = "config", people: int = PEOPLE) -> Site:
        folder = tmp_path / "site"
        shutil.copytree(prepared, folder)
        step = people // (kills + 1)
        receiver = Killer(free_port(), [step * (n + 1) for n in range(kills)])
        receiver.start()
        site = Site(folder, receiver, redis_url, app)
        made.append(site)
        manage(folder, "shell", "-v0", "-c", WRITE.replace("PEOPLE", str(people)))
        return site

    yield make
    for site in made:
        site.stop()
        site.receiver.stop()


def wait_until_sent(site: Site, count: int) -> None:
    """Let the last worker finish by the clock alone, without anybody waking it."""
    site.start()
    for _ in range(SECONDS):
        if site.states()["sent"] == count:
            return
        assert site.worker
        assert site.worker.poll() is None, site.log()
        time.sleep(1)
    raise AssertionError((site.states(), site.log()))


def assert_nothing_lost(site: Site, people: int = PEOPLE) -> None:
    """Everyone has the mail, all copies bear one Message-ID, and the bodies are erased."""
    assert site.states() == {"sent": people}
    got = site.message_ids()
    assert len(got) == people
    assert {address: ids for address, ids in got.items() if len(set(ids)) > 1} == {}
    doubles = sum(len(ids) - 1 for ids in got.values())
    assert doubles <= KILLS * THREADS


def test_nothing_is_lost_on_the_embedded_queue(make_site) -> None:
    site = make_site(kills=KILLS)
    for _ in range(KILLS):
        site.run_until_killed()
    wait_until_sent(site, PEOPLE)
    assert_nothing_lost(site)


def test_nothing_is_lost_on_redis(make_site, own_redis) -> None:
    site = make_site(kills=KILLS, redis_url=own_redis.url)
    for _ in range(KILLS):
        site.run_until_killed()
    wait_until_sent(site, PEOPLE)
    assert_nothing_lost(site)


def test_a_careless_worker_is_found_out(make_site) -> None:
    """Control: with a worker that notes before it sends, the same counting finds mail missing."""
    site = make_site(kills=4, app="tests.security.careless_worker", people=40)
    for _ in range(4):
        site.run_until_killed()
    wait_until_sent(site, 40)
    assert len(site.message_ids()) < 40
