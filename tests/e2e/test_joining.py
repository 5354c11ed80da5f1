"""Nacka joins Provisum, uses it, leaves it, and is gone on the day that was computed."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from catalogue.termination import end_date
from core.formatting import long_date
from tests.e2e.accessibility import LOOKS, sideways, violations
from tests.e2e.codes import fresh_code
from tests.e2e.conftest import later
from tests.e2e.test_accounts import log_in

pytestmark = pytest.mark.e2e

RUNNER = "samordnare.nacka@exempel.invalid"
SIGNATORIES = ("firmatecknare.nacka@exempel.invalid", "firmatecknare2.nacka@exempel.invalid")
ASSOCIATION = "firmatecknare.foreningen@exempel.invalid"
MANAGER = "tjansteansvarig@exempel.invalid"
STEPS_OF_THE_CHECKLIST = 6
NEEDED_CONTACTS = ("agreement", "technical", "incident", "invoice")


def paper(name: str) -> dict[str, object]:
    """Return a small PDF as an upload."""
    document, buffer = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(buffer)
    return {"name": name, "mimeType": "application/pdf", "buffer": buffer.getvalue()}


@dataclass
class Walk:
    """The people's windows, each logged in once, and the record they meet on."""

    pages: dict[str, Page]
    record: str = ""

    def as_(self, email: str) -> Page:
        """Return a person's window, at the record."""
        page = self.pages[email]
        page.goto(self.record)
        return page

    def do(self, email: str, slug: str, /, **fields: object) -> Page:
        """Do one deed of the record, and come back to it."""
        page = self.pages[email]
        page.goto(f"{self.record}gor/{slug}/")
        fill(page, fields)
        send(page)
        expect(page, f"{slug} by {email}").to_have_url(re.compile(r"/anslutningar/\d+/(#.*)?$"))
        return page

    def step(self, email: str, new: str, /, **fields: object) -> None:
        """Take one step by the button on the record."""
        page = self.as_(email)
        link = page.locator(f"a[href$='/steg/{new}/']").first
        if not link.is_visible():
            page.locator("section.now summary").click()
        link.click()
        fill(page, fields)
        send(page)
        expect(page, f"to {new} by {email}").to_have_url(re.compile(r"/anslutningar/\d+/$"))

    def state(self) -> str:
        """Return the state as the record tells it."""
        return self.as_(RUNNER).locator(".page-head .lead").inner_text()


def fill(page: Page, fields: dict[str, object]) -> None:
    """Fill a form by the names of its fields."""
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]")
        kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind in {"radio", "checkbox"}:
            page.locator(f"main [name={name}][value='{value}']").check()
        elif kind == "select":
            field.select_option(str(value))
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))


def send(page: Page) -> None:
    """Send the page's form."""
    page.locator("main form[method=post] button[type=submit]").last.click()


@pytest.fixture
def people(open_page, site) -> Iterator[Callable[..., dict[str, Page]]]:
    """Return a function that logs people in, each in a window of their own."""

    def enter(*emails: str, base: str = "") -> dict[str, Page]:
        found = {}
        for email in emails:
            row = site.logins()[email]
            page = open_page(base_url=base or site.url)
            log_in(page, row, fresh_code(row["totp_secret"]))
            found[email] = page
        return found

    return enter


def test_from_the_service_to_the_computed_end(people, site, open_page):
    walk = Walk(people(RUNNER, MANAGER))
    leave_the_demos_joining(walk)

    join_and_take_a_seat(walk)
    decide(walk)
    agree(walk)
    sign(walk, people)
    onboard(walk)
    assert walk.state() == "I drift"
    the_cost_shows(walk, open_page())
    object_to_a_sub_processor(walk)
    ends_on = terminate(walk)

    today = date.today()  # noqa: DTZ011 - the server's own day
    with on_the_site_of(site, people, walk, days=(ends_on - today).days) as there:
        there.pages[MANAGER].goto(f"{there.record}steg/winding-up/")
        send(there.pages[MANAGER])
        expect(there.pages[MANAGER]).to_have_url(re.compile(r"/anslutningar/\d+/$"))
        wind_up(there, ends_on)
        there.pages[MANAGER].goto(f"{there.record}steg/ended/")
        send(there.pages[MANAGER])
        expect(
            there.pages[MANAGER].get_by_text("Den sista dagen har inte passerat än.")
        ).to_be_visible()
    with on_the_site_of(site, people, walk, days=(ends_on - today).days + 1) as there:
        there.step(MANAGER, "ended")
        expect(there.as_(MANAGER).locator(".page-head .lead")).to_have_text("Avslutad")


