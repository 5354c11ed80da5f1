"""The design guide's rules for writing, checked without Django."""

from datetime import date, datetime, time

import pytest

from core import formatting

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("ore", "written"),
    [
        (13_830_000, "138_300_kr"),
        (123_450, "1_234,50_kr"),
        (5, "0,05_kr"),
        (0, "0_kr"),
        (-123_456_700, "−1_234_567_kr"),
    ],
)
def test_kr(ore: int, written: str) -> None:
    assert formatting.kr(ore) == written.replace("_", NBSP)


@pytest.mark.parametrize("amount", [1.5, True, "100"])
def test_kr_refuses_what_is_no_integer(amount: object) -> None:
    with pytest.raises(TypeError):
        formatting.kr(amount)  # type: ignore[arg-type]


def test_dates_and_times() -> None:
    assert formatting.long_date(date(2026, 11, 12)) == "12 november 2026"
    assert formatting.long_date(date(2026, 5, 1), "en-gb") == "1 May 2026"
    assert formatting.weekday_date(date(2026, 3, 12)) == "torsdag 12 mars 2026"
    assert formatting.weekday_date(date(2026, 5, 3), "en-gb") == "Sunday 3 May 2026"
    assert formatting.short_month(date(2026, 5, 1)) == "maj"
    assert formatting.clock(datetime(2026, 1, 1, 9, 5)) == f"kl.{NBSP}9.05"  # noqa: DTZ001 -- already local
    assert formatting.clock_range(time(9), time(11, 30)) == f"kl.{NBSP}9.00–11.30"
    assert formatting.clock(time(9), "en") == "09:00"


def test_paragraph_sign() -> None:
    assert formatting.paragraph_sign(14) == f"§{NBSP}14"
    assert formatting.paragraph_sign(14, 2026) == f"§{NBSP}14/2026"


@pytest.mark.parametrize(
    ("size", "written"),
    [(1, "1_kB"), (240_123, "240_kB"), (999_499, "999_kB"), (1_240_000, "1,2_MB")],
)
def test_file_size(size: int, written: str) -> None:
    assert formatting.file_size(size) == written.replace("_", NBSP)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Om E-underskrift och e-post", "Om [E-underskrift] och [e-post]"),
        (
            '<a title="e-post" href="/?q=a>b">e-post</a>',
            '<a title="e-post" href="/?q=a>b">[e-post]</a>',
        ),
        ("<title>e-post</title> e-post", "<title>e-post</title> [e-post]"),
        (
            "<option>e-post <b>e-post</b></option>e-id",
            "<option>e-post <b>e-post</b></option>[e-id]",
        ),
        ("<!-- e-post -->e-post", "<!-- e-post -->[e-post]"),
        ("2 &lt; 3 the-e-post e- post", "2 &lt; 3 the-e-post e- post"),
        ("e-underskrifts-lösning", "[e-underskrifts]-lösning"),
    ],
)
def test_nobreak(markup: str, expected: str) -> None:
    spans = expected.replace("[", '<span class="nowrap">').replace("]", "</span>")
    assert formatting.nobreak(markup) == spans


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Protokoll 30 november 2026", "Protokoll [30 november] 2026"),
        ("Minutes 1 May 2026", "Minutes [1 May] 2026"),
        ('<a title="3 maj">13 maj</a>', '<a title="3 maj">[13 maj]</a>'),
        ("113 maj 3 majs 2026-05-03", "113 maj 3 majs 2026-05-03"),
    ],
)
def test_whole_dates(markup: str, expected: str) -> None:
    spans = expected.replace("[", '<span class="nowrap">').replace("]", "</span>")
    assert formatting.whole_dates(markup) == spans


def test_glyph_is_the_same_for_the_same_slug_and_has_one_sun() -> None:
    parts = {part.kind: part.path.count("M") for part in formatting.glyph("provisum")}
    assert parts == {"a": 5, "b": 1, "c": 2}
    assert formatting.glyph("provisum") == formatting.glyph("provisum")
    assert formatting.glyph("provisum") != formatting.glyph("egil")


def test_map_tile_links_escape_and_name_the_marked() -> None:
    tile = {
        "x": 1,
        "y": 2,
        "code": "0180",
        "name": "A & B",
        "state": "on",
        "url": "/kommuner/0180/",
    }
    assert formatting.map_tile_links([tile], "medlem") == (
        '<a href="/kommuner/0180/"><title>A &amp; B, medlem</title>'
        '<rect class="t-on" x="1" y="2" width=".83" height=".83"/></a>'
    )


def test_change_query_replaces_removes_and_keeps_the_rest() -> None:
    pairs = [("q", "å"), ("tema", "a"), ("tema", "b"), ("page", "3")]
    assert formatting.change_query(pairs, {"page": 4}) == [*pairs[:3], ("page", "4")]
    assert formatting.change_query(pairs, {"page": None}, removed=[("tema", "a")]) == [
        ("q", "å"),
        ("tema", "b"),
    ]
    assert formatting.change_query([], {"tema": ["a", "b"]}) == [("tema", "a"), ("tema", "b")]
