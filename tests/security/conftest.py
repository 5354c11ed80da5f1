"""A site of its own in two real worker processes, with a real Redis when asked for."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from django.core.cache import cache

from tests import migrated
from tests.processes import free_port, wait_for_port

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "lösenord-för-prov"
PEOPLE = ("ordforande@exempel.invalid", "ersattare@exempel.invalid")
WRONG = "E-postadressen eller lösenordet är fel."
MAKE_PEOPLE = f"""
from allauth.account.models import EmailAddress
from members.models import User
for email in {PEOPLE!r}:
    user = User.objects.create_user(email, {PASSWORD!r}, given_name="Person (exempel)")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
"""
# A full test run points at a shared database and cache; these sites have their own.
OWN = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "ELASTICSEARCH_URL")


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return the environment of a site that keeps its data in a folder."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return kept | {"SAMAGT_ENV": "dev", "SAMAGT_VAR_DIR": str(folder)} | variables


def manage(folder: Path, *arguments: str) -> None:
    """Run a management command on a site."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@dataclass
class Browser:
    """Somebody at a browser of their own."""

    url: str
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        """Keep no connection open: forty browsers would leave forty of them."""
        self.session.headers["Connection"] = "close"

    def get(self, path: str, *, timeout: float = 30) -> requests.Response:
        """Ask for a page."""
        return self.session.get(f"{self.url}{path}", timeout=timeout, allow_redirects=False)

    def log_in(self, email: str, password: str, **headers: str) -> requests.Response:
        """Send the login form."""
        self.get("/konto/login/")
        token = self.session.cookies.get("csrftoken", "")
        return self.session.post(
            f"{self.url}/konto/login/",
            data={"login": email, "password": password, "csrfmiddlewaretoken": token},
            headers=headers,
            timeout=60,
            allow_redirects=False,
        )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """Make a folder with a migrated site and two accounts, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    manage(folder, "compile_translations")
    migrated.copy_to(folder)
    manage(folder, "migrate", "-v0")
    manage(folder, "init_site", "--admin-email", "administrator@exempel.invalid")
    manage(folder, "collectstatic", "--noinput", "-v0")
    manage(folder, "shell", "-v0", "-c", MAKE_PEOPLE)
    return folder


@pytest.fixture
def serve(prepared, tmp_path) -> Iterator[Callable[..., str]]:
    """Return a function that starts the site in two processes and returns its address."""
    running = []

    def start(**variables: str) -> str:
        folder = tmp_path / f"site{len(running)}"
        shutil.copytree(prepared, folder)
        port = free_port()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
        command += ["--host", "127.0.0.1", "--port", str(port), "config.wsgi:application"]
        settings = environment(folder, **variables)
        with (folder / "web.log").open("wb") as log:
            running.append(
                subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
            )
        wait_for_port(port)
        url = f"http://localhost:{port}"
        assert Browser(url).get("/konto/login/").status_code == 200, (
            folder / "web.log"
        ).read_text()
        return url

    yield start
    for process in running:
        process.terminate()
        process.wait(30)


@dataclass
class OwnRedis:
    """A Redis that a test may freeze and kill."""

    url: str
    process: subprocess.Popen[bytes]

    def freeze(self) -> None:
        """Let it accept connections but never answer."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it answer again."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Let it refuse connections."""
        self.process.kill()
        self.process.wait(10)


@pytest.fixture
def own_redis(tmp_path) -> Iterator[OwnRedis]:
    """Start a Redis of the test's own on a free port."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("no redis-server on PATH")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", tmp_path]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield OwnRedis(f"redis://127.0.0.1:{port}/0", process)
    finally:
        process.kill()
        process.wait(10)


def guess(url: str, email: str, times: int) -> list[requests.Response]:
    """Try wrong passwords for one address, all at once, each from a browser of its own."""
    browsers = [Browser(url) for _ in range(times)]
    for browser in browsers:
        browser.get("/konto/login/")
    with ThreadPoolExecutor(times) as threads:
        tries = [
            threads.submit(browser.log_in, email, f"gissning {number}")
            for number, browser in enumerate(browsers)
        ]
        return [attempt.result() for attempt in tries]


def checked(answers: list[requests.Response]) -> int:
    """Return how many answers tell that the password was compared."""
    said = [re.search(re.escape(WRONG), answer.text) is not None for answer in answers]
    assert {answer.status_code for answer in answers} <= {422, 429}
    return sum(said)


@pytest.fixture(autouse=True)
def _no_counters(request) -> None:
    """Begin with no login tries counted, where the test uses this process's database."""
    if "django_db" in {mark.name for mark in request.node.iter_markers()}:
        request.getfixturevalue("db")
        cache.clear()
