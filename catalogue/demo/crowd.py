"""The large demo: every member in every service, written in bulk.

Taking over tens of thousands of joinings one by one takes an hour. The rows are those that
`take_over` writes; nobody of the crowd takes a seat, so no fact has to be told to the councils.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice
from random import Random

from django.utils import timezone

from catalogue.demo.cast import SOURCE, Cast
from catalogue.joining_states import ParticipationState
from catalogue.models import (
    JoiningContact,
    OnboardingStep,
    OnboardingTemplateStep,
    Participation,
    ParticipationChange,
    ServicePage,
    Termination,
)
from catalogue.record_states import NEEDED_CONTACTS
from members.models import Organisation

S = ParticipationState
BATCH = 2_000
INTRODUCED = (S.ONBOARDING, S.AGREEMENT_SIGNED)
STATES, WEIGHTS = (S.PRODUCTION, S.TERMINATED, *INTRODUCED), (92, 4, 2, 2)
"""Most are in use since a New Year: a year with many newcomers is credited row by row."""


def let_in(
    service: ServicePage, organisations: Iterable[Organisation], cast: Cast, chance: Random
) -> int:
    """Let organisations be joined to a service, with contacts and checklists; return how many."""
    today = timezone.localdate()
    rows = Participation.objects.bulk_create(
        [_row(service, organisation, chance, today) for organisation in organisations],
        batch_size=BATCH,
    )
    _write(ParticipationChange, (_change(row, cast) for row in rows))
    _write(Termination, (_notice(row, today) for row in rows if row.ends_on))
    _write(JoiningContact, _contacts(rows, chance, today))
    steps = list(OnboardingTemplateStep.objects.for_service(service))
    _write(OnboardingStep, _checklists(rows, steps, cast, chance, today))
    return len(rows)


def _write(model: type, rows: Iterable[object]) -> None:
    """Write rows in pieces, so that memory does not grow with their number."""
    waiting = iter(rows)
    while piece := list(islice(waiting, BATCH)):
        model.objects.bulk_create(piece)  # type: ignore[attr-defined]


def _row(
    service: ServicePage, organisation: Organisation, chance: Random, today: date
) -> Participation:
    state = chance.choices(STATES, WEIGHTS)[0]
    starts_on = date(today.year - chance.randint(2, 6), 1, 1)
    if state in INTRODUCED:
        starts_on = (today.replace(day=1) - timedelta(days=chance.choice((0, 1)))).replace(day=1)
    leaving = state == S.TERMINATED
    return Participation(
        service=service,
        organisation=organisation,
        state=state,
        state_since=timezone.now(),
        starts_on=starts_on,
        production_on=starts_on if state == S.PRODUCTION else None,
        ends_on=date(today.year, 12, 31) if leaving else None,
        terminated_from=S.PRODUCTION if leaving else "",
        wants_seat=False,
        taken_over=True,
        takeover_source=SOURCE,
        is_example=True,
    )


def _change(row: Participation, cast: Cast) -> ParticipationChange:
    return ParticipationChange(
        participation=row,
        field="state",
        new=row.state,
        reason=SOURCE,
        happened_at=row.state_since,
        actor=cast.manager,
    )


def _notice(row: Participation, today: date) -> Termination:
    assert row.ends_on is not None  # noqa: S101 - asked for those that leave alone
    return Termination(participation=row, received_on=min(today, row.ends_on), ends_on=row.ends_on)


def _contacts(rows: list[Participation], chance: Random, today: date) -> Iterable[JoiningContact]:
    for row in rows:
        if row.state == S.PRODUCTION and chance.random() < 0.8:  # noqa: PLR2004
            for role in NEEDED_CONTACTS:
                yield JoiningContact(
                    participation=row,
                    role=role,
                    function="Funktion (exempel)",
                    email=f"{role}@exempel.invalid",
                    reviewed_on=today,
                    is_example=True,
                )


def _checklists(
    rows: list[Participation],
    steps: list[OnboardingTemplateStep],
    cast: Cast,
    chance: Random,
    today: date,
) -> Iterable[OnboardingStep]:
    for row in rows:
        if row.state not in INTRODUCED or row.starts_on is None:
            continue
        done = chance.randint(0, len(steps)) if row.state == S.ONBOARDING else 0
        for place, step in enumerate(steps, start=1):
            yield OnboardingStep(
                participation=row,
                position=place,
                title=step.title,
                text=step.text,
                side=step.side,
                due_on=row.starts_on + timedelta(days=step.offset_days),
                done_on=today if place <= done else None,
                done_by=cast.manager if place <= done else None,
            )
