"""Reads the file of municipalities: one row each, every value checked, errors by line and column.

A code is text: a spreadsheet that drops the leading zero of 0180 is caught here. An error carries
a kind, not a sentence, since this module knows no language.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from members.org_number import normalise

T = TypeVar("T")

COLUMNS = (
    "code",
    "name",
    "county_code",
    "county",
    "population",
    "population_date",
    "population_source",
    "lat",
    "lon",
    "group",
    "tile_x",
    "tile_y",
)
OPTIONAL_COLUMNS = ("org_number",)
# SKR's classification of municipalities, 2023 edition.
GROUPS = ("A1", "A2", "B3", "B4", "B5", "C6", "C7", "C8", "C9")
# The mainland's and the islands' extreme points with a margin, degrees (WGS84).
LATITUDES = (Decimal(54), Decimal(70))
LONGITUDES = (Decimal(10), Decimal(25))
DECIMALS = Decimal("0.0001")
LARGEST_POPULATION = 100_000_000
LARGEST_TILE = 99
MAX_FAULTS = 20


class FaultKind(StrEnum):
    """What is wrong with a value."""

    ENCODING = "encoding"
    FORMAT = "format"
    EMPTY_FILE = "empty_file"
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_TWICE = "column_twice"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    CODE = "code"
    COUNTY_CODE = "county_code"
    NUMBER = "number"
    DATE = "date"
    COORDINATE = "coordinate"
    GROUP = "group"
    ORG_NUMBER = "org_number"
    DUPLICATE = "duplicate"
    TAKEN = "taken"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the line (the header is 1), the column and the value."""

    line: int
    column: str
    kind: FaultKind
    value: str = ""


class BadFile(Exception):  # noqa: N818 - reads as what happened
    """The file cannot be used; `faults` says why, at most MAX_FAULTS of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)[:MAX_FAULTS]
        super().__init__(", ".join(f"{f.line}:{f.column}:{f.kind}" for f in self.faults))


class _BadValue(ValueError):  # noqa: N818 - reads as what was found
    def __init__(self, kind: FaultKind) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality as SCB and SKR describe it; `org_number` is empty when the file has none."""

    line: int
    code: str
    name: str
    county_code: str
    county: str
    population: int
    population_date: date
    population_source: str
    lat: Decimal
    lon: Decimal
    group: str
    tile_x: int
    tile_y: int
    org_number: str = ""


def parse(content: bytes) -> list[MunicipalityRow]:
    """Return the rows of a file in UTF-8, with or without a byte order mark.

    Raises BadFile with every fault found, by line and column, when a single row is wrong.
    """
    header, records = _records(_decode(content))
    rows: list[MunicipalityRow] = []
    faults: list[Fault] = []
    for line, values in records:
        row, wrong = _row(line, header, values)
        faults += wrong
        rows += [row] if row else []
    faults += _duplicates(rows)
    if faults:
        raise BadFile(sorted(faults, key=lambda fault: fault.line))
    if not rows:
        raise BadFile([Fault(1, "", FaultKind.EMPTY_FILE)])
    return rows


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = before[before.rfind(b"\n") + 1 :].count(b",")
        names = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip().split(",")
        column = names[place] if place < len(names) and before else ""
        raise BadFile([Fault(before.count(b"\n") + 1, column, FaultKind.ENCODING)]) from error


