"""An amendment shown as its difference to the proposal, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What an amendment does with some words of the proposal."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what becomes of them."""

    change: Change
    text: str


def difference(proposal: str, amendment: str) -> tuple[Piece, ...]:
    """Return the words of both texts in order: kept, removed from the proposal, or added to it.

    Words are what stands between spaces, so a changed full stop changes its word.
    """
    old, new = proposal.split(), amendment.split()
    pieces: list[Piece] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(Piece(Change.KEPT, " ".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece(Change.REMOVED, " ".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece(Change.ADDED, " ".join(new[j1:j2])))
    return tuple(pieces)
