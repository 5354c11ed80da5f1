"""Costs by HTTP: models, lists, forecast, calculator, fees and exports; who may read what."""

import csv
import io
import tracemalloc
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.actions import costs
from catalogue.models import CostModel, CostRow, Participation
from core.tabular import xlsx_file
from tests.catalogue.joining.test_costs import (  # noqa: F401 - a fixture
    BY_POPULATION,
    adopted,
    joined,
    plan,
)
from tests.factories.catalogue import make_service

OK, FOUND, REFUSED, MISSING, WRONG = 200, 302, 403, 404, 422
YEAR = timezone.localdate().year


@pytest.fixture
def browser(client, story):
    def as_(who):
        client.force_login(story.world[who])
        return client

    return as_


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == OK
    return len(found)


def body_of(answer):
    return b"".join(answer.streaming_content)


def make_model(client, story, **more):
    data = {
        "service": story.service.pk,
        "year": YEAR,
        "total": "250 000,00",
        "vat_category": "S",
        "vat_rate": "25",
        "population_on": "2025-09-30",
        "population_source": "SCB",
        "by_1": "population",
        "share_1": "100",
    }
    return client.post("/kansli/kostnader/ny/", data | more)


def test_a_cost_model_by_http(story, browser, joined):  # noqa: F811
    joined(6_832)
    joined(14_120)
    client = browser("service_manager")
    assert make_model(client, story, share_1="90").status_code == WRONG
    assert make_model(client, story).status_code == FOUND
    model = CostModel.objects.get()
    assert model.total == 25_000_000
    page = reverse("catalogue:cost_model", args=[model.pk])
    assert client.get(page).status_code == OK
    do = lambda deed, **data: client.post(  # noqa: E731
        reverse("catalogue:cost_model_do", args=[model.pk, deed]), data
    )
    assert do("anta", adopted_on="2026-01-10").status_code == WRONG
    assert do("anta", adopted_on="2026-01-10", reference="Styrelsen § 4").status_code == FOUND
    assert do("utfarda").status_code == FOUND
    assert do("utfall", outcome="260000").status_code == FOUND
    assert do("annat").status_code == MISSING
    assert sum(CostRow.objects.values_list("amount", flat=True)) == 25_000_000
    row = CostRow.objects.first()
    address = reverse("catalogue:cost_row_correct", args=[row.pk])
    assert client.post(address, {"amount": "-10,50", "reason": "Fel"}).status_code == FOUND
    assert CostRow.objects.get(kind="correction").amount == -1_050
    assert "10,50" in client.get(page).text


def test_cost_exports(story, browser, joined):  # noqa: F811
    row = joined(6_832)
    row.organisation.org_number = "212000-0142"
    row.organisation.save()
    row.contacts.create(
        role="invoice",
        function="=Ekonomi",
        email="e@exempel.invalid",
        reference="=1+1",
        peppol_id="0007:2120000142",
        reviewed_on=date(YEAR, 1, 1),
    )
    model = adopted(story, year=YEAR)
    costs.issue_year(by=story.handler, model=model)
    client = browser("auditor")

    def get(name):
        return client.get(reverse("catalogue:cost_export", args=[model.pk, name]))

    invoice = invoice_of(get("faktura.csv"))[0]
    assert {name.split()[0]: value for name, value in invoice.items()} == {
        "BT-24": "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
        "BT-23": "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        "BT-2": timezone.localdate().isoformat(),
        "BT-3": "380",
        "BT-5": "SEK",
        "BT-10": "'=1+1",
        "BT-27": "",
        "BT-30": "",
        "BT-31": "",
        "BT-34": "",
        "BT-40": "SE",
        "BT-44": row.organisation.name,
        "BT-47": "2120000142",
        "BT-49": "0007:2120000142",
        "BT-55": "SE",
        "BT-73": f"{YEAR}-01-01",
        "BT-74": f"{YEAR}-12-31",
        "BT-106": "250000.00",
        "BT-109": "250000.00",
        "BT-110": "62500.00",
        "BT-112": "312500.00",
        "BT-115": "312500.00",
        "BT-116": "250000.00",
        "BT-117": "62500.00",
        "BT-118": "S",
        "BT-119": "25.00",
        "BT-120": "",
        "BT-126": "1",
        "BT-129": "1",
        "BT-130": "C62",
        "BT-131": "250000.00",
        "BT-146": "250000.00",
        "BT-151": "S",
        "BT-152": "25.00",
        "BT-153": f"Provisum {YEAR}",
        "BT-154": invoice["BT-154 Item description"],
    }
    assert b"25000000" in body_of(get("lista.csv"))
    book = openpyxl.load_workbook(io.BytesIO(body_of(get("lista.xlsx"))))
    assert [cell.value for cell in book.active[2]][4] == 25_000_000
    assert get("annat.csv").status_code == MISSING


