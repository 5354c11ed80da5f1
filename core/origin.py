"""Where the current request comes from, for the audit trail: actions never see the request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


def _for_nobody() -> int | None:
    return None


@dataclass(frozen=True)
class Origin:
    """The address of the client, and a question for the organisation that the person acts for."""

    ip: str | None = None
    acting_for: Callable[[], int | None] = _for_nobody


_NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("origin", default=_NOWHERE)


def current() -> Origin:
    """Return the origin of the request being answered; empty in commands, jobs and tests."""
    return _current.get()


@contextmanager
def using(origin: Origin) -> Iterator[None]:
    """Let everything within the block be written as coming from `origin`."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)
