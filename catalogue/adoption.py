"""The association's view: how services spread, how long joinings take, what falls due."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone

from catalogue.fees import (
    FEE_CLASSES,
    OTHER_ORGANISATION,
    FeeClass,
    entry_contribution,
    fee_class,
    first_year_fee,
)
from catalogue.joining_states import PATH, ParticipationState
from catalogue.models import Agreement, Participation, ParticipationChange
from catalogue.record_states import NEEDED_CONTACTS
from core.swedish_order import sort_key
from members.models import Membership, Municipality

RENEWED_WITHIN = timedelta(days=180)


@dataclass(frozen=True)
class FunnelStep:
    """A state of the way in: how many are there, how many ever came, and the days in it.

    `median_days` is of those who have left the state; `longest` is how many days the one that has
    stood there longest has stood. None where there is nobody.
    """

    state: ParticipationState
    now: int
    ever: int
    median_days: int | None
    longest: int | None


@dataclass(frozen=True)
class Fee:
    """What a member pays the association in a year, in öre."""

    name: str
    fee_class: int | None
    annual: int
    entry: int

    @property
    def total(self) -> int:
        """Annual fee and entry contribution together."""
        return self.annual + self.entry


@dataclass(frozen=True)
class Spread:
    """How many had joined a service at the end of each year; today for this year."""

    title: str
    slug: str
    numbers: list[int]


def spread_by_service(years: int = 5) -> tuple[list[int], list[Spread]]:
    """Return the last years, and how each service has spread, the most joined first; one query."""
    today = timezone.localdate()
    span = list(range(today.year - years + 1, today.year + 1))
    days = [min(date(year, 12, 31), today) for year in span]
    rows = Participation.objects.filter(starts_on__isnull=False, service__live=True).values_list(
        "service__title", "service__slug", "starts_on", "ends_on"
    )
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * years)
    for title, slug, first, last in rows:
        for place, day in enumerate(days):
            if first <= day and (last is None or last >= day):
                found[title, slug][place] += 1
    spreads = [Spread(title, slug, numbers) for (title, slug), numbers in found.items()]
    return span, sorted(spreads, key=lambda row: (-row.numbers[-1], sort_key(row.title)))


def services_by_municipality(slug: str = "") -> Counter[str]:
    """Return how many services each municipality (code) takes part in today, or one service."""
    rows = Participation.objects.on().filter(service__live=True)
    if slug:
        rows = rows.filter(service__slug=slug)
    codes = rows.filter(organisation__municipality__isnull=False)
    return Counter(codes.values_list("organisation__municipality__code", flat=True))


def municipalities() -> list[dict[str, Any]]:
    """Return every municipality for the map."""
    columns = ("code", "name", "tile_x", "tile_y", "county_code")
    return sorted(Municipality.objects.values(*columns), key=lambda row: sort_key(row["name"]))


def funnel() -> list[FunnelStep]:
    """Return the way in: how many stand at each state and how long each takes; two queries."""
    now: Counter[str] = Counter()
    longest: dict[str, int] = {}
    today = timezone.now()
    for state, since in Participation.objects.order_by().values_list("state", "state_since"):
        now[state] += 1
        longest[state] = max(longest.get(state, 0), (today - since).days)
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
    return [
        FunnelStep(state, now[state], ever[state], _median(days[state]), longest.get(state))
        for state in PATH
    ]


def _median(values: list[int]) -> int | None:
    return sorted(values)[(len(values) - 1) // 2] if values else None


def fees_by_year(years: Iterable[int]) -> dict[int, list[Fee]]:
    """Return each member's fee by year by the published classes, the largest first; one query.

    The class is the one registered, else by inhabitants. The year of entry is charged from the
    month of entry, with the entry contribution, halved for one that comes back (rules.md 2.3). A
    member that leaves and comes back within a year pays that year's fee once.
    """
    by_member: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.select_related("organisation__municipality").order_by("starts_on")
    for row in rows:
        by_member[row.organisation_id].append(row)
    return {
        year: sorted(
            (fee for periods in by_member.values() for fee in _fees(periods, year)),
            key=lambda fee: (-fee.annual, sort_key(fee.name)),
        )
        for year in years
    }


def _fees(periods: list[Membership], year: int) -> Iterator[Fee]:
    """Yield the member's fee of a year, if it was a member any day of it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    touching = [
        row
        for row in periods
        if row.starts_on <= last and not (row.ends_on and row.ends_on < first)
    ]
    if not touching:
        return
    begun = touching[0]
    found = _class_of(begun)
    entries = [row for row in touching if row.starts_on >= first]
    yield Fee(
        name=begun.organisation.name,
        fee_class=found.number,
        annual=first_year_fee(found.annual_fee, begun.starts_on.month)
        if begun.starts_on >= first
        else found.annual_fee,
        entry=sum(entry_contribution(found, returning=row is not periods[0]) for row in entries),
    )


def _class_of(row: Membership) -> FeeClass:
    if row.fee_class:
        return FEE_CLASSES[row.fee_class - 1]
    municipality = getattr(row.organisation, "municipality", None)
    return fee_class(municipality.population) if municipality else OTHER_ORGANISATION


def to_renew() -> Any:
    """Return the signed agreements that expire within half a year, the soonest first."""
    rows = Agreement.objects.expiring(timezone.localdate() + RENEWED_WITHIN)
    return rows.select_related("participation__service", "participation__organisation").defer(
        "content"
    )


@dataclass(frozen=True)
class Gap:
    """A participation that lacks contacts it needs."""

    participation: Participation
    missing: list[str]


def without_contacts() -> list[Gap]:
    """Return the participations on their way in or in use that lack a needed contact."""
    rows = Participation.objects.filter(
        state__in=[ParticipationState.ONBOARDING, ParticipationState.PRODUCTION]
    ).with_parties()
    found = []
    for row in rows.prefetch_related("contacts").order_by("service__title", "organisation__name"):
        held = {contact.role for contact in row.contacts.all()}
        missing = [str(role.label) for role in NEEDED_CONTACTS if role not in held]
        if missing:
            found.append(Gap(row, missing))
    return found
