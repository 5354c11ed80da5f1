"""The kinds of things that can be found. Apps register theirs in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

EVERYONE = ("public",)


@dataclass(frozen=True)
class Entry:
    """A thing as it is found and shown.

    `title` and `body` are searched, and the hit's words are shown from them. `audiences` names
    who may find it; `day` is what it is ordered by; `facets` holds what it is counted under;
    `notes` stand under the heading. `also` holds words that it is found by and that are not shown.
    """

    title: str
    url: str
    body: str = ""
    also: str = ""
    audiences: tuple[str, ...] = EVERYONE
    day: date | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    is_example: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of thing.

    `rows()` returns all that anybody may find, with what `entry(row)` reads loaded; its QuerySet
    has `visible_to(user)`, by which every hit is asked again before it is shown. `headings` are
    the fields looked in while the engine is away. `is_page`: rows are pages of the CMS.
    `is_dated`: the day says something to people, and is shown.
    """

    name: str
    label: Any
    rows: Callable[[], Any]
    entry: Callable[[Any], Entry]
    headings: tuple[str, ...] = ("title",)
    order: int = 100
    is_page: bool = False
    is_dated: bool = True


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let things of a kind be found; the same name again replaces the first."""
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """Return every kind, in the order that people see them."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.name))


def kind_named(name: str) -> Kind | None:
    """Return the kind of a name, None when no app has registered it."""
    return _kinds.get(name)


def page_kinds() -> list[Kind]:
    """Return the kinds whose rows are pages of the CMS."""
    return [kind for kind in kinds() if kind.is_page]


def key_of(kind: str, pk: Any) -> str:
    """Return what the engine calls a thing."""
    return f"{kind}:{pk}"


def parted(key: str) -> tuple[str, int]:
    """Return kind and id of a key."""
    kind, _colon, pk = key.rpartition(":")
    return kind, int(pk)
