"""A whole meeting with five people logged in, on two screen sizes, with real mail."""

import re
import subprocess
import sys
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import sideways, violations
from tests.e2e.conftest import BASE, EMBEDDED_ONLY, WIDTHS, RunningSite
from tests.e2e.test_accounts import code_of, log_in

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

BODY = "/forvaltningsrad/provisum/"
SECRETARY = "sekreterare@provisum.exempel.invalid"
CHAIR = "ledamot.1980@provisum.exempel.invalid"
VICE = "ledamot.0180@provisum.exempel.invalid"
MEMBER = "ledamot.1383@provisum.exempel.invalid"
SUBSTITUTE = "ersattare.1383@provisum.exempel.invalid"
BOUNCES = "ersattare.2581@provisum.exempel.invalid"
DEAD = "studs.2581@provisum.exempel.invalid"
PEOPLE = {
    "secretary": (SECRETARY, "desktop"),
    "chair": (CHAIR, "desktop"),
    "vice": (VICE, "phone"),
    "member": (MEMBER, "phone"),
    "substitute": (SUBSTITUTE, "phone"),
}
RENAME = (
    f"from members.models import User;User.objects.filter(email='{BOUNCES}').update(email='{DEAD}')"
)


class Stages:
    """Pictures of each stage on both screens, and what axe and sideways scrolling say of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    def look(self, name: str, *pages: Page) -> None:
        """Take pictures of each page on both screens and hold it to the rules of every page."""
        self.number += 1
        for place, page in enumerate(pages, start=1):
            own = page.viewport_size
            for width, height in WIDTHS.values():
                page.set_viewport_size({"width": width, "height": height})
                page.screenshot(
                    path=self.folder / f"{self.number:02d}-{name}-{place}-{width}.png",
                    full_page=True,
                    caret="initial",
                )
                assert not sideways(page), f"{name} at {width}"
            page.set_viewport_size(own)
            assert violations(page) == [], f"{name} at {own['width']}"


@pytest.fixture
def people(open_page, site) -> dict[str, Page]:
    """Five people, each in a window of the own."""
    logins = site.logins()
    pages = {}
    for name, (email, width) in PEOPLE.items():
        row = logins[email]
        pages[name] = open_page(width)
        log_in(pages[name], row, code_of(row["totp_secret"]))
    return pages


def kill_an_address(site: RunningSite) -> None:
    """Let one person's address be one that the mail server refuses."""
    import os

    kept = {key: value for key, value in os.environ.items() if key not in EMBEDDED_ONLY}
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", RENAME],
        cwd=BASE,
        env=kept | {"SAMAGT_ENV": "dev", "SAMAGT_VAR_DIR": str(site.folder)},
        check=True,
        capture_output=True,
    )


def wait_for_the_next_minute(page: Page) -> None:
    """Times are entered in whole minutes: let the one in which the meeting resumed pass."""
    page.wait_for_timeout(1000 * (61 - datetime.now().second))  # noqa: DTZ005 - any clock does


