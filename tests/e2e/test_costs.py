"""A visitor calculates a cost; a coordinator reads the portfolio, the office the costs."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.accessibility import sideways, violations
from tests.e2e.codes import fresh_code
from tests.e2e.test_accounts import log_in

pytestmark = pytest.mark.e2e
COORDINATOR, OFFICE = "samordnare.nacka@exempel.invalid", "tjansteansvarig@exempel.invalid"
CURVE = "Så mycket betalar Malmö när fler ansluter sig"


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("javascript", [True, False])
def test_the_calculator(open_page, width, javascript):
    page = open_page(width, java_script_enabled=javascript)
    page.goto("/tjanster/provisum/")
    page.get_by_role("link", name="Räkna på kostnaden").click()
    page.get_by_label("Kommun", exact=True).select_option("Malmö")
    page.get_by_label("Om så många till ansluter sig").fill("5")
    page.get_by_role("button", name="Räkna").click()
    expect(page.get_by_role("heading", name=CURVE)).to_be_visible()
    expect(page).to_have_url(re.compile("kommun=1280"))
    page.get_by_text("Visa som tabell").click()
    table = page.get_by_role("table", name="Kostnad per år mot antalet anslutna")
    expect(table.get_by_role("row")).to_have_count(7)
    assert sideways(page) == 0


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_pages_of_costs_have_no_violations(open_page, site, width):
    page = open_page(width)
    for address in ("/medlemsavgifter/?kommun=0182&manad=4", "/tjanster/provisum/?kommun=1280"):
        page.goto(address)
        assert (address, violations(page), sideways(page)) == (address, [], 0)
    row = site.logins()[COORDINATOR]
    log_in(page, row, fresh_code(row["totp_secret"]))
    for address in (
        "/kommuner/0182/portfolj/",
        "/kommuner/0182/portfolj/?utskrift=1",
        "/anslutningar/kostnader/",
    ):
        page.goto(address)
        assert (address, violations(page), sideways(page)) == (address, [], 0)


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_offices_pages_have_no_violations(open_page, site, width):
    page = open_page(width)
    row = site.logins()[OFFICE]
    log_in(page, row, fresh_code(row["totp_secret"]))
    page.goto("/kansli/kostnader/")
    model = page.get_by_role("table").first.get_by_role("link").first.get_attribute("href")
    for address in (
        "/kansli/kostnader/",
        model,
        f"{model}prognos/?gar_med=0180",
        "/kansli/kostnader/ny/",
        "/kansli/anslutningar/spridning/",
    ):
        page.goto(address)
        assert (address, violations(page), sideways(page)) == (address, [], 0)
