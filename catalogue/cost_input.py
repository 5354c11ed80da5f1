"""The JSON of `split_cost`: what a cost, its parts and its members look like from outside."""

from __future__ import annotations

from enum import StrEnum

from catalogue.cost_sharing import (
    CostInputError,
    CostMember,
    Figure,
    FixedPart,
    Part,
    SharedPart,
    split_cost,
)
from core.json_input import JsonObject


class PartKind(StrEnum):
    """What may stand as `by` of a part in the JSON."""

    EQUAL = "equal"
    POPULATION = "population"
    POINTS = "points"
    USAGE = "usage"
    FIXED = "fixed"


def split_cost_json(data: object) -> dict[str, object]:
    """Return the answer of `split_cost` to the parsed JSON `data`, amounts in öre.

    Raises CostInputError, one line naming the field, for anything the contract refuses.
    """
    total, parts, members = parse_cost(data)
    return {
        "total": total,
        "members": [
            {"code": row.code, "amount": row.amount} for row in split_cost(total, parts, members)
        ],
    }


def parse_cost(data: object) -> tuple[int, list[Part], list[CostMember]]:
    """Return total (öre), parts and members of the parsed JSON `data`.

    Raises CostInputError for a field that is missing or not of its type.
    """
    cost = JsonObject(data, "", CostInputError)
    return (
        cost.integer("total", minimum=0),
        [_parse_part(part) for part in cost.objects("parts")],
        [_parse_member(member) for member in cost.objects("members")],
    )


def _parse_part(part: JsonObject) -> Part:
    """Return one part: fixed with its amount, or shared with its share."""
    by = part.one_of("by", PartKind)
    if by is PartKind.FIXED:
        return FixedPart(amount=part.integer("amount", minimum=0))
    return SharedPart(share=part.integer("share", minimum=0), by=Figure(by.value))


def _parse_member(member: JsonObject) -> CostMember:
    """Return one member; a figure may be absent, and is then missed only by a part that uses it."""
    return CostMember(
        code=member.text("code"),
        population=_optional_figure(member, "population"),
        points=_optional_figure(member, "points"),
        usage=_optional_figure(member, "usage"),
    )


def _optional_figure(member: JsonObject, key: str) -> int | None:
    """Return a figure, or None when the member has none."""
    return member.integer(key, minimum=0) if key in member else None