def _records(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header and every row that is not blank, with its line in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for values in reader:
            if any(value.strip() for value in values):
                records.append((line, [value.strip() for value in values]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadFile([Fault(line, "", FaultKind.FORMAT, str(error))]) from error
    if not records:
        raise BadFile([Fault(1, "", FaultKind.EMPTY_FILE)])
    header = records[0][1]
    faults = list(_header_faults(header))
    if faults:
        raise BadFile(faults)
    return header, records[1:]


def _header_faults(header: list[str]) -> Iterator[Fault]:
    for name in COLUMNS:
        if name not in header:
            yield Fault(1, name, FaultKind.COLUMN_MISSING)
    for place, name in enumerate(header):
        if name not in COLUMNS + OPTIONAL_COLUMNS:
            yield Fault(1, name, FaultKind.COLUMN_UNKNOWN, name)
        elif name in header[:place]:
            yield Fault(1, name, FaultKind.COLUMN_TWICE, name)


def _row(
    line: int, header: list[str], values: list[str]
) -> tuple[MunicipalityRow | None, list[Fault]]:
    if len(values) < len(header):
        return None, [Fault(line, header[len(values)], FaultKind.TOO_FEW)]
    if len(values) > len(header):
        return None, [Fault(line, header[-1], FaultKind.TOO_MANY, values[len(header)])]
    read: dict[str, Any] = {}
    faults: list[Fault] = []
    for column, value in zip(header, values, strict=True):
        try:
            read[column] = PARSERS[column](value)
        except _BadValue as error:
            faults.append(Fault(line, column, error.kind, value))
    if not faults and read["county_code"] != read["code"][:2]:
        faults.append(Fault(line, "county_code", FaultKind.COUNTY_CODE, read["county_code"]))
    return (None if faults else MunicipalityRow(line=line, **read)), faults


def _duplicates(rows: list[MunicipalityRow]) -> Iterator[Fault]:
    """Yield a fault for each later row that repeats what only one municipality can have."""
    unique: tuple[tuple[str, Callable[[MunicipalityRow], Any]], ...] = (
        ("code", lambda row: row.code),
        ("name", lambda row: row.name),
        ("tile_x", lambda row: (row.tile_x, row.tile_y)),
        ("org_number", lambda row: row.org_number or row.line),
    )
    for column, value_of in unique:
        first: dict[Any, int] = {}
        for row in rows:
            earlier = first.setdefault(value_of(row), row.line)
            if earlier != row.line:
                yield Fault(row.line, column, FaultKind.DUPLICATE, str(earlier))


def _text(longest: int) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not value or not value.isprintable():
            raise _BadValue(FaultKind.EMPTY)
        if len(value) > longest:
            raise _BadValue(FaultKind.TOO_LONG)
        return value

    return read


def _pattern(pattern: str, kind: FaultKind, convert: Callable[[str], T]) -> Callable[[str], T]:
    form = re.compile(pattern, re.ASCII)

    def read(value: str) -> T:
        if not form.fullmatch(value):
            raise _BadValue(kind)
        try:
            return convert(value)
        except ValueError as error:
            raise _BadValue(kind) from error

    return read


def _between(least: Any, most: Any, convert: Callable[[str], T]) -> Callable[[str], T]:
    def read(value: str) -> T:
        number = convert(value)
        if not least <= number <= most:
            raise ValueError(value)
        return number

    return read


def _degrees(value: str) -> Decimal:
    return Decimal(value).quantize(DECIMALS)


def _group(value: str) -> str:
    if value not in GROUPS:
        raise _BadValue(FaultKind.GROUP)
    return value


def _org_number(value: str) -> str:
    if not value:
        return ""
    try:
        return normalise(value)
    except ValueError as error:
        raise _BadValue(FaultKind.ORG_NUMBER) from error


_DEGREES = r"\d{1,2}(\.\d{1,9})?"
_TILE = _pattern(r"\d{1,3}", FaultKind.NUMBER, _between(0, LARGEST_TILE, int))

PARSERS: dict[str, Callable[[str], Any]] = {
    "code": _pattern(r"\d{4}", FaultKind.CODE, str),
    "name": _text(100),
    "county_code": _pattern(r"\d{2}", FaultKind.COUNTY_CODE, str),
    "county": _text(60),
    "population": _pattern(r"\d{1,9}", FaultKind.NUMBER, _between(1, LARGEST_POPULATION, int)),
    "population_date": _pattern(r"\d{4}-\d{2}-\d{2}", FaultKind.DATE, date.fromisoformat),
    "population_source": _text(100),
    "lat": _pattern(_DEGREES, FaultKind.COORDINATE, _between(*LATITUDES, _degrees)),
    "lon": _pattern(_DEGREES, FaultKind.COORDINATE, _between(*LONGITUDES, _degrees)),
    "group": _group,
    "tile_x": _TILE,
    "tile_y": _TILE,
    "org_number": _org_number,
}
