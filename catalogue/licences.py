"""What a service's licence says: open or not, and where its text is."""

import re

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

OPEN = "open"
CLOSED = "closed"
UNKNOWN = "unknown"

# Families of licences that the Open Source Initiative, or for data and texts the Open Definition,
# counts as open; SPDX names differ only in version and suffix ("-only", "-or-later").
_OPEN_FAMILIES = (
    "0BSD", "AGPL", "APACHE", "ARTISTIC", "BSD", "BSL-1.0", "CC0", "CC-BY", "CC-BY-SA", "CECILL",
    "ECL", "EPL", "EUPL", "GPL", "ISC", "LGPL", "MIT", "MPL", "MS-PL", "ODBL", "OFL", "OSL",
    "POSTGRESQL", "PYTHON", "UNLICENSE", "UPL", "ZLIB",
)  # fmt: skip
_NOT_OPEN = re.compile(r"^CC-BY(-\w+)*-(NC|ND)\b")
_OPERATORS = re.compile(r"\s+(?:AND|OR|WITH)\s+|[()]", re.IGNORECASE)


def kind(licence: str) -> str:
    """Return whether a licence is OPEN, CLOSED or, with nothing stated, UNKNOWN.

    In an expression (`MIT OR EUPL-1.2`) one open licence is enough: the choice is the user's.
    What is not recognised counts as closed, since only a known licence gives a right to reuse.
    """
    names = [name.strip().upper() for name in _OPERATORS.split(licence) if name.strip()]
    if not names:
        return UNKNOWN
    return OPEN if any(_is_open(name) for name in names) else CLOSED


def _is_open(name: str) -> bool:
    known = any(name == family or name.startswith(f"{family}-") for family in _OPEN_FAMILIES)
    return known and not _NOT_OPEN.match(name)


def spdx_url(licence: str) -> str:
    """Return the address of the licence's text at SPDX; empty unless it is one SPDX identifier."""
    try:
        canonical = canonicalize_license_expression(licence)
    except InvalidLicenseExpression:
        return ""
    if " " in canonical or canonical.startswith("LicenseRef-"):
        return ""
    return f"https://spdx.org/licenses/{canonical}.html"
