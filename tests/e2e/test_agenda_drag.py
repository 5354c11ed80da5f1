"""The agenda is put in order with the mouse; with the keyboard in test_meeting.py."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.codes import fresh_code
from tests.e2e.test_accounts import log_in

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

BODY = "/forvaltningsrad/bibblix/"
SECRETARY = "sekreterare@bibblix.exempel.invalid"
OPENING, ADJUSTERS, CLOSING = "Mötet öppnas och upprop", "Val av justerare", "Mötet avslutas"


def plan(page: Page) -> None:
    """Plan a meeting a quarter of a year ahead; its agenda is shown."""
    page.goto(f"{BODY}moten/nytt/")
    start = datetime.now().replace(minute=0) + timedelta(days=90)  # noqa: DTZ005 - local, as typed
    page.locator("[name=title]").fill("Dragmöte (exempel)")
    page.locator("[name=starts_at]").fill(f"{start:%Y-%m-%dT%H:%M}")
    page.locator("[name=ends_at]").fill(f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.locator("[name=place]").fill("Sessionssalen (exempel)")
    page.get_by_role("button", name="Planera", exact=True).click()
    expect(page).to_have_url(re.compile("/dagordning/$"))


def row(page: Page, title: str) -> Locator:
    """Return the row of the item with this heading."""
    return page.locator("#punkter li", has_text=title)


def headings(page: Page) -> list[str]:
    """Return the headings in order, numbers left out."""
    texts = page.locator("#punkter li b").all_inner_texts()
    return [re.sub(r"^\d+\.\s", "", text.replace("\u00a0", " ")) for text in texts]


def drag(page: Page, title: str, onto: str) -> None:
    """Drag one item onto another with the mouse, and wait until the list has come back."""
    with page.expect_response(lambda r: r.request.method == "POST") as answer:
        row(page, title).drag_to(row(page, onto), source_position={"x": 40, "y": 12})
    assert answer.value.status == 200


def test_items_are_dragged_up_and_down_and_stay_there(open_page, site):
    page = open_page()
    account = site.logins()[SECRETARY]
    log_in(page, account, fresh_code(account["totp_secret"]))
    plan(page)
    returned = [t for t in headings(page) if t not in {OPENING, ADJUSTERS, CLOSING}]
    before = [OPENING, ADJUSTERS, *returned, CLOSING]
    assert headings(page) == before

    drag(page, ADJUSTERS, onto=CLOSING)
    down = [OPENING, *returned, CLOSING, ADJUSTERS]
    expect(page.locator("#punkter li b").last).to_contain_text(ADJUSTERS)
    assert headings(page) == down
    page.reload()
    assert headings(page) == down

    drag(page, ADJUSTERS, onto=OPENING)
    up = [ADJUSTERS, OPENING, *returned, CLOSING]
    expect(page.locator("#punkter li b").first).to_contain_text(ADJUSTERS)
    assert headings(page) == up

    asked = []
    page.on("request", lambda request: asked.append(request.method))
    row(page, OPENING).drag_to(row(page, OPENING), target_position={"x": 60, "y": 12})
    page.get_by_role("link", name="Så som deltagarna ser den").focus()
    assert asked == []
    assert headings(page) == up
