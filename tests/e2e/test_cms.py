"""An editor adds a row, picks a date and opens the preview; nothing is blocked, nothing leaves."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.test_accounts import code_of, log_in

pytestmark = pytest.mark.e2e

EDITOR = "redaktor@exempel.invalid"


def page_id(page: Page, slug: str) -> str:
    """Return the id of a page by the CMS's own listing."""
    answer = page.request.get(f"/cms/api/main/pages/?slug={slug}&format=json")
    return re.search(r'"id":\s*(\d+)', answer.text())[1]


def test_an_editor_adds_a_row_picks_a_date_and_sees_the_preview(open_page, site):
    page = open_page()
    row = site.logins()[EDITOR]
    log_in(page, row, code_of(row["totp_secret"]))
    page.goto(f"/cms/pages/{page_id(page, 'bibblix')}/edit/")
    page.get_by_role("tab", name="Innehåll").click()
    page.get_by_role("button", name="Lägg till funktion").click()
    visible(page, "input[name^='features-'][name$='-text']").fill("Ny funktion (exempel)")
    page.get_by_role("tab", name="Fakta").click()
    page.get_by_role("button", name="Lägg till steg").click()
    visible(page, "input[name^='roadmap-'][name$='-title']").fill("Nytt steg (exempel)")
    visible(page, "select[name^='roadmap-'][name$='-status']").select_option("planned")
    date = visible(page, "input[name^='roadmap-'][name$='-due_on']")
    date.click()
    days = "td.xdsoft_date:not(.xdsoft_other_month)"
    page.locator(f".xdsoft_datetimepicker:visible {days}").nth(9).click()
    expect(date).not_to_have_value("")
    page.locator("[data-side-panel-toggle='preview']").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Bibblix", timeout=30_000)
    expect(preview.get_by_text("Ny funktion (exempel)")).to_be_visible()


def visible(page: Page, selector: str) -> Locator:
    """Return the last field of a kind that can be seen: the one of the new row."""
    return page.locator(f"{selector}:visible").last
