"""Joinings of the demo: several municipalities in every state, agreements and two years' costs.

Everything made up says so. Most joinings are taken over as in force; Nacka's and Malmö's go the
whole way by the product's own actions, so that the demo's people find something to do.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalogue.actions import agreements, costs, dossier, participations, signing, sub_processors
from catalogue.actions.costs import CostPlan, PartPlan
from catalogue.actions.populations import reference_dates
from catalogue.actions.takeover import Takeover, take_over
from catalogue.actions.transitions import move_participation
from catalogue.demo.cast import SOURCE, Cast, paper
from catalogue.demo.crowd import let_in
from catalogue.demo.ways_out import add_ways_out, withdraw
from catalogue.fees import FEE_CLASSES
from catalogue.joining_states import LegalBasis, ParticipationState
from catalogue.models import (
    Agreement,
    AgreementTemplate,
    OnboardingTemplateStep,
    Participation,
    ServicePage,
    SigningAuthority,
)
from catalogue.record_states import (
    NEEDED_CONTACTS,
    AgreementKind,
    AgreementState,
    DocumentKind,
    PartBy,
    StepSide,
)
from catalogue.states import Lifecycle
from members.models import Membership, Municipality, Organisation, User

S = ParticipationState
EXAMPLE = "exempel"
IN_USE = (Lifecycle.PILOT, Lifecycle.PRODUCTION, Lifecycle.PHASE_OUT)
STATES = (*(S.PRODUCTION,) * 6, S.ONBOARDING, S.AGREEMENT_SIGNED, S.TERMINATED)
NACKA, MALMO = "0182", "1280"
CROWD_COST = 20
"""How many times more a service costs that every member shares: more than its fixed amounts."""
WAYS_OUT = 2
"""How many services that take new members have joinings that stopped or ended."""
TEMPLATES = {
    AgreementKind.ACCESSION: (
        "Anslutningsavtal (exempel)",
        (
            "## Parter\n\n[kommun] ([organisationsnummer]) och [förening] kommer överens om att"
            " kommunen ansluter sig till **[tjänst]** från och med [startdag].\n\n## Kostnad\n\n"
            "Kommunen betalar sin andel av tjänstens årskostnad enligt den kostnadsmodell som"
            " förvaltningsrådet har antagit för året.\n\n## Uppsägning\n\nAvtalet sägs upp"
            " skriftligen. Uppsägningstiden är [uppsägningstid].\n\nExempel: texten är påhittad."
        ),
    ),
    AgreementKind.DPA: (
        "Personuppgiftsbiträdesavtal (exempel)",
        (
            "## Parter\n\n[personuppgiftsansvarig] är personuppgiftsansvarig."
            " [personuppgiftsbiträde] är personuppgiftsbiträde för [tjänst].\n\n"
            "## Underbiträden\n\n"
            "[underbiträden]. Ett nytt underbiträde meddelas i förväg, och kommunen får invända."
            "\n\nExempel: texten är påhittad."
        ),
    ),
}
STEPS = (
    ("Utse kontakter", StepSide.MUNICIPALITY, 7),
    ("Informationsklassa och bedöm konsekvenser", StepSide.MUNICIPALITY, 21),
    ("Skapa miljö och konton", StepSide.SUPPLIER, 28),
    ("Koppla inloggning", StepSide.MUNICIPALITY, 42),
    ("Utbilda användare", StepSide.OFFICE, 56),
    ("Godkänn införandet", StepSide.MUNICIPALITY, 70),
)
PLANS = (
    (PartPlan(PartBy.POPULATION, 10_000),),
    (PartPlan(PartBy.FIXED, amount=1_000_000), PartPlan(PartBy.POPULATION, 10_000)),
    (PartPlan(PartBy.EQUAL, 4_000), PartPlan(PartBy.POPULATION, 6_000)),
    (PartPlan(PartBy.POINTS, 10_000),),
)
FEE_POINTS = tuple((row.lower_bound, row.number or 0) for row in FEE_CLASSES)


def load_joinings(*, manager: User, seed: int, most: int | None = 12) -> int:
    """Add joinings, agreements and costs to services that have none; return how many joinings.

    `manager` is the office's service manager, `most` how many join a service at most; None lets
    every member into every service, in bulk. Idempotent; the same seed gives the same joinings.
    """
    people = User.objects.select_related("name").filter(email__endswith="@exempel.invalid")
    cast = Cast(manager, {person.email.partition("@")[0]: person for person in people})
    _load_papers(cast)
    made = 0
    services = ServicePage.objects.live().filter(lifecycle__in=IN_USE).order_by("slug")
    chosen = [row for row in services if not row.participations.exists()]
    members = _members()
    told_of = [row.pk for row in chosen if row.open_for_new_members][:WAYS_OUT]
    for service in chosen:
        chance = Random(f"{seed}:{service.slug}")  # noqa: S311
        if most is None:
            made += _load_crowd(service, members, cast, chance)
            continue
        number = min(len(members), chance.randint(most // 3, most))
        picked = chance.sample(members, number)
        free = [row for row in members if row not in picked] if service.pk in told_of else []
        made += _load_service(service, picked, free, cast, chance)
    made += _load_stories(cast)
    return made


def _load_crowd(
    service: ServicePage, members: list[Organisation], cast: Cast, chance: Random
) -> int:
    """Let every member be joined to a service, and split the years' costs over them."""
    with transaction.atomic():
        made = let_in(service, members, cast, chance)
        _load_costs(service, cast, chance, timezone.localdate().year, times=CROWD_COST)
    return made


