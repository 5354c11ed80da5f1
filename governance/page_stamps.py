"""Prints a page's number in the margin of a PDF page, the way the page is turned for its reader."""

from __future__ import annotations

import pikepdf

SIZE = 9
MARGIN = 30
BASELINE = 14
GLYPH = 0.55
"""The width of a figure in Helvetica, as part of the size; letters are narrower on the whole."""
FONT = pikepdf.Name("/SamagtNumber")


def stamp_page(whole: pikepdf.Pdf, page: pikepdf.Page, text: str) -> None:
    """Print `text` at the bottom right of a page, as an artifact that no reader reads aloud.

    The page's own content and marks stay as they are.
    """
    resources = page.obj.get("/Resources")
    # Shared resources of a page tree must not gain fonts for other pages.
    own = pikepdf.Dictionary(resources) if resources is not None else pikepdf.Dictionary()
    fonts = pikepdf.Dictionary(own.get("/Font", pikepdf.Dictionary()))
    fonts[FONT] = _font(whole)
    own["/Font"] = fonts
    page.obj["/Resources"] = own
    page.contents_add(whole.make_stream(b"q\n"), prepend=True)
    page.contents_add(whole.make_stream(_drawing(page, text)))


def _font(whole: pikepdf.Pdf) -> pikepdf.Object:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def _drawing(page: pikepdf.Page, text: str) -> bytes:
    """Return the operators that print the text on a white ground."""
    width = SIZE * GLYPH * len(text)
    a, b, c, d, x, y = _matrix(page, width)
    written = (
        text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    )
    box = f"-3 -3 {width + 6:.2f} {SIZE + 4} re f"
    return (
        (
            f"\nQ\n/Artifact <</Type /Pagination>> BDC\nq {a} {b} {c} {d} {x:.2f} {y:.2f} cm"
            f" 1 g {box} 0 g BT {FONT} {SIZE} Tf ("
        ).encode()
        + written
        + b") Tj ET Q\nEMC\n"
    )


def _matrix(page: pikepdf.Page, width: float) -> tuple[int, int, int, int, float, float]:
    """Return the matrix that puts the text at the bottom right of the page as it is shown."""
    left, bottom, right, top = (float(value) for value in page.cropbox.as_list())
    turned: dict[int, tuple[int, int, int, int, float, float]] = {
        0: (1, 0, 0, 1, right - MARGIN - width, bottom + BASELINE),
        90: (0, 1, -1, 0, right - BASELINE, top - MARGIN - width),
        180: (-1, 0, 0, -1, left + MARGIN + width, top - BASELINE),
        270: (0, -1, 1, 0, left + BASELINE, bottom + MARGIN + width),
    }
    return turned.get(int(page.obj.get("/Rotate", 0)) % 360, turned[0])
