"""Stray control characters never reach what is stored, and stop no feed."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.feeds import PlainAtomFeed
from core.middleware import printable_form
from core.plain_text import printable


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("Rad ett\r\nrad två\tmed flik", "Rad ett\r\nrad två\tmed flik"),
        ("Budget\x0b2027\x00", "Budget2027"),
        ("\uf0b7 punkt \uf0a7 fyrkant", "• punkt ▪ fyrkant"),
        ("👍 漢字 Łukasz", "👍 漢字 Łukasz"),
        ("a\ufffeb\ud800c\x9fd", "abcd"),
    ],
)
def test_only_what_cannot_be_shown_is_dropped(given_text, kept):
    assert printable(given_text) == kept


@given(st.text())
def test_printable_text_stays_as_it_is(text):
    assert printable(printable(text)) == printable(text)


def test_a_feed_with_a_stray_character_is_written():
    feed = PlainAtomFeed("Flöde", "/", "Om")
    feed.add_item("Budget\x0b2027", "/a/", "text\x01")
    stream = io.StringIO()
    feed.write(stream, "utf-8")
    assert "Budget2027" in stream.getvalue()


def test_a_form_keeps_its_values_but_not_the_stray_characters(rf):
    fields = {"namn": "Rådet\x00", "val": ["a", "b\x02"], "orört": "Å"}
    request = rf.post("/", fields)
    cleaned = printable_form(request.POST)
    assert dict(cleaned.lists()) == {"namn": ["Rådet"], "val": ["a", "b"], "orört": ["Å"]}
    assert printable_form(cleaned) is cleaned


def test_what_is_posted_to_a_page_is_cleaned(client, db):
    address = "/konto/login/"
    shown = client.post(address, {"login": "ingen\x0b@exempel.invalid\x00", "password": "x"})
    assert shown.context["form"].data["login"] == "ingen@exempel.invalid"
