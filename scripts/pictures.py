"""`make pictures`: takes the README's pictures of a site that runs with the demo content."""

import argparse
import json
import os
import shutil
import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, Error, Page, sync_playwright

from scripts._lib.console import fail
from scripts._lib.places import ROOT, VAR

FOLDER = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu"]


@dataclass(frozen=True)
class Picture:
    """A picture: its file, the page it shows, the size of the window, and who looks."""

    name: str
    path: str
    width: int
    height: int
    email: str = ""


# A reader logs in without a second step.
READER = "lasare.nacka@exempel.invalid"
PICTURES = (
    Picture("home", "/", 1280, 1040),
    Picture("catalogue", "/tjanster/", 1280, 1100),
    Picture("service", "/tjanster/provisum/", 1280, 1400),
    Picture("service-phone", "/tjanster/provisum/", 390, 1100),
    Picture("council", "/forvaltningsrad/provisum/", 1280, 1400),
    Picture("decision", "/forvaltningsrad/provisum/beslut/2026/5/", 1280, 1400),
    Picture("portfolio", "/kommuner/0182/portfolj/", 1280, 1400, READER),
)


def main(arguments: list[str]) -> int:
    """Take every picture of the site at `--url`."""
    parser = argparse.ArgumentParser(prog="make pictures", description=__doc__)
    parser.add_argument("--url", default="http://localhost:8000", help="where `make run` listens")
    options = parser.parse_args(arguments)
    given = os.environ.get("CHROMIUM_PATH", "")
    program = given or next(filter(None, map(shutil.which, BROWSERS)), "")
    if not program:
        fail("Ingen webbläsare hittades (på Debian: apt install chromium).")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            for picture in PICTURES:
                take(browser, options.url.rstrip("/"), picture)
            browser.close()
    except Error as error:
        fail(f"Bilderna kunde inte tas: {error.message.splitlines()[0]}")
    return 0


def take(browser: Browser, url: str, picture: Picture) -> None:
    """Take one picture, in Swedish and light."""
    size = {"width": picture.width, "height": picture.height}
    context = browser.new_context(viewport=size, color_scheme="light")  # type: ignore[arg-type]
    page = context.new_page()
    if picture.email:
        log_in(page, url, picture.email)
    page.goto(url + picture.path, wait_until="networkidle")
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()
    print(f"docs/images/{picture.name}.png", flush=True)


def log_in(page: Page, url: str, email: str) -> None:
    """Log in with a demo account of this machine's site."""
    rows = json.loads((VAR / "demo-logins.json").read_text(encoding="utf-8"))
    password = next(row["password"] for row in rows if row["email"] == email)
    page.goto(f"{url}/konto/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/konto/login/" not in address)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
