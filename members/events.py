"""Facts about people that upper apps react to."""

from dataclasses import dataclass
from datetime import date

from core.events import fact


@fact
@dataclass(frozen=True)
class RepresentationEnded:
    """It became known that a person no longer acts for an organisation after `ended_on`."""

    representative_id: int
    user_id: int
    organisation_id: int
    ended_on: date


@fact
@dataclass(frozen=True)
class PersonAnonymised:
    """A person's account is closed for good, and the name blanked unless the law keeps it."""

    user_id: int


@fact
@dataclass(frozen=True)
class MunicipalitiesImported:
    """Municipalities were added or changed from a file; `codes` are theirs at SCB."""

    codes: tuple[str, ...]