def test_own_costs_show_nobody_elses(story, browser, joined):  # noqa: F811
    joined(10_000)
    Participation.objects.create(
        service=story.service,
        organisation=story.world.own,
        state="production",
        starts_on=date(2025, 1, 1),
        production_on=date(2025, 1, 1),
        state_since=timezone.now(),
    )
    costs.issue_year(by=story.handler, model=adopted(story, 20_000_000, year=YEAR))
    page = browser("own:reader").get("/anslutningar/kostnader/")
    assert page.text.count("100\u00a0000\u00a0kr") == 3  # by service, sum, issued
    assert "Kommun " not in page.text
    assert "100\u00a0000" not in browser("other:coordinator").get("/anslutningar/kostnader/").text
    assert browser("nobody").get("/anslutningar/kostnader/").status_code == MISSING
    assert browser("own:reader").get("/anslutningar/kostnader/?ar=skräp").status_code == OK
    for name in ("lista.csv", "faktura.csv"):
        address = reverse("catalogue:cost_export", args=[CostModel.objects.get().pk, name])
        assert browser("own:coordinator").get(address).status_code == REFUSED


def invoice_of(answer):
    text = body_of(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_what_is_given_back_is_a_negative_line_or_a_credit_note(story, browser, joined):  # noqa: F811
    first, second = joined(10_000), joined(10_000)
    model = adopted(story, 20_000_000, year=YEAR)
    rows = costs.issue_year(by=story.handler, model=model)
    costs.correct_row(by=story.handler, row=rows[0], amount=-1_000, reason="Fel")
    costs.correct_row(by=story.handler, row=rows[1], amount=-11_000_000, reason="Fel")
    client = browser("auditor")
    lines = invoice_of(client.get(f"/kansli/kostnader/ar/{YEAR}/faktura.csv"))
    told = [
        (
            line["BT-44 Buyer name"],
            line["BT-3 Invoice type code"],
            line["BT-129 Invoiced quantity"],
            line["BT-131 Invoice line net amount"],
            line["BT-146 Item net price"],
            line["BT-109 Invoice total amount without VAT"],
        )
        for line in lines
    ]
    assert sorted(told) == sorted(
        [
            (first.organisation.name, "380", "1", "100000.00", "100000.00", "99990.00"),
            (first.organisation.name, "380", "-1", "-10.00", "10.00", "99990.00"),
            (second.organisation.name, "381", "-1", "-100000.00", "100000.00", "10000.00"),
            (second.organisation.name, "381", "1", "110000.00", "110000.00", "10000.00"),
        ]
    )


def test_a_cost_outside_vat_has_no_rate_and_says_why(story, browser, joined):  # noqa: F811
    joined(10_000)
    model = adopted(story, 1_000, BY_POPULATION, year=YEAR, vat_category="O", vat_rate=0)
    costs.issue_year(by=story.handler, model=model)
    line = invoice_of(browser("auditor").get(f"/kansli/kostnader/{model.pk}/faktura.csv"))[0]
    assert line["BT-151 Invoiced item VAT category code"] == "O"
    assert line["BT-152 Invoiced item VAT rate"] == ""
    assert line["BT-110 Invoice total VAT amount"] == "0.00"
    assert line["BT-120 VAT exemption reason text"] == "Utanför momsens tillämpningsområde"


# --- The calculator -----------------------------------------------------------------------------
def test_the_calculator_on_the_service_page(story, client, joined):  # noqa: F811
    joined(10_000)
    assert "rakna" not in client.get("/tjanster/provisum/").text
    adopted(story, 20_000_000, year=YEAR)
    page = client.get("/tjanster/provisum/?kommun=0182&fler=3").text
    assert "100\u00a0000\u00a0kr" in page
    assert page.split('class="bars')[1].split("</svg>")[0].count("<rect") == 4
    # The table beside says the same as the curve: 2, 3, 4 and 5 members.
    table = page.split("</svg>")[-1]
    for amount in ("100\u00a0000", "66\u00a0666,67", "50\u00a0000", "40\u00a0000"):
        assert f"{amount}\u00a0kr" in page, table


def test_the_calculator_takes_the_visitors_own_figures(story, client, joined):  # noqa: F811
    joined(10_000)
    adopted(story, 20_000_000, year=YEAR)
    page = client.get("/tjanster/provisum/?kommun=0182&invanare=30000").text
    assert "150\u00a0000\u00a0kr" in page
    assert "30\u00a0000" in page


def test_the_calculator_asks_for_usage_when_the_model_needs_it(story, client, joined):  # noqa: F811
    row = joined(10_000)
    model = costs.draft_cost_model(
        by=story.handler, service=story.service, year=YEAR, plan=plan(30_000, ("usage", 10_000))
    )
    figures = {row.organisation_id: costs.Figures(usage=10)}
    costs.set_figures(by=story.handler, model=model, figures=figures)
    costs.adopt_cost_model(
        by=story.handler, model=model, adopted_on=date(YEAR, 1, 1), reference="§ 1"
    )
    address = "/tjanster/provisum/?kommun=0182"
    assert 'data-color="warning"' in client.get(address).text
    answered = client.get(f"{address}&anvandning=5").text
    assert "100\u00a0kr" in answered
    assert 'name="anvandning"' in answered


@pytest.mark.parametrize(
    "wrong",
    [
        "kommun=9999",
        "kommun=0182&fler=-1",
        "kommun=0182&fler=1000",
        "kommun=",
        "kommun=0182&invanare=x",
        "kommun=0182&invanare=99999999999",
        "kommun[]=0182&kommun=%00",
    ],
)
def test_the_calculator_names_what_it_cannot_read(story, client, joined, wrong):  # noqa: F811
    joined(10_000)
    adopted(story, 20_000_000, year=YEAR)
    answer = client.get(f"/tjanster/provisum/?{wrong}")
    assert answer.status_code == WRONG
    assert 'aria-invalid="true"' in answer.text
    typed = QueryDict(wrong).get("invanare") or QueryDict(wrong).get("fler")
    assert typed is None or f'value="{typed}"' in answer.text
    assert 'class="sum' not in answer.text


def test_the_calculator_begins_with_ones_own_municipality(story, browser, joined):  # noqa: F811
    joined(10_000)
    adopted(story, 20_000_000, year=YEAR)
    page = browser("own:reader").get("/tjanster/provisum/").text
    assert '<option value="0182" selected>' in page


# --- Pages of the office ------------------------------------------------------------------------
def test_own_figures_by_http_name_the_lines_that_cannot_be_read(story, browser, joined):  # noqa: F811
    row = joined(10_000)
    model = costs.draft_cost_model(
        by=story.handler, service=story.service, year=YEAR, plan=plan(100, ("usage", 10_000))
    )
    code = row.organisation.municipality.code
    address = reverse("catalogue:cost_model_do", args=[model.pk, "underlag"])
    client = browser("service_manager")
    wrong = f"{code};12\n0000;1\n{code};13\n0182;x\n0182\n0182;1;2;3;4"
    answer = client.post(address, {"figures": wrong})
    assert answer.status_code == WRONG
    assert "2, 3, 4, 5, 6" in answer.text
    assert f"{code};12" in answer.text
    assert client.post(address, {"figures": f"{code};12;;"}).status_code == FOUND
    assert model.figures.get().usage == 12


def test_the_decisions_address_leads_to_it_or_is_refused(story, browser, joined):  # noqa: F811
    joined(10_000)
    model = costs.draft_cost_model(
        by=story.handler, service=story.service, year=YEAR, plan=plan(100, BY_POPULATION)
    )
    address = reverse("catalogue:cost_model_do", args=[model.pk, "anta"])
    data = {"adopted_on": f"{YEAR}-01-01", "reference": "§ 4"}
    client = browser("service_manager")
    for wrong in ("javascript:alert(1)", "//evil.example/", "http://x", "x"):
        assert client.post(address, data | {"url": wrong}).status_code == WRONG
    right = "/forvaltningsrad/provisum/beslut/2026/4/"
    assert client.post(address, data | {"url": right}).status_code == FOUND
    assert f'href="{right}"' in client.get("/tjanster/provisum/").text


def test_the_forecast_by_http(story, browser, joined):  # noqa: F811
    gone = joined(10_000)
    joined(10_000)
    model = adopted(story, 30_000_000, year=YEAR)
    address = reverse("catalogue:cost_forecast", args=[model.pk])
    client = browser("auditor")
    assert client.get(address).status_code == OK
    code = gone.organisation.municipality.code
    page = client.get(f"{address}?gar_med=0182&lamnar={code}").text
    assert "\u2212150\u00a0000\u00a0kr" in page
    assert client.get(f"{address}?gar_med=x").status_code == WRONG
    assert CostRow.objects.count() == 0


def test_a_years_costs_by_service_and_by_municipality(story, browser, joined):  # noqa: F811
    row = joined(10_000)
    joined(10_000)
    adopted(story, 20_000_000, year=YEAR)
    client = browser("auditor")
    address = f"/kansli/kostnader/ar/{YEAR}/"
    assert "200\u00a0000\u00a0kr" in client.get(address).text
    code = row.organisation.municipality.code
    one = client.get(f"{address}?kommun={code}").text
    assert one.count(f"{row.organisation.name}</span></th>") == 1
    assert client.get(f"{address}?kommun=x").status_code == MISSING
    assert client.get("/kansli/kostnader/ar/1999/").status_code == MISSING
    book = openpyxl.load_workbook(io.BytesIO(body_of(client.get(f"{address}lista.xlsx"))))
    assert [cell.value for cell in book.active[2]][2] == 10_000_000
    assert b"10000000" in body_of(client.get(f"{address}lista.csv"))
    assert client.get(f"{address}lista.pdf").status_code == MISSING


def test_cost_pages_cost_the_same_however_long(story, browser, joined, root):  # noqa: F811
    model = adopted(story, 20_000_000, year=YEAR)
    addresses = [
        f"/kansli/kostnader/ar/{YEAR}/",
        f"/kansli/kostnader/{model.pk}/",
        f"/kansli/kostnader/{model.pk}/prognos/",
        "/kansli/kostnader/",
        "/kansli/anslutningar/spridning/",
        "/tjanster/provisum/?kommun=0182",
    ]
    for __ in range(3):
        joined(10_000)
    client = browser("service_manager")
    for address in addresses:
        client.get(address)
    before = {address: queries(client, address) for address in addresses}
    catalogue = story.service.get_parent().specific
    for number in range(3):
        service = make_service(catalogue, title=f"Ny {number}")
        story.service, kept = service, story.service
        joined(10_000)
        adopted(story, 1_000, year=YEAR)
        story.service = kept
    for __ in range(15):
        joined(10_000)
    for address in addresses:
        client.get(address)
    assert {address: queries(client, address) for address in addresses} == before


# --- Another's rows never answer ------------------------------------------------------------------
@pytest.mark.parametrize("who", ["own:coordinator", "other:coordinator", "nobody"])
def test_nobody_outside_the_office_reaches_a_row_or_a_list(story, browser, joined, who):  # noqa: F811
    joined(10_000)
    model = adopted(story, 20_000_000, year=YEAR)
    row = costs.issue_year(by=story.handler, model=model)[0]
    client = browser(who)
    for address in (
        f"/kansli/kostnader/rader/{row.pk}/",
        f"/kansli/kostnader/{model.pk}/",
        f"/kansli/kostnader/{model.pk}/prognos/",
        f"/kansli/kostnader/{model.pk}/lista.csv",
        f"/kansli/kostnader/{model.pk}/faktura.csv",
        f"/kansli/kostnader/ar/{YEAR}/",
        f"/kansli/kostnader/ar/{YEAR}/lista.xlsx",
        "/kansli/anslutningar/spridning.xlsx",
    ):
        assert (address, client.get(address).status_code) == (address, REFUSED)
    assert list(CostRow.objects.visible_to(story.world[who])) == []


# --- Membership fees ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        # C12 and half the entry contribution for one that comes back.
        ("kommun=0182&manad=7", ["17\u00a0500", "10\u00a0000", "27\u00a0500"]),
        ("kommun=0182&manad=7&igen=on", ["17\u00a0500", "5\u00a0000", "22\u00a0500"]),
    ],
)
def test_what_membership_costs(story, client, query, shown):
    municipality = story.world.own.municipality
    municipality.population = 30_000
    municipality.save()
    page = client.get(f"/medlemsavgifter/?{query}").text
    answer = page.split("calc__answer")[1]
    for amount in shown:
        assert f"{amount}\u00a0kr" in answer


def test_the_published_table_and_what_cannot_be_read(story, client):
    page = client.get("/medlemsavgifter/")
    assert page.text.count("<tr>") == 9
    for wrong in ("kommun=0000&manad=1", "kommun=0182&manad=13", "kommun=0182"):
        assert client.get(f"/medlemsavgifter/?{wrong}").status_code == WRONG


# --- Constant memory ------------------------------------------------------------------------------
def peak(rows):
    tracemalloc.start()
    try:
        with xlsx_file({"x": (["a", "b"], ([f"text {n}", n] for n in range(rows)))}) as file:
            assert file.read(2) == b"PK"
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_workbook_streams_in_constant_memory():
    small = peak(500)
    assert peak(10_000) < small + 500_000
    # The control: the same rows kept would be more.
    tracemalloc.start()
    kept = [[f"text {n}", n] for n in range(10_000)]
    assert tracemalloc.get_traced_memory()[1] > small - small + 1_000_000, len(kept)
    tracemalloc.stop()
