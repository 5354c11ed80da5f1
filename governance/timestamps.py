"""Timestamps of an outside authority (RFC 3161): that a file existed, as it is, at a moment.

The authority signs the file's SHA-256 together with its own clock. It never sees the file. The
token stands for itself: anybody checks it with `openssl ts -verify`.
"""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, pem, x509
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from datetime import datetime

SECONDS = 10
"""How long an authority may take."""


class TimestampError(ValueError):
    """A timestamp that was not given or does not hold, in one line that says why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a token says: when, by whom, and whether a trusted root vouches for the authority."""

    at: datetime
    authority: str
    trusted: bool


def request_token(content: bytes, *, url: str) -> bytes:
    """Ask the authority at `url` to timestamp `content`; return the token (DER).

    The answer is checked against what was asked before it is kept. Raises TimestampError when
    there is no answer or another than was asked for.
    """
    client = RequestsHTTPTimeStamper(url, timeout=SECONDS)
    digest = hashlib.sha256(content).digest()
    try:
        token = _wait_for(client.async_timestamp(digest, "sha256")).dump()
    except (TimestampRequestError, OSError, ValueError) as error:
        raise TimestampError(f"the authority gave no timestamp: {error}") from error
    check_token(token, content)
    return bytes(token)


def check_token(token: bytes, content: bytes, *, roots: Sequence[x509.Certificate] = ()) -> Stamp:
    """Return what a token says of `content`; `roots` are the certificates that are trusted.

    Raises TimestampError for something that is no token, a token of other content, or one whose
    signature does not hold.
    """
    try:
        signed = cms.ContentInfo.load(token, strict=True)["content"]
        # Without roots the token is held against its own certificate: it holds, from whomever.
        trusted = list(roots) or [extract_certificate_info(signed).signer_cert]
        found = _wait_for(
            validate_tst_signed_data(
                signed,
                ValidationContext(trust_roots=trusted, allow_fetching=False),
                lambda name: hashlib.new(name, content).digest(),
            )
        )
        status = TimestampSignatureStatus(**found)
    except Exception as error:  # whatever the parser stumbles over is no token
        raise TimestampError("it is no timestamp") from error
    if not status.intact:
        raise TimestampError("it is a timestamp of something else")
    if not status.valid:
        raise TimestampError("its signature does not hold")
    return Stamp(
        at=status.timestamp,
        authority=status.signing_cert.subject.human_friendly,
        trusted=bool(roots) and bool(status.trusted),
    )


def read_roots(content: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM file. Raises TimestampError when there is none."""
    try:
        found = [
            x509.Certificate.load(der)
            for kind, __, der in pem.unarmor(content, multiple=True)
            if kind == "CERTIFICATE"
        ]
    except ValueError as error:
        raise TimestampError("the file holds no certificates (PEM)") from error
    if not found:
        raise TimestampError("the file holds no certificates (PEM)")
    return found


def _wait_for(work: Coroutine[Any, Any, Any]) -> Any:
    """Run the library's asynchronous work to its end, also where a loop runs in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