def leave_the_demos_joining(walk: Walk) -> None:
    """Withdraw what the demo has begun, so that Nacka can join from the beginning."""
    page = walk.pages[RUNNER]
    page.goto("/anslutningar/")
    page.get_by_role("row", name="Provisum").get_by_role("link").first.click()
    walk.record = page.url
    walk.step(RUNNER, "withdrawn", reason="Exempel: vi börjar om.")


def join_and_take_a_seat(walk: Walk) -> None:
    page = walk.pages[RUNNER]
    page.goto("/tjanster/")
    page.get_by_role("link", name="Provisum", exact=True).first.click()
    page.get_by_role("link", name="Anslut", exact=False).first.click()
    page.get_by_label("Nacka").check()
    fill(page, {"interest": "Exempel: en gemensam e-tjänst.", "wants_seat": "yes"})
    send(page)
    expect(page).to_have_url(re.compile(r"/anslutningar/\d+/$"))
    walk.record = page.url
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        assert sideways(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})
    walk.do(MANAGER, "meddelande", text="Exempel: vem leder införandet hos er?")
    walk.step(MANAGER, "dialogue")
    people = page_options(walk.pages[RUNNER], f"{walk.record}gor/plats/", "ordinary")
    walk.do(
        RUNNER,
        "plats",
        starts_on=day(0),
        ordinary=people[0],
        substitute=people[1],
        body="Kommunstyrelsen",
        decided_on=day(-10),
        registry_number="KFKS 2026/2",
        file=paper("val.pdf"),
    )


def page_options(page: Page, url: str, name: str) -> list[str]:
    """Return the values that a list of a form offers, the empty one left out."""
    page.goto(url)
    values = page.locator(f"main [name={name}] option").evaluate_all("l => l.map(e => e.value)")
    return [value for value in values if value]


def day(ahead: int) -> str:
    """Return a day so many days ahead, as a date field takes it."""
    return (date.today() + timedelta(days=ahead)).isoformat()  # noqa: DTZ011 - the server's day


def decide(walk: Walk) -> None:
    walk.step(RUNNER, "decision-pending")
    walk.do(
        RUNNER,
        "beslut",
        body="Kommunfullmäktige",
        decided_on=day(-40),
        registry_number="KFKS 2026/1",
        announced_on=day(-38),
        final_on=day(-15),
        file=paper("beslut.pdf"),
    )
    walk.step(RUNNER, "decided")


def agree(walk: Walk) -> None:
    walk.do(MANAGER, "lagstod", basis="kl-9-37", reference="Exempel: samverkansavtal 2026/7")
    walk.do(MANAGER, "utkast", kind="accession", agreed_start=day(0), amount="120000")
    walk.do(MANAGER, "utkast", kind="dpa")
    walk.do(MANAGER, "skicka")
    assert walk.state() == "Avtal utskickat"


def sign(walk: Walk, people: Callable[..., dict[str, Page]]) -> None:
    """Sign both agreements: two for Nacka, then one for the association, all at once.

    Each logs in to sign: a signature asks for a second factor of the last minutes.
    """
    for email in SIGNATORIES:
        walk.pages |= people(email)
        page = walk.as_(email)
        addresses = page.locator("#avtal ~ ul a[href*='/avtal/']").evaluate_all(
            "l => l.map(e => e.getAttribute('href'))"
        )
        assert len(addresses) == 2
        for address in addresses:
            page.goto(address)
            page.get_by_label("Jag har läst").check()
            page.get_by_role("button", name="Skriv under avtalet").click()
            expect(page.get_by_text("Du har skrivit under.")).to_be_visible()
    page = people(ASSOCIATION)[ASSOCIATION]
    page.goto("/kansli/avtal/kontrasignera/")
    for box in page.get_by_label("Nacka").all():
        box.check()
    page.locator("[name=confirm]").check()
    send(page)
    expect(page.get_by_text("Undertecknade: 2.")).to_be_visible()
    assert walk.state() == "Avtal tecknat"


