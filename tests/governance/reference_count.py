"""A second count of a poll, written from the contract alone and in another way.

It works on the JSON with fractions instead of the product's objects with integers, so that the
two can only agree when both are right.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def reference_count(poll: dict[str, Any]) -> dict[str, Any]:
    """Return the result of `poll`, of a matter without the text `required`."""
    serving = {row["seat"]: row for row in poll["roll"] if row["present"] and not row["recused"]}
    quorate = not poll["quorum"] or Fraction(len(serving), poll["seats"]) > Fraction(1, 2)
    if poll["kind"] == "election":
        return _election(poll, serving) if quorate else _nobody("not_quorate")
    heads, weight = _sums(poll, serving, by_head=True), _sums(poll, serving, by_head=False)
    result = {
        "state": "not_quorate",
        "outcome": None,
        "by": None,
        "heads": {key: heads[key] for key in ("yes", "no", "abstain")},
        "weight": {key: weight[key] for key in ("yes", "no", "abstain")},
        "base": _base(poll, weight),
    }
    if quorate:
        result |= _decision(poll, heads, weight)
    return result


def _sums(poll: dict[str, Any], serving: dict[str, Any], *, by_head: bool) -> dict[str, int]:
    """Return every figure there is, by head or by weight."""

    def size(row: dict[str, Any]) -> int:
        return 1 if by_head else int(row["weight"])

    def of(*choices: str) -> int:
        return sum(size(serving[b["seat"]]) for b in poll["ballots"] if b["choice"] in choices)

    rows = poll["roll"]
    unweighted = {row["weight"] for row in rows} <= {1}
    return {
        "yes": of("yes"),
        "no": of("no"),
        "abstain": of("abstain", "blank"),
        "cast": of("yes", "no"),
        "present": sum(size(row) for row in serving.values()),
        "roll": sum(size(row) for row in rows),
        "all": poll["seats"] if by_head or unweighted else sum(size(row) for row in rows),
    }


def _base(poll: dict[str, Any], sums: dict[str, int]) -> int:
    rule = poll["rule"]
    if rule["type"] in ("simple", "minority"):
        return sums["cast"]
    default = "cast"
    if rule["type"] == "unanimous":
        default = "roll" if poll.get("per_capsulam") else "present"
    return sums[rule.get("base", default)]


def _verdict(poll: dict[str, Any], sums: dict[str, int]) -> str:
    """Return carried, rejected or tie."""
    rule, yes, no = poll["rule"], sums["yes"], sums["no"]
    base = _base(poll, sums)
    fraction = Fraction(rule.get("numerator", 0), rule.get("denominator", 1))
    match rule["type"]:
        case "absolute":
            carried = base > 0 and Fraction(yes, base) > Fraction(1, 2)
        case "qualified":
            carried = yes + no > 0 and yes >= fraction * base
        case "unanimous":
            carried = yes > 0 and yes == base
        case "minority" if no > 0 and no >= fraction * sums["present"]:
            carried = False
        case _ if yes == no:
            return "tie"
        case _:
            carried = yes > no
    return "carried" if carried else "rejected"


def _decision(
    poll: dict[str, Any], heads: dict[str, int], weight: dict[str, int]
) -> dict[str, str | None]:
    verdict, by = _verdict(poll, weight), "majority"
    if verdict == "tie" and not poll["casting_vote"]:
        verdict = "rejected"
    if verdict == "tie":
        views = {ballot["seat"]: ballot["choice"] for ballot in poll["ballots"]}
        view = poll.get("chair_view") or views.get(poll["chair"])
        if view not in ("yes", "no"):
            return {"state": "awaiting_chair", "outcome": None, "by": None}
        verdict, by = ("carried" if view == "yes" else "rejected"), "casting_vote"
    if poll["double_majority"] and _verdict(poll, heads) != "carried":
        verdict = "rejected"
    return {"state": "decided", "outcome": verdict, "by": by}


def _nobody(state: str) -> dict[str, Any]:
    return {"state": state, "elected": [], "lot_between": [], "lot_positions": 0}


def _election(poll: dict[str, Any], serving: dict[str, Any]) -> dict[str, Any]:
    """Elect by counting for each name how many are safely ahead of it or level with it."""
    votes: dict[str, int] = {}
    for ballot in poll["ballots"]:
        for name in ballot["choice"] if ballot["choice"] != "blank" else []:
            votes[name] = votes.get(name, 0) + serving[ballot["seat"]]["weight"]
    elected, level = [], []
    for name, own in votes.items():
        better = sum(other > own for other in votes.values())
        not_worse = sum(other >= own for other in votes.values())
        if not_worse <= poll["positions"]:
            elected.append(name)
        elif better < poll["positions"]:
            level.append(name)
    return {
        "state": "awaiting_lot" if level else "decided",
        "elected": sorted(elected),
        "lot_between": sorted(level),
        "lot_positions": poll["positions"] - len(elected) if level else 0,
    }
