"""What a poll needed, in plain Swedish: for the meeting room, the minutes and whoever recounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.polls import Base, RuleType

if TYPE_CHECKING:
    from governance.polls import MatterPoll

CASTING_VOTE = "Vid lika röstetal avgör ordförandens utslagsröst."
NO_CASTING_VOTE = "Vid lika röstetal avslås förslaget."
DOUBLE_MAJORITY = "Samma krav gäller när varje plats räknas som en röst (dubbel majoritet)."
TIE_OF_HEADS = "Lika många platser för ja och nej avslår förslaget."


def describe_requirement(poll: MatterPoll, *, base: int, present: int) -> str:
    """Return in Swedish what carries the proposal of `poll`.

    `base` is the figure the rule measures against, `present` the weights of the serving.
    """
    sentences = {
        RuleType.SIMPLE: _simple,
        RuleType.ABSOLUTE: _absolute,
        RuleType.QUALIFIED: _qualified,
        RuleType.UNANIMOUS: _unanimous,
        RuleType.MINORITY: _minority,
    }
    size = present if poll.rule.type is RuleType.MINORITY else base
    text = sentences[poll.rule.type](poll, size)
    if not poll.double_majority:
        return text
    if poll.rule.type in {RuleType.SIMPLE, RuleType.MINORITY}:
        return f"{text} {DOUBLE_MAJORITY} {TIE_OF_HEADS}"
    return f"{text} {DOUBLE_MAJORITY}"


def after_colon(requirement: str) -> str:
    """Return a requirement as it goes on behind a heading: without its capital."""
    return requirement[:1].lower() + requirement[1:]


def _simple(poll: MatterPoll, _base: int) -> str:
    """Return the sentence of a simple majority."""
    return f"Fler ja än nej. {CASTING_VOTE if poll.casting_vote else NO_CASTING_VOTE}"


def _absolute(poll: MatterPoll, base: int) -> str:
    """Return the sentence of more than half."""
    return f"Mer än hälften av {_whole(poll)} ska vara ja{_numbers(base // 2 + 1, base)}"


def _qualified(poll: MatterPoll, base: int) -> str:
    """Return the sentence of a qualified majority."""
    numerator, denominator = poll.rule.fraction
    least = -(-numerator * base // denominator)
    fraction = f"Minst {numerator}/{denominator} av {_whole(poll)}"
    return f"{fraction} ska vara ja{_numbers(least, base)}"


def _unanimous(poll: MatterPoll, base: int) -> str:
    """Return the sentence of unanimity."""
    return f"Alla {_whole(poll)} ska vara ja{f': {base} av {base}.' if base else '.'}"


def _minority(poll: MatterPoll, present: int) -> str:
    """Return the sentence of a minority that may refer back or table (kommunallagen 5:50)."""
    numerator, denominator = poll.rule.fraction
    least = max(1, -(-numerator * present // denominator))
    whole = "rösterna från dem som har svarat" if poll.per_capsulam else "de närvarandes röster"
    numbers = f" (minst {least} av {present})" if present else ""
    return (
        f"Om minst {numerator}/{denominator} av {whole} är nej{numbers} avgörs ärendet inte i dag. "
        f"Annars gäller: {_simple(poll, present)}"
    )


def _whole(poll: MatterPoll) -> str:
    """Return what the base is called."""
    rule = poll.rule
    if rule.base is None and rule.type is RuleType.UNANIMOUS and poll.per_capsulam:
        return "rösterna i röstlängden"
    base = rule.base or (Base.PRESENT if rule.type is RuleType.UNANIMOUS else Base.CAST)
    if base is Base.PRESENT and poll.per_capsulam:
        return "rösterna från dem som har svarat"
    names = {
        Base.CAST: "de avgivna rösterna",
        Base.PRESENT: "de närvarandes röster",
        Base.ALL: "organets röster",
    }
    return names[base]


def _numbers(least: int, base: int) -> str:
    """Return the numbers that close the sentence; none when there is nothing to measure."""
    return f": minst {least} av {base}." if base else "."
