"""What somebody looks for, read from what they typed."""

import re
from dataclasses import dataclass, replace

from search.swedish import STOP_WORDS, dotted, fold, is_known, parts, stem, tokens
from search.words import Term

MOST_TERMS = 12
"""Terms that are read; what stands after them narrows nothing down any more."""

_MOST_PHRASES = 4
_MOST_LETTERS = 1_000
_PHRASE = re.compile(r'["”“„»«]([^"”“„»«]+)["”“„»«]')


@dataclass(frozen=True)
class Reading:
    """The words and the phrases that a thing must hold to be found.

    A phrase is the stems of its words, two or more, in order.
    """

    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()


def read(text: str, *, still_writing: bool = False) -> Reading:
    """Return what `text` asks for; with `still_writing` its last word may be the start of one."""
    text = text[:_MOST_LETTERS]
    phrases, alone = _phrases(text)
    rest = _PHRASE.sub(" ", text)
    loose = [token.word for token in tokens(rest)]
    # A word that is followed by anything at all is finished.
    is_open = still_writing and bool(loose) and rest[-1:].isalnum()
    written = [*alone, *loose]
    kept = [word for word in written if word not in STOP_WORDS]
    if not kept and not phrases:
        kept = written
    is_open = is_open and bool(kept) and kept[-1] == loose[-1]
    return Reading(_terms(kept, is_open=is_open), phrases)


def _phrases(text: str) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    """Return the phrases between quotation marks, and the words that stand there alone."""
    phrases: list[tuple[str, ...]] = []
    alone: list[str] = []
    for quoted in _PHRASE.findall(text):
        words = [token.word for token in tokens(quoted)][:MOST_TERMS]
        if len(words) > 1:
            phrases.append(tuple(stem(word) for word in words))
        else:
            alone += words
    return tuple(dict.fromkeys(phrases))[:_MOST_PHRASES], alone


def _terms(words: list[str], *, is_open: bool) -> tuple[Term, ...]:
    terms: dict[str, Term] = {}
    last = len(words) - 1
    for place, word in enumerate(words):
        term = term_of(word)
        if is_open and place == last:
            term = replace(term, is_prefix=True)
            terms.pop(term.stem, None)
        terms.setdefault(term.stem, term)
    found = list(terms.values())
    if is_open and len(found) > MOST_TERMS:
        # The word being written is the one that the person waits to see met.
        found = [*found[: MOST_TERMS - 1], found[-1]]
    return tuple(found[:MOST_TERMS])


def term_of(word: str) -> Term:
    """Return the term that a word asks for."""
    key = stem(word)
    return Term(stem=key, word=word, fold=_fold_asked_for(word, key), parts=parts(word))


def _fold_asked_for(word: str, key: str) -> str:
    """Return what to look for among the words without dots.

    Who types "råd" means no other word, so that it looks for itself, which is no fold. Who types
    "radet" may have no such letters on the keyboard: it is read as the known word behind it.
    """
    if fold(word) == word.replace("-", ""):
        return fold(stem(dotted(word)))
    return word if is_known(word) else fold(key)
