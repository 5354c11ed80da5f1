"""Tables that leave the system as CSV or XLSX, without formulas and in constant memory."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

STOCKHOLM = ZoneInfo("Europe/Stockholm")
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

    Each sheet is (header, rows). Rows are taken one at a time and written to disk, and so is the
    workbook itself, so that memory does not grow with the number of rows.
    """
    book = Workbook(write_only=True)
    for title, (header, rows) in sheets.items():
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        sheet.append([_bold(sheet, name) for name in header])
        for row in rows:
            sheet.append([_value(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def _value(sheet: Any, value: Any) -> Any:
    """Return what is written in a cell: text stays text, also when it looks like a formula."""
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).replace(tzinfo=None)
    if value is None or isinstance(value, int | date):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    # A cell of its own only for what would be taken for a formula or an error: it costs time.
    return _text(sheet, text) if text.startswith(("=", "#")) else text


def _text(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _bold(sheet: Any, name: Any) -> WriteOnlyCell:
    cell = _text(sheet, str(name))
    cell.font = Font(bold=True)
    return cell


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else value


def _with_header(header: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield header
    yield from rows
