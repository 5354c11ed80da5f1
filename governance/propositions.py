"""In which order proposals that exclude each other are voted on (propositionsordning).

The chair names one main proposal (huvudförslag). The others meet in pairs until one is left, the
counter-proposal (motförslag), and that one meets the main proposal at the end. So n proposals
always give n - 1 polls. Source: rules.md 1.3 and kommunallagen 5:53-57, after the order that
förvaltningslagen 29 § describes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class PropositionError(ValueError):
    """A proposition order that cannot be, or a poll in it that may not open yet."""


@dataclass(frozen=True, slots=True)
class WinnerOf:
    """The proposal that wins an earlier poll, whichever that will be."""

    step: int


Side: TypeAlias = str | WinnerOf


@dataclass(frozen=True, slots=True)
class PollStep:
    """One poll of the order: what yes stands for and what no stands for.

    `number` counts from 1. In the last step yes is the main proposal.
    """

    number: int
    yes: Side
    no: Side


def plan_polls(main: str, contenders: Sequence[str]) -> tuple[PollStep, ...]:
    """Return the polls that settle `main` against `contenders`, in the order they are taken.

    Without contenders there is nothing to vote between. Raises PropositionError when a proposal
    comes twice.
    """
    if len({main, *contenders}) != 1 + len(contenders):
        raise PropositionError("contenders: a proposal comes twice")
    if not contenders:
        return ()
    steps: list[PollStep] = []
    counter_proposal: Side = contenders[0]
    for number, contender in enumerate(contenders[1:], start=1):
        steps.append(PollStep(number, counter_proposal, contender))
        counter_proposal = WinnerOf(number)
    return (*steps, PollStep(len(contenders), main, counter_proposal))


def proposals_of(step: PollStep, winners: Mapping[int, str]) -> tuple[str, str]:
    """Return the proposals that yes and no stand for when `step` opens.

    `winners` holds the winner of each finished poll by its number. Raises PropositionError when
    an earlier poll that decides who takes part is not finished.
    """
    return _resolve(step.yes, winners), _resolve(step.no, winners)


def _resolve(side: Side, winners: Mapping[int, str]) -> str:
    """Return the proposal that `side` stands for."""
    if isinstance(side, str):
        return side
    if side.step not in winners:
        raise PropositionError(f"step {side.step}: is not finished")
    return winners[side.step]
