"""The Swedish dictionary: which words there are, and the form that a word is listed under.

The words are simplemma's, corrected by our own (search.own_words). The dictionary is opened once
per process, when the first word is asked for; with a folder to keep its compact file in, that
takes a tenth of a second instead of seconds.
"""

import os
import tempfile
import threading
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import cast

from marisa_trie import BytesTrie
from simplemma.__metadata__ import __version__ as edition
from simplemma.strategies.dictionaries.trie_dictionary_factory import (
    TrieDictionaryFactory,
    TrieWrapDict,
)

from search.own_words import LEMMAS

_LANGUAGE = "sv"
_FILE = f"{_LANGUAGE}.dic"

# A form that is itself the base of another is a base: "nämnden" is listed under "nämnd", so that
# "nämnd" is the noun and not what was named ("nämna"), though simplemma gives only the latter.
_OF_BASES = ("en", "et", "n", "er", "ar", "or", "t", "a")
_OF_DEFINITES = ("ens", "ets", "en", "et")
# The shortest word that an ending is taken from when the dictionary does not know the form.
_SHORTEST = 4
_ENDINGS = (
    "ernas",
    "arnas",
    "ornas",
    "erna",
    "arna",
    "orna",
    "ens",
    "ets",
    "ers",
    "ars",
    "ors",
    "en",
    "et",
    "er",
    "ar",
    "or",
    "na",
    "ns",
    "ts",
    "n",
    "t",
    "s",
    "a",
)


class _Shelf:
    """Where the dictionary is kept, and the dictionary once it is open."""

    folder: Path | None = None
    trie: BytesTrie | None = None
    lock = threading.Lock()


def keep_in(folder: Path) -> None:
    """Keep the compact file of the dictionary in `folder`, from the next opening on."""
    with _Shelf.lock:
        _Shelf.folder = folder


def lemma(form: str) -> str | None:
    """Return the form that `form` (in lower case) is listed under, None if it is no known word."""
    return _lemma(form)


def is_word(form: str) -> bool:
    """Return whether `form` (in lower case) stands in the dictionary or among our own words."""
    return form in LEMMAS or _listed(form) is not None


def is_name(form: str) -> bool:
    """Return whether the dictionary has `form` (in lower case) only as a name."""
    return _look_up(form) is None and _look_up(form.capitalize()) is not None


def is_noun_in_a(base: str) -> bool:
    """Return whether a base in -a is a noun ("skola") and no verb ("ställa")."""
    return base in (_look_up(f"{base}n"), _look_up(f"{base[:-1]}or"))


@lru_cache(maxsize=50_000)
def _lemma(form: str) -> str | None:
    own = LEMMAS.get(form)
    if own is not None:
        return own
    listed = _listed(form)
    if listed is None:
        return _by_ending(form)
    if listed == form or _is_base(form):
        return form
    # A participle is listed under itself ("besluten") or its verb.
    return (listed.endswith(("a", "en")) and _noun(form)) or listed


def _listed(form: str) -> str | None:
    """Return what the dictionary gives; names stand in it with a capital letter."""
    listed = _look_up(form) or (_look_up(form.capitalize()) or "").lower() or None
    if listed is None or " " not in listed:
        return listed
    # "inställd" is listed under "ställa in".
    verb, _, particle = listed.partition(" ")
    return particle + verb if _look_up(particle + verb) else form


def _is_base(form: str) -> bool:
    return any(_look_up(form + ending) == form for ending in _OF_BASES)


def _noun(form: str) -> str | None:
    """Return the noun that `form` is the definite form of, where simplemma sees a participle.

    Both "besluten" and "beslutet" are decisions, not what is decided.
    """
    for ending in _OF_DEFINITES:
        base = form.removesuffix(ending)
        if base != form and len(base) >= _SHORTEST and _look_up(base) == base:
            return base
    return None


def _by_ending(form: str) -> str | None:
    """Return the known base of a form that the dictionary lacks: "policyn" of "policy"."""
    for ending in _ENDINGS:
        base = form.removesuffix(ending)
        if base != form and len(base) >= _SHORTEST:
            if base in LEMMAS:
                return LEMMAS[base]
            if _listed(base) == base or (_look_up(base) and _is_base(base)):
                return base
    return None


def _look_up(form: str) -> str | None:
    trie = _Shelf.trie if _Shelf.trie is not None else _open()
    values = trie.get(form)
    return str(values[0].decode()) if values else None


def _open() -> BytesTrie:
    with _Shelf.lock:
        if _Shelf.trie is None:
            _Shelf.trie = _read(_Shelf.folder) if _Shelf.folder else _build(None)
        return _Shelf.trie


def _read(folder: Path) -> BytesTrie:
    """Read the compact file, made first if it is missing or damaged."""
    kept = folder / edition / _FILE
    with suppress(OSError, RuntimeError, ValueError):
        return BytesTrie().load(str(kept))
    try:
        return _make(kept)
    except OSError:
        # A folder that cannot be written to costs time at the start, not the search.
        return _build(None)


def _make(kept: Path) -> BytesTrie:
    """Make the compact file apart and move it into place, so that nobody reads half a file."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as apart:
        trie = _build(apart)
        os.replace(Path(apart) / _FILE, kept)  # noqa: PTH105 - names the guarantee
    return trie


def _build(folder: str | None) -> BytesTrie:
    factory = TrieDictionaryFactory(use_disk_cache=folder is not None, disk_cache_dir=folder)
    opened = cast("TrieWrapDict", factory.get_dictionary(_LANGUAGE))
    return opened._trie  # noqa: SLF001 - spares a layer per look-up
