"""Things and questions, written by hand: what the words mean is not the engine's affair."""

from datetime import date

from search.engines.contract import Engine, IndexDoc, Query
from search.words import Term, Words

PUBLIC = ("public",)


def words(text: str = "", parts: str = "", folds: str = "") -> Words:
    """Return a text whose words are their own base forms."""
    stems = tuple(text.split())
    return Words(stems, tuple(parts.split()), tuple(folds.split()), stems)


def thing(
    key: str,
    title: Words | str = "",
    text: Words | str = "",
    *,
    audiences: tuple[str, ...] = PUBLIC,
    day: date | None = None,
    **facets: tuple[str, ...],
) -> IndexDoc:
    """Return a thing whose kind is the first part of its key."""
    texts = [words(one) if isinstance(one, str) else one for one in (title, text)]
    return IndexDoc(key, key.partition(":")[0], audiences, *texts, day, facets)


def term(word: str, parts: str = "", *, is_prefix: bool = False) -> Term:
    """Return a word that is looked for as it is written."""
    return Term(word, word, word, tuple(parts.split()), is_prefix)


def asked(*terms: Term | str, **options: object) -> Query:
    """Return a question of anybody's, for all of the words."""
    looked_for = tuple(term(one) if isinstance(one, str) else one for one in terms)
    return Query(**{"audiences": PUBLIC, "terms": looked_for, **options})


def found(engine: Engine, *terms: Term | str, **options: object) -> list[str]:
    """Return the keys of what fits, in order."""
    return list(engine.search(asked(*terms, **options)).keys)


def fill(engine: Engine, *things: IndexDoc) -> None:
    """Build an index of the things."""
    with engine.rebuild() as builder:
        builder.add(things)
