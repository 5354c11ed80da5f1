"""Facts that the catalogue states."""

from dataclasses import dataclass
from datetime import date

from core.events import fact


@fact
@dataclass(frozen=True)
class LifecycleChanged:
    """A service passed to another part of its life; `old` and `new` are codes of Lifecycle."""

    service_id: int
    old: str
    new: str
    changed_on: date
