"""How a question is put to tantivy. Built of objects: nobody's text is parsed as a query."""

from collections.abc import Iterable

from tantivy import Occur, Schema
from tantivy import Query as Asked

from search.engines.contract import APART, WEIGHTS, Query
from search.words import Term

ORDER = "day"
TEXTS = (*WEIGHTS, "word")
TIE_BREAKER = 0.1
# Shorter words are too like each other.
FUZZY_FROM = 4
FUZZIER_FROM = 8


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
    ways = _ways(schema, term.stem, term.fold)
    if term.parts:
        apart = [
            (Occur.Must, Asked.disjunction_max_query(_ways(schema, part, part)))
            for part in term.parts
        ]
        ways.append(Asked.boost_query(Asked.boolean_query(apart), APART))
    if term.is_prefix and term.word:
        ways.append(Asked.fuzzy_term_query(schema, "word", term.word, distance=0, prefix=True))
    distance = edits(term.word)
    if fuzzy and distance:
        ways.append(Asked.fuzzy_term_query(schema, "word", term.word, distance=distance))
    return Asked.disjunction_max_query(ways, TIE_BREAKER)


def _ways(schema: Schema, stem: str, fold: str) -> list[Asked]:
    """Return a question for each field that a word may be met in."""
    looked_up = {"stem": stem, "part": stem, "fold": fold}
    return [
        Asked.boost_query(Asked.term_query(schema, name, looked_up[name.partition("_")[2]]), weight)
        for name, weight in WEIGHTS.items()
    ]


def edits(word: str) -> int:
    """Return by how many letters a word may differ from the one that is meant."""
    return (len(word) >= FUZZY_FROM) + (len(word) >= FUZZIER_FROM)


def _phrase(schema: Schema, stems: tuple[str, ...]) -> Asked:
    ways = []
    for name in ("title_stem", "body_stem"):
        one = Asked.term_query(schema, name, stems[0])
        asked = one if len(stems) == 1 else Asked.phrase_query(schema, name, list(stems))
        ways.append(Asked.boost_query(asked, WEIGHTS[name]))
    return Asked.disjunction_max_query(ways, TIE_BREAKER)
