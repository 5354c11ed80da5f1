"""Writes docs/access.md from the table: `python -m tests.access.document` brings it up to date."""

from collections.abc import Iterable
from pathlib import Path

from tests.access import (
    table_accounts,
    table_cms,
    table_cms_joining,
    table_costs,
    table_governance,
    table_joining,
    table_site,
)
from tests.access.audience import ROLES, Line
from tests.access.states import LINES as PAGE_LINES

FILE = Path(__file__).resolve().parent.parent.parent / "docs" / "access.md"
HEAD = """# Who is answered what

Every address of the site, and what each role is answered. The table is written by hand in
`tests/access/`: an audience and a right for each address, from which the answers follow. A test
walks the whole URLconf as every role and fails on an address without a line and on any other
answer. This page is made from that table (`python -m tests.access.document`).

The same walk holds every page to its content security policy, and finds keys that were written as
people write numbers. Another walk visits every address as each role that signs, coordinates or
administers before the second step of the login: all lead to setting it up.

A cell holds the answer to GET and, where it differs, to POST.

| Answer | Means |
|---|---|
| yes | shown, done, sent on, or a form that tells what to correct |
| login | led to the login |
| 403 | refused, with words |
| 404 | as if it did not exist |
| 405 | the address knows no such method |
| 410 | gone for good |

`own` and `other` are two municipalities; what an address names belongs to `own`. Other roles of an
organisation (business owner, contacts) have the reader's rights here.
"""


def cell(line: Line, role: str) -> str:
    """Return the answers to GET and POST, once when they are the same."""
    answers = [str(line.expected(role, method)) for method in ("GET", "POST")]
    return answers[0] if answers[0] == answers[1] else " / ".join(answers)


def section(title: str, lines: Iterable[Line]) -> str:
    """Return one section: an address a row, a role a column."""
    rows = [
        f"## {title}",
        "",
        "| Address | Audience | " + " | ".join(role.replace("_", " ") for role in ROLES) + " |",
        "|---" * (len(ROLES) + 2) + "|",
    ]
    for line in lines:
        address = f"`/{line.address}`".replace("|", "\\|")
        note = f"<br>{line.note}" if line.note else ""
        cells = " | ".join(cell(line, role) for role in ROLES)
        rows.append(f"| {address}{note} | {line.audience.name} | {cells} |")
    return "\n".join(rows)


def document() -> str:
    """Return the whole page."""
    pages = [
        Line(f"{line.address}, whatever its type", line.audience, line.get, line.post)
        for line in PAGE_LINES.values()
    ]
    parts = [
        HEAD,
        section("Pages", pages).replace("`/", "").replace("type`", "type"),
        section("The site", table_site.LINES),
        section("Joining, agreements and introductions", table_joining.LINES),
        section("Costs, fees and portfolios", table_costs.LINES),
        section("Accounts", table_accounts.LINES),
        section("The CMS", [*table_cms.LINES, *table_cms_joining.LINES]),
        section("Bodies, meetings and polls", table_governance.LINES),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


if __name__ == "__main__":
    FILE.write_text(document())
