"""Page numbers printed on the annexes of a joint file, also on pages that are turned."""

import io

import pikepdf
import pytest

from governance.annexes import join_pdfs, page_spans
from tests.factories.files import small_pdf


def turned_pdf(*degrees: int) -> bytes:
    """Return a PDF with one A4 page per turn, which share their resources."""
    document, target = pikepdf.new(), io.BytesIO()
    shared = document.make_indirect(pikepdf.Dictionary(ProcSet=pikepdf.Array([])))
    for turn in degrees:
        page = document.add_blank_page(page_size=(595, 842))
        page.obj["/Rotate"], page.obj["/Resources"] = turn, shared
    document.save(target)
    return target.getvalue()


def printed(content: bytes) -> list[tuple[str, list[float]]]:
    """Return the text printed last on each page, with the matrix it is printed by."""
    found = []
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            text, matrix = "", []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "cm":
                    matrix = [float(value) for value in operands]
                if str(operator) == "Tj":
                    text = str(operands[0])
            found.append((text, matrix))
    return found


def test_the_annexes_bear_the_numbers_of_the_agenda():
    whole = join_pdfs(
        [("Kallelse", small_pdf(2)), ("Budget", small_pdf(3)), ("Policy", small_pdf(1))]
    )
    assert page_spans([3, 1]) == [(1, 3), (4, 4)]
    texts = [text for text, __ in printed(whole)]
    assert texts == ["", "", "Sida 1", "Sida 2", "Sida 3", "Sida 4"]
    # What is printed is what the reader's page box says.
    with pikepdf.open(io.BytesIO(whole)) as document:
        assert [page.label for page in document.pages] == ["K1", "K2", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [
        (0, [1, 0, 0, 1, 535.3, 14]),
        (90, [0, 1, -1, 0, 581, 782.3]),
        (180, [-1, 0, 0, -1, 59.7, 828]),
        (270, [0, -1, 1, 0, 14, 59.7]),
    ],
)
def test_the_number_stands_at_the_bottom_right_as_the_page_is_read(turn, matrix):
    whole = join_pdfs([("Kallelse", small_pdf(1)), ("Karta", turned_pdf(turn))])
    assert printed(whole)[1] == ("Sida 1", matrix)


def test_a_page_without_numbers_is_left_as_it_was():
    """The control: the summons is first and bears no number of an annex."""
    assert printed(join_pdfs([("Kallelse", turned_pdf(0, 90))])) == [("", []), ("", [])]
