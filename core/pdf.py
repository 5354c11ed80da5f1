"""Documents as PDF/A-3a and PDF/UA-1 in one file, drawn by typst from data alone.

What people wrote goes in as JSON and is never read as typst source, so it cannot run anything.
The same data and date give the same bytes, so a document made again has the same hash.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

STANDARDS = ["a-3a", "ua-1"]
# What typst says of a sign that no font has: the standards forbid an empty box in its place.
NO_FONT = "could not be displayed"
# The signs of Swedish and most of Europe are in every font and need no trial.
RARE = re.compile("[^\t\n -\u017f\u2013\u2014\u2018-\u201d\u2022\u2026]")


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF, such as the evidence as JSON."""

    name: str
    mime_type: str
    description: str
    text: str


def render(
    template: str, data: dict[str, Any], *, dated_on: date, attachments: tuple[Attachment, ...] = ()
) -> bytes:
    """Return the PDF of a typst template under templates/pdf/ filled with `data`.

    `data` must be JSON; `dated_on` is the document's own date. A sign that no font can draw, such
    as an emoji, stands by its number: a document must not fail by what somebody once wrote; the
    attachments keep it as it was. Raises typst.TypstError when the document would not be
    accessible, for instance without a title.
    """
    try:
        return _compile(template, data, dated_on, attachments)
    except typst.TypstError as error:
        if NO_FONT not in str(error):
            raise
    return _compile(template, _drawable(data), dated_on, attachments)


def _compile(
    template: str, data: Any, dated_on: date, attachments: tuple[Attachment, ...]
) -> bytes:
    folder = Path(settings.BASE_DIR, "templates", "pdf")
    payload = {
        "data": data,
        "date": [dated_on.year, dated_on.month, dated_on.day],
        "attachments": [vars(attachment) for attachment in attachments],
    }
    return typst.compile(
        str(folder / template),
        root=str(folder),
        format="pdf",
        pdf_standards=STANDARDS,
        sys_inputs={"payload": json.dumps(payload, ensure_ascii=False, sort_keys=True)},
        timestamp=datetime(dated_on.year, dated_on.month, dated_on.day, 12, tzinfo=UTC),
        ignore_system_fonts=True,
    )


def _drawable(value: Any) -> Any:
    """Return the data with the number of each sign that no font has in its place."""
    if isinstance(value, str):
        return RARE.sub(lambda sign: _sign(sign.group()), value)
    if isinstance(value, dict):
        return {key: _drawable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(inner) for inner in value]
    return value


@lru_cache(maxsize=4096)
def _sign(sign: str) -> str:
    """Return the sign, or its number in Unicode when it cannot be drawn."""
    source = '#set document(title: "x")\n#sys.inputs.at("sign")'
    try:
        typst.compile(
            source.encode(),
            format="pdf",
            pdf_standards=STANDARDS,
            sys_inputs={"sign": sign},
            timestamp=datetime(2000, 1, 1, tzinfo=UTC),
            ignore_system_fonts=True,
        )
    except typst.TypstError:
        return f"[U+{ord(sign):04X}]"
    return sign
