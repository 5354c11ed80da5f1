"""Tables that leave the system as CSV or XLSX, without formulas and in constant memory."""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import IO, Any
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from core import xlsx_frame

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zone
LONGEST_TITLE = 31
BATCH = 200
# What XML cannot hold at all.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

Row = Iterable[Any]


def defused(value: Any) -> Any:
    """Return text that a spreadsheet will not run: a leading = + - @ tab CR LF gets an apostrophe.

    Numbers stay numbers, so that negative amounts can be summed.
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def csv_lines(header: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a CSV file for Swedish spreadsheets: semicolons, BOM, CRLF."""
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for row in _with_header(header, rows):
        writer.writerow([defused(_plain(value)) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def xlsx_bytes(sheets: dict[str, tuple[Row, Iterable[Row]]]) -> bytes:
    """Return a small workbook as bytes; each sheet is (header, rows)."""
    with xlsx_file(sheets) as file:
        return file.read()


def xlsx_file(sheets: dict[str, tuple[Row, Iterable[Row]]]) -> IO[bytes]:
    """Return a workbook as an open file on disk, at its beginning, to be closed by the caller.

    Each sheet is (header, rows). Rows are taken one at a time and written to disk, so that memory
    does not grow with their number. The sheets are written here, as text in cells of text and
    nothing that runs: a library's object for each cell takes ten times as long.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    titles = [escape(title[:LONGEST_TITLE], {'"': "&quot;"}) for title in sheets]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in xlsx_frame.parts(titles):
            book.writestr(name, content)
        for number, (header, rows) in enumerate(sheets.values(), start=1):
            with book.open(xlsx_frame.sheet_name(number), "w", force_zip64=True) as stream:
                for piece in batched_text(_sheet(header, rows)):
                    stream.write(piece.encode())
    file.seek(0)
    return file


def batched_text(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts some hundreds at a time, as one."""
    waiting = iter(texts)
    while piece := "".join(islice(waiting, BATCH)):
        yield piece


def _sheet(header: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Yield a sheet as XML, row by row; the header is bold and stays in sight."""
    yield xlsx_frame.SHEET_HEAD
    columns: list[str] = []
    for number, row in enumerate(_with_header(header, rows), start=1):
        values = list(row)
        while len(columns) < len(values):
            columns.append(_letters(len(columns)))
        cells = zip(columns, values, strict=False)
        style = xlsx_frame.BOLD if number == 1 else ""
        written = "".join(
            _cell(f"{column}{number}", value, style)
            for column, value in cells
            if value not in (None, "")
        )
        yield f'<row r="{number}">{written}</row>'
    yield xlsx_frame.SHEET_FOOT


def _letters(place: int) -> str:
    """Return a column's letters: A is the first, AA the twenty-seventh."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _cell(place: str, value: Any, style: str = "") -> str:
    """Return a cell as XML; text is text, also when it looks like a formula."""
    if isinstance(value, bool):
        return f'<c r="{place}"{style} t="b"><v>{value:d}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}"{style}><v>{value}</v></c>'
    if isinstance(value, datetime):
        moment = value.astimezone(STOCKHOLM).replace(tzinfo=None) - DAY_ZERO
        return f'<c r="{place}"{xlsx_frame.MOMENT}><v>{moment / timedelta(days=1)!r}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}"{xlsx_frame.DAY}><v>{(value - DAY_ZERO.date()).days}</v></c>'
    text = escape(UNWRITABLE.sub("", str(value)))
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else value


def _with_header(header: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield header
    yield from rows
