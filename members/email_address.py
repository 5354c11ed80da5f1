"""One way of writing an e-mail address, so that two accounts never look alike."""

import re
import unicodedata

_FORM = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}"
)
LONGEST = 254


def normalise(raw: str) -> str:
    """Return the address in lower case with compatibility characters unfolded (NFKC).

    Raises ValueError when the address is not of the form name@domain, or when it still holds a
    character outside ASCII: a Cyrillic "а" looks like a Latin "a", so such an address could be
    taken for somebody else's. A domain with å, ä or ö is written in its ASCII form (xn--...).
    """
    address = unicodedata.normalize("NFKC", raw).strip().lower()
    if not address.isascii():
        message = "the address holds a character that is not ASCII"
        raise ValueError(message)
    if len(address) > LONGEST or not _FORM.fullmatch(address):
        message = "the address is not of the form name@domain"
        raise ValueError(message)
    return address
