"""Words as the search sees them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A text, analysed.

    `stems` are the words in order, each in the form it is looked up by; `parts` the stems of the
    parts of its compound words, `folds` both of these without dots and rings where that makes a
    difference, `words` the words as written, in lower case.
    """

    stems: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    folds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A word that somebody looks for.

    `stem` is met by a stem or a part, `fold` by a fold, `parts` by all of them each for itself.
    `is_prefix`: the person is still writing, so words that begin with `word` fit too.
    """

    stem: str
    word: str
    fold: str
    parts: tuple[str, ...] = ()
    is_prefix: bool = False
