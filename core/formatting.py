"""How amounts, numbers, dates and words are written; the rules of the design guide.

Nothing here knows Django, so documents, mail and commands can write the same way.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Literal, NamedTuple, get_args

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"

MONTHS = {
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
WEEKDAYS = {
    "sv": ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
SHORT_MONTH_LENGTH = 3

KILOBYTE = 1_000
MEGABYTE = 1_000_000

# "e-underskrift" must stay on one line, but "2-e-3" and the end of "abcde-fgh" are not such words.
E_WORD = re.compile(r"(?<![\w-])[Ee]-\w+")
DAY_AND_MONTH = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(sorted({*MONTHS['sv'], *MONTHS['en']}))})\b")
# A tag, with quoted attribute values that may hold ">".
TAG = re.compile(r"""(<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
# Elements whose text the browser shows as it is, without elements in it.
PLAIN_TEXT_ELEMENTS = frozenset({"title", "option", "textarea", "script", "style"})

# Five dark tiles at most keep the mark light beside the name; the single b is the view's only sun.
GLYPH_TILES = "aaaaabcc."
GLYPH_SIDE = 3
GLYPH_STEP = 11
GLYPH_TILE = "h10v10h-10z"

TileKind = Literal["a", "b", "c"]


class GlyphPart(NamedTuple):
    """The tiles of one colour in a service's mark, as one SVG path."""

    kind: TileKind
    path: str


def thousands(number: int) -> str:
    """Group digits by three with hard spaces: 1234 becomes ``1 234``."""
    _require_integer(number)
    sign = MINUS if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", NBSP)


def kr(ore: int) -> str:
    """Write an amount in öre as kronor; öre are shown only when there are any."""
    _require_integer(ore)
    sign = MINUS if ore < 0 else ""
    whole, rest = divmod(abs(ore), 100)
    decimals = f",{rest:02}" if rest else ""
    return f"{sign}{thousands(whole)}{decimals}{NBSP}kr"


def _require_integer(number: object) -> None:
    """Refuse floats (money is never one) and booleans (they are integers to Python)."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"expected an integer, got {type(number).__name__}")


def long_date(day: date, language: str = "sv") -> str:
    """Write a date in words: ``12 november 2026``."""
    return f"{day.day} {_month(day, language)} {day.year}"


def weekday_date(day: date, language: str = "sv") -> str:
    """Write a date in words with its weekday: ``torsdag 12 november 2026``."""
    names = WEEKDAYS["sv" if _is_swedish(language) else "en"]
    return f"{names[day.weekday()]} {long_date(day, language)}"


def short_month(day: date, language: str = "sv") -> str:
    """Return the month's first letters, for the date squares: ``nov``."""
    return _month(day, language)[:SHORT_MONTH_LENGTH]


def clock(moment: time | datetime, language: str = "sv") -> str:
    """Write a time of day: ``kl. 9.00`` in Swedish, ``09:00`` in English."""
    return f"kl.{NBSP}{_digits(moment)}" if _is_swedish(language) else f"{moment:%H:%M}"


def clock_range(start: time | datetime, end: time | datetime, language: str = "sv") -> str:
    """Write a span of the day: ``kl. 9.00–11.00``."""
    last = _digits(end) if _is_swedish(language) else f"{end:%H:%M}"
    return f"{clock(start, language)}{EN_DASH}{last}"


def _is_swedish(language: str) -> bool:
    return language.partition("-")[0] != "en"


def _month(day: date, language: str) -> str:
    return MONTHS["sv" if _is_swedish(language) else "en"][day.month - 1]


def _digits(moment: time | datetime) -> str:
    return f"{moment.hour}.{moment:%M}"


def file_size(size: int) -> str:
    """Write a file's size as people read it: ``240 kB``, ``1,2 MB``."""
    _require_integer(size)
    if size < MEGABYTE:
        return f"{max(1, round(size / KILOBYTE))}{NBSP}kB"
    return f"{size / MEGABYTE:.1f}".replace(".", ",") + f"{NBSP}MB"


def paragraph_sign(number: int | str, year: int | str | None = None) -> str:
    """Write a paragraph of the minutes with a hard space: ``§ 14`` or ``§ 14/2026``."""
    return f"§{NBSP}{number}" + (f"/{year}" if year else "")


def nobreak(markup: str) -> str:
    """Keep words like "e-underskrift" whole in HTML; attributes and plain text are left alone.

    Stored text is never changed: a hard hyphen would hide the word from search.
    """
    return _on_one_line(E_WORD, markup)


def whole_dates(markup: str) -> str:
    """Keep the day with its month in HTML; the year may go to the next line of a narrow screen."""
    return _on_one_line(DAY_AND_MONTH, markup)


def _on_one_line(words: re.Pattern[str], markup: str) -> str:
    inside: str | None = None
    result = []
    for part in TAG.split(markup):
        if part.startswith("<"):
            inside = _plain_text_element(part, inside)
            result.append(part)
        else:
            whole = words.sub(r'<span class="nowrap">\g<0></span>', part)
            result.append(part if inside else whole)
    return "".join(result)


def _plain_text_element(tag: str, inside: str | None) -> str | None:
    """Return the plain-text element that the text after the tag belongs to."""
    name = tag.strip("</>").split(None, 1)[0].lower() if tag.strip("</>") else ""
    if inside is not None:
        return None if tag.startswith("</") and name == inside else inside
    return name if name in PLAIN_TEXT_ELEMENTS and not tag.startswith("</") else None


def glyph(slug: str) -> list[GlyphPart]:
    """Draw a service's mark of 3×3 tiles; the same slug gives the same mark everywhere."""
    digest = hashlib.sha256(slug.encode()).digest()
    order = sorted(range(len(GLYPH_TILES)), key=lambda place: (digest[place], place))
    tiles = [GLYPH_TILES[place] for place in order]
    squares: dict[str, list[str]] = {kind: [] for kind in get_args(TileKind)}
    for place, kind in enumerate(tiles):
        if kind in squares:
            row, column = divmod(place, GLYPH_SIDE)
            squares[kind].append(f"M{column * GLYPH_STEP} {row * GLYPH_STEP}{GLYPH_TILE}")
    return [GlyphPart(kind, "".join(squares[kind])) for kind in get_args(TileKind)]


def map_tile_links(tiles: Iterable[Mapping[str, object]], on_label: str = "") -> str:
    """Draw the tile map's links, one per municipality, in grid units.

    A template loop over 290 tiles costs more than the rest of a page, hence a function. A marked
    tile says so in its name (``on_label``), since colour alone may not carry it.
    """
    suffix = f", {html.escape(on_label)}" if on_label else ""
    parts = []
    for tile in tiles:
        state = str(tile["state"])
        marked = ' class="t-on"' if state == "on" else ' class="t-lan"' if state == "county" else ""
        url, name = html.escape(str(tile["url"])), html.escape(str(tile["name"]))
        parts.append(
            f'<a href="{url}"><title>{name}{suffix if state == "on" else ""}</title>'
            f'<rect{marked} x="{tile["x"]}" y="{tile["y"]}" width=".83" height=".83"/></a>'
        )
    return "".join(parts)


def change_query(
    pairs: Sequence[tuple[str, str]],
    changes: Mapping[str, object],
    *,
    removed: Sequence[tuple[str, str]] = (),
) -> list[tuple[str, str]]:
    """Return the query's pairs with parameters replaced (None removes) and single values taken out.

    The rest keeps its order; replaced parameters go last. A list or tuple gives several values.
    """
    kept = [pair for pair in pairs if pair[0] not in changes and pair not in removed]
    for name, value in changes.items():
        values = value if isinstance(value, list | tuple) else [] if value is None else [value]
        kept += [(name, str(single)) for single in values]
    return kept
