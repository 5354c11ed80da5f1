"""Counting a matter: the corners of every rule, and what holds for every poll."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from governance.polls import Ballot, Base, Choice, MatterPoll, Rule, RuleType
from governance.tally import (
    DecidedBy,
    MatterResult,
    MatterState,
    Outcome,
    Totals,
    tally,
)
from tests.governance.poll_samples import SIMPLE, TWO_THIRDS, make_matter, matter_polls

CARRIED = (MatterState.DECIDED, Outcome.CARRIED, DecidedBy.MAJORITY)
REJECTED = (MatterState.DECIDED, Outcome.REJECTED, DecidedBy.MAJORITY)
CARRIED_BY_CHAIR = (MatterState.DECIDED, Outcome.CARRIED, DecidedBy.CASTING_VOTE)
REJECTED_BY_CHAIR = (MatterState.DECIDED, Outcome.REJECTED, DecidedBy.CASTING_VOTE)
AWAITING_CHAIR = (MatterState.AWAITING_CHAIR, None, None)
NOT_QUORATE = (MatterState.NOT_QUORATE, None, None)
TIE = "S1=yes S2=no"
MINORITY = Rule(RuleType.MINORITY, 1, 3)


def end(poll: MatterPoll) -> tuple[MatterState, Outcome | None, DecidedBy | None]:
    result = tally(poll)
    return result.state, result.outcome, result.by


def test_result_holds_all_figures() -> None:
    poll = make_matter("S1:7 S2:5 S3:3 S4:2 S5:1", "S1=yes S2=no S3=abstain S4=blank", chair="S1")
    assert tally(poll) == MatterResult(
        state=MatterState.DECIDED,
        outcome=Outcome.CARRIED,
        by=DecidedBy.MAJORITY,
        heads=Totals(1, 1, 2),
        weight=Totals(7, 5, 5),
        base=12,
        required="Fler ja än nej. Vid lika röstetal avgör ordförandens utslagsröst.",
    )


# --- quorum ---------------------------------------------------------------------------------


def test_recused_seats_do_not_make_a_quorum() -> None:
    """Q6 and Q8: five of nine serve, one is recused in the item."""
    roll = "S1 S2 S3 S4 S5! S6- S7- S8- S9-"
    assert end(make_matter(roll, "S1=yes")) == NOT_QUORATE
    assert end(make_matter(roll, "S1=yes", quorum=False)) == CARRIED


def test_vacancies_count_against_the_quorum() -> None:
    assert end(make_matter("S1 S2", "S1=yes", vacancies=2)) == NOT_QUORATE
    assert end(make_matter("S1 S2 S3", "S1=yes", vacancies=2)) == CARRIED


def test_an_empty_roll() -> None:
    assert end(make_matter("", "", vacancies=3)) == NOT_QUORATE
    assert end(make_matter("", "", vacancies=3, quorum=False)) == AWAITING_CHAIR
    view = make_matter("", "", vacancies=3, quorum=False, chair_view=Choice.YES)
    assert end(view) == CARRIED_BY_CHAIR
    silent = make_matter("", "", Rule(RuleType.UNANIMOUS), vacancies=3, quorum=False)
    assert (end(silent), tally(silent).base) == (REJECTED, 0)
    every = make_matter("", "", Rule(RuleType.ABSOLUTE, base=Base.ALL), vacancies=3, quorum=False)
    assert (end(every), tally(every).base) == (REJECTED, 3)


# --- ties and the chair ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roll", "ballots", "setting", "expected"),
    [
        ("S1 S2", TIE, {"chair": "S1"}, CARRIED_BY_CHAIR),
        ("S1 S2", TIE, {"chair": "S2"}, REJECTED_BY_CHAIR),
        ("S1 S2", TIE, {"chair": "S1", "casting_vote": False}, REJECTED),
        ("S1 S2", TIE, {}, AWAITING_CHAIR),
        ("S1 S2", TIE, {"chair_view": Choice.YES}, CARRIED_BY_CHAIR),
        ("S1 S2", TIE, {"chair_view": Choice.NO}, REJECTED_BY_CHAIR),
        ("S1 S2", TIE, {"chair_view": Choice.YES, "casting_vote": False}, REJECTED),
        ("S1 S2 S3", f"{TIE} S3=abstain", {"chair": "S3"}, AWAITING_CHAIR),
        ("S1 S2 S3", f"{TIE} S3=blank", {"chair": "S3"}, AWAITING_CHAIR),
        ("S1 S2 S3", TIE, {"chair": "S3"}, AWAITING_CHAIR),
        ("S1 S2 S3!", TIE, {"chair": "S3"}, AWAITING_CHAIR),
        ("S1 S2 S3-", TIE, {"chair": "S3"}, AWAITING_CHAIR),
        ("S1 S2", TIE, {"chair": "S9"}, AWAITING_CHAIR),
        ("S1 S2", "", {"chair": "S1"}, AWAITING_CHAIR),
    ],
)
def test_ties(roll: str, ballots: str, setting: dict[str, object], expected: object) -> None:
    assert end(make_matter(roll, ballots, **setting)) == expected


def test_v05_then_the_chair_votes() -> None:
    roll = "S1 S2 S3 S4 S5 S6- S7- S8- S9-"
    assert end(make_matter(roll, "S1=yes S2=abstain S3=abstain", chair="S1")) == CARRIED


def test_v21_the_vice_chair_presides_and_breaks_the_tie() -> None:
    """Eleven seats, the chair is recused, six are left and S3, the vice chair, presides."""
    roll = "S1! S2 S3 S4 S5 S6 S7 S8- S9- S10- S11-"
    ballots = "S2=yes S3=no S4=yes S5=no S6=abstain S7=abstain"
    assert end(make_matter(roll, ballots, chair="S3")) == REJECTED_BY_CHAIR
    # V22: the ordinary chair, who is out, breaks nothing.
    assert end(make_matter(roll, ballots, chair="S1")) == AWAITING_CHAIR


def test_the_casting_vote_adds_nothing_to_the_totals() -> None:
    result = tally(make_matter("S1 S2", TIE, chair="S1"))
    assert (result.heads, result.weight, result.base) == (Totals(1, 1, 0), Totals(1, 1, 0), 2)


def test_a_chair_without_weight_breaks_a_tie() -> None:
    poll = make_matter("S1:5 S2:5 S3:0", f"{TIE} S3=no", chair="S3")
    assert end(poll) == REJECTED_BY_CHAIR


# --- bases ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "expected"), [(None, 2), (Base.CAST, 2), (Base.PRESENT, 4), (Base.ALL, 7)]
)
def test_bases_without_weights(base: Base | None, expected: int) -> None:
    poll = make_matter(
        "S1 S2 S3 S4 S5! S6-", "S1=yes S2=no S3=abstain", Rule(RuleType.ABSOLUTE, base=base),
        vacancies=1,
    )  # fmt: skip
    assert tally(poll).base == expected


@pytest.mark.parametrize(
    ("base", "expected"), [(None, 9), (Base.CAST, 9), (Base.PRESENT, 19), (Base.ALL, 29)]
)
def test_bases_with_weights(base: Base | None, expected: int) -> None:
    """With weights a vacancy weighs nothing, so all is the roll's total."""
    poll = make_matter(
        "S1:4 S2:5 S3:6 S4:4 S5:3! S6:7-", "S1=yes S2=no S3=abstain",
        Rule(RuleType.ABSOLUTE, base=base), vacancies=1,
    )  # fmt: skip
    assert tally(poll).base == expected


