"""Text as people mean it: without the characters that no page, feed or document can show.

Text pasted from other programs brings control characters along, and Word's bullets, which are
places in a font of its own. Minutes are kept for ever, so they must not hold what cannot be drawn.
"""

import re

# Tab and line breaks are text. The rest of C0 and C1, lone surrogates and noncharacters are not,
# and XML, and with it our feeds, refuses most of them.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# The bullets of Word's symbol fonts, as the characters that all fonts have.
SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "▸", "\uf0fc": "✓"})


def printable(text: str) -> str:
    """Return the text without what cannot be shown; the bullets of Word become bullets."""
    return UNPRINTABLE.sub("", text).translate(SYMBOLS)
