"""Elections to offices of the body: who is elected holds the office when the § is decided."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions.seats import end_office, give_office
from governance.choices import DecisionKind, MotionKind, Outcome
from governance.models import AgendaItem, Council, Decision, Meeting, RollPerson
from governance.states import MotionState
from members.models import PersonName


def nominee_of(
    meeting: Meeting, item: AgendaItem, nominee: PersonName | None, text: str
) -> PersonName | None:
    """Return who is nominated to an office: chosen, or written as on the roll.

    None on an item that elects to no office of the body. Raises RuleBroken when nobody on the
    roll has that name, or several have.
    """
    if not item.elects_to:
        return None
    rows = RollPerson.objects.filter(meeting=meeting).select_related("person")
    people = {row.person_id: row.person for row in rows}
    if nominee is not None:
        found = [person for pk, person in people.items() if pk == nominee.pk]
    else:
        found = [p for p in people.values() if str(p).casefold() == text.strip().casefold()]
    if len(found) != 1:
        raise RuleBroken(_("Nominate one of those who sit on the body."), field="text")
    return found[0]


def people_written_in(meeting: Meeting, item: AgendaItem, names: Sequence[str]) -> list[PersonName]:
    """Return who was elected to an office of the body by names that nobody had nominated.

    Raises RuleBroken for a name that is not that of one person on the roll: such a person cannot
    hold the office, so nobody has been elected to it.
    """
    found = []
    for name in names:
        try:
            person = nominee_of(meeting, item, None, name)
        except RuleBroken as error:
            raise RuleBroken(
                _(
                    "%(name)s is not one of those who sit on the body and cannot hold the office."
                    " Declare the poll invalid and let the meeting vote again."
                )
                % {"name": name}
            ) from error
        found += [person] if person is not None else []
    return found


def name_for_ballot(meeting: Meeting, nominee: PersonName) -> str:
    """Return the name to vote on; with the organisation when a namesake sits there too."""
    rows = RollPerson.objects.filter(meeting=meeting)
    rows = rows.select_related("person", "roll_seat__organisation")
    namesakes = {row.person_id for row in rows if str(row.person) == str(nominee)}
    own = next((r for r in rows if r.person_id == nominee.pk and r.roll_seat is not None), None)
    if len(namesakes) < 2 or own is None or own.roll_seat is None:  # noqa: PLR2004 - two are one too many
        return str(nominee)
    return f"{nominee}, {own.roll_seat.organisation}"


def fill_office(
    item: AgendaItem, decision: Decision, *, written_in: Sequence[PersonName] = ()
) -> None:
    """Give the office to those elected, from the day of the decision; the old term ends.

    The nominated who were carried are elected, and those `written_in` on the ballots. The roll of
    the meeting stays as it is: the elected preside from the next meeting, or when the meeting
    chooses them. Does nothing for an item that elects to no office.
    """
    if not item.elects_to or decision.kind != DecisionKind.ELECTION:
        return
    if decision.outcome != Outcome.CARRIED:
        return
    carried = item.motions.filter(kind=MotionKind.NOMINATE, state=MotionState.CARRIED)
    rows: list[Any] = list(carried.select_related("nominee"))
    elected = [motion.nominee for motion in rows if motion.nominee is not None]
    elected += [person for person in written_in if person not in elected]
    if not elected:
        return
    council = decision.council
    day = _end_terms(council, item.elects_to, timezone.localdate(decision.decided_at))
    for person in elected:
        give_office(
            by=SYSTEM,
            council=council,
            person=person,
            kind=item.elects_to,
            starts_on=day,
            appointed_reference=_reference(item),
        )


def _end_terms(council: Council, kind: str, day: date) -> date:
    """End the terms of an office that run on `day` and return the first day of the new ones."""
    running: list[Any] = list(council.offices.on(day).filter(kind=kind).select_related("council"))
    if any(office.starts_on >= day for office in running):
        day += timedelta(days=1)
    for office in running:
        end_office(by=SYSTEM, office=office, on=day - timedelta(days=1))
    return day


def _reference(item: AgendaItem) -> str:
    """Return the decision as content of the records, in their language."""
    return f"{item.council.name} § {item.paragraph}/{item.paragraph_year}"
