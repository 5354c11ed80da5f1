"""A visitor finds a service and sees who uses it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.watching import watch

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("javascript", [True, False])
def test_from_home_by_filter_to_service_to_municipality(open_page, width, javascript):
    page = open_page(width, java_script_enabled=javascript)
    page.goto("/")
    page.get_by_role("searchbox").first.fill("läsa")
    page.get_by_role("searchbox").first.press("Enter")
    expect(page).to_have_url(re.compile(r"/sok/\?.*q="))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sök")
    page.get_by_role("link", name="Bibblix", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bibblix")
    page.get_by_role("link", name="Malmö").first.click()
    expect(page).to_have_url(re.compile(r"/kommuner/1280/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Malmö")
    expect(page.get_by_role("link", name="Bibblix").first).to_be_visible()


def test_the_watch_sees_a_csp_violation(open_context):
    page = open_context().new_page()
    seen = watch(page)
    page.goto("/")
    page.evaluate(
        "() => { const s = document.createElement('style'); s.textContent = 'p{color:red}';"
        " document.head.append(s); new Image().src = 'https://exempel.invalid/x.png'; }"
    )
    for _ in range(100):
        if any("Content Security Policy" in fault for fault in seen.faults):
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail(f"the violation was not seen, only {seen.faults}")
