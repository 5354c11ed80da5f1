"""What the product asks of a search engine, and what it answers: keys and counts, never text.

Texts are analysed before they come here (search.swedish), so both engines see the same words
parted by spaces and answer alike. An engine keeps no text: what a page shows is read from the
database, by the rules of who may see it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from search.words import Term, Words

SCHEMA = 1
"""The version of the fields; with that of the analysis it is part of an index's name."""

FACETS = ("kind", "body", "year")
"""What hits are counted by: the kind of thing, the slug of its governing body, its year."""

# How much a word counts by where it stands. A heading tells what a thing is about; a part of a
# compound word is a weaker sign than the word, and a word without its dots (a for å) the weakest.
WEIGHTS = {
    "title_stem": 6.0,
    "title_part": 2.0,
    "title_fold": 1.5,
    "body_stem": 1.0,
    "body_part": 0.4,
    "body_fold": 0.3,
}
# A compound asked for, met by all its parts each for itself: "register över elever".
APART = 0.3
# A word that only begins alike, or is spelled almost alike: below a word met without its dots.
BEGUN = 0.2
ALMOST = 0.1
# How many letters may differ: none in a short word, where each one makes another word, and none
# in what is too long to be a word.
SLIPS = ((8, 2), (4, 1))
LONGEST_SPELLED = 50


def slips_in(word: str) -> int:
    """Return by how many letters a word may differ from the one that is meant."""
    if len(word) > LONGEST_SPELLED:
        return 0
    return next((slips for length, slips in SLIPS if len(word) >= length), 0)


class EngineDown(Exception):  # noqa: N818 - says what has happened
    """The engine does not answer, or holds no index yet."""


class EngineBusy(Exception):  # noqa: N818 - says what has happened
    """Another process is writing; what was to be written waits."""


@dataclass(frozen=True)
class IndexDoc:
    """A thing to be found.

    `key` is "kind:id", `audiences` names who may find it ("public", "member", "council:7"), `day`
    is what it is ordered by, `facets` holds values for names of FACETS but "kind".
    """

    key: str
    kind: str
    audiences: tuple[str, ...]
    title: Words
    body: Words
    day: date | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Query:
    """What to find: all terms and all phrases, for one of the audiences.

    `filters` holds the chosen values of facets: any of the values of each. `fuzzy` lets words be
    met by words that are spelled almost alike. A term with `is_prefix` is met by what begins so.
    """

    audiences: tuple[str, ...]
    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = FACETS
    fuzzy: bool = False
    newest_first: bool = False
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Hits:
    """What was found: how many, the keys asked for in order, and the counts of each facet.

    The counts of a facet are those without its own filter, so that another value can be chosen;
    they are ordered by number, the largest first, then by value.
    """

    total: int
    keys: tuple[str, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


class Builder(Protocol):
    """Fills a new index that nobody reads yet."""

    def add(self, docs: Iterable[IndexDoc]) -> None:
        """Add things; each key once."""
        ...


class Engine(Protocol):
    """An engine. Every method raises EngineDown when the engine does not answer."""

    name: str

    def is_ready(self) -> bool:
        """Return whether there is an index of this version of fields and analysis."""
        ...

    def write(self, docs: Iterable[IndexDoc], gone: Iterable[str]) -> None:
        """Put in or replace things, and take out those whose keys are `gone`; read at once."""
        ...

    def search(self, query: Query) -> Hits:
        """Return what fits."""
        ...

    def keys(self) -> Iterator[str]:
        """Yield the key of everything in the index, in no order."""
        ...

    def rebuild(self) -> AbstractContextManager[Builder]:
        """Give a new index to fill; at the end of the block it takes the old one's place."""
        ...
