"""How much of what a reader asks for is told of a service."""

from collections.abc import Mapping
from dataclasses import dataclass

# What readers ask first weighs most. A service may well lack donors, suppliers or a roadmap for
# good reasons, so those do not count.
WEIGHTS: dict[str, int] = {
    "short_description": 10,
    "long_description": 8,
    "need": 8,
    "lifecycle": 8,
    "owned_by": 8,
    "areas": 6,
    "features": 6,
    "contact_function": 6,
    "personal_data": 6,
    "cost_text": 6,
    "origin": 5,
    "licence": 4,
    "target_groups": 4,
    "confidentiality": 4,
    "accessibility": 4,
    "stated_uses": 3,
    "documents": 3,
    "hosting": 3,
    "technology": 2,
    "standards": 2,
    "languages": 2,
    "ai_use": 2,
}


@dataclass(frozen=True)
class Completeness:
    """A score of 0 to 100, and the facts that are missing, the weightiest first."""

    score: int
    missing: tuple[str, ...]


def assess(told: Mapping[str, bool]) -> Completeness:
    """Weigh what is told; `told` says of each fact whether it is, a fact left out is not."""
    total = sum(WEIGHTS.values())
    reached = sum(weight for name, weight in WEIGHTS.items() if told.get(name))
    missing = [name for name in WEIGHTS if not told.get(name)]
    missing.sort(key=lambda name: -WEIGHTS[name])
    return Completeness(score=reached * 100 // total, missing=tuple(missing))
