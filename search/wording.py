"""The words of a text that were looked for, to be marked where the text is shown.

The text comes from the database and is analysed here as it was for the index, so that the same
words are marked whichever engine found them. What is returned is text; the pages make it safe.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.reading import MOST_TERMS, Reading
from search.swedish import Keys, keys
from search.tokens import WORD, normal
from search.words import Term

ELLIPSIS = "…"
"""Stands where a text was cut."""

_SENTENCE_END = re.compile(r"[.!?:]\s+|\n\s*")


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether it is a word that was looked for."""

    text: str
    is_hit: bool


class _Hit(NamedTuple):
    start: int
    end: int
    asked: frozenset[int]  # which of the words that were looked for


def marked(text: str, reading: Reading) -> list[Piece]:
    """Return all of `text` in pieces, for a heading."""
    return _pieces(text, _hits(text, reading), 0, len(text))


def snippet(text: str, reading: Reading, length: int = 240) -> list[Piece]:
    """Return the stretch of `text`, about `length` signs, that holds most of what was asked for."""
    hits = _hits(text, reading)
    start, end = _stretch(text, _densest(hits, length), length)
    inside = [hit for hit in hits if start <= hit.start and hit.end <= end]
    pieces = _pieces(text, inside, start, end)
    if start > 0:
        pieces.insert(0, Piece(ELLIPSIS, is_hit=False))
    if end < len(text.rstrip()):
        pieces.append(Piece(ELLIPSIS, is_hit=False))
    return _joined(pieces)


def _hits(text: str, reading: Reading) -> list[_Hit]:
    """Return where the words of `reading` stand; each written word is looked at once."""
    seen: dict[str, frozenset[int]] = {}
    hits = []
    for found in WORD.finditer(text):
        written = found.group()
        asked = seen.get(written)
        if asked is None:
            asked = seen[written] = _asked(normal(written), reading)
        if asked:
            hits.append(_Hit(found.start(), found.end(), asked))
    return _without_needless(hits)


def _asked(word: str, reading: Reading) -> frozenset[int]:
    """Return which terms, and which words of phrases, a word meets.

    Terms are counted from 0. -1 and downwards are the same terms, met by one of their parts.
    """
    found = keys(word)
    asked = set()
    for place, term in enumerate(reading.terms):
        if _meets(word, term, found):
            asked.add(place)
        elif found.stem in term.parts:
            asked.add(-1 - place)
    phrased = (stem for phrase in reading.phrases for stem in phrase)
    asked |= {place for place, stem in enumerate(phrased, MOST_TERMS) if stem == found.stem}
    return frozenset(asked)


def _meets(word: str, term: Term, found: Keys) -> bool:
    """Return whether a word is what `term` asks for, the way an engine sees it."""
    if term.stem == found.stem or term.stem in found.parts or term.fold in found.folds:
        return True
    return term.is_prefix and word.startswith(term.word)


def _without_needless(hits: list[_Hit]) -> list[_Hit]:
    """Leave out the parts of compounds that stand in the text as a whole."""
    whole = {place for hit in hits for place in hit.asked if place >= 0}
    kept = []
    for hit in hits:
        asked = frozenset(place for place in hit.asked if place >= 0 or -1 - place not in whole)
        if asked:
            kept.append(hit._replace(asked=asked))
    return kept


def _densest(hits: Sequence[_Hit], length: int) -> tuple[int, int] | None:
    """Return where the hits begin and end that ask for most words within `length`."""
    best, best_score = None, (0, 0)
    counts: Counter[int] = Counter()
    first = 0
    for last, hit in enumerate(hits):
        counts.update(hit.asked)
        while first < last and hit.end - hits[first].start > length:
            counts.subtract(hits[first].asked)
            counts = +counts
            first += 1
        score = (len(counts), last - first)
        if best is None or score > best_score:
            best, best_score = (hits[first].start, hit.end), score
    return best


def _stretch(text: str, around: tuple[int, int] | None, length: int) -> tuple[int, int]:
    """Return where to cut `text`, around the hits: between words, at a sentence if one is near."""
    if around is None:
        begin = len(text) - len(text.lstrip())
        return (0, len(text)) if len(text) <= length else (0, _word_end(text, begin + length))
    if len(text) <= length:
        return 0, len(text)
    spare = max(length - (around[1] - around[0]), 0)
    earliest = max(0, min(around[0] - spare // 2, len(text) - length))
    start = _start(text, earliest, max(0, around[0] - spare), around[0])
    return start, max(_word_end(text, start + length), around[1])


def _start(text: str, wanted: int, earliest: int, latest: int) -> int:
    """Return where to begin: at the sentence nearest to `wanted`, else at a word."""
    if earliest == 0:
        return 0
    sentences = [hit.end() for hit in _SENTENCE_END.finditer(text, max(earliest - 2, 0), latest)]
    near = [place for place in sentences if earliest <= place <= latest]
    if near:
        return min(near, key=lambda place: abs(place - wanted))
    while wanted < latest and not text[wanted - 1].isspace():
        wanted += 1
    return wanted


def _word_end(text: str, wanted: int) -> int:
    """Return the last place up to `wanted` where a word ends; far into a long one, any place."""
    if wanted >= len(text):
        return len(text)
    for end in range(wanted, max(wanted - 60, 0), -1):
        if text[end].isspace() and not text[end - 1].isspace():
            return end
    return wanted


def _pieces(text: str, hits: Sequence[_Hit], start: int, end: int) -> list[Piece]:
    pieces = []
    for hit in hits:
        if hit.start > start:
            pieces.append(Piece(text[start : hit.start], is_hit=False))
        pieces.append(Piece(text[hit.start : hit.end], is_hit=True))
        start = hit.end
    if start < end:
        pieces.append(Piece(text[start:end], is_hit=False))
    return pieces


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with those of running text put together."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and not piece.is_hit and not joined[-1].is_hit:
            joined[-1] = Piece(joined[-1].text + piece.text, is_hit=False)
        else:
            joined.append(piece)
    return joined
