import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.reading import read
from search.wording import Piece, marked, snippet

FILLER = "Här står något helt annat som ingen letar efter. "


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("nämnd", "Nämndernas beslut", "[Nämndernas] beslut"),
        ("underskrift", "Om e-underskrifter", "Om [e-underskrifter]"),
        ("administration", "Skoladministrationen", "[Skoladministrationen]"),
        ("overformyndare", "Överförmyndarens råd", "[Överförmyndarens] råd"),
        ("råd", "En rad råd", "En rad [råd]"),
        ("elevregister", "Register över elever", "[Register] över [elever]"),
        ("elevregister", "Elevregistret rör elever", "[Elevregistret] rör elever"),
        ('"kommunal samverkan"', "Kommunala val i samverkan", "[Kommunala] val i [samverkan]"),
        ("budget", "o\u0308ar och <b>budget</b>", "o\u0308ar och <b>[budget]</b>"),
        ("avgift", "Inget här", "Inget här"),
        ("avgift", "", ""),
    ],
)
def test_the_words_looked_for_are_marked(query, text, expected):
    assert shown(marked(text, read(query))) == expected


def test_the_start_of_a_word_is_marked():
    assert shown(marked("Budgeten", read("budg", still_writing=True))) == "[Budgeten]"


def test_a_short_text_is_shown_whole():
    assert snippet("Avgiften höjs.", read("avgift")) == [
        Piece("Avgiften", is_hit=True),
        Piece(" höjs.", is_hit=False),
    ]


def test_the_stretch_with_most_of_the_words_is_shown():
    text = FILLER * 9 + "Avgiften. " + FILLER * 9 + "Avgiften för arkivet höjs. " + FILLER * 9
    found = shown(snippet(text, read("arkiv avgift"), 100))
    assert found == f"…{FILLER}[Avgiften] för [arkivet] höjs. Här står något helt…"


def test_without_hits_the_beginning_is_shown():
    assert shown(snippet(FILLER * 9, read("avgift"), 30)) == "Här står något helt annat som…"


def test_a_text_without_spaces_is_cut_all_the_same():
    assert shown(snippet("x" * 500, read("avgift"), 30)) == "x" * 30 + "…"


@given(st.text(), st.text(alphabet="abåäö "))
def test_the_pieces_of_a_heading_are_the_heading(text, query):
    assert "".join(piece.text for piece in marked(text, read(query))) == text


@given(st.text(alphabet="ab åö.\n-", max_size=200), st.integers(1, 60))
def test_a_snippet_is_a_stretch_of_the_text(text, length):
    found = "".join(piece.text for piece in snippet(text, read("ab å"), length))
    assert found.removeprefix("…").removesuffix("…") in text


def test_a_page_of_long_texts_is_quick():
    text = (FILLER * 110 + "Avgiften för arkivet höjs. ") * 2
    reading = read("avgift arkiv kommun")
    snippet(text, reading)
    start = time.perf_counter()
    for _ in range(10):
        snippet(text, reading)
    # Measured 30 ms; the rest is for a busy machine.
    assert time.perf_counter() - start < 0.5
