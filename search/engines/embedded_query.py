"""How a question is put to tantivy. Built of objects: nobody's text is parsed as a query."""

from collections.abc import Iterable
from typing import Any

from tantivy import Occur, Schema
from tantivy import Query as Asked

from search.engines.contract import ALMOST, APART, BEGUN, WEIGHTS, Query, slips_in
from search.words import Term

ORDER = "day"
TEXTS = (*WEIGHTS, "word")
TIE_BREAKER = 0.1
MET_BY_STEM = ("title_stem", "body_stem", "title_part", "body_part")
MET_BY_FOLD = ("title_fold", "body_fold")


def whole() -> Asked:
    """Return the question that everything answers."""
    return Asked.const_score_query(Asked.all_query(), 1.0)


def filtered(schema: Schema, query: Query, *, but: str = "") -> Asked:
    """Return a question with its filters, the one of the facet `but` left out."""
    parts = [(Occur.Must, one) for one in _wanted(schema, query)]
    parts += [(Occur.Must, _any_of(schema, "audience", query.audiences))]
    for name, values in query.filters.items():
        if values and name != but:
            parts.append((Occur.Must, _any_of(schema, name, values)))
    return Asked.boolean_query(parts)


def _wanted(schema: Schema, query: Query) -> Iterable[Asked]:
    if not query.terms and not query.phrases:
        yield whole()
    for term in query.terms:
        yield _term(schema, term, fuzzy=query.fuzzy)
    for phrase in filter(None, query.phrases):
        yield _phrase(schema, phrase)


def _any_of(schema: Schema, name: str, values: Iterable[str]) -> Asked:
    """Return a filter, which adds nothing to the score."""
    return Asked.const_score_query(Asked.term_set_query(schema, name, list(values)), 0.0)


def _term(schema: Schema, term: Term, *, fuzzy: bool) -> Asked:
    ways = [*_met(schema, term.stem, MET_BY_STEM), *_met(schema, term.fold, MET_BY_FOLD)]
    if term.parts:
        apart = [
            (Occur.Must, Asked.disjunction_max_query(_met(schema, part, MET_BY_STEM)))
            for part in term.parts
        ]
        ways.append(Asked.boost_query(Asked.boolean_query(apart), APART))
    if term.is_prefix and term.word:
        ways.append(_alike(schema, term.word, BEGUN, distance=0, prefix=True))
    if fuzzy and slips_in(term.word):
        ways.append(_alike(schema, term.word, ALMOST, distance=slips_in(term.word)))
    return Asked.disjunction_max_query(ways, TIE_BREAKER)


def _met(schema: Schema, word: str, fields: Iterable[str]) -> list[Asked]:
    """Return how a word is met in each of the fields, by the weight of each."""
    return [
        Asked.boost_query(Asked.term_query(schema, name, word), WEIGHTS[name]) for name in fields
    ]


def _alike(schema: Schema, word: str, boost: float, **how: Any) -> Asked:
    return Asked.boost_query(Asked.fuzzy_term_query(schema, "word", word, **how), boost)


def _phrase(schema: Schema, stems: tuple[str, ...]) -> Asked:
    ways = []
    for name in ("title_stem", "body_stem"):
        one = Asked.term_query(schema, name, stems[0])
        asked = one if len(stems) == 1 else Asked.phrase_query(schema, name, list(stems))
        ways.append(Asked.boost_query(asked, WEIGHTS[name]))
    return Asked.disjunction_max_query(ways, TIE_BREAKER)