def test_all_is_the_roll_as_soon_as_one_weight_is_not_one() -> None:
    rule = Rule(RuleType.ABSOLUTE, base=Base.ALL)
    assert tally(make_matter("S1 S2 S3:0", "S1=yes", rule, vacancies=5)).base == 2


@pytest.mark.parametrize("kind", [RuleType.SIMPLE, RuleType.MINORITY])
def test_simple_and_minority_leave_the_base_aside(kind: RuleType) -> None:
    rule = Rule(kind, 1, 3, Base.ALL)
    assert tally(make_matter("S1 S2 S3", "S1=yes S2=abstain", rule)).base == 1


def test_bases_of_unanimity() -> None:
    roll, ballots = "S1:2 S2:3 S3:4! S4:5-", "S1=yes S2=yes"
    rule = Rule(RuleType.UNANIMOUS)
    assert tally(make_matter(roll, ballots, rule)).base == 5
    assert tally(make_matter(roll, ballots, rule, per_capsulam=True)).base == 14
    present = Rule(RuleType.UNANIMOUS, base=Base.PRESENT)
    assert tally(make_matter(roll, ballots, present, per_capsulam=True)).base == 5


# --- absolute, qualified, unanimous, minority -----------------------------------------------


def test_nothing_cast_carries_nothing() -> None:
    for rule in (
        Rule(RuleType.ABSOLUTE),
        TWO_THIRDS,
        Rule(RuleType.QUALIFIED, 0, 1),
        Rule(RuleType.UNANIMOUS, base=Base.CAST),
    ):
        assert end(make_matter("S1 S2", "S1=abstain", rule, chair="S1")) == REJECTED


