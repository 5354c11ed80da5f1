"""Tables that leave the system as CSV or XLSX, without formulas and in constant memory."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
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
        sheet.append([_cell(sheet, name, bold=True) for name in header])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell whose text is text, also when it looks like a formula."""
    if isinstance(value, datetime):
        value = value.astimezone(STOCKHOLM).replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value=value if _is_plain(value) else str(value))
    if isinstance(cell.value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, bool)) or hasattr(value, "isoformat")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else value


def _with_header(header: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield header
    yield from rows
