"""The association's view: how services spread, how long joinings take, what falls due."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone

from catalogue.cost_lists import CostList, costs_of_year
from catalogue.fees import OTHER_ORGANISATION, entry_contribution, fee_class, first_year_fee
from catalogue.joining_states import PATH, ParticipationState
from catalogue.models import Agreement, Participation, ParticipationChange
from catalogue.record_states import NEEDED_CONTACTS
from members.models import Membership


@dataclass(frozen=True)
class FunnelStep:
    """A state of the way in: how many are there, how many ever came, and the median days in it."""

    state: ParticipationState
    now: int
    ever: int
    median_days: int | None


@dataclass(frozen=True)
class Fee:
    """What a member pays the association a year, in öre."""

    name: str
    fee_class: int | None
    annual: int
    entry: int


def adoption_by_service(years: int = 5) -> tuple[list[int], list[tuple[str, list[int]]]]:
    """Return the last years, and how many had joined each service at the end of each."""
    this = timezone.localdate().year
    span = list(range(this - years + 1, this + 1))
    rows = Participation.objects.filter(starts_on__isnull=False, service__live=True).values_list(
        "service__title", "starts_on", "ends_on"
    )
    found: dict[str, list[int]] = defaultdict(lambda: [0] * years)
    for title, first, last in rows:
        for place, year in enumerate(span):
            day = min(date(year, 12, 31), timezone.localdate())
            if first <= day and (last is None or last >= day):
                found[title][place] += 1
    return span, sorted(found.items(), key=lambda item: (-item[1][-1], item[0]))


def funnel() -> list[FunnelStep]:
    """Return the way in: how many stand at each state and how long each takes; two queries."""
    now = Counter(Participation.objects.values_list("state", flat=True))
    entered: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    rows = ParticipationChange.objects.filter(field="state").order_by("happened_at", "pk")
    for participation, state, moment in rows.values_list("participation", "new", "happened_at"):
        entered[participation].append((state, moment))
    ever: Counter[str] = Counter()
    days: dict[str, list[int]] = defaultdict(list)
    for steps in entered.values():
        ever.update({state for state, __ in steps})
        for (state, begun), (__, ended) in pairwise(steps):
            days[state].append((ended - begun).days)
    return [FunnelStep(state, now[state], ever[state], _median(days[state])) for state in PATH]


def _median(values: list[int]) -> int | None:
    return sorted(values)[len(values) // 2] if values else None


def membership_fees(year: int) -> list[Fee]:
    """Return each member's fee of a year by the published classes, the largest first.

    A municipality's class follows its inhabitants; the year of entry is charged from the month of
    entry, with the entry contribution, halved for one that returns.
    """
    rows = Membership.objects.select_related("organisation__municipality")
    earlier = Counter(
        rows.filter(ends_on__lt=date(year, 1, 1)).values_list("organisation", flat=True)
    )
    touching = rows.filter(starts_on__lte=date(year, 12, 31)).exclude(ends_on__lt=date(year, 1, 1))
    fees = [_fee(row, year, returning=earlier[row.organisation_id] > 0) for row in touching]
    return sorted(fees, key=lambda fee: (-fee.annual, fee.name))


def _fee(row: Membership, year: int, *, returning: bool) -> Fee:
    municipality = getattr(row.organisation, "municipality", None)
    found = fee_class(municipality.population) if municipality else OTHER_ORGANISATION
    entered = row.starts_on.year == year
    return Fee(
        name=row.organisation.name,
        fee_class=found.number,
        annual=first_year_fee(found.annual_fee, row.starts_on.month)
        if entered
        else found.annual_fee,
        entry=entry_contribution(found, returning=returning) if entered else 0,
    )


def to_renew(days: int = 180) -> Any:
    """Return the signed agreements that expire within so many days, the soonest first."""
    until = timezone.localdate() + timedelta(days=days)
    rows = Agreement.objects.expiring(until)
    return rows.select_related("participation__service", "participation__organisation")


def without_contacts() -> list[Participation]:
    """Return the participations in use that lack a needed contact."""
    rows = Participation.objects.filter(
        state__in=[ParticipationState.ONBOARDING, ParticipationState.PRODUCTION]
    ).with_parties()
    return [
        row
        for row in rows.prefetch_related("contacts")
        if set(NEEDED_CONTACTS) - {contact.role for contact in row.contacts.all()}
    ]


def costs_by_service(year: int) -> list[CostList]:
    """Return every adopted cost list of a year."""
    return costs_of_year(year)
