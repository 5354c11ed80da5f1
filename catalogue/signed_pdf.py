"""What a PDF that was signed elsewhere says: which signatures, by whom, over what, valid or not.

The uploaded file must be the sent file with signatures added after it (an incremental update, as
PDF signing is done), so that nothing in what was agreed can be another text.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from asn1crypto.x509 import Certificate


class SignedPdfError(ValueError):
    """The file cannot be taken as the signed agreement; `code` says why.

    Codes: unreadable, not-the-sent-file, unsigned, broken, altered, partial.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """One signature of the file.

    `signer` is the subject of the certificate, `fingerprint` its SHA-256, `signed_at` the time the
    signer's own software states, `trusted` whether its chain leads to a trusted root.
    """

    field: str
    signer: str
    fingerprint: str
    signed_at: datetime | None
    trusted: bool
    covers_whole_file: bool


def read_signatures(
    uploaded: bytes, *, sent: bytes, trust_roots: Sequence[Certificate] = ()
) -> list[FoundSignature]:
    """Return the signatures of an uploaded file, in the order in which they were made.

    Raises SignedPdfError when the file is not the sent one with signatures added, has none, or one
    of them is broken, does not cover what it must, or was followed by a change of the content.
    The last signature must cover the whole file; each earlier one everything up to its own end.
    """
    if not uploaded.startswith(sent) or len(uploaded) == len(sent):
        raise SignedPdfError("unsigned" if uploaded == sent else "not-the-sent-file")
    try:
        reader = PdfFileReader(io.BytesIO(uploaded))
        embedded = list(reader.embedded_regular_signatures)
        context = ValidationContext(trust_roots=list(trust_roots), allow_fetching=False)
        if not embedded:
            raise SignedPdfError("unsigned")
        last = len(embedded) - 1
        return [
            _checked(signature, context, is_last=place == last)
            for place, signature in enumerate(embedded)
        ]
    except (PdfError, SigningError, ValidationInfoReadingError, ValueError) as error:
        if isinstance(error, SignedPdfError):
            raise
        raise SignedPdfError("unreadable") from error


def _checked(signature: Any, context: ValidationContext, *, is_last: bool) -> FoundSignature:
    """Return what one signature says; raise SignedPdfError when it does not hold."""
    status = validate_pdf_signature(signature, signer_validation_context=context)
    if not (status.intact and status.valid):
        raise SignedPdfError("broken")
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if is_last and not whole:
        raise SignedPdfError("partial")
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise SignedPdfError("partial")
    level = status.modification_level
    if level is None or level > ModificationLevel.FORM_FILLING:
        raise SignedPdfError("altered")
    certificate = status.signing_cert
    return FoundSignature(
        field=signature.field_name,
        signer=certificate.subject.human_friendly,
        fingerprint=certificate.sha256.hex(),
        signed_at=status.signer_reported_dt,
        trusted=bool(status.trusted),
        covers_whole_file=whole,
    )
