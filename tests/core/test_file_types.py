"""What a file may be."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.file_types import (
    CONTENT_TYPES,
    FileFault,
    RefusedFile,
    check_document,
    check_name,
    check_picture,
    content_type_of,
    extension_of,
)
from tests.factories import files

DOCUMENTS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]


def fault_of(function, *args) -> FileFault | None:
    try:
        function(*args)
    except RefusedFile as error:
        return error.fault
    return None


@pytest.mark.parametrize("name", files.GOOD_DOCUMENTS)
def test_good_documents_pass(name):
    check_name(name, DOCUMENTS)
    check_document(name, io.BytesIO(files.GOOD_DOCUMENTS[name]))


@pytest.mark.parametrize("name", files.GOOD_PICTURES)
def test_good_pictures_pass(name):
    check_picture(name, io.BytesIO(files.GOOD_PICTURES[name]), 40_000_000)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("html-som.pdf", FileFault.CONTENT),
        ("polyglott.pdf", FileFault.MARKUP),
        ("html-som.csv", FileFault.MARKUP),
        ("binär.csv", FileFault.CONTENT),
        ("bomb-tät.docx", FileFault.BOMB),
        ("bomb-stor.docx", FileFault.BOMB),
        ("bomb-många.xlsx", FileFault.BOMB),
        ("bomb-ljuger.docx", FileFault.BOMB),
        ("nästlad.docx", FileFault.ARCHIVE),
        ("länk.docx", FileFault.ARCHIVE),
        ("uppåt.docx", FileFault.ARCHIVE),
        ("makro.docx", FileFault.MACRO),
        ("makrotyp.xlsx", FileFault.MACRO),
        ("makro.odt", FileFault.MACRO),
        ("gammal.docx", FileFault.CONTENT),
        ("xxe.docx", FileFault.REMOTE),
        ("xxe-utf16.docx", FileFault.REMOTE),
        ("fjärrmall.docx", FileFault.REMOTE),
        ("lösenord.docx", FileFault.ENCRYPTED),
        ("makro.docm", FileFault.EXTENSION),
    ],
)
def test_evil_documents_are_refused_for_the_right_reason(name, fault):
    assert fault_of(check_document, name, io.BytesIO(files.EVIL_DOCUMENTS[name])) == fault


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("avtal.pdf.exe", FileFault.EXTENSION),
        ("avtal.pdf.", FileFault.EXTENSION),
        ("utan-ändelse", FileFault.EXTENSION),
        ("pdf", FileFault.EXTENSION),
        ("gömd\u202efdp.exe.pdf", FileFault.NAME),
        ("rad\nbrytning.pdf", FileFault.NAME),
        ("../avtal.pdf", FileFault.NAME),
        ("..\\avtal.pdf", FileFault.NAME),
        ("a" * 120 + ".pdf", FileFault.NAME),
        ("avtal.2025.PDF", None),
        ("Årsplan (1).docx", None),
    ],
)
def test_names(name, fault):
    assert fault_of(check_name, name, DOCUMENTS) == fault


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("stor.png", FileFault.PIXELS),
        ("jätte.png", FileFault.PIXELS),
        ("tom.png", FileFault.PICTURE),
        ("avhuggen.png", FileFault.PICTURE),
        ("textbomb.png", FileFault.PICTURE),
        ("png-som.jpg", FileFault.PICTURE),
        ("svg-som.png", FileFault.PICTURE),
        ("script.svg", FileFault.EXTENSION),
    ],
)
def test_evil_pictures_are_refused_for_the_right_reason(name, fault):
    content = io.BytesIO(files.EVIL_PICTURES[name])
    assert fault_of(check_picture, name, content, 40_000_000) == fault


def test_frames_count_against_the_limit():
    content = io.BytesIO(files.animation())
    assert fault_of(check_picture, "a.gif", content, 8 * 8 * 2) == FileFault.PIXELS


@given(st.binary(max_size=400), st.sampled_from(DOCUMENTS))
def test_any_bytes_are_accepted_or_refused(content, extension):
    for start in (b"", b"PK\x03\x04", b"%PDF-"):
        fault_of(check_document, f"a.{extension}", io.BytesIO(start + content))


@given(st.binary(max_size=400), st.sampled_from(["png", "jpg", "gif", "webp"]))
def test_any_bytes_are_a_picture_or_refused(content, extension):
    for start in (b"", files.picture()[:40], b"GIF89a", b"\xff\xd8\xff"):
        fault_of(check_picture, f"a.{extension}", io.BytesIO(start + content), 1000)


def test_the_stream_is_left_at_its_start():
    stream = io.BytesIO(files.PDF)
    check_document("a.pdf", stream)
    assert stream.tell() == 0


def test_extension_and_content_type():
    assert extension_of("a.b.PDF") == "pdf"
    assert extension_of("pdf") == ""
    assert content_type_of("a.png") == "image/png"
    assert content_type_of("a.svg") == "application/octet-stream"
    assert not {"text/html", "image/svg+xml"} & set(CONTENT_TYPES.values())
