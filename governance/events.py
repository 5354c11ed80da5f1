"""Facts that governance states; apps above it react."""

from dataclasses import dataclass

from core.events import fact


@fact
@dataclass(frozen=True)
class CouncilChanged:
    """A body was set up, changed or dissolved."""

    council_id: int


@fact
@dataclass(frozen=True)
class MeetingChanged:
    """A meeting passed to another state, or its agenda changed."""

    meeting_id: int


@fact
@dataclass(frozen=True)
class DecisionTaken:
    """A body decided; the decision may still be unadjusted."""

    decision_id: int


@fact
@dataclass(frozen=True)
class ParagraphAdjusted:
    """A § was adjusted, and is open to its readers from now on."""

    item_id: int


@fact
@dataclass(frozen=True)
class ParagraphRectified:
    """A rectification was appended to an adjusted §."""

    item_id: int