def onboard(walk: Walk) -> None:
    walk.step(MANAGER, "onboarding")
    page = walk.as_(RUNNER)
    left = page.locator("#inforande ~ ol").get_by_role("button", name=re.compile("^Klart"))
    for done in range(STEPS_OF_THE_CHECKLIST):
        expect(left).to_have_count(STEPS_OF_THE_CHECKLIST - done)
        left.first.click()
    for role in NEEDED_CONTACTS:
        walk.do(RUNNER, "kontakt", role=role, function="Funktion", email="f@exempel.invalid")
    walk.do(RUNNER, "godkannande", accepted_on=day(0), file=paper("godkannande.pdf"))
    walk.step(MANAGER, "production")


def the_cost_shows(walk: Walk, visitor: Page) -> None:
    """Nacka counts as a member in the public calculator, and sees the service in its portfolio."""
    visitor.goto("/tjanster/provisum/?kommun=0182")
    expect(visitor.locator(".calc__answer .sum")).to_contain_text("kr")
    page = walk.pages[RUNNER]
    page.goto("/kommuner/0182/portfolj/")
    table = page.locator("section[aria-labelledby=tjanster]")
    expect(table.get_by_role("row", name="Provisum")).to_contain_text("kr")


def object_to_a_sub_processor(walk: Walk) -> None:
    page = walk.pages[MANAGER]
    page.goto("/kansli/underbitraden/")
    form = page.locator("form", has=page.locator("[name=andring-service]"))
    form.locator("[name=andring-service]").select_option(label="Provisum")
    form.locator("[name=andring-text]").fill("Exempel: driften flyttar till ett nytt bolag.")
    form.locator("[name=andring-object_by]").fill(day(30))
    form.locator("[name=andring-takes_effect_on]").fill(day(60))
    form.get_by_role("button").click()
    expect(page.locator("article", has_text="driften flyttar till ett nytt bolag")).to_be_visible()
    own = walk.as_(RUNNER)
    own.get_by_role("link", name="Svara", exact=True).click()
    fill(own, {"answer": "objects", "reason": "Exempel: vi behöver se var uppgifterna lagras."})
    send(own)
    expect(own).to_have_url(re.compile(r"/anslutningar/\d+/$"))
    expect(own.get_by_text("Invänder").first).to_be_visible()
    page.goto("/kansli/underbitraden/")
    expect(page.get_by_text("Exempel: vi behöver se var uppgifterna lagras.")).to_be_visible()


def terminate(walk: Walk) -> date:
    """Give notice today; return the last day that the record shows."""
    walk.do(RUNNER, "uppsagning", received_on=day(0), file=paper("uppsagning.pdf"))
    assert walk.state() == "Uppsagd"
    expected = end_date(date.today(), months=12, at_year_end=True)  # noqa: DTZ011
    expect(walk.as_(RUNNER).locator(".facts--row").first).to_contain_text(long_date(expected, "sv"))
    return expected


def wind_up(walk: Walk, on: date) -> None:
    walk.do(MANAGER, "data-aterlamnad", on=on.isoformat())
    walk.do(MANAGER, "radering", on=on.isoformat(), file=paper("intyg.pdf"))
    walk.do(MANAGER, "konton", on=on.isoformat())
    walk.do(MANAGER, "slutreglering", on=on.isoformat(), amount="0")


@contextmanager
def on_the_site_of(site, people, walk: Walk, *, days: int) -> Iterator[Walk]:
    """Go on with the same record on a later day, as the office."""
    with later(site, days) as address:
        pages = people(MANAGER, base=address)
        yield Walk(pages, walk.record.replace(site.url, address))


OFFICE_PAGES = (
    "/kansli/anslutningar/",
    "/kansli/anslutningar/inforanden/",
    "/kansli/anslutningar/ta-over/",
    "/kansli/underbitraden/",
    "/kansli/avtal/",
)
OWN_PAGES = ("/anslutningar/", "/anslutningar/avtalssamverkan/", "/tjanster/provisum/anslut/")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_of_joining_have_no_violations(open_context, site, width, scheme):
    page = open_context(width, color_scheme=scheme, bypass_csp=True).new_page()
    row = site.logins()[MANAGER]
    log_in(page, row, fresh_code(row["totp_secret"]))
    page.goto("/kansli/anslutningar/")
    records = page.locator("tbody th a").evaluate_all("l => l.map(e => e.getAttribute('href'))")
    found = {}
    for address in (*OFFICE_PAGES, *OWN_PAGES, *records[:4], f"{records[0]}gor/beslut/"):
        page.goto(address)
        found[address] = violations(page)
        if sideways(page) > 0:
            found[address].append(f"{sideways(page)} px too wide")
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