def _members() -> list[Organisation]:
    """Return the municipalities that are members, the same order every time."""
    rows = Membership.objects.on().values_list("organisation", flat=True)
    found = Municipality.objects.filter(organisation__in=rows).select_related("organisation")
    told = (NACKA, MALMO)
    return [row.organisation for row in found.exclude(code__in=told).order_by("code")]


def _load_papers(cast: Cast) -> None:
    """Write the templates, the checklist and who may sign, when they are missing."""
    for kind, (title, body) in TEMPLATES.items():
        if not AgreementTemplate.objects.filter(kind=kind, service=None).exists():
            AgreementTemplate.objects.create(
                kind=kind,
                title=title,
                body=body,
                version_name="1.0",
                is_example=True,
                sla="Tjänsten är öppen dygnet runt. Fel avhjälps på vardagar (exempel).",
                instruction="Behandla bara det som behövs för tjänsten (exempel)."
                if kind == AgreementKind.DPA
                else "",
            )
    if not OnboardingTemplateStep.objects.exists():
        for place, (title, side, days) in enumerate(STEPS, start=1):
            OnboardingTemplateStep.objects.create(
                position=place * 10, title=title, side=side, offset_days=days, is_example=True
            )
    for name, number in (("firmatecknare.nacka", 2), ("firmatecknare.foreningen", 1)):
        person = cast.find(name)
        if person is None:
            continue
        organisation = (
            person.representations.select_related("organisation").earliest("pk").organisation
        )
        if not SigningAuthority.objects.filter(organisation=organisation).exists():
            row = dossier.register_signing_authority(
                by=cast.manager,
                organisation=organisation,
                signatories=number,
                ground="Delegationsordning (exempel)",
                registry_number="Exempel 2025/1",
                starts_on=date(2025, 1, 1),
            )
            SigningAuthority.objects.filter(pk=row.pk).update(is_example=True)


