"""The audit trail as people read it: names for ids, words for codes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

import rules
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core import audit_events, formatting
from core.models import AuditEntry
from members.models import Organisation, User
from members.states import OrganisationKind, Role

CHUNK = 500
# What the entries' keys are called, in the order shown; other apps declare theirs in core.
FIELDS = {
    "role": gettext_lazy("Role"),
    "roles": gettext_lazy("Roles"),
    "starts_on": gettext_lazy("From"),
    "ends_on": gettext_lazy("Last day"),
    "at_once": gettext_lazy("At once"),
    "kind": gettext_lazy("Kind"),
    "fee_class": gettext_lazy("Fee class"),
    "service": gettext_lazy("Login service"),
    "name_kept": gettext_lazy("The name is kept by law"),
    "is_example": gettext_lazy("Example"),
    "entries": gettext_lazy("Entries"),
    "before": gettext_lazy("Before"),
}
WORDS = {**dict(Role.choices), **dict(OrganisationKind.choices)}


class Change(NamedTuple):
    """One thing that became another, in words; `before` is empty when nothing was."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class TrailRow:
    """One entry with the names that its ids stand for today."""

    pk: int
    happened_at: datetime
    event: str
    label: str
    actor_id: int | None
    actor: str
    subject_id: int | None
    subject: str
    organisation: str
    object_type: str
    object_id: str
    old: dict[str, Any]
    new: dict[str, Any]
    ip_address: str

    @property
    def changes(self) -> list[Change]:
        """What was and what became, in words and in the order in which people ask for it.

        What neither was nor became anything (a role without a last day) is left out.
        """
        keys = sorted(self.old.keys() | self.new.keys(), key=_place)
        found = [
            Change(_field(key), in_words(self.old.get(key)), in_words(new))
            for key in keys
            for new in [self.new.get(key, self.old.get(key))]
        ]
        return [
            change._replace(before="" if change.before == change.after else change.before)
            for change in found
            if change.before or change.after
        ]


def _field(key: str) -> str:
    return str(FIELDS[key]) if key in FIELDS else audit_events.field_label(key)


def _place(key: str) -> tuple[int, str]:
    known = list(FIELDS)
    return (known.index(key) if key in known else len(known), key)


def in_words(value: Any) -> str:
    """Return a value of an entry as people write it: roles, days, yes and no."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(in_words(part) for part in value)
    if isinstance(value, str):
        known = str(WORDS.get(value, "")) or audit_events.word(value)
        return known or _day_in_words(value)
    return str(value)


def _day_in_words(text: str) -> str:
    """Return an ISO date as people write it, and any other text as it is."""
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-01-01") else None
    except ValueError:
        return text
    return formatting.long_date(day, get_language() or "sv") if day else text


def trail_rows(entries: Iterable[AuditEntry], user: Any) -> Iterator[TrailRow]:
    """Yield the entries with names: two queries for each 500, in constant memory.

    The client's address is left out for whoever may read the trail but not addresses.
    """
    with_address = rules.has_perm("members.view_log_address", user)
    remaining = iter(entries)
    while chunk := list(islice(remaining, CHUNK)):
        people = User.objects.select_related("name").in_bulk(
            {pk for e in chunk for pk in (e.actor_id, e.subject_id) if pk}
        )
        organisations = Organisation.objects.in_bulk(
            {e.acting_for_id for e in chunk if e.acting_for_id}
        )
        for entry in chunk:
            yield _row(entry, people, organisations, with_address=with_address)


def _row(
    entry: AuditEntry,
    people: dict[int, User],
    organisations: dict[int, Organisation],
    *,
    with_address: bool,
) -> TrailRow:
    return TrailRow(
        pk=entry.pk,
        happened_at=entry.happened_at,
        event=entry.event,
        label=audit_events.label(entry.event),
        actor_id=entry.actor_id,
        actor=_name(people, entry.actor_id) or _("The system"),
        subject_id=entry.subject_id,
        subject=_name(people, entry.subject_id),
        organisation=str(organisations.get(entry.acting_for_id, "")),
        object_type=entry.object_type,
        object_id=entry.object_id,
        old=entry.old,
        new=entry.new,
        ip_address=(entry.ip_address or "") if with_address else "",
    )


def _name(people: dict[int, User], pk: int | None) -> str:
    return str(people[pk]) if pk in people else ""
