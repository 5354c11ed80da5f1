"""The association's view: how services spread, how long joinings take, what falls due."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Count, Min, Q
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
from catalogue.models import (
    Agreement,
    JoiningContact,
    Participation,
    ParticipationChange,
    ServicePage,
)
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
    """Return the last years, and how each service has spread, the most joined first; two queries.

    Services that nobody had joined at the end of any of the years are left out.
    """
    today = timezone.localdate()
    span = list(range(today.year - years + 1, today.year + 1))
    there = {
        f"year_{year}": Count("pk", filter=_covers(min(date(year, 12, 31), today))) for year in span
    }
    counted = Participation.objects.filter(starts_on__isnull=False).order_by()
    numbers = {
        service: found
        for service, *found in counted.values_list("service").annotate(**there)
        if any(found)
    }
    pages = ServicePage.objects.live().filter(pk__in=numbers).order_by("pk")
    spreads = [
        Spread(title, slug, numbers[pk])
        for pk, title, slug in pages.values_list("pk", "title", "slug")
    ]
    return span, sorted(spreads, key=lambda row: (-row.numbers[-1], sort_key(row.title)))


def _covers(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def services_by_municipality(slug: str = "") -> Counter[str]:
    """Return how many services each municipality (code) takes part in today, or one service."""
    services = ServicePage.objects.live()
    if slug:
        services = services.filter(slug=slug)
    rows = Participation.objects.on().filter(service__in=services.values("pk")).order_by()
    counted = dict(rows.values_list("organisation").annotate(number=Count("pk")))
    codes = Municipality.objects.filter(organisation__in=counted)
    return Counter({code: counted[pk] for code, pk in codes.values_list("code", "organisation")})


def municipalities() -> list[dict[str, Any]]:
    """Return every municipality for the map."""
    columns = ("code", "name", "tile_x", "tile_y", "county_code")
    return sorted(Municipality.objects.values(*columns), key=lambda row: sort_key(row["name"]))


def funnel() -> list[FunnelStep]:
    """Return the way in: how many stand at each state and how long each takes; three queries."""
    today = timezone.now()
    standing = Participation.objects.order_by().values_list("state")
    now = {
        state: (number, (today - since).days)
        for state, number, since in standing.annotate(number=Count("pk"), since=Min("state_since"))
    }
    changes = ParticipationChange.objects.filter(field="state").order_by()
    came = changes.values_list("new").annotate(number=Count("participation", distinct=True))
    ever = dict(came)
    days = _days_in_states(changes)
    return [
        FunnelStep(
            state,
            now.get(state, (0, None))[0],
            ever.get(state, 0),
            _median(days[state]),
            now.get(state, (0, None))[1],
        )
        for state in PATH
    ]


def _days_in_states(changes: Any) -> dict[str, list[int]]:
    """Return the days that those who have gone on stood in each state."""
    moved = changes.values("participation").annotate(steps=Count("pk")).filter(steps__gt=1)
    rows = changes.filter(participation__in=moved.values("participation"))
    entered: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for participation, state, moment in rows.order_by("happened_at", "pk").values_list(
        "participation", "new", "happened_at"
    ):
        entered[participation].append((state, moment))
    days: dict[str, list[int]] = defaultdict(list)
    for steps in entered.values():
        for (state, begun), (__, ended) in pairwise(steps):
            days[state].append((ended - begun).days)
    return days


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
    service: str
    missing: list[str]


def without_contacts() -> Any:
    """Return the participations on their way in or in use that lack a needed contact."""
    needed = JoiningContact.objects.filter(role__in=NEEDED_CONTACTS).order_by()
    held = needed.values("participation").annotate(roles=Count("role", distinct=True))
    complete = held.filter(roles=len(NEEDED_CONTACTS)).values("participation")
    rows = Participation.objects.filter(
        state__in=[ParticipationState.ONBOARDING, ParticipationState.PRODUCTION]
    ).exclude(pk__in=complete)
    return rows.order_by("service__title", "organisation__name", "pk")


def gaps_in(rows: Any) -> Iterator[Gap]:
    """Yield what is missing where, of a queryset of `without_contacts`, piece by piece."""
    loaded = rows.select_related("organisation").prefetch_related("contacts")
    titles = dict(ServicePage.objects.values_list("pk", "title"))
    for row in loaded.iterator(chunk_size=1000):
        held = {contact.role for contact in row.contacts.all()}
        missing = [str(role.label) for role in NEEDED_CONTACTS if role not in held]
        yield Gap(row, titles[row.service_id], missing)
