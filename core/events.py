"""Facts that lower apps state and upper apps react to.

A fact is a frozen dataclass named in the past tense, holding ids and dates only. An action of a
lower app publishes it; an upper app subscribes one of its own actions in `AppConfig.ready()`.
Handlers run synchronously in the same transaction: all or nothing. What leaves the system goes
through the outbox.
"""

from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

E = TypeVar("E")
Handler = Callable[[Any], None]

_handlers: dict[type, list[Handler]] = defaultdict(list)
_known: dict[str, type] = {}


def fact(cls: type[E]) -> type[E]:
    """Register a frozen dataclass as a fact that may be published."""
    frozen = is_dataclass(cls) and cls.__dataclass_params__.frozen  # type: ignore[attr-defined]
    if not frozen:
        message = f"{cls.__name__} must be a frozen dataclass"
        raise TypeError(message)
    _known[f"{cls.__module__}.{cls.__qualname__}"] = cls
    return cls


def subscribe(event_type: type[E], handler: Callable[[E], None]) -> None:
    """Let `handler` run whenever a fact of this type is published; twice is once."""
    if handler not in _handlers[event_type]:
        _handlers[event_type].append(handler)


def publish(event: object) -> None:
    """Tell every subscriber, in order of subscription, within the current transaction."""
    if type(event) not in _known.values():
        message = f"{type(event).__name__} is not registered as a fact"
        raise TypeError(message)
    with transaction.atomic():
        for handler in list(_handlers[type(event)]):
            handler(event)


def table() -> list[tuple[str, list[str]]]:
    """Return every fact with the full names of its handlers, for docs/architecture.md."""
    return [
        (name, [f"{h.__module__}.{h.__qualname__}" for h in _handlers[cls]])
        for name, cls in sorted(_known.items())
    ]


@contextmanager
def subscribed(event_type: type[E], handler: Callable[[E], None]) -> "Iterator[None]":
    """Subscribe for the length of a block (tests)."""
    subscribe(event_type, handler)
    try:
        yield
    finally:
        _handlers[event_type].remove(handler)


@fact
@dataclass(frozen=True)
class PagePublished:
    """A page went live or was published anew."""

    page_id: int


@fact
@dataclass(frozen=True)
class PageUnpublished:
    """A page is no longer live."""

    page_id: int


@fact
@dataclass(frozen=True)
class PageMoved:
    """A page has a new parent or slug, so its address changed."""

    page_id: int


@fact
@dataclass(frozen=True)
class PageDeleted:
    """A page is gone."""

    page_id: int
