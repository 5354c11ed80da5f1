"""Menus hold what the apps register, in order."""

import pytest

from core.menus import Entry, Place, entries, register, remove

LATE = Entry(Place.MAIN, "Sent", "/sent/", order=900)
EARLY = Entry(Place.MAIN, "Tidigt", "/tidigt/", order=-1)


@pytest.fixture
def registered():
    for entry in (LATE, EARLY):
        register(entry)
    yield
    for entry in (LATE, EARLY):
        remove(entry)


def test_entries_come_in_order(registered):
    labels = [entry.label for entry in entries(Place.MAIN)]
    assert (labels[0], labels[-1]) == ("Tidigt", "Sent")


def test_an_address_is_listed_once(registered):
    register(Entry(Place.MAIN, "Senare", "/sent/", order=900))
    assert [e.label for e in entries(Place.MAIN) if e.url == "/sent/"] == ["Senare"]


def test_menus_are_kept_apart(registered):
    assert LATE not in entries(Place.ABOUT)
