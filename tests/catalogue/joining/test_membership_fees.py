"""Membership fees: what is due, issued once, corrected by new rows, and sent as invoices."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from catalogue.actions import membership_fees
from catalogue.fee_lists import fees_due
from catalogue.models import FeeRow
from core.exceptions import RuleBroken
from members.models import Membership
from tests.clients import TwoStepClient
from tests.factories.members import MunicipalityFactory, OrganisationFactory

YEAR = 2027
OK, FOUND, REFUSED, MISSING, WRONG = 200, 302, 403, 404, 422


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nobody_else(story):
    Membership.objects.all().delete()


def member(population, starts_on=date(2020, 1, 1), ends_on=None, **more):
    organisation = MunicipalityFactory(population=population, **more).organisation
    return Membership.objects.create(
        organisation=organisation, starts_on=starts_on, ends_on=ends_on
    )


def browser(story, who):
    client = TwoStepClient()
    client.force_login(story.world[who])
    return client


def amounts(year=YEAR):
    return {(due.membership.pk, str(due.kind)): due.amount for due in fees_due(year)}


@pytest.mark.parametrize(
    ("population", "fee"),
    [
        (6_999, 500_000),
        (7_000, 1_000_000),
        (14_999, 1_000_000),
        (15_000, 2_500_000),
        (149_999, 6_500_000),
        (150_000, 8_000_000),
    ],
)
def test_c11_edges_of_the_classes(story, population, fee):
    row = member(population)
    assert amounts() == {(row.pk, "annual"): fee}


@pytest.mark.parametrize(
    ("population", "month", "fee"),
    [(15_000, 4, 1_875_000), (25_000, 7, 1_750_000), (7_000, 3, 833_333)],
)
def test_c12_the_first_year_from_the_month_of_entry(story, population, month, fee):
    row = member(population, starts_on=date(YEAR, month, 10))
    assert amounts()[(row.pk, "annual")] == fee
    assert (row.pk, "entry") in amounts()
    assert (row.pk, "entry") not in amounts(YEAR + 1)


def test_who_returns_pays_half_the_entry_contribution(story):
    first = member(15_000, starts_on=date(2015, 1, 1), ends_on=date(2020, 12, 31))
    back = Membership.objects.create(organisation=first.organisation, starts_on=date(YEAR, 1, 1))
    assert amounts() == {(back.pk, "annual"): 2_500_000, (back.pk, "entry"): 500_000}


def test_the_registered_class_counts_before_the_inhabitants(story):
    row = member(6_000)
    Membership.objects.filter(pk=row.pk).update(fee_class=7)
    assert amounts() == {(row.pk, "annual"): 8_000_000}


def test_an_organisation_that_is_no_municipality_has_its_own_fee(story):
    region = OrganisationFactory(kind="region", name="Region Prov")
    row = Membership.objects.create(organisation=region, starts_on=date(YEAR, 1, 1))
    assert amounts() == {(row.pk, "annual"): 2_500_000, (row.pk, "entry"): 500_000}


def test_who_has_left_or_comes_later_pays_nothing(story):
    member(15_000, ends_on=date(YEAR - 1, 12, 31))
    member(15_000, starts_on=date(YEAR + 1, 1, 1))
    assert amounts() == {}


def test_a_year_is_issued_once_and_newcomers_after(story):
    member(15_000)
    rows = membership_fees.issue_fees(by=story.handler, year=YEAR)
    assert [(row.amount, row.vat, row.vat_category, row.year) for row in rows] == [
        (2_500_000, 0, "O", YEAR)
    ]
    with pytest.raises(RuleBroken, match="Nothing is left"):
        membership_fees.issue_fees(by=story.handler, year=YEAR)
    late = member(7_000, starts_on=date(YEAR, 7, 1))
    more = membership_fees.issue_fees(by=story.handler, year=YEAR)
    assert {(row.membership_id, row.kind) for row in more} == {
        (late.pk, "annual"),
        (late.pk, "entry"),
    }
    assert FeeRow.objects.count() == 3


def test_what_is_issued_stands_and_is_corrected_by_a_new_row(story):
    member(15_000)
    row = membership_fees.issue_fees(by=story.handler, year=YEAR)[0]
    for write in (
        lambda: FeeRow.objects.filter(pk=row.pk).update(amount=1),
        lambda: FeeRow.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
    with pytest.raises(RuleBroken, match="Give the reason"):
        membership_fees.correct_fee(by=story.handler, row=row, amount=-100, reason=" ")
    with pytest.raises(RuleBroken, match="corrects nothing"):
        membership_fees.correct_fee(by=story.handler, row=row, amount=0, reason="x")
    new = membership_fees.correct_fee(by=story.handler, row=row, amount=-100, reason="Fel klass.")
    assert (new.kind, new.origin_id, new.amount) == ("correction", row.pk, -100)
    row.refresh_from_db()
    assert row.amount == 2_500_000


def test_the_database_refuses_a_second_fee_of_the_year(story):
    member(15_000)
    row = membership_fees.issue_fees(by=story.handler, year=YEAR)[0]
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_only_those_who_manage_costs_issue_and_correct(story):
    member(15_000)
    with pytest.raises(PermissionDenied):
        membership_fees.issue_fees(by=story.runner, year=YEAR)
    row = membership_fees.issue_fees(by=story.handler, year=YEAR)[0]
    with pytest.raises(PermissionDenied):
        membership_fees.correct_fee(by=story.runner, row=row, amount=1, reason="x")


def test_the_number_of_queries_does_not_grow(story, django_assert_num_queries):
    member(15_000)
    with django_assert_num_queries(3):
        fees_due(YEAR)
    for __ in range(10):
        member(15_000)
    with django_assert_num_queries(3):
        fees_due(YEAR)


def test_the_office_issues_corrects_and_exports_by_http(story):
    row = member(15_000, name="Provby")
    office = browser(story, "service_manager")
    address = f"/kansli/medlemsavgifter/{YEAR}/"
    assert "Provby" in office.get(address).text
    assert office.post(f"{address}utfarda/").status_code == FOUND
    fee = FeeRow.objects.get()
    correct = f"/kansli/medlemsavgifter/rader/{fee.pk}/"
    assert office.post(correct, {"amount": "x", "reason": "Fel"}).status_code == WRONG
    assert office.post(correct, {"amount": "-100", "reason": "Fel klass."}).status_code == FOUND
    page = office.get(address).text
    assert "Fel klass." in page
    lines = list(csv.reader(io.StringIO(_text(office.get(f"{address}lista.csv"))), delimiter=";"))
    assert len(lines) == 3
    book = openpyxl.load_workbook(io.BytesIO(_bytes(office.get(f"{address}lista.xlsx"))))
    assert book.worksheets[0].max_row == 3
    invoice = _text(office.get(f"{address}faktura.csv"))
    assert f"Medlemsavgift {YEAR}" in invoice
    assert row.organisation.name in invoice
    assert "Utanför momsens tillämpningsområde" in invoice
    assert office.get(f"{address}annat.csv").status_code == MISSING
    assert office.get("/kansli/medlemsavgifter/1999/").status_code == MISSING
    assert browser(story, "own:coordinator").get(address).status_code == REFUSED


def test_a_member_sees_its_own_fees_and_no_others(story):
    own = Membership.objects.create(organisation=story.world.own, starts_on=date(2020, 1, 1))
    member(150_000, name="Annanby")
    membership_fees.issue_fees(by=story.handler, year=YEAR)
    page = browser(story, "own:coordinator").get(f"/anslutningar/kostnader/?ar={YEAR}").text
    assert own.organisation.name in page
    assert "Årsavgift" in page
    assert "Annanby" not in page


def _bytes(answer):
    assert answer.status_code == OK
    return b"".join(answer.streaming_content)


def _text(answer):
    return _bytes(answer).decode("utf-8-sig")
