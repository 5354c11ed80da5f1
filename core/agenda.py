"""What waits for a person: each app registers a function that lists its own tasks.

The page "Min sida" shows them together, in order of date, without knowing what they are about.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Task:
    """Something that one person is to do.

    `due_on` is the last day, None when there is none; `action` names the link, in the active
    language; `source` is the code of the app's kind of task.
    """

    title: str
    url: str
    source: str
    due_on: date | None = None
    text: str = ""
    action: str = ""


Lister = Callable[[Any], Iterable[Task]]


@dataclass(frozen=True)
class _Source:
    function: Lister
    queries: int


_sources: list[_Source] = []


def register(function: Lister, *, queries: int) -> None:
    """Let an app list tasks: `function(user) -> tasks`, at the cost of so many queries."""
    if all(known.function is not function for known in _sources):
        _sources.append(_Source(function, queries))


def tasks_for(user: Any) -> list[Task]:
    """Return what waits for the person: the earliest day first, without a day last."""
    tasks = [task for source in _sources for task in source.function(user)]
    return sorted(tasks, key=lambda t: (t.due_on is None, t.due_on or date.max, t.title))


def budget() -> int:
    """Return the number of queries that all sources may cost together."""
    return sum(source.queries for source in _sources)