def test_weights_of_nothing_cast_nothing() -> None:
    for rule in (Rule(RuleType.ABSOLUTE), TWO_THIRDS, Rule(RuleType.UNANIMOUS)):
        assert end(make_matter("S1:0 S2:0", "S1=yes S2=yes", rule, chair="S1")) == REJECTED
    assert end(make_matter("S1:0 S2:0", "S1=yes S2=yes", chair="S1")) == CARRIED_BY_CHAIR


def test_a_half_is_on_the_limit_of_one_half() -> None:
    half = Rule(RuleType.QUALIFIED, 1, 2)
    assert end(make_matter("S1 S2", TIE, half, chair="S2")) == CARRIED
    assert end(make_matter("S1 S2", TIE, Rule(RuleType.ABSOLUTE), chair="S1")) == REJECTED


def test_unanimity_needs_every_serving_seat() -> None:
    rule = Rule(RuleType.UNANIMOUS)
    assert end(make_matter("S1 S2 S3!", "S1=yes S2=yes", rule)) == CARRIED
    assert end(make_matter("S1 S2 S3", "S1=yes S2=yes", rule)) == REJECTED


def test_a_minority_is_measured_on_those_who_serve() -> None:
    assert end(make_matter("S1 S2 S3", "S1=yes S2=yes S3=no", MINORITY)) == REJECTED
    four = "S1=yes S2=yes S3=no S4=abstain"
    assert end(make_matter("S1 S2 S3 S4", four, MINORITY)) == CARRIED
    assert end(make_matter("S1 S2 S3 S4!", "S1=yes S2=yes S3=no", MINORITY)) == REJECTED


def test_below_the_minority_a_simple_majority_and_the_chair_decide() -> None:
    rule = Rule(RuleType.MINORITY, 2, 3)
    assert end(make_matter("S1 S2 S3", "S1=yes S2=no", rule, chair="S1")) == CARRIED_BY_CHAIR
    assert end(make_matter("S1 S2 S3", "S1=no", rule, chair="S1")) == REJECTED
    assert end(make_matter("S1 S2 S3", "", rule, chair="S1")) == AWAITING_CHAIR


def test_nobody_against_is_no_minority() -> None:
    weightless = make_matter("S1:0 S2:0", "S1=yes S2=no", MINORITY, chair="S1")
    assert end(weightless) == CARRIED_BY_CHAIR
    assert end(make_matter("S1", "S1=yes", Rule(RuleType.MINORITY, 0, 1))) == CARRIED


# --- double majority ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ballots", "rule", "expected"),
    [
        ("A=yes B=no D=no", SIMPLE, REJECTED_BY_CHAIR),
        ("A=yes B=no D=no C=yes E=yes", SIMPLE, CARRIED),
        ("A=yes B=no", SIMPLE, REJECTED),
        ("A=no B=yes D=yes", SIMPLE, REJECTED_BY_CHAIR),
        ("A=yes B=yes D=yes C=no", TWO_THIRDS, CARRIED),
        ("A=yes B=yes C=no D=no", TWO_THIRDS, REJECTED),
        ("A=yes B=yes", Rule(RuleType.ABSOLUTE, base=Base.ALL), REJECTED),
        ("A=yes B=yes C=yes", Rule(RuleType.ABSOLUTE, base=Base.PRESENT), CARRIED),
        ("A=yes B=yes", Rule(RuleType.ABSOLUTE, base=Base.PRESENT), REJECTED),
        ("A=yes B=yes C=yes D=yes E=yes", Rule(RuleType.UNANIMOUS), CARRIED),
        ("A=yes B=yes D=yes E=no", MINORITY, CARRIED),
        ("A=yes B=yes D=no E=no", MINORITY, REJECTED),
    ],
)
def test_double_majority(ballots: str, rule: Rule, expected: object) -> None:
    poll = make_matter("A:7 B:5 C:3 D:2 E:1", ballots, rule, chair="A", double_majority=True)
    assert end(poll) == expected


def test_double_majority_with_a_casting_vote_that_carries() -> None:
    poll = make_matter("A:4 B:2 C:2 D:8", "A=yes B=yes C=yes D=no", chair="A", double_majority=True)
    assert end(poll) == CARRIED_BY_CHAIR
    assert end(replace(poll, chair=None, chair_view=Choice.YES)) == CARRIED_BY_CHAIR


