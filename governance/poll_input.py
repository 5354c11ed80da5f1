"""The JSON of a poll: what `recount` reads, which is also what an open poll is exported as."""

from __future__ import annotations

from enum import StrEnum

from core.json_input import JsonObject, is_text
from governance.polls import (
    Ballot,
    Base,
    Choice,
    ElectionBallot,
    ElectionPoll,
    MatterPoll,
    PollInputError,
    Roll,
    RollRow,
    Rule,
    RuleType,
)

BLANK = Choice.BLANK.value


class PollKind(StrEnum):
    """What is voted on."""

    MATTER = "matter"
    ELECTION = "election"


class View(StrEnum):
    """What a presiding chair without a seat may support."""

    YES = "yes"
    NO = "no"


def parse_poll(data: object) -> MatterPoll | ElectionPoll:
    """Return the poll that the parsed JSON `data` describes.

    Optional are only `per_capsulam`, `chair_view`, the base of a rule and the fraction of a rule
    that has none; fields the contract does not know are left aside. The fields that an election
    has no use for (rule, casting vote, double majority) are still checked.

    Raises PollInputError, one line naming the field, for anything the contract refuses.
    """
    fields = JsonObject(data, "", PollInputError)
    if fields.one_of("kind", PollKind) is PollKind.ELECTION:
        return _parse_election(fields)
    ballots = tuple(
        Ballot(ballot.text("seat"), ballot.one_of("choice", Choice))
        for ballot in fields.objects("ballots")
    )
    return _parse_matter(fields, ballots)


def _parse_matter(fields: JsonObject, ballots: tuple[Ballot, ...]) -> MatterPoll:
    """Return the poll on a matter with the `ballots` already read."""
    return MatterPoll(
        roll=_parse_roll(fields),
        rule=_parse_rule(fields),
        ballots=ballots,
        chair=_parse_chair(fields),
        quorum=fields.boolean("quorum"),
        casting_vote=fields.boolean("casting_vote"),
        double_majority=fields.boolean("double_majority"),
        per_capsulam=_parse_per_capsulam(fields),
        chair_view=_parse_chair_view(fields),
    )


def _parse_election(fields: JsonObject) -> ElectionPoll:
    """Return the election, once all that it has in common with a matter is found right."""
    common = _parse_matter(fields, ())
    return ElectionPoll(
        roll=common.roll,
        positions=fields.integer("positions", minimum=1),
        ballots=tuple(
            ElectionBallot(ballot.text("seat"), _parse_names(ballot))
            for ballot in fields.objects("ballots")
        ),
        chair=common.chair,
        quorum=common.quorum,
    )


def _parse_roll(fields: JsonObject) -> Roll:
    """Return the electoral roll."""
    return Roll(
        seats=fields.integer("seats", minimum=1),
        vacancies=fields.integer("vacancies", minimum=0),
        rows=tuple(
            RollRow(
                seat=row.text("seat"),
                municipality=row.text("municipality"),
                weight=row.integer("weight", minimum=0),
                present=row.boolean("present"),
                recused=row.boolean("recused"),
            )
            for row in fields.objects("roll")
        ),
    )


def _parse_rule(fields: JsonObject) -> Rule:
    """Return the rule; a fraction is checked also where the rule does not use it."""
    rule = fields.nested("rule")
    return Rule(
        type=rule.one_of("type", RuleType),
        numerator=rule.integer("numerator", minimum=0) if "numerator" in rule else None,
        denominator=rule.integer("denominator", minimum=1) if "denominator" in rule else None,
        base=rule.one_of("base", Base) if "base" in rule else None,
    )


def _parse_chair(fields: JsonObject) -> str | None:
    """Return the seat that presides, None for a chair without a seat."""
    return None if fields.value("chair") is None else fields.text("chair")


def _parse_per_capsulam(fields: JsonObject) -> bool:
    """Return whether the poll is taken without a meeting; usually it is not."""
    return "per_capsulam" in fields and fields.boolean("per_capsulam")


def _parse_chair_view(fields: JsonObject) -> Choice | None:
    """Return what a chair without a seat supports, None when nothing is said."""
    if "chair_view" not in fields:
        return None
    return Choice(fields.one_of("chair_view", View).value)


def _parse_names(ballot: JsonObject) -> tuple[str, ...]:
    """Return the names on a ballot in an election, none when it is blank.

    A name that reads "blank" is refused: it is a blank ballot written wrongly, not a candidate.
    """
    if ballot.value("choice") == BLANK:
        return ()
    names = ballot.array("choice")
    if not all(is_text(name) and name != BLANK for name in names):
        ballot.refuse("choice", "must be names, or blank instead of a list")
    return tuple(str(name) for name in names)
