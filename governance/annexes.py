"""One PDF of a summons and all its annexes, with a bookmark for each."""

from collections.abc import Iterable
from io import BytesIO

import pikepdf


def join_pdfs(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return one PDF of several: each part is a bookmark's title and the PDF's bytes.

    Raises pikepdf.PdfError for a part that is no PDF.
    """
    whole = pikepdf.Pdf.new()
    bookmarks = []
    for title, content in parts:
        with pikepdf.open(BytesIO(content)) as part:
            bookmarks.append((title, len(whole.pages)))
            whole.pages.extend(part.pages)
    with whole.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in bookmarks)
    target = BytesIO()
    whole.save(target, deterministic_id=True)
    return target.getvalue()