def test_double_majority_waits_for_the_chair_all_the_same() -> None:
    poll = make_matter("A:4 B:2 C:2", "A=yes B=no C=no", double_majority=True)
    assert end(poll) == AWAITING_CHAIR


def test_double_majority_without_weights_never_carries_a_tie() -> None:
    poll = make_matter("S1 S2", TIE, chair="S1", double_majority=True)
    assert end(poll) == REJECTED_BY_CHAIR


def test_double_majority_measures_all_heads_on_the_seats() -> None:
    """Six of ten weights are enough, but two heads of five seats are not half of them."""
    rule = Rule(RuleType.QUALIFIED, 1, 2, Base.ALL)
    roll, ballots = "A:3 B:3 C:4", "A=yes B=yes"
    poll = make_matter(roll, ballots, rule, vacancies=2, double_majority=True)
    assert (end(poll), tally(poll).base) == (REJECTED, 10)
    assert end(replace(poll, double_majority=False)) == CARRIED


def test_double_majority_per_capsulam_counts_the_whole_roll() -> None:
    """A seat of no weight that stays silent blocks only where heads count as well."""
    rule = Rule(RuleType.UNANIMOUS)
    poll = make_matter("A:2 B:3 C:0-", "A=yes B=yes", rule, vacancies=0, per_capsulam=True)
    assert end(poll) == CARRIED
    assert end(replace(poll, double_majority=True)) == REJECTED


# --- what holds for every poll --------------------------------------------------------------


@given(poll=matter_polls(), data=st.data())
def test_order_of_ballots_and_rows_is_irrelevant(poll: MatterPoll, data: st.DataObject) -> None:
    ballots = tuple(data.draw(st.permutations(poll.ballots)))
    rows = tuple(data.draw(st.permutations(poll.roll.rows)))
    shuffled = replace(poll, ballots=ballots, roll=replace(poll.roll, rows=rows))
    assert tally(shuffled) == tally(poll)


@given(poll=matter_polls())
def test_totals_are_the_ballots(poll: MatterPoll) -> None:
    result = tally(poll)
    weights = {row.seat: row.weight for row in poll.roll.rows}
    heads, weight = result.heads, result.weight
    assert heads.yes + heads.no + heads.abstain == len(poll.ballots)
    assert weight.yes + weight.no + weight.abstain == sum(
        weights[ballot.seat] for ballot in poll.ballots
    )


@given(poll=matter_polls())
def test_state_outcome_and_by_fit_together(poll: MatterPoll) -> None:
    result = tally(poll)
    decided = result.state is MatterState.DECIDED
    assert (result.outcome is not None, result.by is not None) == (decided, decided)
    assert (
        decided
        or not (poll.quorum and not poll.roll.is_quorate)
        or (result.state is MatterState.NOT_QUORATE)
    )
    if result.by is DecidedBy.CASTING_VOTE:
        assert poll.casting_vote
        assert result.weight.yes == result.weight.no


@given(poll=matter_polls(), data=st.data())
def test_one_more_yes_never_turns_carried_into_rejected(
    poll: MatterPoll, data: st.DataObject
) -> None:
    """A seat that was silent, against, recused or absent votes yes instead."""
    assume(poll.roll.rows)
    seat = data.draw(st.sampled_from(poll.roll.rows)).seat
    rows = tuple(
        replace(row, present=True, recused=False) if row.seat == seat else row
        for row in poll.roll.rows
    )
    others = tuple(ballot for ballot in poll.ballots if ballot.seat != seat)
    later = replace(
        poll,
        roll=replace(poll.roll, rows=rows),
        ballots=(*others, Ballot(seat, Choice.YES)),
    )
    assert tally(later).outcome is Outcome.CARRIED or tally(poll).outcome is not Outcome.CARRIED


@given(poll=matter_polls())
def test_without_weights_heads_and_weights_are_the_same(poll: MatterPoll) -> None:
    rows = tuple(replace(row, weight=1) for row in poll.roll.rows)
    result = tally(replace(poll, roll=replace(poll.roll, rows=rows)))
    assert result.heads == result.weight


@given(poll=matter_polls(), factor=st.integers(2, 10**30))
def test_the_unit_of_weight_does_not_matter(poll: MatterPoll, factor: int) -> None:
    """Weights in tens or in inhabitants: the same decision, unless `all` counts seats."""
    assume(poll.rule.base is not Base.ALL)
    rows = tuple(replace(row, weight=row.weight * factor) for row in poll.roll.rows)
    scaled = replace(poll, roll=replace(poll.roll, rows=rows))
    assert end(scaled) == end(poll)
