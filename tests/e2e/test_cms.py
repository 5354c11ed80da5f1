"""An editor adds a row, picks a date and opens the preview; nothing is blocked, nothing leaves."""

import re

import pytest
from playwright.sync_api import Page, expect

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
    page.get_by_role("button", name="Lägg till funktion").click()
    feature = page.locator("input[name^='features-'][name$='-text']:visible").last
    feature.fill("Ny funktion från provet (exempel)")
    page.get_by_role("tab", name="Fakta").click()
    page.get_by_role("button", name="Lägg till avtal").click()
    date = page.locator("input[name^='contracts-'][name$='-starts_on']:visible").last
    date.click()
    page.locator(".xdsoft_datetimepicker:visible td.xdsoft_date:not(.xdsoft_other_month)").nth(
        9
    ).click()
    expect(date).not_to_have_value("")
    page.get_by_role("button", name="Visa/dölj förhandsvisning").or_(
        page.locator("[data-side-panel-toggle='preview']")
    ).first.click()
    preview = page.frame_locator("iframe[data-w-preview-target='iframe'], #w-preview-iframe").first
    expect(preview.get_by_role("heading", level=1)).to_have_text("Bibblix", timeout=20_000)
