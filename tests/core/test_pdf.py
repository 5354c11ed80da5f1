"""Documents are archival and accessible at once, inert and reproducible."""

import io
import json
from datetime import date
from pathlib import Path

import pikepdf
import pytest
import typst

from core import pdf
from core.prose_tree import prose_tree
from tests.verapdf import verdicts

EVIL = '#read("/etc/passwd") *fet* $x$ @ref <label> #import "x" \\ `raw`'
DATA = {
    "title": "Anslutningsavtal (exempel)",
    "author": "Föreningen Samägt (exempel)",
    "facts": [["Kommun", "Nacka"], ["Text", EVIL]],
    "body": prose_tree(
        "# Rubrik\n\nEtt **stycke** med [länk](https://example.se).\n\n* ett\n* två\n\n> citat"
    ),
}
EVIDENCE = pdf.Attachment("bevis.json", "application/json", "Bevis", json.dumps({"å": 1}))


def make() -> bytes:
    return pdf.render("letter.typ", DATA, dated_on=date(2026, 3, 12), attachments=(EVIDENCE,))


def test_render_is_byte_identical_when_made_again():
    assert make() == make()


def test_render_carries_its_attachments():
    with pikepdf.open(io.BytesIO(make())) as document:
        attached = document.attachments["bevis.json"].get_file().read_bytes()
    assert json.loads(attached) == {"å": 1}


def test_render_refuses_a_document_without_title():
    with pytest.raises(typst.TypstError):
        pdf.render("letter.typ", DATA | {"title": ""}, dated_on=date(2026, 3, 12))


@pytest.mark.validators
def test_render_passes_both_profiles(tmp_path):
    path = tmp_path / "dokument.pdf"
    path.write_bytes(make())
    assert verdicts(path) == {"3a": "PASS", "ua1": "PASS"}


@pytest.mark.validators
def test_the_validator_fails_a_document_without_tags(tmp_path):
    path = tmp_path / "otaggad.pdf"
    document = pikepdf.new()
    document.add_blank_page()
    document.save(path)
    assert verdicts(Path(path)) == {"3a": "FAIL", "ua1": "FAIL"}


def test_a_sign_that_no_font_has_stands_by_its_number_and_stays_in_the_attachment():
    evidence = pdf.Attachment("bevis.json", "application/json", "Bevis", json.dumps("\uf0b7"))

    def made_of(text: str) -> bytes:
        data = DATA | {"facts": [["Text", text]]}
        return pdf.render("letter.typ", data, dated_on=date(2026, 3, 12), attachments=(evidence,))

    made = made_of("Ja \N{THUMBS UP SIGN} \uf0b7 → Łukasz 漢")
    assert made == made_of("Ja [U+1F44D] [U+F0B7] → Łukasz [U+6F22]")
    with pikepdf.open(io.BytesIO(made)) as document:
        attached = document.attachments["bevis.json"].get_file().read_bytes()
    assert json.loads(attached) == "\uf0b7"
