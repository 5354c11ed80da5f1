"""What somebody writes, chooses or ticks in the room stays while the meeting goes on under it.

The parts of a room are answered by the test, so that no site needs to be started; htmx and the
script are the product's own.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.e2e
STATIC = Path(__file__).resolve().parent.parent.parent / "static"
ROOM = "http://rum.exempel.invalid/"
SCRIPTS = {"htmx.js": "vendor/htmx.min.js", "site.js": "js/site.js"}
ASK = '<div id="rum-fraga" hx-get="/nytt" hx-trigger="nytt from:body" hx-swap="outerHTML"></div>'
BALLOT = """<form method="post" action="/rosta"><input type="hidden" name="plats" value="%s">
<input type="radio" name="rost" value="yes" id="ja-%s" checked>
<input type="radio" name="rost" value="no" id="nej-%s"></form>"""
VOTE = f"{BALLOT % (1, 1, 1)}{BALLOT % (2, 2, 2)}"
PERSON = """<form method="post" action="/kom"><select name="person" id="kom-person">
<option value="1">Ett</option><option value="2">Två</option></select></form>"""
UNTIL = '<form method="post" action="/ajournera"><input id="till" name="till"></form>'
MOTION = """<details><summary>Yrka</summary><form method="post" action="/yrka">
<input type="hidden" name="punkt" value="%s"><textarea name="text" id="text"></textarea>
<input type="checkbox" name="bifall" value="7" id="bifall"></form></details>"""
BOX = '<section id="rum-kvar" hidden><textarea readonly id="kvar"></textarea></section>'
BROKEN = '<p id="rum-avbrott" hidden>Förbindelsen är bruten.</p>'


def parts(do: str, *, swap: str = "") -> str:
    """Return the parts of the room that are drawn anew."""
    found = {"rum-rost": VOTE, "rum-gor": do, "rum-sida": PERSON}
    return "".join(f'<div id="{name}" {swap}>{body}</div>' for name, body in found.items())


class Room:
    """A room whose next answer the test decides."""

    def __init__(self, page) -> None:
        self.page, self.do, self.lost = page, UNTIL + MOTION % 5, False
        page.route("**/*", self.answer)
        page.goto(ROOM)

    def answer(self, route: Route) -> None:
        name = route.request.url.removeprefix(ROOM)
        if self.lost:
            route.abort()
        elif name in SCRIPTS:
            script = (STATIC / SCRIPTS[name]).read_text()
            route.fulfill(content_type="text/javascript", body=script)
        elif name == "nytt":
            body = ASK + parts(self.do, swap='hx-swap-oob="true"')
            route.fulfill(content_type="text/html; charset=utf-8", body=body)
        else:
            scripts = "".join(f'<script src="/{name}" defer></script>' for name in SCRIPTS)
            body = f"<!doctype html>{scripts}{BOX}{BROKEN}{ASK}{parts(self.do)}"
            route.fulfill(content_type="text/html; charset=utf-8", body=body)

    def go_on(self) -> None:
        """Let the room be asked what is new, and be drawn anew."""
        self.page.evaluate("document.querySelectorAll('form').forEach(f => f.dataset.old = '1')")
        self.page.evaluate("htmx.trigger(document.body, 'nytt')")
        expect(self.page.locator("form[data-old]")).to_have_count(0)
        self.page.wait_for_function("!document.querySelector('.htmx-settling, .htmx-request')")


@pytest.fixture
def room(browser):
    page = browser.new_page()
    yield Room(page)
    page.close()


def fill(page) -> None:
    page.locator("#till").fill("kl. 13")
    page.locator("summary").click()
    page.locator("#text").fill("höja avgiften")
    page.locator("#bifall").check()
    page.locator("#kom-person").select_option("2")
    page.locator("#nej-2").check()


def test_everything_goes_back_into_its_own_field(room):
    page = room.page
    fill(page)
    room.go_on()
    expect(page.locator("#till")).to_have_value("kl. 13")
    expect(page.locator("#text")).to_have_value("höja avgiften")
    expect(page.locator("#text")).to_be_visible()  # its fold is open again
    expect(page.locator("#bifall")).to_be_checked()
    expect(page.locator("#kom-person")).to_have_value("2")
    expect(page.locator("#ja-1")).to_be_checked()  # the ballot of the other seat is not touched
    expect(page.locator("#nej-2")).to_be_checked()
    expect(page.locator("#rum-kvar")).to_be_hidden()


def test_a_text_about_another_item_is_kept_beside(room):
    page = room.page
    fill(page)
    room.do = UNTIL + MOTION % 6
    room.go_on()
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#bifall")).not_to_be_checked()
    expect(page.locator("#till")).to_have_value("kl. 13")
    expect(page.locator("#kvar")).to_have_value("höja avgiften")
    expect(page.locator("#rum-kvar")).to_be_visible()


def test_a_lost_connection_leaves_all_and_says_so(room):
    page = room.page
    fill(page)
    room.lost = True
    page.evaluate("htmx.trigger(document.body, 'nytt')")
    expect(page.locator("#rum-avbrott")).to_be_visible()
    expect(page.locator("#text")).to_have_value("höja avgiften")
    room.lost = False
    room.go_on()
    expect(page.locator("#rum-avbrott")).to_be_hidden()
    expect(page.locator("#text")).to_have_value("höja avgiften")
    expect(page.locator("#nej-2")).to_be_checked()
