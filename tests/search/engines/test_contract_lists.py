"""Who finds what, how it is counted and in what order it comes: alike on every engine."""

from datetime import date

import pytest

from search.engines.contract import Hits
from tests.search.engines.asking import asked, fill, found, thing

NEW, OLD = date(2026, 5, 1), date(2020, 5, 1)


@pytest.fixture
def guarded(engine):
    """Things for different readers."""
    fill(
        engine,
        thing("a:1", "skola", day=NEW, year=("2026",), body=("x",)),
        thing("a:2", "skola", audiences=("member",), year=("2025",), body=("secret",)),
        thing("b:3", "skola", audiences=("council:7", "member"), body=("inner",)),
    )
    return engine


def test_nothing_shows_to_others_than_those_who_may_find_it(guarded):
    for query in (asked("skola"), asked(), asked("skola", newest_first=True)):
        assert guarded.search(query) == Hits(
            total=1,
            keys=("a:1",),
            facets={"kind": (("a", 1),), "body": (("x", 1),), "year": (("2026", 1),)},
        )
    assert found(guarded, "skola", filters={"body": ("secret",)}) == []
    assert found(guarded, "skola", filters={"kind": ("a", "b")}) == ["a:1"]


@pytest.mark.parametrize(
    ("audiences", "keys"),
    [
        (("council:7",), ["b:3"]),
        (("member",), ["a:2", "b:3"]),
        (("member", "council:7"), ["a:2", "b:3"]),
        (("public", "council:7"), ["a:1", "b:3"]),
        (("public", "member", "council:7"), ["a:1", "a:2", "b:3"]),
        (("council",), []),
        ((), []),
    ],
)
def test_a_thing_for_several_readers_is_found_once_by_each(guarded, audiences, keys):
    hits = guarded.search(asked("skola", audiences=audiences))
    assert (hits.total, list(hits.keys)) == (len(keys), keys)


@pytest.fixture
def counted(engine):
    """Things with values to count."""
    fill(
        engine,
        thing("a:1", "skola", body=("x",), year=("2026",)),
        thing("a:2", "skola", body=("x", "y"), year=("2025",)),
        thing("b:3", "skola", body=("y",), year=("2026",)),
        thing("c:4", "skola", body=("x",)),
        thing("d:5", "möte", body=("z",), year=("2024",)),
    )
    return engine


def test_values_are_counted_the_most_frequent_first(counted):
    assert counted.search(asked("skola")).facets == {
        "kind": (("a", 2), ("b", 1), ("c", 1)),
        "body": (("x", 3), ("y", 2)),
        "year": (("2026", 2), ("2025", 1)),
    }


def test_a_facet_is_counted_without_its_own_filter_but_with_the_others(counted):
    hits = counted.search(asked("skola", filters={"kind": ("a",), "body": ("y",)}))
    assert hits == Hits(
        total=1,
        keys=("a:2",),
        facets={
            "kind": (("a", 1), ("b", 1)),
            "body": (("x", 2), ("y", 1)),
            "year": (("2025", 1),),
        },
    )


def test_any_of_the_chosen_values_will_do(counted):
    assert found(counted, "skola", filters={"kind": ("b", "c", "nothing")}) == ["b:3", "c:4"]
    assert found(counted, "skola", filters={"year": ("2024",)}) == []
    assert found(counted, "skola", filters={"kind": ()}) == ["a:1", "a:2", "b:3", "c:4"]


def test_only_the_facets_asked_for_are_counted(counted):
    assert counted.search(asked("skola", facets=("year",))).facets == {
        "year": (("2026", 2), ("2025", 1))
    }
    assert counted.search(asked("skola", facets=())).facets == {}
    assert counted.search(asked("finns")).facets == {"kind": (), "body": (), "year": ()}


@pytest.fixture
def dated(engine):
    """Things alike in words, put in in no order."""
    fill(
        engine,
        thing("a:4", "skola"),
        thing("a:1", "skola", day=OLD),
        thing("a:3", "skola", day=NEW),
        thing("b:2", "skola"),
        thing("a:2", "skola", day=NEW),
        thing("a:0", "möte", day=date(1, 1, 1)),
    )
    return engine


def test_what_fits_alike_comes_newest_first_then_by_key_and_undated_last(dated):
    assert found(dated, "skola") == ["a:2", "a:3", "a:1", "a:4", "b:2"]


def test_without_words_the_newest_comes_first(dated):
    assert found(dated) == ["a:2", "a:3", "a:1", "a:0", "a:4", "b:2"]


def test_newest_first_goes_before_how_well_it_fits(engine):
    fill(
        engine,
        thing("a:1", "skola", "skola", day=OLD),
        thing("a:2", "möte", "skola", day=NEW),
        thing("a:3", "skola", "skola"),
    )
    assert found(engine, "skola", newest_first=True) == ["a:2", "a:1", "a:3"]
    assert found(engine, "skola")[-1] == "a:2"


@pytest.mark.parametrize("words", [("skola",), ()])
@pytest.mark.parametrize("newest_first", [False, True])
def test_pages_follow_on_each_other_without_repeats(engine, words, newest_first):
    things = [thing(f"a:{n:03}", "skola", day=NEW if n % 2 else None) for n in range(500)]
    fill(engine, *reversed(things))
    pages = [
        found(engine, *words, newest_first=newest_first, offset=offset, limit=60)
        for offset in range(0, 540, 60)
    ]
    dated, undated = ([f"a:{n:03}" for n in range(first, 500, 2)] for first in (1, 0))
    assert sum(pages, []) == dated + undated  # noqa: RUF017 - nine short lists


@pytest.mark.parametrize(
    ("offset", "limit", "keys"),
    [(0, 2, ("a:2", "a:3")), (4, 2, ("b:2",)), (5, 2, ()), (0, 0, ()), (20_000, 20, ())],
)
def test_the_number_is_right_on_any_page(dated, offset, limit, keys):
    hits = dated.search(asked("skola", offset=offset, limit=limit))
    assert (hits.total, hits.keys) == (5, keys)
    assert hits.facets["kind"] == (("a", 4), ("b", 1))
