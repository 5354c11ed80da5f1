"""The file of municipalities: good files, and every way in which a row can be wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.municipality_csv import (
    COLUMNS,
    GROUPS,
    BadFile,
    Fault,
    FaultKind,
    MunicipalityRow,
    parse,
)
from members.states import MunicipalityGroup

HEADER = ",".join(COLUMNS)
GOOD = "0180,Stockholm,01,Stockholms län,998782,2025-09-30,SCB,59.3251,18.0711,A1,13,18"
SECOND = "2584,Kiruna,25,Norrbottens län,22321,2025-09-30,SCB,67.8500,20.2200,C6,9,1"


def file_of(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def with_value(column: str, value: str) -> str:
    cells = GOOD.split(",")
    cells[COLUMNS.index(column)] = value
    return ",".join(cells)


def faults_of(content: bytes) -> tuple[Fault, ...]:
    with pytest.raises(BadFile) as caught:
        parse(content)
    return caught.value.faults


def test_parse_reads_every_column():
    assert parse(file_of(GOOD)) == [
        MunicipalityRow(
            line=2,
            code="0180",
            name="Stockholm",
            county_code="01",
            county="Stockholms län",
            population=998782,
            population_date=date(2025, 9, 30),
            population_source="SCB",
            lat=Decimal("59.3251"),
            lon=Decimal("18.0711"),
            group="A1",
            tile_x=13,
            tile_y=18,
        )
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + file_of(GOOD),
        file_of(GOOD).replace(b"\n", b"\r\n"),
        file_of(GOOD).rstrip(b"\n"),
        file_of("", GOOD, ",,,"),
        file_of(f" {GOOD} ".replace(",", " , ")),
    ],
    ids=["byte-order-mark", "windows-lines", "no-last-line-end", "blank-rows", "spaces"],
)
def test_parse_takes_what_spreadsheets_write(content):
    assert [row.code for row in parse(content)] == ["0180"]


def test_parse_takes_columns_in_any_order():
    header, values = HEADER.split(","), GOOD.split(",")
    content = "\n".join([",".join(header[::-1]), ",".join(values[::-1])]).encode()
    assert parse(content)[0].name == "Stockholm"


def test_parse_normalises_an_organisation_number_and_lets_it_be_empty():
    header = f"{HEADER},org_number"
    rows = parse(file_of(f"{GOOD},2120000142", f"{SECOND},", header=header))
    assert [row.org_number for row in rows] == ["212000-0142", ""]


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("code", "180", FaultKind.CODE),
        ("code", "01800", FaultKind.CODE),
        ("code", "018o", FaultKind.CODE),
        ("code", "٠١٨٠", FaultKind.CODE),
        ("code", "", FaultKind.CODE),
        ("name", "", FaultKind.EMPTY),
        ("name", "Stock\x00holm", FaultKind.EMPTY),
        ("name", "S" * 101, FaultKind.TOO_LONG),
        ("county_code", "1", FaultKind.COUNTY_CODE),
        ("county_code", "03", FaultKind.COUNTY_CODE),
        ("county", "", FaultKind.EMPTY),
        ("population", "998 782", FaultKind.NUMBER),
        ("population", "-1", FaultKind.NUMBER),
        ("population", "0", FaultKind.NUMBER),
        ("population", "1e5", FaultKind.NUMBER),
        ("population", "9" * 5000, FaultKind.NUMBER),
        ("population_date", "30/9 2025", FaultKind.DATE),
        ("population_date", "2025-02-30", FaultKind.DATE),
        ("population_source", "", FaultKind.EMPTY),
        ("lat", "north", FaultKind.COORDINATE),
        ("lat", "NaN", FaultKind.COORDINATE),
        ("lat", "18.0711", FaultKind.COORDINATE),
        ("lon", "59.3251", FaultKind.COORDINATE),
        ("group", "A9", FaultKind.GROUP),
        ("tile_x", "1.5", FaultKind.NUMBER),
        ("tile_y", "100", FaultKind.NUMBER),
    ],
)
def test_parse_names_line_column_and_kind_of_a_bad_value(column, value, kind):
    assert faults_of(file_of(SECOND, with_value(column, value))) == (Fault(3, column, kind, value),)


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        (GOOD, SECOND.replace("2584", "0180").replace(",25,", ",01,"), "code"),
        (GOOD, SECOND.replace("Kiruna", "Stockholm"), "name"),
        (GOOD, SECOND.replace("9,1", "13,18"), "tile_x"),
    ],
)
def test_parse_refuses_what_only_one_municipality_can_have(first, second, column):
    assert faults_of(file_of(first, second)) == (Fault(3, column, FaultKind.DUPLICATE, "2"),)


def test_parse_refuses_an_organisation_number_twice():
    content = file_of(f"{GOOD},212000-0142", f"{SECOND},2120000142", header=f"{HEADER},org_number")
    assert faults_of(content) == (Fault(3, "org_number", FaultKind.DUPLICATE, "2"),)


def test_parse_refuses_a_wrong_check_digit():
    content = file_of(f"{GOOD},212000-0143", header=f"{HEADER},org_number")
    assert faults_of(content) == (Fault(2, "org_number", FaultKind.ORG_NUMBER, "212000-0143"),)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault(1, "", FaultKind.EMPTY_FILE)),
        (file_of(), Fault(1, "", FaultKind.EMPTY_FILE)),
        (
            file_of(GOOD, header=HEADER.replace("population,", "")),
            Fault(1, "population", FaultKind.COLUMN_MISSING),
        ),
        (
            file_of(GOOD, header=f"{HEADER},size"),
            Fault(1, "size", FaultKind.COLUMN_UNKNOWN, "size"),
        ),
        (
            file_of(GOOD, header=f"{HEADER},lat"),
            Fault(1, "lat", FaultKind.COLUMN_TWICE, "lat"),
        ),
        (file_of(GOOD.rsplit(",", 1)[0]), Fault(2, "tile_y", FaultKind.TOO_FEW)),
        (file_of(f"{GOOD},7"), Fault(2, "tile_y", FaultKind.TOO_MANY, "7")),
        (file_of(GOOD, '"0180'), Fault(3, "", FaultKind.FORMAT, "unexpected end of data")),
        (
            file_of(GOOD, SECOND).replace(
                "Norrbottens län".encode(), "Norrbottens län".encode("latin-1")
            ),
            Fault(3, "county", FaultKind.ENCODING),
        ),
        (file_of(GOOD).decode().encode("utf-16"), Fault(1, "", FaultKind.ENCODING)),
    ],
    ids=[
        "empty",
        "header-only",
        "column-missing",
        "column-unknown",
        "column-twice",
        "too-few",
        "too-many",
        "quote-open",
        "latin-1",
        "utf-16",
    ],
)
def test_parse_refuses_a_file_that_is_not_of_the_form(content, fault):
    assert faults_of(content) == (fault,)


def test_parse_reports_every_column_when_the_file_is_separated_by_semicolons():
    faults = faults_of(file_of(GOOD).replace(b",", b";"))
    assert [f.column for f in faults if f.kind == FaultKind.COLUMN_MISSING] == list(COLUMNS)


def test_parse_reports_several_bad_rows_at_once():
    content = file_of(with_value("group", "X"), with_value("lat", "x"))
    assert [(fault.line, fault.column) for fault in faults_of(content)] == [
        (2, "group"),
        (3, "lat"),
    ]


@given(st.binary(max_size=200))
def test_parse_answers_any_bytes_with_rows_or_faults(content):
    try:
        told = parse(content)
    except BadFile as error:
        told = list(error.faults)
    assert told


def test_groups_are_those_of_the_model():
    assert list(GROUPS) == MunicipalityGroup.values


def test_parse_reads_the_projects_own_file():
    rows = parse(Path("data/municipalities.csv").read_bytes())
    assert len(rows) == 290
    assert {row.population_date for row in rows} == {date(2025, 9, 30)}
