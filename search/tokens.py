"""The words of a text and where they stand in it."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

LONGEST = 100
"""Letters that are kept of a word; no engine takes words without end."""

# Accents written apart from their letter, soft hyphens and joiners without width belong to a word.
_SILENT = "\u00ad\u200b-\u200d\u2060"
_LETTER = r"[^\W_]"
_MORE = rf"(?:{_LETTER}|[\u0300-\u036f{_SILENT}])*+"
# "12/2026" is one word; "och/eller" is two. A dot before a capital letter ends a sentence.
_JOINT = r"(?:[-\u2010\u2011'’_@&:]|\.(?![A-ZÅÄÖ])|(?<=\d)/(?=\d))"
_ADDRESS = r"""(?i:https?)://[^\s<>"”»]*[^\s<>"”».,;:!?)\]}'’]"""
WORD = re.compile(rf"{_ADDRESS}|{_LETTER}{_MORE}(?:{_JOINT}(?={_LETTER}){_MORE})*+")
"""What a word looks like in a text, in linear time."""

_DROPPED = re.compile(f"[{_SILENT}]")
_SAME_SIGN = str.maketrans({"\u2010": "-", "\u2011": "-", "’": "'"})
_SPLITTERS = re.compile(r"[^\w']+|_+")


class Token(NamedTuple):
    """A word in lower case, and where it stands in the text: text[start:end]."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the words of `text` in order."""
    return [Token(normal(hit.group()), *hit.span()) for hit in WORD.finditer(text)]


@lru_cache(maxsize=20_000)
def normal(written: str) -> str:
    """Return a word the way it is looked up: lower case, composed letters, nothing unseen."""
    lower = _DROPPED.sub("", written).lower()
    return unicodedata.normalize("NFC", lower).translate(_SAME_SIGN)[:LONGEST]


def pieces(word: str) -> list[str]:
    """Return what stands between the hyphens, dots and strokes of a word."""
    return [piece for piece in _SPLITTERS.split(word) if piece.strip("'")]
