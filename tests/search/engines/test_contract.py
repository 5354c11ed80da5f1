"""What is found: alike on the engine in a folder and on servers of both kinds."""

from datetime import date

import pytest

from search.words import Term
from tests.search.engines.asking import fill, found, term, thing, words

NEW, OLD = date(2026, 5, 1), date(2020, 5, 1)


def test_a_word_in_the_title_counts_more_than_one_in_the_text(engine):
    fill(
        engine,
        thing("a:1", "möte", "skola", day=NEW),
        thing("a:2", "skola", "möte", day=OLD),
        thing("a:3", "möte", "möte"),
    )
    assert found(engine, "skola") == ["a:2", "a:1"]


def test_the_word_counts_more_than_a_part_and_a_part_more_than_one_without_dots(engine):
    fill(
        engine,
        thing("a:1", text=words("x", folds="skola"), day=NEW),
        thing("a:2", text=words("x", parts="skola"), day=NEW),
        thing("a:3", text=words("skola"), day=OLD),
    )
    assert found(engine, "skola") == ["a:3", "a:2", "a:1"]


@pytest.mark.parametrize("place", ["title", "text"])
def test_the_base_form_is_met_by_words_and_by_parts_but_not_by_folds(engine, place):
    fill(
        engine,
        thing("a:1", **{place: words("råd")}),
        thing("a:2", **{place: words("x", parts="råd")}),
        thing("a:3", **{place: words("x", folds="råd")}),
    )
    looked_for = Term(stem="råd", word="råd", fold="rad")
    assert sorted(found(engine, looked_for)) == ["a:1", "a:2"]


@pytest.mark.parametrize("place", ["title", "text"])
def test_the_fold_is_met_by_folds_alone(engine, place):
    fill(
        engine,
        thing("a:1", **{place: words("x", folds="rad")}),
        thing("a:2", **{place: words("rad")}),
        thing("a:3", **{place: words("x", parts="rad")}),
    )
    assert found(engine, Term(stem="råd", word="råd", fold="rad")) == ["a:1"]


def test_all_words_must_be_met(engine):
    fill(
        engine,
        thing("a:1", "skola", "möte"),
        thing("a:2", "skola"),
        thing("a:3", "", "möte skola"),
        thing("a:4", "möte"),
    )
    assert sorted(found(engine, "skola", "möte")) == ["a:1", "a:3"]
    assert found(engine, "skola", "finns", "möte") == []


def test_a_compound_is_met_by_its_parts_apart_but_better_by_itself(engine):
    fill(
        engine,
        thing("a:1", "register elev", day=NEW),
        thing("a:2", words("skolelev", parts="elev"), "register", day=NEW),
        thing("a:3", "elevregister", day=OLD),
        thing("a:4", "elev", day=NEW),
        thing("a:5", "register", day=NEW),
    )
    hits = found(engine, term("elevregister", parts="elev register"))
    assert hits[0] == "a:3"
    assert sorted(hits) == ["a:1", "a:2", "a:3"]
    assert found(engine, "elevregister") == ["a:3"]


def test_the_words_of_a_phrase_stand_in_a_row(engine):
    fill(
        engine,
        thing("a:1", "gemensam upphandling"),
        thing("a:2", "upphandling gemensam"),
        thing("a:3", "", "en gemensam upphandling nu"),
        thing("a:4", "gemensam", "upphandling"),
        thing("a:5", "gemensam stor upphandling"),
    )
    row = ("gemensam", "upphandling")
    assert found(engine, phrases=(row,)) == ["a:1", "a:3"]
    assert found(engine, "nu", phrases=(row,)) == ["a:3"]
    assert found(engine, phrases=(("upphandling", "gemensam"),)) == ["a:2"]
    assert found(engine, phrases=(row, ("en", "gemensam"))) == ["a:3"]
    assert sorted(found(engine, phrases=(("gemensam",),))) == [f"a:{n}" for n in range(1, 6)]


def test_a_word_half_written_is_met_by_what_begins_so(engine):
    fill(
        engine,
        thing("a:1", "förvaltning"),
        thing("a:2", "", "förvaltare"),
        thing("a:3", "överförvaltning"),
        thing("a:4", "förv"),
        thing("a:5", "vatten"),
    )
    assert sorted(found(engine, term("förv", is_prefix=True))) == ["a:1", "a:2", "a:4"]
    assert found(engine, "förv") == ["a:4"]


@pytest.mark.parametrize(
    ("looked_for", "met", "unmet"),
    [
        ("skola", "skala skolan sola sokla", "stolt kolla"),
        ("skola", "akola", "ollas"),
        ("läromedel", "läromedlet lärmdel lromedle", "lämdel mellanled"),
        ("råd", "", "rad råda"),
    ],
)
def test_a_word_is_met_by_what_is_spelled_almost_alike(engine, looked_for, met, unmet):
    fill(engine, *(thing(f"a:{word}", word) for word in f"{met} {unmet}".split()))
    assert found(engine, looked_for) == []
    expected = sorted(f"a:{word}" for word in met.split())
    assert sorted(found(engine, looked_for, fuzzy=True)) == expected


def test_where_nothing_fits_nothing_is_found(engine):
    fill(engine, thing("a:1", "skola"))
    assert found(engine, "finns") == []
    assert found(engine, "finns", fuzzy=True) == []
    assert found(engine, term("finns", is_prefix=True)) == []
    assert found(engine, phrases=(("finns", "inte"),)) == []


SIGNS = [*"*?({[\\-+!$🏫\x00", "ö́", "&&", "||", "~2", "a^9", "/x/", "%s", "vat*", "id:1"]
WORDS = ['citat"', "'enkelt'", "title_stem:vatten", "AND", "OR", "NOT", "TO", "<script>"]
LONG = [*(letter * 300 for letter in "xå🏫"), "x" * 40_000]


def test_odd_words_are_words_as_others(engine):
    things = {f"a:{n}": odd for n, odd in enumerate([*SIGNS, *WORDS, *LONG])}
    fill(engine, *(thing(key, odd, odd) for key, odd in things.items()), thing("b:1", "vatten"))
    for key, odd in things.items():
        if odd not in LONG:
            assert found(engine, odd) == [key]
            assert found(engine, phrases=((odd,),)) == [key]
        for options in ({}, {"fuzzy": True}, {"newest_first": True}, {"phrases": ((odd, odd),)}):
            assert "b:1" not in found(engine, term(odd, parts=odd), **options)
        assert "b:1" not in found(engine, term(odd, is_prefix=True), fuzzy=True)
        assert found(engine, "vatten", odd) == []
        assert found(engine, "vatten", filters={"body": (odd,)}) == []
        assert found(engine, "vatten", audiences=(odd,)) == []
    assert found(engine, "vatten") == ["b:1"]


def test_no_words_at_all_are_met_by_nothing(engine):
    fill(engine, thing("a:1", "skola"))
    assert found(engine, Term("", "", "")) == []
    assert found(engine, Term("", "", "", (), is_prefix=True), fuzzy=True) == []
    assert found(engine, Term("", "", "", ("", ""))) == []
    assert found(engine, phrases=((),)) == ["a:1"]
    assert found(engine, phrases=(("",),)) == []
