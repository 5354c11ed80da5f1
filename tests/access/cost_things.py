"""A cost model that is adopted and issued, and a draft; of nobody who walks."""

from datetime import date

from django.utils import timezone

from catalogue.actions import costs
from catalogue.actions.costs import CostPlan, PartPlan
from catalogue.models import CataloguePage, FeeRow, Participation, ServicePage
from members.models import Membership, Municipality
from tests.factories.members import World

YEAR = 2027


def make_costs(world: World) -> dict[str, str]:
    """Return the things by name: the model, an issued row, the year, an issued fee."""
    by = world["service_manager"]
    service = ServicePage(title="Kostnadstjänst", short_description="Prov.")
    CataloguePage.objects.get().add_child(instance=service)
    other = Municipality.objects.exclude(code="0182").earliest("code")
    Participation.objects.create(
        service=service,
        organisation=other.organisation,
        state="production",
        starts_on=date(2025, 1, 1),
        production_on=date(2025, 1, 1),
        state_since=timezone.now(),
    )
    plan = CostPlan(
        total=100_000,
        parts=[PartPlan("population", 10_000)],
        population_on=other.population_on,
        population_source="SCB",
    )
    model = costs.draft_cost_model(by=by, service=service, year=YEAR, plan=plan)
    costs.adopt_cost_model(by=by, model=model, adopted_on=date(2026, 11, 1), reference="§ 1")
    row = costs.issue_year(by=by, model=model)[0]
    membership = Membership.objects.create(
        organisation=other.organisation, starts_on=date(2020, 1, 1)
    )
    fee = FeeRow.objects.create(
        membership=membership,
        organisation=other.organisation,
        kind="annual",
        year=YEAR - 1,
        amount=1_000_000,
        vat_category="O",
        vat_rate=0,
        vat=0,
        issued_at=timezone.now(),
    )
    return {
        "cost_model": str(model.pk),
        "cost_row": str(row.pk),
        "cost_year": str(YEAR),
        "fee_row": str(fee.pk),
    }
