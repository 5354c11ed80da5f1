"""Is every part that the site stands on in order? Asked by load balancers and by people on duty.

The site works without cache, queue and file storage (pages are shown, mail waits in the outbox),
so those make it degraded; without database, migrations or triggers it is unavailable. Answers are
single words: what went wrong in detail is logged, never shown.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock, Thread

from celery import current_app
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from core import triggers

logger = logging.getLogger(__name__)

# Seconds for all checks together; they run side by side.
PATIENCE = 3.0
PROBE = "samagt-health"


class State(StrEnum):
    """How a part, or the whole, is doing."""

    OK = "ok"
    DEGRADED = "degraded"
    UNAVAILABLE = "unavailable"
    FAILED = "failed"
    TIMEOUT = "timeout"


class NotInOrder(Exception):  # noqa: N818 - reads as what was found
    """A part answers, but not as it must."""


@dataclass(frozen=True)
class Check:
    """A part of the system; without an essential one the site cannot answer rightly."""

    name: str
    function: Callable[[], None]
    essential: bool


_checks: dict[str, Check] = {}
_running: dict[str, Future[None]] = {}
_starting = Lock()


def register(name: str, function: Callable[[], None], *, essential: bool) -> None:
    """Let an app add a part: `function` raises when it is not in order, and is quick."""
    _checks[name] = Check(name, function, essential)


def report(patience: float | None = None) -> tuple[State, dict[str, State]]:
    """Return the state of the whole and of every part, after `patience` seconds at the latest.

    Unless a caller says otherwise the patience is that of probes, `PATIENCE`.

    A check that hangs is not started a second time, so that probes never pile up behind it.
    """
    with _starting:
        for name, check in _checks.items():
            if name not in _running or _running[name].done():
                _running[name] = _start(check)
        futures = dict(_running)
    wait_for(futures.values(), timeout=PATIENCE if patience is None else patience)
    states = {name: _state_of(name, future) for name, future in futures.items()}
    wrong = {name for name, state in states.items() if state != State.OK}
    if any(_checks[name].essential for name in wrong):
        return State.UNAVAILABLE, states
    return (State.DEGRADED if wrong else State.OK), states


def _state_of(name: str, future: Future[None]) -> State:
    if not future.done():
        logger.error("No answer in time: %s", name)
        return State.TIMEOUT
    error = future.exception()
    if error is not None:
        logger.error("Not in order: %s", name, exc_info=error)
        return State.FAILED
    return State.OK


def _start(check: Check) -> Future[None]:
    """Run a check in a thread that the process does not wait for when it ends."""
    future: Future[None] = Future()
    Thread(target=_run, args=(check, future), name=f"health-{check.name}", daemon=True).start()
    return future


def _run(check: Check, future: Future[None]) -> None:
    """Keep the outcome; the thread owns its connections and closes them."""
    try:
        check.function()
    except Exception as error:  # noqa: BLE001 - whatever is wrong is the answer
        outcome: Exception | None = error
    else:
        outcome = None
    finally:
        connections.close_all()
    if outcome is None:
        future.set_result(None)
    else:
        future.set_exception(outcome)


def check_database() -> None:
    """The database answers a query."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def check_migrations() -> None:
    """No migration waits to be applied."""
    executor = MigrationExecutor(connections["default"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        message = f"{len(waiting)} migrations wait"
        raise NotInOrder(message)


def check_triggers() -> None:
    """Every append-only table is guarded."""
    gone = triggers.missing("default")
    if gone:
        raise NotInOrder(", ".join(gone))


def check_cache() -> None:
    """The cache keeps what it is given."""
    cache = caches["default"]
    cache.set(PROBE, PROBE, 30)
    if cache.get(PROBE) != PROBE:
        message = "the cache forgets"
        raise NotInOrder(message)


def check_queue() -> None:
    """The broker takes connections."""
    with current_app.connection_for_write(transport_options={"socket_timeout": 1}) as link:
        link.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)


def check_storage() -> None:
    """The file storage answers, whether or not the file is there."""
    default_storage.exists(PROBE)


def register_defaults() -> None:
    """Register the parts that every installation has."""
    register("database", check_database, essential=True)
    register("migrations", check_migrations, essential=True)
    register("triggers", check_triggers, essential=True)
    register("cache", check_cache, essential=False)
    register("queue", check_queue, essential=False)
    register("storage", check_storage, essential=False)
