"""The yearly list for the assembly holds agreements with municipalities and regions alone."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from catalogue.actions import participations, takeover
from catalogue.joining_states import LegalBasis, ParticipationState
from catalogue.models import Participation
from core.exceptions import RuleBroken

S = ParticipationState
ADDRESS = "/anslutningar/avtalssamverkan/"


@pytest.fixture
def row(story):
    found = takeover.take_over(
        by=story.handler,
        takeover=takeover.Takeover(
            service=story.service,
            organisation=story.world.own,
            state=S.TERMINATED,
            starts_on=date(2024, 5, 1),
            ends_on=date(2026, 12, 31),
            source="Pärm 7",
        ),
    )
    participations.record_legal_basis(
        by=story.handler,
        participation=found,
        basis=LegalBasis.COOPERATION_AGREEMENT,
        reference="=Avtal 2024/7",
    )
    return found


@pytest.mark.parametrize(
    ("year", "listed"), [(2023, False), (2024, True), (2026, True), (2027, False)]
)
def test_in_the_years_of_its_days(row, year, listed):
    assert Participation.objects.cooperating_in(year).exists() is listed


@pytest.mark.parametrize("basis", [b for b in LegalBasis if b != LegalBasis.COOPERATION_AGREEMENT])
def test_no_other_ground_is_listed(story, row, basis):
    participations.record_legal_basis(
        by=story.handler,
        participation=row,
        basis=basis,
        reference="x",
        reason="Skäl",
        assessor="Jurist",
        assessed_on=story.start,
    )
    assert not Participation.objects.cooperating_in(2026).exists()


@pytest.mark.parametrize(
    ("who", "number"), [("own:reader", 1), ("other:coordinator", 0), ("auditor", 1), ("nobody", 0)]
)
def test_each_sees_their_own_and_the_office_all(story, client, row, who, number):
    client.force_login(story.world[who])
    assert len(client.get(f"{ADDRESS}?ar=2026").context["rows"]) == number


def test_a_year_that_cannot_be_is_told(story, client):
    client.force_login(story.runner)
    assert client.get(f"{ADDRESS}?ar=ett").status_code == 422


def test_the_file_holds_no_formula(story, client, row):
    client.force_login(story.runner)
    answer = client.get("/anslutningar/avtalssamverkan.csv?ar=2026")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text == (
        "kommun;tjanst;avtal;startdag;sista_dag\r\n"
        "Nacka;Provisum;'=Avtal 2024/7;2024-05-01;2026-12-31\r\n"
    )


def test_the_list_costs_the_same_however_long(story, client, row):
    client.force_login(story.handler)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(f"{ADDRESS}?ar=2026").status_code == 200
        return len(seen)

    queries()
    before = queries()
    other = takeover.take_over(
        by=story.handler,
        takeover=takeover.Takeover(
            service=story.service,
            organisation=story.world.other,
            state=S.PRODUCTION,
            starts_on=date(2024, 5, 1),
            source="Pärm 8",
        ),
    )
    Participation.objects.filter(pk=other.pk).update(legal_basis=LegalBasis.COOPERATION_AGREEMENT)
    assert queries() == before


# --- Exemptions -------------------------------------------------------------------------------
@pytest.mark.parametrize("missing", ["reason", "assessor", "assessed_on"])
def test_an_exemption_needs_reason_assessor_and_day(story, row, missing):
    said = {"reason": "Skäl", "assessor": "Jurist", "assessed_on": story.start}
    said[missing] = None if missing == "assessed_on" else " "
    with pytest.raises(RuleBroken):
        participations.record_legal_basis(
            by=story.handler, participation=row, basis=LegalBasis.INTERNAL, reference="x", **said
        )


def test_the_database_refuses_an_exemption_without_reason(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=row.pk).update(legal_basis=LegalBasis.COOPERATION)
