"""Hiding a part of what is hashed without breaking the hash.

A part that some readers may not see stands in the hashed tree as a commitment: the SHA-256 of a
random salt and the part's canonical JSON. A reader gets either salt and part, or the commitment
alone; both lead to the same hash, and without the salt nobody can guess the part from it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from governance.canonical import canonical_json

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTES_FORMAT = "samagt-minutes-1"
SALT_DIGITS = 32


def commitment(salt: str, value: object) -> str:
    """Return the commitment to `value`; `salt` is 32 hexadecimal digits.

    Raises ValueError for another salt, CanonicalError for a value without canonical form.
    """
    if len(salt) != SALT_DIGITS:
        message = "salt: must be 32 hexadecimal digits"
        raise ValueError(message)
    return hashlib.sha256(bytes.fromhex(salt) + canonical_json(value)).hexdigest()


def closed(field: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field as it is hashed: its commitment and why it may be hidden ("" when open)."""
    found = field.get("commitment") or commitment(field["salt"], field["value"])
    return {"commitment": found, "reason": field["reason"]}


def closed_paragraph(paragraph: Mapping[str, Any]) -> dict[str, Any]:
    """Return a § of minutes as it is hashed."""
    fields = {name: closed(field) for name, field in paragraph["fields"].items()}
    return {**paragraph, "fields": fields}


def paragraph_hash(paragraph: Mapping[str, Any]) -> str:
    """Return the checksum of one §, the same whether its fields are shown or hidden."""
    return hashlib.sha256(canonical_json(closed_paragraph(paragraph))).hexdigest()


def minutes_hash(content: Mapping[str, Any]) -> str:
    """Return the checksum of minutes: what secretary, chair and adjusters sign."""
    tree = {
        "format": MINUTES_FORMAT,
        "head": content["head"],
        "paragraphs": [closed_paragraph(p) for p in content["paragraphs"]],
    }
    return hashlib.sha256(canonical_json(tree)).hexdigest()


def masked(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return minutes for readers outside the body: what has a reason to be hidden is hidden."""
    paragraphs = [
        {
            **paragraph,
            "fields": {
                name: closed(field) if field["reason"] else dict(field)
                for name, field in paragraph["fields"].items()
            },
        }
        for paragraph in content["paragraphs"]
    ]
    return {"head": content["head"], "paragraphs": paragraphs}
