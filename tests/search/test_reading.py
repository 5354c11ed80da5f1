import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.reading import MOST_TERMS, Reading, read
from search.words import Term


def term(stem, word=None, fold=None, parts=(), *, is_prefix=False):
    word = word or stem
    return Term(stem=stem, word=word, fold=fold or word, parts=parts, is_prefix=is_prefix)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("  ?! ", ()),
        ("avgifter", (term("avgift", "avgifter", "avgift"),)),
        ("Råd", (term("råd"),)),
        ("radet", (term("radet", fold="rad"),)),
        ("forvaltning", (term("forvaltning"),)),
        ("overformyndarens", (term("overformyndaren", "overformyndarens", "overformyndare"),)),
        ("elevregister", (term("elevregister", parts=("elev", "register")),)),
        ("avgift för och avgifter", (term("avgift"),)),
        ("för", (term("för"),)),
        ("§ 12", (term("12"),)),
        ("§12/2026", (term("12/2026", parts=("12", "2026")),)),
        ('"budget"', (term("budget"),)),
    ],
)
def test_words_become_terms(text, terms):
    assert read(text) == Reading(terms)


@pytest.mark.parametrize(
    "text", ['"kommunal samverkan"', "”kommunala samverkan”", "“Kommunalt samverkan“"]
)
def test_words_between_marks_are_a_phrase(text):
    assert read(text) == Reading(phrases=(("kommunal", "samverkan"),))


def test_a_phrase_keeps_its_stop_words_and_stands_beside_terms():
    assert read('val "plan för skolan" av') == Reading((term("val"),), (("plan", "för", "skola"),))


def test_a_mark_that_is_not_closed_is_nothing():
    assert read('"avgift') == Reading((term("avgift"),))


@pytest.mark.parametrize(
    ("text", "is_prefix"),
    [
        ("avgift budg", [False, True]),
        ("avgift budg ", [False, False]),
        ("avgift på", [False]),
        ("budg avgift budg", [False, True]),
    ],
)
def test_the_last_word_may_be_the_start_of_one(text, is_prefix):
    assert [term.is_prefix for term in read(text, still_writing=True).terms] == is_prefix


def test_a_long_question_is_cut_but_keeps_the_word_being_written():
    words = [f"ord{number}" for number in range(20)]
    found = read(" ".join(words), still_writing=True).terms
    assert [each.word for each in found] == [*words[: MOST_TERMS - 1], words[-1]]
    assert len(read(" ".join(words)).terms) == MOST_TERMS


@given(st.text(), st.booleans())
def test_anything_can_be_read(text, still_writing):
    assert len(read(text, still_writing=still_writing).terms) <= MOST_TERMS


@given(st.text(alphabet='"”“ aåäö-§/.:1', max_size=60), st.booleans())
def test_any_signs_of_ours_can_be_read(text, still_writing):
    reading = read(text, still_writing=still_writing)
    assert all(len(phrase) > 1 for phrase in reading.phrases)
