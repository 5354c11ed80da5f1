"""A whole site of its own for browser tests: server, worker, mail receiver, demo content."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import migrated
from tests.e2e.mailbox import Mailbox
from tests.e2e.watching import Watch, watch

BASE = Path(__file__).resolve().parent.parent.parent
EMBEDDED_ONLY = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "DJANGO_SETTINGS_MODULE")
SERVER = ["-m", "granian", "--interface", "wsgi", "--workers", "1", "--host", "127.0.0.1"]
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
# Two sites and two browsers on two cores answer slowly; what is missing is missing after this, too.
PATIENCE_MS = 60_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@dataclass(frozen=True)
class RunningSite:
    """The address of a site, the folder of its data, and what was mailed from it."""

    url: str
    folder: Path
    mailbox: Mailbox
    environment: dict[str, str] = field(default_factory=dict)

    def logins(self) -> dict[str, dict[str, Any]]:
        """Return the demo logins by e-mail."""
        rows = json.loads((self.folder / "demo-logins.json").read_text())
        return {row["email"]: row for row in rows}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Run one management command, and show what it said when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    result = subprocess.run(
        command, cwd=BASE, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{arguments}: {result.stdout}{result.stderr}"


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: int = 120) -> None:
    """Wait until an address answers 200."""
    for _ in range(seconds * 5):
        assert process.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{url} did not answer")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[RunningSite]:
    """Start a site with demo content on localhost; stop it after the last test."""
    folder = tmp_path_factory.mktemp("site")
    url = f"http://localhost:{free_port()}"
    mailbox = Mailbox(free_port())
    mailbox.start()
    kept = {key: value for key, value in os.environ.items() if key not in EMBEDDED_ONLY}
    environment = kept | {
        "SAMAGT_ENV": "dev",
        "SAMAGT_VAR_DIR": str(folder),
        "BASE_URL": url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}",
    }
    migrated.copy_to(folder)
    for command in (
        ["compile_translations"],
        ["migrate", "-v0"],
        ["init_site", "--admin-email", "administrator@exempel.invalid"],
        ["load_demo"],
        ["rebuild_index"],
        ["collectstatic", "--noinput", "-v0"],
    ):
        manage(environment, *command)
    port = url.rsplit(":", 1)[1]
    web = start(environment, *SERVER, "--port", port, "config.wsgi:application")
    worker = start(environment, "-m", "celery", "-A", "config", "worker", "-B", "-c", "1")
    try:
        wait_for(f"{url}/halsa/", web)
        yield RunningSite(url, folder, mailbox, environment)
    finally:
        for process in (web, worker):
            process.terminate()
            process.wait(60)
        mailbox.stop()


@contextmanager
def later(site: RunningSite, days: int) -> Iterator[str]:
    """Serve the same site so many days ahead at an address of its own; yield the address."""
    port = str(free_port())
    environment = site.environment | {"SAMAGT_TEST_DAYS_LATER": str(days)}
    web = start(environment, *SERVER, "--port", port, "tests.e2e.later:application")
    try:
        wait_for(f"http://localhost:{port}/halsa/", web)
        yield f"http://localhost:{port}"
    finally:
        web.terminate()
        web.wait(20)


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """Start a Python program in the background; its log lies in the site's folder."""
    command = [sys.executable, *arguments]
    with Path(environment["SAMAGT_VAR_DIR"], f"{arguments[1]}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=BASE, env=environment, stdout=log, stderr=log)


@pytest.fixture(scope="module")
def browser(browser_program) -> Iterator[Browser]:
    """The machine's own Chromium; with it ends its event loop, which other tests must not meet."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_context(browser, site) -> Iterator[Callable[..., BrowserContext]]:
    """Open a window of a person; closed when the test ends."""
    opened = []

    def make(width: str = "desktop", **options: Any) -> BrowserContext:
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        options = {"locale": "en-GB", "base_url": site.url, "viewport": size} | options
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def open_page(open_context) -> Iterator[Callable[..., Page]]:
    """Open a page that must stay free of console errors, CSP reports and foreign requests."""
    watches: list[Watch] = []

    def make(width: str = "desktop", **options: Any) -> Page:
        page = open_context(width, **options).new_page()
        watches.append(watch(page))
        return page

    yield make
    assert [line for item in watches for line in item.faults] == []
