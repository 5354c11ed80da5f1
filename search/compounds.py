"""Where a Swedish compound word is to be parted.

A compound is heads and a tail. The tail is a known word in any form; a head is the base of a word,
as it is or with the letter that links it to what follows: "förvaltnings", "skol", "gatu".
"""

from functools import lru_cache
from typing import NamedTuple

from search.lexicon import is_name, is_noun_in_a, is_word, lemma
from search.own_words import KEEP_A, NEVER_PARTS, SHORT

_SHORTEST = 4
_SHORTEST_WHOLE = 7
_SHORTEST_HEAD = 3
_LONGEST = 60


class Split(NamedTuple):
    """A compound: the bases of its heads, its tail as written and where the tail begins."""

    heads: tuple[str, ...]
    tail: str
    tail_at: int


class _Way(NamedTuple):
    """A way to part the rest of a word; the least is the best."""

    number: int
    shortest: int  # negative, so that the longest is the least
    unlinked: int
    heads: tuple[str, ...]
    tail_at: int


def split(word: str, *, is_base: bool = False) -> Split | None:
    """Part `word`: in as few parts as there can be, then evenly, then where a linking s is.

    With `is_base` the tail must be in its base form, as it is in the base of a compound.
    """
    if not _SHORTEST_WHOLE <= len(word) <= _LONGEST or not word.isalpha() or is_name(word):
        return None
    ways: dict[int, _Way] = {}
    for start in range(len(word) - 2, -1, -1):
        way = _best(word, start, ways, is_base)
        if way is not None:
            ways[start] = way
    whole = ways.get(0)
    if whole is None or not whole.heads:
        return None
    return Split(whole.heads, word[whole.tail_at :], whole.tail_at)


def _best(word: str, start: int, ways: dict[int, _Way], is_base: bool) -> _Way | None:  # noqa: FBT001
    """Return the best way to part `word` from `start`, given those from further on."""
    found = []
    if start and (base := _base_of_tail(word[start:])) and (not is_base or base == word[start:]):
        found.append(_Way(1, -_weight(word[start:]), 0, (), start))
    for middle, rest in ways.items():
        head = word[start:middle]
        base = base_of_head(head) or _base_of_shortened(head, word[middle])
        if base is not None:
            found.append(
                _Way(
                    rest.number + 1,
                    max(rest.shortest, -_weight(head)),
                    rest.unlinked + (not head.endswith("s")),
                    (base, *rest.heads),
                    rest.tail_at,
                )
            )
    return min(found, default=None)


def _weight(part: str) -> int:
    """Return how many letters a part counts; a short word we know of is as good as a longer."""
    return max(len(part), _SHORTEST)


@lru_cache(maxsize=20_000)
def _base_of_tail(word: str) -> str | None:
    if word in NEVER_PARTS:
        return None
    base = lemma(word)
    if base is not None and len(word) < _SHORTEST and base not in SHORT:
        return None
    if base is None or base in NEVER_PARTS or (len(base) < _SHORTEST and base not in SHORT):
        return None
    # Verbs take a particle ("fast-ställa"), which is no word that anybody looks for.
    return base if not base.endswith("a") or is_noun_in_a(base) else None


@lru_cache(maxsize=20_000)
def base_of_head(head: str) -> str | None:
    """Return the base of the word that `head` is the first part of a compound of."""
    if len(head) < _SHORTEST_HEAD or head in NEVER_PARTS:
        return None
    if _is_base(head):
        return head
    stub, last = head[:-1], head[-1]
    return next((base for base in _bases(head, stub, last) if _is_listed_base(base)), None)


def _bases(head: str, stub: str, last: str) -> list[str]:
    """Return the words that `head` may come from, given how heads are made."""
    bases = []
    if last == "s" and stub not in NEVER_PARTS and not stub.endswith(("s", "a")):
        bases += [stub, f"{stub}e"]  # förvaltnings-, arbets-
    if last in "uo" and len(stub) >= _SHORTEST_HEAD:
        bases.append(f"{stub}a")  # gatu-, läro-
    if last == "e" and len(stub) >= _SHORTEST:
        bases.append(stub)  # tjänste-
    if len(head) >= _SHORTEST or head in SHORT:
        bases.append(f"{head}a")  # skol-, skriv-
    if head.endswith("ar"):
        bases.append(f"{head}e")  # överförmyndar-
    return bases


def _base_of_shortened(head: str, following: str) -> str | None:
    """Return the base of a head that lost one of three like letters: "grupplats"."""
    if len(head) >= _SHORTEST_HEAD and head[-1] == following and following not in "aeiouyåäö":
        whole = head + following
        return whole if _is_base(whole) else None
    return None


def _is_base(word: str) -> bool:
    """Return whether a head may be this word as it stands."""
    return _is_listed_base(word) and (not word.endswith("a") or word in KEEP_A)


def _is_listed_base(word: str) -> bool:
    if word in NEVER_PARTS or (len(word) < _SHORTEST and word not in SHORT):
        return False
    return is_word(word) and lemma(word) == word
