"""A body's own rules (arbetsordning) as data: a profile with the settings it has changed.

A version of the rules is stored as the name of a profile and the changed settings; a meeting
keeps all settings as they stood at its summons. Both are JSON, so they are read strictly here.
"""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, get_type_hints

from governance import per_capsulam, profiles, weights
from governance.profiles import PROFILES, Profile, ProfileName

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXED = frozenset({"name", "voter"})
"""What makes the profile; another voter is another profile."""

MAX_DAYS = 365


class HouseRuleError(ValueError):
    """A setting that no body can have; `setting` names it."""

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(f"{setting}: {reason}")
        self.setting = setting


def to_data(profile: Profile) -> dict[str, object]:
    """Return every setting of a profile as JSON values."""
    return {name: _plain(value) for name, value in asdict(profile).items()}


def from_data(data: Mapping[str, object]) -> Profile:
    """Return the profile that `to_data` wrote. Raises HouseRuleError for anything else."""
    try:
        base = PROFILES[ProfileName(str(data["name"]))]
    except (KeyError, ValueError) as error:
        raise HouseRuleError("name", "names no profile") from error
    changes = {name: value for name, value in data.items() if name not in FIXED}
    return with_changes(base, changes)


def with_changes(base: Profile, changes: Mapping[str, object]) -> Profile:
    """Return `base` with the settings a body has changed.

    Raises HouseRuleError for an unknown setting, one that belongs to the profile itself, and a
    value of the wrong kind.
    """
    known = {item.name for item in fields(Profile)} - FIXED
    values: dict[str, object] = {}
    for name, value in changes.items():
        if name not in known:
            raise HouseRuleError(name, "is no setting")
        values[name] = _typed(name, value, getattr(base, name))
    return replace(base, **values)  # type: ignore[arg-type]


def changed_settings(base: Profile, wanted: Profile) -> dict[str, object]:
    """Return the settings in which `wanted` differs from `base`, as JSON values."""
    old, new = to_data(base), to_data(wanted)
    return {name: value for name, value in new.items() if value != old[name]}


def _plain(value: object) -> object:
    """Return a setting as a JSON value."""
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _typed(name: str, value: object, usual: object) -> object:
    """Return a JSON value as what the setting holds."""
    if name == "refer_back_minority":
        return _fraction(name, value)
    if isinstance(usual, StrEnum):
        return _member(name, value)
    if type(value) is not type(usual):
        raise HouseRuleError(name, "is of another kind")
    if isinstance(value, int) and not isinstance(value, bool) and not 0 <= value <= MAX_DAYS:
        raise HouseRuleError(name, f"must be between 0 and {MAX_DAYS}")
    return value


def _member(name: str, value: object) -> StrEnum:
    hints = get_type_hints(Profile, vars(profiles) | vars(per_capsulam) | vars(weights))
    kind: type[StrEnum] = hints[name]
    try:
        return kind(str(value))
    except ValueError as error:
        raise HouseRuleError(name, "is not one of the alternatives") from error


def _fraction(name: str, value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    if isinstance(value, list | tuple) and [type(part) for part in value] == [int, int]:
        numerator, denominator = value
        if 0 < numerator <= denominator:
            return numerator, denominator
    raise HouseRuleError(name, "must be a fraction of two integers")
