"""Liveness asks nobody; readiness asks everybody, in time, and tells no secrets."""

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import wait

import pytest
from celery import current_app
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core import health, triggers
from search.actions import rebuild_index
from tests.search.conftest import discard


@pytest.fixture
def _django_db_helper(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Open the database without a transaction, which the checks' threads could not look into.

    It stands in for pytest-django's own, so that the mark `django_db` still has the database made
    when these tests run alone.
    """
    with django_db_blocker.unblock():
        yield


@pytest.fixture(autouse=True)
def _in_peace(monkeypatch) -> Iterator[None]:
    """Give a busy machine time to answer, and leave no check running for the next test."""
    monkeypatch.setattr(health, "PATIENCE", 60)
    yield
    wait(health._running.values(), timeout=60)
    health._running.clear()


PARTS = ["cache", "database", "migrations", "queue", "search", "storage", "triggers"]


@pytest.fixture
def _searchable(settings, tmp_path, _django_db_helper) -> Iterator[None]:
    """Build an index: without one the search is not in order."""
    settings.SEARCH_DIR = tmp_path / "search"
    settings.SEARCH_PREFIX = f"test-{uuid.uuid4().hex[:12]}"
    rebuild_index()
    yield
    discard()


@pytest.fixture
def part():
    """Add a part for the length of a test."""
    added = []

    def add(function, *, essential):
        health.register("extra", function, essential=essential)
        added.append("extra")

    yield add
    for name in added:
        health._checks.pop(name, None)
        health._running.pop(name, None)


def test_alive_asks_no_database(client):
    client.cookies["sessionid"] = "x" * 32
    response = client.get("/halsa/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_alive_answers_a_load_balancer_that_knows_only_an_address(client):
    assert client.get("/halsa/", headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert client.get("/", headers={"host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.usefixtures("_searchable")
def test_ready_when_all_is_in_order(client):
    response = client.get("/halsa/redo/")
    assert response.json() == {"status": "ok", "checks": dict.fromkeys(PARTS, "ok")}
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.usefixtures("_searchable")
def test_unavailable_when_a_trigger_is_gone(client):
    triggers.drop_for_tests(connection)
    try:
        response = client.get("/halsa/redo/")
    finally:
        triggers.restore()
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"
    assert {k for k, v in response.json()["checks"].items() if v != "ok"} == {"triggers"}


@pytest.mark.django_db
def test_unavailable_when_a_migration_waits(client):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM django_migrations WHERE app = 'core' ORDER BY id DESC")
        (last,) = cursor.fetchone()
        cursor.execute("UPDATE django_migrations SET name = 'x' WHERE id = %s", [last])
    try:
        assert client.get("/halsa/redo/").json()["checks"]["migrations"] == "failed"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE django_migrations SET name = %s WHERE id = %s", [newest_migration(), last]
            )


@pytest.mark.django_db
def test_degraded_without_an_index(client, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "none"
    settings.SEARCH_PREFIX = "test-none"
    report = client.get("/halsa/redo/").json()
    assert (report["status"], report["checks"]["search"]) == ("degraded", "failed")


def newest_migration() -> str:
    return next(n for app, n in MigrationLoader(None).graph.leaf_nodes() if app == "core")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("essential", "status", "word"), [(True, 503, "unavailable"), (False, 200, "degraded")]
)
def test_a_part_that_fails_is_named_without_details(client, part, essential, status, word):
    def broken() -> None:
        message = "redis://user:hemligt@host:6379 refused"
        raise ConnectionError(message)

    part(broken, essential=essential)
    response = client.get("/halsa/redo/")
    assert response.status_code == status
    assert response.json()["status"] == word
    assert response.json()["checks"]["extra"] == "failed"
    assert b"hemligt" not in response.content


@pytest.mark.django_db
def test_a_part_that_hangs_is_given_up_and_not_asked_again(part):
    release = threading.Event()
    asked = []

    def frozen() -> None:
        asked.append(1)
        release.wait(30)

    part(frozen, essential=False)
    try:
        assert health.report(patience=0.3)[1]["extra"] == health.State.TIMEOUT
        assert health.report(patience=0.3)[1]["extra"] == health.State.TIMEOUT
        assert asked == [1]
    finally:
        release.set()


@pytest.mark.django_db
def test_a_broker_that_is_away_degrades(settings, client):
    before = current_app.conf.broker_write_url
    current_app.conf.broker_write_url = "redis://127.0.0.1:1/0"
    try:
        response = client.get("/halsa/redo/")
    finally:
        current_app.conf.broker_write_url = before
    assert response.status_code == 200
    assert response.json()["checks"]["queue"] in {"failed", "timeout"}
