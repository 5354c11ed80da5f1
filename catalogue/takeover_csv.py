"""A CSV file of joinings in force, read row by row: every error names its line and column."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

COLUMNS = ("kommunkod", "tjanst", "tillstand", "startdag", "kalla", "i_drift", "sista_dag", "plats")
REQUIRED = COLUMNS[:5]
YES_NO = {"ja": True, "nej": False, "": None}
MOST_ROWS = 5000


@dataclass(frozen=True)
class RowError:
    """What is wrong: the line of the file (the header is 1), the column, and a code with a value.

    Codes: empty-file, missing-column, unknown-column, missing, date, yes-no, too-many, encoding.
    """

    line: int
    column: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class TakeoverRow:
    """One joining as the file tells it; codes are looked up by whoever knows the database."""

    line: int
    code: str
    slug: str
    state: str
    starts_on: date
    source: str
    production_on: date | None
    ends_on: date | None
    wants_seat: bool | None


def read_takeover(content: bytes) -> tuple[list[TakeoverRow], list[RowError]]:
    """Return the rows that can be read, and every error, in order of line.

    Comma or semicolon, UTF-8 with or without BOM. A row with an error is not among the rows.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [RowError(1, "", "encoding")]
    lines = text.splitlines()
    if not lines:
        return [], [RowError(1, "", "empty-file")]
    delimiter = ";" if lines[0].count(";") >= lines[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    header = [name.strip().lower() for name in reader.fieldnames or []]
    reader.fieldnames = header
    errors = [RowError(1, name, "missing-column") for name in REQUIRED if name not in header]
    errors += [RowError(1, name, "unknown-column") for name in header if name not in COLUMNS]
    if errors:
        return [], errors
    rows: list[TakeoverRow] = []
    for number, raw in enumerate(reader):
        if number >= MOST_ROWS:
            return rows, [*errors, RowError(reader.line_num, "", "too-many", str(MOST_ROWS))]
        found, wrong = _row(reader.line_num, raw)
        errors += wrong
        if found:
            rows.append(found)
    return rows, errors


def _row(line: int, raw: dict[str, str]) -> tuple[TakeoverRow | None, list[RowError]]:
    values = {name: (raw.get(name) or "").strip() for name in COLUMNS}
    errors = [RowError(line, name, "missing") for name in REQUIRED if not values[name]]
    days: dict[str, date | None] = {}
    for name in ("startdag", "i_drift", "sista_dag"):
        try:
            days[name] = date.fromisoformat(values[name]) if values[name] else None
        except ValueError:
            errors.append(RowError(line, name, "date", values[name]))
    seat = values["plats"].lower()
    if seat not in YES_NO:
        errors.append(RowError(line, "plats", "yes-no", seat))
    starts_on = days.get("startdag")
    if errors or starts_on is None:
        return None, errors
    return (
        TakeoverRow(
            line=line,
            code=values["kommunkod"],
            slug=values["tjanst"],
            state=values["tillstand"].lower(),
            starts_on=starts_on,
            source=values["kalla"],
            production_on=days["i_drift"],
            ends_on=days["sista_dag"],
            wants_seat=YES_NO[seat],
        ),
        [],
    )
