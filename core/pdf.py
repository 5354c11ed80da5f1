"""Documents as PDF/A-3a and PDF/UA-1 in one file, drawn by typst from data alone.

What people wrote goes in as JSON and is never read as typst source, so it cannot run anything.
The same data and date give the same bytes, so a document made again has the same hash.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

STANDARDS = ["a-3a", "ua-1"]


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

    `data` must be JSON; `dated_on` is the document's own date. Raises typst.TypstError when the
    document would not be accessible, for instance without a title.
    """
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