def _load_service(
    service: ServicePage,
    chosen: list[Organisation],
    free: list[Organisation],
    cast: Cast,
    chance: Random,
) -> int:
    """Let some municipalities be joined to a service, and split the years' costs over them.

    Some of those that are `free` pause, leave or come back.
    """
    today = timezone.localdate()
    for organisation in chosen:
        state = chance.choice(STATES)
        starts_on = date(today.year - chance.randint(1, 5), chance.randint(1, 12), 1)
        if state in (S.ONBOARDING, S.AGREEMENT_SIGNED):
            starts_on = today - timedelta(days=chance.randint(5, 60))
        row = take_over(
            by=cast.manager,
            takeover=Takeover(
                service=service,
                organisation=organisation,
                state=state,
                starts_on=starts_on,
                source=SOURCE,
                is_example=True,
                wants_seat=chance.random() < 0.7,  # noqa: PLR2004
                ends_on=date(today.year, 12, 31) if state == S.TERMINATED else None,
            ),
        )
        _equip(row, cast, chance, today)
    added = add_ways_out(service, free, cast, today)
    _load_costs(service, cast, chance, today.year)
    return len(chosen) + added


def _equip(row: Participation, cast: Cast, chance: Random, today: date) -> None:
    """Give most joinings their contacts, and introductions their checklist, partly done."""
    if row.state == S.PRODUCTION and chance.random() < 0.8:  # noqa: PLR2004
        for role in NEEDED_CONTACTS:
            dossier.set_contact(
                by=cast.manager,
                participation=row,
                role=role,
                function="Funktion (exempel)",
                email=f"{role}@exempel.invalid",
            )
        row.contacts.update(is_example=True)
    if row.state == S.ONBOARDING:
        steps = list(row.onboarding.all())
        done = [step.position for step in steps[: chance.randint(0, len(steps))]]
        row.onboarding.filter(position__in=done).update(done_on=today, done_by=cast.manager)


def _load_costs(
    service: ServicePage, cast: Cast, chance: Random, year: int, *, times: int = 1
) -> None:
    """Adopt cost models for last year, this and the next; issue what has begun.

    `times` makes the cost larger, for services that many share.
    """
    total = chance.randint(4, 40) * 5_000_000 * times
    parts = chance.choice(PLANS)
    counted_on = reference_dates()[0]
    for place in (year - 1, year, year + 1):
        plan = CostPlan(
            total=total,
            parts=parts,
            population_on=counted_on,
            population_source="SCB",
            point_classes=FEE_POINTS,
        )
        model = costs.draft_cost_model(
            by=cast.manager, service=service, year=place, plan=plan, is_example=True
        )
        costs.adopt_cost_model(
            by=cast.manager,
            model=model,
            adopted_on=date(place - 1, 11, 12),
            reference=f"Exempelbeslut § {chance.randint(3, 30)}",
        )
        if place <= year:
            costs.issue_year(by=cast.manager, model=model)
        if place < year:
            outcome = total * chance.randint(94, 107) // 100
            costs.set_outcome(by=cast.manager, model=model, outcome=outcome)
        total += total // 20


def _load_stories(cast: Cast) -> int:
    """Let Nacka wait for its signatures in one service and be introduced to another."""
    runner, other = cast.find("samordnare.nacka"), cast.find("samordnare.malmo")
    rows = ServicePage.objects.live().filter(lifecycle__in=IN_USE, open_for_new_members=True)
    services = sorted(rows, key=lambda page: (page.slug != "provisum", page.slug))[:2]
    made = 0
    if runner is not None:
        for place, service in enumerate(services):
            made += _tell(cast, service, runner, NACKA, sign=place > 0)
    if other is not None and services:
        made += _ask(cast, services[0], other, MALMO)
    if other is not None and len(services) > 1:
        made += _change_its_mind(services[1], other, MALMO)
    return made


def _change_its_mind(service: ServicePage, runner: User, code: str) -> int:
    """Let a municipality show its interest and take it back."""
    row = _interest(service, runner, code, "Exempel: vi undersöker om tjänsten passar oss.")
    return withdraw(row, runner) if row else 0


