"""Keeps tests away from engines that are not there, and lets nothing be skipped in a full run.

A plugin that conftest.py loads. With SAMAGT_TEST_FULL=1 (`make test-full`, CI) a skip is a
failure, so that a missing server, browser or validator never passes for a green run.
"""

import os
import shutil
from collections.abc import Generator

import pytest

DATABASES = {"db", "transactional_db", "live_server", "django_db_setup"}
# Marks of what needs an address, with the setting that gives it.
SETTINGS = {
    "redis": "REDIS_URL",
    "elasticsearch": "ELASTICSEARCH_URL",
    "opensearch": "TEST_OPENSEARCH_URL",
}
MARKS = ("postgres", "sqlite", *SETTINGS, "e2e", "validators")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def is_full() -> bool:
    """Tell whether nothing may be left out."""
    return os.environ.get("SAMAGT_TEST_FULL") == "1"


def missing(mark: str) -> str:
    """Return why tests with this mark cannot run here, an empty text when they can."""
    database = os.environ.get("DATABASE_URL", "")
    if mark == "postgres" and not database.startswith("postgres"):
        return "DATABASE_URL names no PostgreSQL"
    if mark == "sqlite" and database and not database.startswith("sqlite"):
        return "needs the embedded SQLite"
    if mark in SETTINGS and not os.environ.get(SETTINGS[mark]):
        return f"{SETTINGS[mark]} is not set"
    if mark == "e2e" and not chromium():
        return "no chromium on PATH"
    if mark == "validators" and not (shutil.which("java") and shutil.which("mvn")):
        return "no java or mvn on PATH"
    return ""


def chromium() -> str:
    """Return the browser's program, an empty text when there is none."""
    given = os.environ.get("CHROMIUM_PATH", "")
    return given or next(filter(None, map(shutil.which, BROWSERS)), "")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for no database of the run, and let the slowest tests begin.

    What has no database comes out alike in a run on servers (scripts/_lib/pytest_runs.py), and a
    slow test begun last would leave the other workers idle.
    """
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if not item.get_closest_marker("django_db") and not names & DATABASES:
            item.add_marker("no_database")
    long = ("slow", "e2e", "validators")
    items.sort(key=lambda item: not any(map(item.get_closest_marker, long)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose engine is missing."""
    for mark in MARKS:
        reason = missing(mark) if item.get_closest_marker(mark) else ""
        if reason:
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure when nothing may be left out."""
    report = yield
    if is_full() and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped in a full run: {reason}"
    return report


@pytest.fixture(scope="session")
def browser_program() -> str:
    """The browser that e2e tests start."""
    return chromium()
