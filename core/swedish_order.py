"""The Swedish alphabetical order, the same on every database and every machine.

SQLite sorts by code point (ä before å) and PostgreSQL by the server's locale, so that lists shown
to people are sorted by this key instead.
"""

import unicodedata

# Å, ä and ö are letters of their own, last in the alphabet. Their foreign kin sort with them
# (Svenska Akademiens ordlista): æ as ä, ø as ö, ü as y, ð as d, þ as th, ß as ss.
_LETTERS = str.maketrans(
    {
        "å": "z1",
        "ä": "z2",
        "æ": "z2",
        "ö": "z3",
        "ø": "z3",
        "œ": "z3",
        "ü": "y",
        "ð": "d",
        "đ": "d",
        "þ": "th",
        "ł": "l",
    }
)


def sort_key(text: str) -> tuple[str, str]:
    """Return what to sort `text` by: letters a–z, å, ä, ö; case and other accents last.

    Other accents (é) count as the plain letter; of two texts that differ only in case, accents,
    spaces or punctuation the second part of the key decides, so that the order is total.
    """
    lower = unicodedata.normalize("NFC", text).casefold()
    letters = lower.replace("z", "z0").translate(_LETTERS)
    plain = "".join(
        character
        for character in unicodedata.normalize("NFD", letters)
        if not unicodedata.combining(character)
    )
    words = "".join(c if c.isalnum() else " " for c in plain)
    return " ".join(words.split()), text
