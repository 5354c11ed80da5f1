"""Polls for the tests: as objects and as JSON, from short texts, and at random.

A roll is written "S1 S2:7 S3- S4!": a weight after the colon (else 1), `-` is absent, `!` recused.
Ballots on a matter are written "S1=yes S2=no".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from governance.polls import (
    Ballot,
    Base,
    Choice,
    ElectionBallot,
    ElectionPoll,
    MatterPoll,
    Roll,
    RollRow,
    Rule,
    RuleType,
)

if TYPE_CHECKING:
    import random

SIMPLE = Rule(RuleType.SIMPLE)
TWO_THIRDS = Rule(RuleType.QUALIFIED, 2, 3)


def make_row(text: str) -> RollRow:
    """Return the row written as `text`."""
    seat, _, weight = text.rstrip("-!").partition(":")
    return RollRow(
        seat=seat,
        municipality="0180",
        weight=int(weight or 1),
        present=not text.endswith("-"),
        recused=text.endswith("!"),
    )


def make_roll(text: str, *, vacancies: int = 0) -> Roll:
    """Return the roll written as `text`."""
    rows = tuple(make_row(row) for row in text.split())
    return Roll(seats=len(rows) + vacancies, vacancies=vacancies, rows=rows)


def make_matter(
    roll: str, ballots: str, rule: Rule = SIMPLE, *, vacancies: int = 0, **setting: Any
) -> MatterPoll:
    """Return the poll on a matter written as `roll` and `ballots`."""
    pairs = [ballot.split("=") for ballot in ballots.split()]
    return MatterPoll(
        roll=make_roll(roll, vacancies=vacancies),
        rule=rule,
        ballots=tuple(Ballot(seat, Choice(choice)) for seat, choice in pairs),
        **setting,
    )


def make_election(
    roll: str, positions: int, ballots: dict[str, list[str]], **setting: Any
) -> ElectionPoll:
    """Return the election with `ballots` as lists of names by seat."""
    return ElectionPoll(
        roll=make_roll(roll),
        positions=positions,
        ballots=tuple(ElectionBallot(seat, tuple(names)) for seat, names in ballots.items()),
        **setting,
    )


def random_poll_json(chance: random.Random) -> dict[str, Any]:
    """Return the JSON of a random poll that keeps the contract."""
    heavy = chance.random() < 0.5
    roll = [
        {
            "seat": f"S{place}",
            "municipality": f"{chance.randint(0, 9999):04}",
            "weight": chance.choice([0, 1, 2, 3, 10**20]) if heavy else 1,
            "present": chance.random() < 0.85,
            "recused": chance.random() < 0.1,
        }
        for place in range(chance.randint(0, 7))
    ]
    vacancies = chance.randint(0 if roll else 1, 2)
    seats = [row["seat"] for row in roll]
    poll = {
        "seats": len(roll) + vacancies,
        "vacancies": vacancies,
        "quorum": chance.random() < 0.6,
        "chair": chance.choice([*seats, None, "S99"]),
        "casting_vote": chance.random() < 0.7,
        "double_majority": chance.random() < 0.4,
        "rule": _random_rule(chance),
        "roll": roll,
    }
    if chance.random() < 0.3:
        poll["per_capsulam"] = chance.random() < 0.8
    if poll["chair"] is None and chance.random() < 0.5:
        poll["chair_view"] = chance.choice(["yes", "no"])
    serving = [row["seat"] for row in roll if row["present"] and not row["recused"]]
    voting = [seat for seat in serving if chance.random() < 0.9]
    chance.shuffle(voting)
    return poll | _random_ballots(chance, voting)


def _random_ballots(chance: random.Random, voting: list[str]) -> dict[str, Any]:
    """Return kind and ballots of a random poll."""
    if chance.random() < 0.7:
        choices = ["yes", "yes", "no", "no", "abstain", "blank"]
        ballots = [{"seat": seat, "choice": chance.choice(choices)} for seat in voting]
        return {"kind": "matter", "ballots": ballots}
    positions = chance.randint(1, 3)
    ballots = []
    for seat in voting:
        names = chance.sample(["Ö", "A", "b", "C"], chance.randint(0, positions))
        ballots.append({"seat": seat, "choice": names or chance.choice(["blank", []])})
    return {"kind": "election", "positions": positions, "ballots": ballots}


def _random_rule(chance: random.Random) -> dict[str, Any]:
    """Return the JSON of a random rule."""
    kind = chance.choice([kind.value for kind in RuleType])
    rule: dict[str, Any] = {"type": kind}
    if kind in {"qualified", "minority"} or chance.random() < 0.2:
        rule["denominator"] = chance.randint(1, 5)
        rule["numerator"] = chance.randint(0, rule["denominator"])
    if chance.random() < 0.6:
        rule["base"] = chance.choice([base.value for base in Base])
    return rule


@st.composite
def matter_polls(draw: st.DrawFn) -> MatterPoll:
    """Draw a poll on a matter, close to ties, with every rule and setting."""
    size = draw(st.integers(0, 6))
    weight = draw(st.sampled_from([st.just(1), st.integers(0, 3)]))
    mostly = st.sampled_from([True, True, True, False])
    rows = tuple(
        RollRow(f"S{place}", "0180", draw(weight), draw(mostly), not draw(mostly))
        for place in range(size)
    )
    vacancies = draw(st.integers(0 if rows else 1, 2))
    roll = Roll(size + vacancies, vacancies, rows)
    choice = st.sampled_from([None, *Choice])
    drawn = [(row.seat, draw(choice)) for row in roll.serving]
    chair = draw(st.sampled_from([None, *(row.seat for row in rows)]))
    views = [None, Choice.YES, Choice.NO] if chair is None else [None]
    return MatterPoll(
        roll=roll,
        rule=draw(rules()),
        ballots=tuple(Ballot(seat, choice) for seat, choice in drawn if choice),
        chair=chair,
        quorum=draw(st.booleans()),
        casting_vote=draw(st.booleans()),
        double_majority=draw(st.booleans()),
        per_capsulam=draw(st.booleans()),
        chair_view=draw(st.sampled_from(views)),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Draw a rule of any type and base."""
    denominator = draw(st.integers(1, 4))
    return Rule(
        draw(st.sampled_from(RuleType)),
        draw(st.integers(0, denominator)),
        denominator,
        draw(st.sampled_from([None, *Base])),
    )
