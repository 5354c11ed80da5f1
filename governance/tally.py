"""Counting a poll on a matter: a pure function of roll, ballots and rule.

Every threshold is compared by multiplying integers, never by dividing, so a proposal exactly on
the limit is decided right. Source: rules.md 1.4; the casting vote is kommunallagen 5:56.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from governance.polls import Base, Choice, RuleType
from governance.requirement import describe_requirement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from governance.polls import MatterPoll, Roll, Rule


class MatterState(StrEnum):
    """Where the count of a matter ends."""

    DECIDED = "decided"
    AWAITING_CHAIR = "awaiting_chair"
    NOT_QUORATE = "not_quorate"


class Outcome(StrEnum):
    """What became of the proposal that yes stood for."""

    CARRIED = "carried"
    REJECTED = "rejected"


class DecidedBy(StrEnum):
    """What decided the weights: the votes, or the chair's casting vote (utslagsröst)."""

    MAJORITY = "majority"
    CASTING_VOTE = "casting_vote"


@dataclass(frozen=True, slots=True)
class Totals:
    """Votes for and against, and those that were neither (abstaining and blank)."""

    yes: int
    no: int
    abstain: int

    @property
    def cast(self) -> int:
        """Return yes and no together; abstaining is not casting a vote."""
        return self.yes + self.no


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a rule is measured on, in one measure: weights, or heads.

    `present` is the serving, `roll` every row of the roll, `all` the base `all`.
    """

    totals: Totals
    present: int
    roll: int
    all: int


@dataclass(frozen=True, slots=True)
class MatterResult:
    """The result of a poll on a matter, as it goes into the minutes.

    `outcome` and `by` are None until it is decided; `base` is the figure the rule measures
    against, `required` says in Swedish what was needed.
    """

    state: MatterState
    outcome: Outcome | None
    by: DecidedBy | None
    heads: Totals
    weight: Totals
    base: int
    required: str


def tally(poll: MatterPoll) -> MatterResult:
    """Return the result of `poll`. The same poll always gives the same result.

    Without quorum nothing is decided. A tie under a rule that knows the casting vote waits for
    the chair when the chair has no view to decide by (kommunallagen 4:25: the chair must vote).
    """
    weight, heads = figures_by_weight(poll), figures_by_heads(poll)
    state, outcome, by = _decide(poll, weight, heads)
    base = base_of(poll.rule, weight, per_capsulam=poll.per_capsulam)
    return MatterResult(
        state=state,
        outcome=outcome,
        by=by,
        heads=heads.totals,
        weight=weight.totals,
        base=base,
        required=describe_requirement(poll, base=base, present=weight.present),
    )


def figures_by_weight(poll: MatterPoll) -> Figures:
    """Return the figures of `poll` in weights, as frozen on the roll.

    The base `all` is the number of seats when every weight is 1, so that a vacancy counts; seats
    without a weight of their own cannot be counted in weights, so else it is the roll's total.
    """
    weights = {row.seat: row.weight for row in poll.roll.rows}
    total = sum(weights.values())
    unweighted = all(weight == 1 for weight in weights.values())
    return Figures(
        totals=_totals((ballot.choice, weights[ballot.seat]) for ballot in poll.ballots),
        present=_serving_weight(poll.roll),
        roll=total,
        all=poll.roll.seats if unweighted else total,
    )


def figures_by_heads(poll: MatterPoll) -> Figures:
    """Return the figures of `poll` with every seat counted once."""
    return Figures(
        totals=_totals((ballot.choice, 1) for ballot in poll.ballots),
        present=len(poll.roll.serving),
        roll=len(poll.roll.rows),
        all=poll.roll.seats,
    )


def base_of(rule: Rule, figures: Figures, *, per_capsulam: bool) -> int:
    """Return the figure that `rule` measures the yes votes against.

    Simple and minority rules compare yes with no, so theirs is always the votes cast. Nobody is
    present per capsulam, so unanimity there means the whole roll.
    """
    if rule.type in {RuleType.SIMPLE, RuleType.MINORITY}:
        return figures.totals.cast
    if rule.base is None and rule.type is RuleType.UNANIMOUS:
        return figures.roll if per_capsulam else figures.present
    bases = {Base.PRESENT: figures.present, Base.ALL: figures.all, Base.CAST: figures.totals.cast}
    return bases[rule.base or Base.CAST]


def apply_rule(rule: Rule, figures: Figures, *, per_capsulam: bool) -> Outcome | None:
    """Return what `rule` makes of the figures; None is a tie that the rule itself leaves open."""
    totals = figures.totals
    if rule.type is RuleType.MINORITY and _is_blocked(rule, figures):
        return Outcome.REJECTED
    if rule.type in {RuleType.SIMPLE, RuleType.MINORITY}:
        return None if totals.yes == totals.no else _carried_if(passes=totals.yes > totals.no)
    numerator, denominator = rule.fraction
    base = base_of(rule, figures, per_capsulam=per_capsulam)
    passes = {
        RuleType.ABSOLUTE: 2 * totals.yes > base > 0,
        RuleType.QUALIFIED: denominator * totals.yes >= numerator * base and totals.cast > 0,
        RuleType.UNANIMOUS: totals.yes == base and totals.yes > 0,
    }
    return _carried_if(passes=passes[rule.type])


def _is_blocked(rule: Rule, figures: Figures) -> bool:
    """Tell whether a minority of the serving refers back or tables (kommunallagen 5:50)."""
    numerator, denominator = rule.fraction
    no = figures.totals.no
    return no > 0 and denominator * no >= numerator * figures.present


def _decide(
    poll: MatterPoll, weight: Figures, heads: Figures
) -> tuple[MatterState, Outcome | None, DecidedBy | None]:
    """Return state, outcome and what decided."""
    if poll.quorum and not poll.roll.is_quorate:
        return MatterState.NOT_QUORATE, None, None
    by = DecidedBy.MAJORITY
    outcome = apply_rule(poll.rule, weight, per_capsulam=poll.per_capsulam)
    if outcome is None and not poll.casting_vote:
        outcome = Outcome.REJECTED
    if outcome is None:
        view = _view_of_chair(poll)
        if view is None:
            return MatterState.AWAITING_CHAIR, None, None
        outcome, by = _carried_if(passes=view is Choice.YES), DecidedBy.CASTING_VOTE
    if poll.double_majority and outcome is Outcome.CARRIED:
        # The casting vote decides weights only: a tie on heads is no majority of heads.
        on_heads = apply_rule(poll.rule, heads, per_capsulam=poll.per_capsulam)
        outcome = _carried_if(passes=on_heads is Outcome.CARRIED)
    return MatterState.DECIDED, outcome, by


def _view_of_chair(poll: MatterPoll) -> Choice | None:
    """Return what the presiding chair stands for: yes, no, or None when that is not known."""
    if poll.chair_view is not None:
        return poll.chair_view
    choices = {ballot.seat: ballot.choice for ballot in poll.ballots}
    choice = None if poll.chair is None else choices.get(poll.chair)
    return choice if choice in {Choice.YES, Choice.NO} else None


def _totals(votes: Iterable[tuple[Choice, int]]) -> Totals:
    """Return the sums of votes, each a choice and what it counts for."""
    sums = dict.fromkeys(Choice, 0)
    for choice, size in votes:
        sums[choice] += size
    return Totals(sums[Choice.YES], sums[Choice.NO], sums[Choice.ABSTAIN] + sums[Choice.BLANK])


def _serving_weight(roll: Roll) -> int:
    """Return the weights of the serving together."""
    return sum(row.weight for row in roll.serving)


def _carried_if(*, passes: bool) -> Outcome:
    """Return carried when it passes, else rejected."""
    return Outcome.CARRIED if passes else Outcome.REJECTED
