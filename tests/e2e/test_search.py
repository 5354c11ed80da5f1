"""Searching in a real browser: suggestions while one writes, filters, and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.accessibility import violations
from tests.e2e.watching import watch

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_suggestions_come_while_one_writes(open_context, width):
    page = open_context(width, bypass_csp=True).new_page()
    page.goto("/sok/")
    page.get_by_role("searchbox").press_sequentially("bibb", delay=40)
    suggested = page.locator("#forslag").get_by_role("link", name="Bibblix", exact=True)
    expect(suggested).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#forslag a").first).to_be_focused()
    suggested.click()
    expect(page).to_have_url(re.compile(r"/tjanster/bibblix/$"))


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_word_without_dots_by_filter_to_the_page(open_page, javascript):
    page = open_page("phone", java_script_enabled=javascript)
    seen = watch(page)
    page.goto("/sok/")
    page.get_by_role("searchbox").fill("overformyndarnas")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"/sok/\?q=overformyndarnas"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("på ”overformyndarnas”")
    page.locator("summary", has_text="Filtrera").click()
    page.get_by_label(re.compile("^Tjänster")).check()
    page.get_by_role("button", name="Visa träffar").click()
    expect(page).to_have_url(re.compile(r"typ=service"))
    expect(page.get_by_role("searchbox")).to_have_value("overformyndarnas")
    page.get_by_role("link", name="Provisum", exact=True).click()
    expect(page).to_have_url(re.compile(r"/tjanster/provisum/$"))
    assert seen.faults == []
