"""Puts a question in the words of Elasticsearch: no text of a person is ever parsed there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from zlib import crc32

from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, DisMax, Fuzzy, MatchAll, MatchPhrase, Prefix, Query, Term
from elasticsearch.dsl.query import Terms as AnyOf

from search import words
from search.engines import contract
from search.engines.contract import ALMOST, APART, BEGUN, WEIGHTS, slips_in
from search.engines.elastic_index import cut, joined

# A word that is met in several fields counts a little more than one met in the best alone.
TIE = 0.1
# The server refuses to look for a value of more than 32,766 bytes.
LONGEST_VALUE = 8_000

DEEPEST = 10_000
"""How far a list can be paged; Elasticsearch refuses to go further."""
MOST_VALUES = 300
"""How many values of a facet are counted; there are 290 municipalities."""

NEWEST = {"day": {"order": "desc", "missing": "_last"}}
BY_SCORE = {"_score": {"order": "desc"}}
MET_BY_STEM = ("title_stem", "body_stem", "title_part", "body_part")
MET_BY_FOLD = ("title_fold", "body_fold")


def search_for(query: contract.Query) -> Search:
    """Return the whole request, to be sent to an index.

    The chosen facets narrow what is listed and not what is counted, so that each facet can be
    counted without its own choice.
    """
    chosen = chosen_values(query)
    search = Search().query(what(query)).post_filter(both(chosen.values()))
    search = search.sort(*order(query)).source(False)  # noqa: FBT003 - the client's own signature
    first = min(query.offset, DEEPEST)
    search = search.extra(from_=first, size=min(query.limit, DEEPEST - first))
    for name in query.facets:
        others = both(each for of, each in chosen.items() if of != name)
        counted = search.aggs.bucket(name, "filter", filter=others)
        by_number = [{"_count": "desc"}, {"_key": "asc"}]
        counted.bucket("values", "terms", field=name, size=MOST_VALUES, order=by_number)
    search = search.extra(track_total_hits=True)
    # Copies of an index weigh words a little differently, so all pages must come from one.
    copy = str(crc32(repr(replace(query, offset=0)).encode(errors="replace")))
    return search.params(allow_partial_search_results=False, preference=copy)


def order(query: contract.Query) -> Sequence[dict[str, dict[str, str]] | str]:
    """Return what hits are ordered by; the key parts what is equal in all else."""
    by_score = not query.newest_first and (query.terms or query.phrases)
    return [*([BY_SCORE] if by_score else []), NEWEST, "key"]


def chosen_values(query: contract.Query) -> dict[str, Query]:
    """Return the condition of each facet that something is chosen of."""
    filters = query.filters.items()
    return {name: any_of(name, values) for name, values in filters if values}


def any_of(name: str, values: Iterable[str]) -> Query:
    """Return the condition that the field holds one of the values, which none too long does."""
    return AnyOf(name, [value for value in values if len(value) <= LONGEST_VALUE])


def both(conditions: Iterable[Query]) -> Query:
    """Return the condition that all hold; everything fits when there are none."""
    listed = list(conditions)
    return Bool(filter=listed) if listed else MatchAll()


def what(query: contract.Query) -> Query:
    """Return what must be met by everything that is found or counted."""
    asked = [term_query(term, is_fuzzy=query.fuzzy) for term in query.terms]
    asked += [phrase_query(phrase) for phrase in query.phrases if phrase]
    return Bool(must=asked, filter=[any_of("audiences", query.audiences)])


def term_query(term: words.Term, *, is_fuzzy: bool) -> Query:
    """Return how a word is met: the best of the ways counts."""
    ways = [*in_fields(term.stem, MET_BY_STEM), *in_fields(term.fold, MET_BY_FOLD)]
    if term.parts:
        met = [best(in_fields(part, MET_BY_STEM)) for part in term.parts]
        ways.append(Bool(must=met, boost=APART))
    if term.is_prefix and term.word:
        ways.append(Prefix("word", {"value": cut(term.word), "boost": BEGUN}))
    slips = slips_in(term.word) if is_fuzzy else 0
    if slips:
        spelled = {"value": term.word, "fuzziness": slips, "boost": ALMOST}
        ways.append(Fuzzy("word", spelled))
    return best(ways)


def phrase_query(phrase: Sequence[str]) -> Query:
    """Return how words in a row are met."""
    text = joined(phrase)
    fields = ("title_stem", "body_stem")
    return best([MatchPhrase(f, {"query": text, "boost": WEIGHTS[f]}) for f in fields])


def in_fields(word: str, fields: Sequence[str]) -> list[Query]:
    """Return how the word is met in each of the fields, by the weight of each."""
    return [Term(name, {"value": cut(word), "boost": WEIGHTS[name]}) for name in fields]


def best(ways: Sequence[Query]) -> Query:
    """Return the condition that any of the ways is met."""
    return DisMax(queries=list(ways), tie_breaker=TIE)
