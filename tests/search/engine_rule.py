"""The rule by which an engine finds a text, in few lines, to try the analysis by."""

from search.reading import read
from search.swedish import analyse
from search.words import Term, Words


def meets(query: str, document: str) -> bool:
    """Return whether an engine finds `document` when asked for `query`."""
    words = analyse(document)
    reading = read(query)
    return all(_holds(words, term) for term in reading.terms) and all(
        _holds_in_order(words.stems, phrase) for phrase in reading.phrases
    )


def _holds(words: Words, term: Term) -> bool:
    known = {*words.stems, *words.parts}
    if term.stem in known or term.fold in words.folds:
        return True
    return bool(term.parts) and known.issuperset(term.parts)


def _holds_in_order(stems: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    length = len(phrase)
    return any(stems[at : at + length] == phrase for at in range(len(stems)))
