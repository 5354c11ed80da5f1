"""One PDF of a summons and all its annexes, with a bookmark for each and page numbers."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import pikepdf

from governance.page_stamps import stamp_page

PAGE = "Sida"
SUMMONS_PREFIX = "K"
"""The summons' own pages are K1, K2 ...; the annexes are numbered through from 1."""


def join_pdfs(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return one PDF of several: each part is a bookmark's title and the PDF's bytes.

    The first part is the summons; page numbers of the annexes are those of `page_spans`, printed
    on the pages and shown by readers. Raises pikepdf.PdfError for a part that is no PDF.
    """
    whole = pikepdf.Pdf.new()
    bookmarks = []
    lengths = []
    for title, content in parts:
        with pikepdf.open(BytesIO(content)) as part:
            bookmarks.append((title, len(whole.pages)))
            lengths.append(len(part.pages))
            whole.pages.extend(part.pages)
    with whole.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in bookmarks)
    _number(whole, lengths)
    target = BytesIO()
    whole.save(target, deterministic_id=True)
    return target.getvalue()


def _number(whole: pikepdf.Pdf, lengths: Sequence[int]) -> None:
    """Label the pages as readers show them, and print the numbers of the annexes."""
    decimal = pikepdf.Name("/D")
    numbers = [0, pikepdf.Dictionary(S=decimal, P=SUMMONS_PREFIX)]
    if len(lengths) > 1:
        numbers += [lengths[0], pikepdf.Dictionary(S=decimal, St=1)]
    whole.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
    first = lengths[0] if lengths else 0
    for number, page in enumerate(whole.pages[first:], start=1):
        stamp_page(whole, page, f"{PAGE} {number}")


def page_spans(lengths: Iterable[int | None]) -> list[tuple[int, int] | None]:
    """Return first and last page of each annex in the joined file; None for one that is no PDF."""
    spans: list[tuple[int, int] | None] = []
    page = 1
    for length in lengths:
        if not length:
            spans.append(None)
            continue
        spans.append((page, page + length - 1))
        page += length
    return spans


def page_count(content: bytes) -> int | None:
    """Return how many pages a PDF has, or None when it cannot be read."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return None
