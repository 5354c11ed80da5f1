"""Exports hold no formulas."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from core.tabular import csv_lines, defused, xlsx_bytes

VECTORS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")', "-2+3", "@a",
]  # fmt: skip


@pytest.mark.parametrize("text", VECTORS)
def test_defused_puts_an_apostrophe_first(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Nacka", "", "1 234", -5, None, "a=b"])
def test_defused_leaves_the_rest(value):
    assert defused(value) == value


def test_csv_lines_are_swedish():
    rows = [["Åre", -5, None, datetime(2026, 3, 12, 8, 0, tzinfo=UTC)], ["=1", 1, "x;y", "é"]]
    assert "".join(csv_lines(["Namn", "Tal", "Tom", "Tid"], rows)) == (
        '\ufeffNamn;Tal;Tom;Tid\r\nÅre;-5;;2026-03-12 09:00\r\n\'=1;1;"x;y";é\r\n'
    )


def test_xlsx_holds_text_and_no_formula():
    rows = [[text, -5, date(2026, 3, 12)] for text in VECTORS]
    sheet = load_workbook(io.BytesIO(xlsx_bytes({"Blad": (["A", "B", "C"], rows)})))["Blad"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sheet["B2"].value == -5
    assert sheet["C2"].value == datetime(2026, 3, 12)  # noqa: DTZ001 - spreadsheets know no zone


def test_xlsx_holds_every_kind_of_value_and_what_xml_forbids_is_left_out():
    moment = datetime(2026, 3, 12, 8, 30, 15, tzinfo=UTC)
    row = ['<å & "b">', " två ", "rad\nrad", "a\x00\x1fb", True, 2**40, None, "", moment]
    book = load_workbook(io.BytesIO(xlsx_bytes({"A & B": (["Rubrik"] * 30, [row])})))
    sheet = book["A & B"]
    assert [cell.value for cell in sheet[2]][:9] == [
        *('<å & "b">', " två ", "rad\nrad", "ab", True, 2**40, None, None),
        datetime(2026, 3, 12, 9, 30, 15),  # noqa: DTZ001 - spreadsheets know no zone
    ]
    assert (sheet["AD1"].value, sheet["AD1"].font.b, sheet["A2"].font.b) == ("Rubrik", True, False)
    assert sheet.freeze_panes == "A2"
    assert sheet["I2"].is_date
