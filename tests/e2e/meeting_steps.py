"""What people do in a meeting, step by step, and pictures of what they see."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.accessibility import sideways, violations
from tests.e2e.conftest import BASE, EMBEDDED_ONLY, RunningSite
from tests.e2e.test_accounts import code_of, log_in

HALF_MINUTE = 30
AGE = """
from django.contrib.sessions.models import Session
from django.contrib.sessions.backends.db import SessionStore
for row in Session.objects.all():
    session = SessionStore(row.session_key)
    methods = session.get("account_authentication_methods") or []
    for method in methods:
        method["at"] -= 3600
    session["account_authentication_methods"] = methods
    session.save()
"""

LOGIN = """
from home.demo.people import complete_logins, new_login
from members.models import User
user = User.objects.with_email("{email}").get()
complete_logins([new_login(user, role="delegate", organisation="")])
"""


@dataclass
class Person:
    """Somebody at a screen of the own."""

    page: Page
    email: str
    secret: str
    last_code: str = ""

    def new_code(self) -> str:
        """Return a code that has not been used: an app's code counts once."""
        while (code := code_of(self.secret)) == self.last_code:
            time.sleep(1)
        self.last_code = code
        return code

    def log_in(self, row: dict[str, str]) -> None:
        """Log in with password and code."""
        log_in(self.page, row, self.new_code())


class Stages:
    """Pictures of each stage on both screens, and what axe and sideways scrolling say of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        self.faults: list[str] = []

    def look(self, name: str, *pages: Page) -> None:
        """Take a picture of each page and hold it to the rules of every page."""
        self.number += 1
        for place, page in enumerate(pages, start=1):
            width = page.viewport_size["width"]
            picture = self.folder / f"{self.number:02d}-{name}-{place}-{width}.png"
            page.screenshot(path=picture, full_page=True, caret="initial")
            self.faults += [f"{name} at {width}: {line}" for line in violations(page)]
            if sideways(page) > 0:
                self.faults.append(f"{name} at {width}: {sideways(page)} px too wide")


def run_in(site: RunningSite, program: str) -> str:
    """Run some lines of Python inside the site and return what they print."""
    kept = {key: value for key, value in os.environ.items() if key not in EMBEDDED_ONLY}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", program],
        cwd=BASE,
        env=kept | {"SAMAGT_ENV": "dev", "SAMAGT_VAR_DIR": str(site.folder)},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def give_login(site: RunningSite, email: str) -> None:
    """Give somebody of the demo a password and a second factor."""
    run_in(site, LOGIN.format(email=email))


def age_second_factors(site: RunningSite) -> None:
    """Let an hour pass since everybody last showed a second factor."""
    run_in(site, AGE)


def press(page: Page, name: str) -> None:
    """Press the one button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def form_with(page: Page, selector: str) -> object:
    """Return the form that holds a field."""
    return page.locator("form", has=page.locator(selector))


def unfold(page: Page, summary: str) -> None:
    """Open a folded form."""
    page.locator("summary", has_text=summary).first.click()


def add_item(page: Page, title: str, kind: str, proposal: str = "") -> None:
    """Add an item to the agenda."""
    form = form_with(page, "[name=add-title]")
    form.locator("[name=add-title]").fill(title)
    form.locator("[name=add-kind]").select_option(kind)
    form.locator("[name=add-proposal]").fill(proposal)
    form.get_by_role("button", name="Lägg till").click()
    expect(page.locator("#punkter")).to_contain_text(title)


def plan(page: Page, body: str, title: str) -> str:
    """Plan a meeting that begins soon and return its address."""
    page.goto(f"{body}moten/nytt/")
    start = datetime.now().replace(minute=0) + timedelta(hours=2)  # noqa: DTZ005 - local, as typed
    page.locator("[name=title]").fill(title)
    page.locator("[name=starts_at]").fill(f"{start:%Y-%m-%dT%H:%M}")
    page.locator("[name=ends_at]").fill(f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.locator("[name=place]").fill("Sessionssalen (exempel)")
    press(page, "Planera")
    expect(page).to_have_url(re.compile("/dagordning/$"))
    return page.url.removesuffix("dagordning/")


def summon(page: Page, meeting: str) -> None:
    """Send the summons, late and with the reason."""
    page.goto(f"{meeting}kallelse/")
    press(page, "Skicka kallelsen")
    page.locator("[name=late_reason]").fill("Brådskande (exempel)")
    press(page, "Skicka kallelsen")
    expect(page.get_by_text("Kallelsen är på väg.")).to_be_visible()


def call_the_roll(page: Page, meeting: str, *names: str) -> None:
    """Mark who is in the room, and open the meeting."""
    page.goto(f"{meeting}rum/")
    for name in names:
        row = page.locator("tr", has=page.get_by_text(name, exact=False))
        row.get_by_role("combobox").select_option("room")
    press(page, "Öppna mötet")
    expect(page.locator("#rum-sida .big")).to_have_text(str(len(names)))


def open_item(page: Page, title: str) -> None:
    """Open an item in the room."""
    page.get_by_role("button", name=re.compile(rf"^Öppna \d+\. {title}$")).click()
    expect(page.locator("#rum-nu h2").first).to_contain_text(title)


def move(page: Page, kind: str, text: str = "") -> None:
    """Make a motion on the open item."""
    page.reload()
    form = form_with(page, "[name=slag]:not([type=hidden])").filter(has=page.locator("textarea"))
    form.locator("[name=slag]").select_option(kind)
    form.locator("textarea").fill(text)
    press(page, "Framställ yrkandet")
    expect(page.locator("#yrkanden")).to_be_visible()


def find(page: Page, *ticked: str) -> None:
    """Close the debate and say what was found carried."""
    press(page, "Avsluta överläggningen")
    for label in ticked:
        page.get_by_label(re.compile(label)).check()
    press(page, "Säg vad du funnit")
    expect(page.get_by_role("heading", name="Ordföranden finner")).to_be_visible()


def gavel(page: Page) -> None:
    """Let the gavel fall."""
    press(page, "Klubba beslutet")
    expect(page.get_by_text("Beslutet är fattat.")).to_be_visible()


def cast(page: Page, choice: str) -> None:
    """Cast the own ballot: a choice of a matter, or a name."""
    page.reload()
    ballot = page.locator("form.ballot")
    ballot.get_by_label(re.compile(f"^{re.escape(choice)}")).check()
    ballot.get_by_role("button", name=re.compile("^Lämna rösten för ")).click()


def sign(person: Person, minutes: str) -> None:
    """Show a second factor anew and sign the minutes."""
    page = person.page
    page.goto(minutes)
    assert page.get_by_role("button", name="Skriv under", exact=True).count() == 0
    page.get_by_role("link", name="Bekräfta vem du är").click()
    page.get_by_label("Kod").fill(person.new_code())
    page.get_by_role("main").get_by_role("button").first.click()
    press(page, "Skriv under")
    expect(page.get_by_text("Du har skrivit under.")).to_be_visible()