def press(page: Page, name: str) -> None:
    """Press the one button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def add_item(page: Page, title: str, kind: str, proposal: str = "", closed: str = "") -> None:
    """Add an item to the agenda."""
    form = page.locator("form", has=page.locator("[name=add-title]"))
    form.locator("[name=add-title]").fill(title)
    form.locator("[name=add-kind]").select_option(kind)
    form.locator("[name=add-proposal]").fill(proposal)
    if closed:
        form.locator("[name=add-is_closed]").check()
        form.locator("[name=add-closed_reason]").fill(closed)
    form.get_by_role("button", name="Lägg till").click()
    expect(page.locator("#punkter")).to_contain_text(title)


def open_item(page: Page, title: str) -> None:
    """Open an item in the room."""
    page.get_by_role("button", name=re.compile(rf"^Öppna \d+\. {title}$")).click()
    expect(page.locator("#rum-nu h2").first).to_contain_text(title)


def decide(page: Page, *ticked: str) -> None:
    """Close the debate, find what is ticked carried, and let the gavel fall."""
    press(page, "Avsluta överläggningen")
    for label in ticked:
        page.get_by_label(re.compile(label)).check()
    press(page, "Säg vad du funnit")
    expect(page.get_by_role("heading", name="Ordföranden finner")).to_be_visible()
    press(page, "Klubba beslutet")
    expect(page.get_by_text("Beslutet är fattat.")).to_be_visible()


def planned(page: Page) -> str:
    """Plan the meeting, build its agenda by keyboard and return its address."""
    page.goto(f"{BODY}moten/nytt/")
    start = datetime.now().replace(minute=0) + timedelta(hours=2)  # noqa: DTZ005 - local, as typed
    page.locator("[name=title]").fill("Extra möte (exempel)")
    page.locator("[name=starts_at]").fill(f"{start:%Y-%m-%dT%H:%M}")
    page.locator("[name=ends_at]").fill(f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.locator("[name=place]").fill("Sessionssalen (exempel)")
    press(page, "Planera")
    expect(page).to_have_url(re.compile("/dagordning/$"))
    add_item(page, "Policy", "decision", "anta policyn")
    add_item(page, "Budget", "decision", "fastställa budgeten")
    add_item(page, "Upphandling", "information", closed="Affärsförhållanden (exempel)")
    up = page.locator("#punkter li", has_text="Budget").get_by_role("button", name="Upp")
    up.focus()
    page.keyboard.press("Enter")
    titles = page.locator("#punkter li b")
    expect(titles.nth(2)).to_contain_text("Budget")
    return page.url.removesuffix("dagordning/")


def summon(page: Page, meeting: str) -> None:
    """Send the summons; it is late, so the reason is asked for."""
    page.goto(f"{meeting}kallelse/")
    press(page, "Skicka kallelsen")
    expect(page.locator(".ds-validation-message, .ds-alert").first).to_be_visible()
    page.locator("[name=late_reason]").fill("Brådskande (exempel)")
    press(page, "Skicka kallelsen")
    expect(page.get_by_text("Kallelsen är på väg.")).to_be_visible()


def read_calendar(message: EmailMessage) -> Calendar:
    """Return the calendar entry of a mail."""
    parts = [
        part for part in message.iter_attachments() if part.get_content_type() == "text/calendar"
    ]
    return Calendar.from_ical(parts[0].get_payload(decode=True))


def test_a_meeting_from_agenda_to_close(people, open_page, site, tmp_path) -> None:  # noqa: PLR0915
    secretary, chair, vice = people["secretary"], people["chair"], people["vice"]
    member, substitute = people["member"], people["substitute"]
    stages = Stages(tmp_path)
    kill_an_address(site)

    meeting = planned(secretary)
    stages.look("agenda", secretary)
    summon(secretary, meeting)

    # Mail and calendar, as received.
    message = site.mailbox.wait_for(SUBSTITUTE, about="Kallelse")
    pdf = next(a for a in message.iter_attachments() if a.get_content_type() == "application/pdf")
    assert pdf.get_payload(decode=True).startswith(b"%PDF-")
    calendar = read_calendar(message)
    event = calendar.walk("VEVENT")[0]
    assert (calendar["METHOD"], event["SEQUENCE"]) == ("REQUEST", 1)
    assert event["LOCATION"] == "Sessionssalen (exempel)"
    # The secretary sees the address that bounces.
    for _ in range(60):
        secretary.goto(meeting)
        if secretary.get_by_text("Kallelsen har inte nått en person").count():
            break
        secretary.wait_for_timeout(1000)
    expect(secretary.get_by_text("Kallelsen har inte nått en person")).to_be_visible()
    stages.look("delivery", secretary)

    # Answers; the substitute is called.
    for page, answer in ((member, "Jag kommer inte"), (chair, "Jag kommer")):
        page.goto(meeting)
        press(page, answer)
        expect(page.get_by_text("Svaret är sparat.")).to_be_visible()
    site.mailbox.wait_for(SUBSTITUTE, about="Du kallas att tjänstgöra")
    substitute.goto(meeting)
    press(substitute, "Jag kommer")
    secretary.reload()
    row = secretary.locator("tr", has_text="Ledamot, Varberg (exempel)")
    expect(row).to_contain_text("Ersättare, Varberg (exempel) har kallats")
    stages.look("answers", secretary, substitute)

    # The roll is called and the meeting opened.
    secretary.goto(f"{meeting}rum/")
    for name in ("Stockholm", "Botkyrka", "Nacka"):
        row = secretary.locator("tr", has_text=f"Ledamot, {name} (exempel)")
        row.get_by_role("combobox").select_option("room")
    press(secretary, "Öppna mötet")
    expect(secretary.locator("#rum-sida")).to_contain_text("5")
    for page in (chair, vice, substitute):
        page.goto(f"{meeting}rum/")
    expect(substitute.locator("#rum-sida li", has_text="Varberg")).to_contain_text("Du")
    stages.look("opened", secretary, vice)

    # Adjusters, then an item in which the vice chair is recused and the substitute moves.
    open_item(chair, "Val av justerare")
    chair.get_by_label("Ledamot, Botkyrka (exempel), Botkyrka").first.check()
    press(chair, "Välj och klubba")
    open_item(chair, "Budget")
    vice.reload()
    vice.locator("summary", has_text="Anmäl jäv").click()
    vice.locator("[name=grund]").fill("Anställd hos en anbudsgivare (exempel)")
    press(vice, "Anmäl")
    expect(vice.locator("#rum-sida")).to_contain_text("4")
    substitute.reload()
    substitute.locator("[name=slag]").select_option("add")
    substitute.locator("form", has=substitute.locator("[name=slag]")).locator("textarea").fill(
        "följa upp budgeten i juni"
    )
    press(substitute, "Framställ yrkandet")
    # The chair's device follows by itself.
    expect(chair.locator("#rum-nu")).to_contain_text("följa upp budgeten i juni")
    stages.look("motions", chair, substitute)
    decide(chair, "Det beredda förslaget", "^Tillägg")

    for page in (chair, vice):
        page.reload()
        expect(page.locator("#rum-dagordning li", has_text="Budget")).to_contain_text("Beslutad")
    expect(vice.locator("#rum-sida .big")).to_have_text("5")
    stages.look("decided", chair, vice)

    # Tabled, then behind closed doors.
    open_item(chair, "Policy")
    vice.reload()
    vice.locator("[name=slag]").select_option("table")
    press(vice, "Framställ yrkandet")
    expect(chair.locator("#rum-nu")).to_contain_text("Bordläggning")
    decide(chair, "^Bordläggning")
    open_item(chair, "Upphandling")
    audience = open_page("desktop")
    audience.goto(f"{meeting}rum/")
    expect(audience.get_by_text("En punkt bakom stängda dörrar behandlas.")).to_be_visible()
    assert "Upphandling" not in audience.content()
    stages.look("closed-item", chair, audience)
    press(chair, "Lägg till handlingarna")

    # Adjourned, resumed, a departure corrected, closed.
    press(chair, "Ajournera")
    expect(chair.get_by_text("Mötet är ajournerat.").first).to_be_visible()
    stages.look("adjourned", chair)
    press(chair, "Återuppta mötet")
    expect(chair.get_by_role("button", name="Ajournera")).to_be_visible()
    wait_for_the_next_minute(chair)
    secretary.goto(f"{meeting}rum/")
    secretary.locator("summary", has_text="Allt som är infört").click()
    form = secretary.locator("form", has=secretary.locator("#for-in-tid"))
    form.locator("[name=slag]").select_option("left")
    form.locator("[name=person]").select_option(label="Ledamot, Nacka (exempel), Nacka")
    form.locator("#for-in-tid").fill(f"{datetime.now():%H:%M}")  # noqa: DTZ005 - local, as typed
    form.locator("#for-in-skal").fill("Gick tidigare (exempel)")
    form.get_by_role("button", name="För in").click()
    expect(secretary.get_by_text("Rättelsen är införd.")).to_be_visible()
    expect(secretary.locator("#rum-sida .big")).to_have_text("4")
    press(chair, "Avsluta mötet")
    expect(chair.get_by_role("heading", name="Mötet är avslutat")).to_be_visible()
    secretary.reload()
    stages.look("closed", chair, secretary)
