"""The meeting chooses who adjusts its minutes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.actions.recording import enter_room, item_in, record
from governance.actions.room.deciding import conclude_election
from governance.choices import EventKind
from governance.models import Adjuster, AgendaItem, Decision, Meeting
from governance.states import ItemState
from members.models import PersonName


@transaction.atomic
def choose_adjusters(
    *,
    by: Any,
    meeting: Meeting,
    item: AgendaItem,
    adjusters: Sequence[PersonName],
    substitutes: Sequence[PersonName] = (),
    at: datetime | None = None,
) -> Decision:
    """Choose by acclamation who adjusts the minutes with the chair, and who stands in for them.

    They are among those who serve, and the one who presides is not one of them (rules.md 1.1).
    Closes the item. Raises RuleBroken when nobody or the same person twice is named.
    """
    require(by, "governance.preside", meeting)
    meeting = enter_room(meeting)
    item = item_in(meeting, item)
    if not item.chooses_adjusters or item.state != ItemState.OPENED:
        raise RuleBroken(_("Open the item on adjusters first."))
    room = meeting.room()
    named = [*adjusters, *substitutes]
    if not adjusters or len({person.pk for person in named}) != len(named):
        raise RuleBroken(_("Choose at least one adjuster, each person once."), field="adjusters")
    for person in named:
        if not room.serves(person.pk) or person.pk == room.presiding:
            raise RuleBroken(
                _("Adjusters are chosen among those who serve, besides the chair."),
                field="adjusters",
            )
    meeting.adjusters.all().delete()
    Adjuster.objects.bulk_create(
        Adjuster(meeting=meeting, person=person, is_substitute=n >= len(adjusters))
        for n, person in enumerate(named)
    )
    record(
        meeting,
        EventKind.ADJUSTERS_CHOSEN,
        by=by,
        item=item,
        at=at,
        data={
            "adjusters": [person.pk for person in adjusters],
            "substitutes": [person.pk for person in substitutes],
        },
    )
    clauses = [f"utse {_names(adjusters)} att justera protokollet tillsammans med ordföranden"]
    if substitutes:
        clauses.append(f"utse {_names(substitutes)} till ersättare för justerare")
    return conclude_election(meeting, item, clauses, by=by, at=at)


def _names(people: Sequence[PersonName]) -> str:
    names = [str(person) for person in people]
    return " och ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
