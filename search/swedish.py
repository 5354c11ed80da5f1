"""The Swedish of the search: the keys that words are found by.

All forms of a word share its stem, so that "nämndernas" finds "nämnd". A compound is found by its
parts too, and a word with dots by the same word typed without them. The texts and the questions
are analysed here alike, whichever engine keeps the keys.
"""

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from simplemma.strategies.rules import RulesStrategy

from search.compounds import split
from search.lexicon import is_word, lemma
from search.own_words import PLACES, SPLIT, STOP_WORDS, WHOLE
from search.tokens import Token, pieces, tokens
from search.words import Words

__all__ = [
    "STOP_WORDS",
    "VERSION",
    "Keys",
    "Token",
    "analyse",
    "dotted",
    "fold",
    "is_known",
    "keys",
    "parts",
    "stem",
    "tokens",
]

VERSION = 1
"""Raised when the same word gets another key, so that the indexes are built anew."""

_RULES = RulesStrategy()
_COLON_ENDING = re.compile(r"^([^\W\d]+):[^\W\d]{1,4}$")
_LONE_LETTERS = str.maketrans(
    {"ø": "o", "æ": "a", "œ": "o", "ß": "ss", "đ": "d", "ł": "l", "-": ""}
)
_UNSURE = {"a": "aåä", "o": "oö"}
_MOST_SPELLINGS = 750
_SHORTEST = 4


class Keys(NamedTuple):
    """All that a word is found by."""

    stem: str
    parts: tuple[str, ...]
    folds: tuple[str, ...]


def analyse(text: str) -> Words:
    """Return what `text` is found by."""
    words = [token.word for token in tokens(text)]
    distinct = tuple(dict.fromkeys(words))
    found = [keys(word) for word in distinct]
    return Words(
        stems=tuple(keys(word).stem for word in words),
        parts=tuple(dict.fromkeys(part for each in found for part in each.parts)),
        folds=tuple(dict.fromkeys(folded for each in found for folded in each.folds)),
        words=distinct,
    )


@lru_cache(maxsize=20_000)
def keys(word: str) -> Keys:
    """Return the keys of a word as `tokens` gives it."""
    key = stem(word)
    inside = tuple(part for part in dict.fromkeys(_all_parts(word)) if part != key)
    plain = ((fold(each), each) for each in (key, *inside, word))
    return Keys(key, inside, tuple(dict.fromkeys(new for new, old in plain if new != old)))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return what all forms of `word` have in common."""
    seen = [word]
    while True:
        key = _step(seen[-1])
        if key == seen[-1]:
            return key
        if key in seen:
            # Two words that are listed under each other are one to whoever searches.
            return min(seen[seen.index(key) :])
        seen.append(key)


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[str, ...]:
    """Return the stems of the parts of a compound, none if `word` is none."""
    if not word.isalpha():
        inside = pieces(_without_ending(word))
        return tuple(stem(piece) for piece in inside) if len(inside) > 1 else ()
    key = stem(word)
    if key in WHOLE or key in PLACES:
        return ()
    if key in SPLIT:
        return tuple(stem(part) for part in SPLIT[key])
    if not key.isalpha():
        return parts(key)
    found = split(key, is_base=True)
    return () if found is None else (*map(stem, found.heads), stem(found.tail))


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return `word` without dots, rings, accents and hyphens."""
    if word.isascii():
        return word.replace("-", "")
    apart = unicodedata.normalize("NFD", word.translate(_LONE_LETTERS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=2_000)
def dotted(word: str) -> str:
    """Return the known word that `word` is when its dots and rings were left out."""
    if not word.isascii() or is_known(word):
        return word
    choices = [_UNSURE.get(letter, letter) for letter in word]
    spellings = map("".join, itertools.islice(itertools.product(*choices), _MOST_SPELLINGS))
    return next((each for each in spellings if is_known(each)), word)


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    """Return whether `word` is Swedish: a form in the dictionary, or a compound of such."""
    return is_word(word) or lemma(word) is not None or bool(word.isalpha() and split(word))


def _all_parts(word: str) -> list[str]:
    """Return the parts of a compound, and those of its parts that are compounds themselves."""
    outer = parts(word)
    return [*outer, *(inner for part in outer for inner in parts(part))]


def _step(word: str) -> str:
    """Return a form nearer to the base, or `word` itself."""
    if not word.isalpha():
        return _joined(word)
    return _verb(lemma(word)) or _by_tail(word) or _by_rule(word) or word


def _verb(base: str | None) -> str | None:
    """Return the verb that a deed or a participle comes from: justering, signerad."""
    if base is None:
        return None
    if base.endswith("ering") and lemma(f"{base[:-3]}a") == f"{base[:-3]}a":
        return f"{base[:-3]}a"
    if base.endswith("erad") and lemma(base[:-1]) == base[:-1]:
        return base[:-1]
    return base


def _by_tail(word: str) -> str | None:
    """Return an unknown compound with its tail in its base form."""
    if word.startswith("e") and len(word) > _SHORTEST + 1 and is_word(word[1:]):
        return f"e-{stem(word[1:])}"  # "etjänst" is an e-tjänst
    found = split(word)
    return None if found is None else word[: found.tail_at] + stem(found.tail)


def _by_rule(word: str) -> str | None:
    """Return an unknown word without its ending; a name at least without its genitive."""
    by_rule = _RULES.get_lemma(word, "sv")
    if by_rule:
        return by_rule.lower()
    if (
        len(word) > _SHORTEST
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "as", "os"))
    ):
        return word[:-1]
    return None


def _joined(word: str) -> str:
    """Return a word with hyphens or a colon in its base form; numbers stay as they are."""
    word = _without_ending(word)
    head, hyphen, tail = word.rpartition("-")
    return f"{head}-{stem(tail)}" if hyphen and tail.isalpha() else word


def _without_ending(word: str) -> str:
    """Return an abbreviation without its ending: EU:s, SKR:s."""
    short = _COLON_ENDING.match(word)
    return short.group(1) if short else word