def _ask(cast: Cast, service: ServicePage, runner: User, code: str) -> int:
    """Let a municipality ask a question in the dialogue."""
    row = _interest(service, runner, code, "Exempel: vi vill veta vad tjänsten kräver av oss.")
    if row is None:
        return 0
    move_participation(by=cast.manager, participation=row, new=S.DIALOGUE)
    participations.write_message(
        by=runner, participation=row, text="Exempel: hur lång tid tar införandet?"
    )
    participations.write_message(
        by=cast.manager, participation=row, text="Exempel: räkna med tio veckor från avtal."
    )
    return 1


def _interest(service: ServicePage, runner: User, code: str, words: str) -> Participation | None:
    organisation = Organisation.objects.filter(municipality__code=code).first()
    if organisation is None or service.participations.filter(organisation=organisation).exists():
        return None
    row = participations.express_interest(
        by=runner, service=service, organisations=[organisation], interest=words, wants_seat=True
    )[0]
    Participation.objects.filter(pk=row.pk).update(is_example=True)
    row.refresh_from_db()
    return row


def _tell(cast: Cast, service: ServicePage, runner: User, code: str, *, sign: bool) -> int:
    """Take a municipality from interest to agreements sent; on to the introduction if `sign`."""
    row = _interest(service, runner, code, "Exempel: vi vill dela på utveckling och drift.")
    if row is None:
        return 0
    today = timezone.localdate()
    move_participation(by=cast.manager, participation=row, new=S.DIALOGUE)
    move_participation(by=runner, participation=row, new=S.DECISION_PENDING)
    decision = dossier.add_document(
        by=runner,
        participation=row,
        kind=DocumentKind.DECISION,
        name="beslut.pdf",
        content=paper("Beslut om anslutning (exempel)", today),
        dated_on=today - timedelta(days=60),
    )
    dossier.register_decision(
        by=runner,
        participation=row,
        body="Kommunstyrelsen (exempel)",
        document=decision,
        decided_on=today - timedelta(days=60),
        registry_number="Exempel 2026/12",
        announced_on=today - timedelta(days=55),
        final_on=today - timedelta(days=30),
    )
    move_participation(by=runner, participation=row, new=S.DECIDED)
    participations.record_legal_basis(
        by=cast.manager,
        participation=row,
        basis=LegalBasis.COOPERATION_AGREEMENT,
        reference="Exempel: avtal om samverkan",
    )
    _register_sub_processor(cast, service, today)
    for kind in (AgreementKind.ACCESSION, AgreementKind.DPA):
        agreements.draft_agreement(
            by=cast.manager,
            participation=row,
            kind=kind,
            terms=agreements.Terms(
                agreed_start=today if kind == AgreementKind.ACCESSION else None,
                expires_on=today.replace(year=today.year + 3, day=1),
            ),
        )
    agreements.send_agreements(by=cast.manager, participation=row)
    if sign:
        _sign(cast, row)
    return 1


def _register_sub_processor(cast: Cast, service: ServicePage, today: date) -> None:
    if not service.sub_processors.exists():
        sub_processors.register_sub_processor(
            by=cast.manager,
            service=service,
            name="Driftbolaget AB (exempel)",
            task="Drift och säkerhetskopiering",
            country="Sverige",
            starts_on=today,
            is_example=True,
        )


def _sign(cast: Cast, row: Participation) -> None:
    """Let the demo's signatories sign everything, and start the introduction."""
    names = ("firmatecknare.nacka", "firmatecknare2.nacka", "firmatecknare.foreningen")
    signatories = [person for name in names if (person := cast.find(name))]
    if len(signatories) < len(names):
        return
    for agreement in Agreement.objects.filter(participation=row, state=AgreementState.SENT):
        for place, person in enumerate(signatories):
            side: Any = row.organisation if place < len(names) - 1 else agreement.counterparty
            signing.sign_agreement(
                by=person,
                agreement=agreement,
                organisation=side,
                sha256=agreement.sha256,
                second_factor_at=timezone.now(),
            )
    row.refresh_from_db()
    move_participation(by=cast.manager, participation=row, new=S.ONBOARDING)
