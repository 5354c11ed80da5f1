"""The tile map's tiles: one per municipality, each a link."""

from collections.abc import Callable, Iterable
from typing import Any

from home.states import MUNICIPALITIES_SLUG

Row = dict[str, Any]


def address_of(code: str) -> str:
    """Return the address of a municipality's page."""
    return f"/{MUNICIPALITIES_SLUG}/{code}/"


def tiles_of(rows: Iterable[Row], state_of: Callable[[Row], str]) -> list[Row]:
    """Return a tile per municipality; `state_of` answers "on", "county" (half) or "off"."""
    return [
        {
            "x": row["tile_x"],
            "y": row["tile_y"],
            "code": row["code"],
            "name": row["name"],
            "state": state_of(row),
            "url": address_of(row["code"]),
        }
        for row in rows
    ]
