"""The audit trail as people read it: names for ids, words for codes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import rules
from django.utils.translation import gettext as _

from core import audit_events
from core.models import AuditEntry
from members.models import Organisation, User

CHUNK = 500


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
    def changes(self) -> list[tuple[str, Any, Any]]:
        """What was and what became, by key."""
        keys = sorted(self.old.keys() | self.new.keys())
        return [(key, self.old.get(key), self.new.get(key)) for key in keys]


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
