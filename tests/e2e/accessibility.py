"""axe-core on a page."""

from playwright.sync_api import Page

from tests.node_tools import tool

# Each width and each colour scheme once: no colour depends on the width, no layout on the scheme.
LOOKS = [("desktop", "light"), ("phone", "dark")]
OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on a page, one line each; the context must bypass the CSP."""
    page.evaluate(tool("axe-core/axe.min.js").read_text())
    result = page.evaluate("options => axe.run(options)", OPTIONS)
    return [
        f"{found['id']}: {node['html'][:120]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def sideways(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
