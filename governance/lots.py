"""Drawing lots so that anybody can check afterwards that nobody steered the draw.

A secret seed is bound by its hash before the draw (the commitment). Then a witness in the room
says something of their own, and the order of the names follows from both: who made the seed could
not know the witness's words, and the witness could not know the seed. The seed is published with
the result. Source: rules.md 1.4 and kommunallagen 5:56 second paragraph.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from governance.canonical import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SEED_DIGITS = 64
"""A seed is 32 random bytes in lower-case hexadecimal."""


class LotInputError(ValueError):
    """A lot that cannot be drawn, in one line that names what is wrong."""


def commit(seed: str) -> str:
    """Return the commitment to `seed`: SHA-256 over its digits, in lower-case hexadecimal."""
    return hashlib.sha256(_checked(seed).encode("ascii")).hexdigest()


def draw(*, seed: str, witness_words: str, names: Iterable[str], places: int) -> tuple[str, ...]:
    """Return the `places` names that the lot falls on, sorted.

    Each name gets SHA-256 over the canonical JSON of [seed, witness_words, name]; the lowest
    win. Raises LotInputError for a seed that is none, for fewer than two names, a name that comes
    twice, and places that leave nothing to draw.
    """
    candidates = sorted(names)
    if len(candidates) < 2 or len(set(candidates)) != len(candidates):  # noqa: PLR2004 - a choice
        raise LotInputError("names: must be at least two different names")
    if not 0 < places < len(candidates):
        raise LotInputError("places: must be fewer than the names, and at least one")
    _checked(seed)
    ranked = sorted(candidates, key=lambda name: _ticket(seed, witness_words, name))
    return tuple(sorted(ranked[:places]))


def is_genuine(
    *, commitment: str, seed: str, witness_words: str, names: Sequence[str], drawn: Sequence[str]
) -> bool:
    """Tell whether a published lot is the one that was committed to, and was drawn by the rule."""
    try:
        again = draw(seed=seed, witness_words=witness_words, names=names, places=len(drawn))
    except LotInputError:
        return False
    return commit(seed) == commitment and again == tuple(sorted(drawn))


def _ticket(seed: str, witness_words: str, name: str) -> str:
    return hashlib.sha256(canonical_json([seed, witness_words, name])).hexdigest()


def _checked(seed: str) -> str:
    if len(seed) != SEED_DIGITS or set(seed) - set("0123456789abcdef"):
        raise LotInputError("seed: must be 64 lower-case hexadecimal digits")
    return seed
