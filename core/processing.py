"""The register of processing of personal data (GDPR art. 30), declared by each app.

A declaration names its models, so that the register, the export of a person's data and the test
that no model with personal data is forgotten all read the same thing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

Text = str | Promise
About = Callable[[Any], Q]


@dataclass(frozen=True)
class Dataset:
    """A model with personal data.

    `about(user)` is the condition for the rows about one person; None when rows cannot be told
    apart by person or are not the person's to have (then `withheld` says why). `fields` are
    exported; `files` name the file fields whose files come along.
    """

    model: str
    about: About | None = None
    fields: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    withheld: Text = ""


@dataclass(frozen=True)
class Processing:
    """One activity of the register: why, on what ground, about whom, for how long."""

    name: Text
    purpose: Text
    ground: Text
    people: Text
    kinds: Text
    recipients: Text
    retention: Text
    datasets: tuple[Dataset, ...]


_activities: list[Processing] = []
_impersonal: dict[str, str] = {}


def declare(*activities: Processing) -> None:
    """Add activities to the register; the same one twice is once."""
    _activities.extend(a for a in activities if a not in _activities)


def declare_impersonal(models: Iterable[str], reason: str) -> None:
    """Say of models that look personal (an address, a link to an account) why they are not."""
    _impersonal.update(dict.fromkeys(models, reason))


def activities() -> list[Processing]:
    """Return the register, in order of declaration."""
    return list(_activities)


def declared_models() -> set[str]:
    """Return the labels of every model that is declared, personal or not."""
    personal = {dataset.model for activity in _activities for dataset in activity.datasets}
    return {label.lower() for label in personal | set(_impersonal)}


def datasets() -> list[Dataset]:
    """Return every dataset of the register."""
    return [dataset for activity in _activities for dataset in activity.datasets]
