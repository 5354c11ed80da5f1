"""Watches a page for what must never happen: errors, CSP reports, foreign requests."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

# Chromium reports an expected 4xx answer of the page itself as a console error.
# Wagtail's own accessibility checker tells editors of its findings in the console, too.
EXPECTED = (
    "Failed to load resource: the server responded with a status of 4",
    "axe.run results",
)


@dataclass
class Watch:
    """What a page did wrong, one line each."""

    faults: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        """Note errors and warnings, among them CSP violations."""
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            self.faults.append(f"console: {message.text}")

    def request(self, request: Request) -> None:
        """Note requests that leave the machine."""
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.hostname != "localhost":
            self.faults.append(f"foreign request: {request.url}")


def watch(page: Page) -> Watch:
    """Watch a page from now on."""
    seen = Watch()
    page.on("console", seen.console)
    page.on("request", seen.request)
    page.on("pageerror", lambda error: seen.faults.append(f"script: {error}"))
    return seen
