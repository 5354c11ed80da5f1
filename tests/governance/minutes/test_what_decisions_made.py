"""Cost models, seats and joinings lead to the decisions that made them, and back."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from catalogue.actions import costs
from catalogue.models import CostModel
from core import slots, triggers
from core.actions import SYSTEM
from governance.boxes import participation_seat
from tests.factories.governance import make_body
from tests.factories.members import UserFactory
from tests.factories.minutes import adjusted
from tests.governance.minutes.test_renditions import pdf_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(service):
    return adjusted(make_body(3, service=service))


@pytest.fixture
def model(held, service):
    """Return the service's cost of the year, adopted by the meeting's § on the budget."""
    return CostModel.objects.create(
        service=service, year=2026, version=1, state="adopted", total=25_000_000,
        population_on=date(2025, 12, 31), population_source="SCB", adopted_on=date(2026, 2, 10),
        adopted_reference="Provrådet § 2/2026",
        adopted_url=held.decision("Budget").get_absolute_url(),
    )  # fmt: skip


@pytest.fixture
def service(root):
    from tests.factories.catalogue import make_catalogue, make_service

    return make_service(make_catalogue(root))


def test_the_decision_shows_the_cost_it_adopted_and_the_cost_the_decision(client, held, model):
    address = held.decision("Budget").get_absolute_url()
    text = client.get(address).content.decode()
    assert f"Kostnaden för {model.service.title} 2026" in text
    assert f'href="/tjanster/{model.service.slug}/#rakna"' in text
    other = client.get(held.decision("Plan").get_absolute_url()).content.decode()
    assert "Kostnaden för" not in other
    assert f'href="{address}"' in client.get(f"/tjanster/{model.service.slug}/").content.decode()


def test_a_draft_is_not_shown(client, held, model):
    triggers.drop_for_tests(connection)
    CostModel.objects.update(state="draft")
    triggers.restore()
    text = client.get(held.decision("Budget").get_absolute_url()).content.decode()
    assert "Kostnaden för" not in text


def report(client, held, form="annual_report", year=2026):
    address = reverse(f"governance:{form}", args=[held.meeting.council.slug, year])
    return client.get(address).content


def test_the_annual_report_says_what_the_year_came_to(client, held, model):
    text = report(client, held).decode()
    assert ("250 000 kr" in text.replace("\xa0", " "), "<dd>–</dd>" in text) == (True, True)
    costs.set_outcome(by=SYSTEM, model=model, outcome=24_000_050)
    text = report(client, held).decode().replace("\xa0", " ")
    assert "240 000,50 kr" in text
    assert "9 999,50 kr" in text
    assert f'href="{model.adopted_url}"' in text
    sheet = load_workbook(BytesIO(report(client, held, "annual_xlsx")))["Kostnad"]
    rows = [[str(cell).replace("\xa0", " ") for cell in row] for row in sheet.values]
    assert rows[1][1:3] == ["250 000 kr", "240 000,50 kr"]
    assert rows[1][4] == "Provrådet § 2/2026, 2026-02-10"
    printed = pdf_text(report(client, held, "annual_pdf")).replace("\xa0", " ")
    assert "240 000,50 kr" in printed


def test_a_year_without_cost_and_a_body_without_service(client, held, model):
    assert "Ingen kostnad är antagen för året" in report(client, held, year=2025).decode()
    alone = adjusted(make_body(2, slug="namnd", registry_code="NAMND"))
    assert 'id="ko"' not in report(client, alone).decode()


def test_a_joining_shows_the_seat_it_gave(held, django_assert_num_queries):
    seat = held.body.seats[0]
    seat.participation_id = 7
    seat.save()

    class Joining:
        pk = 7

    with django_assert_num_queries(2):
        template, context = participation_seat(Joining, UserFactory.build())
    assert template == "governance/_participation_seat.html"
    assert context["seats"] == [seat]
    assert participation_seat(type("Other", (), {"pk": 8}), None) is None
    assert slots.budget("participation_seat") == 2
