"""Pages of bodies, meetings, polls and minutes are accessible, light and dark, at two widths.

That axe finds faults where there are some is shown in test_accessibility.py.
"""

import json

import pytest
from playwright.sync_api import Page

from tests.e2e.accessibility import LOOKS, sideways, violations
from tests.e2e.conftest import WIDTHS, RunningSite
from tests.e2e.meeting_steps import Person, run_in

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

FIND = """
import json
from django.urls import reverse
from governance.models import Decision, Meeting, Poll
def body(slug):
    return {"council": f"/forvaltningsrad/{slug}/"}
held = Meeting.objects.get(council__slug="provisum", state="adjusted")
waiting = Meeting.objects.filter(council__slug="provisum", state="closed").latest("pk")
running = Meeting.objects.get(council__slug="egil", state="open")
ahead = Meeting.objects.get(council__slug="provisum", state="summoned")
polled = Poll.objects.filter(meeting=held, is_secret=False).first()
secret = Poll.objects.filter(meeting=held, is_secret=True).first()
without = Poll.objects.get(per_capsulam=True, state="open")
decision = polled.decision
room = running.room_url
public = [
    "/forvaltningsrad/", "/forvaltningsrad/provisum/", held.get_absolute_url(),
    held.get_absolute_url() + "protokoll/", decision.get_absolute_url(),
    decision.get_absolute_url() + "kontrollera/", "/beslut/", "/beslut/kontrollera/",
    "/beslut/?q=finnsinte", polled.get_absolute_url(), secret.get_absolute_url(),
    f"/forvaltningsrad/provisum/arsrapport/{held.held_on.year}/",
    "/forvaltningsrad/gemensam-namnd/anslagstavla/", "/kommuner/1980/voteringar/",
]
print("FOUND" + json.dumps({
    "": public,
    "ledamot.2480@egil": [
        "/forvaltningsrad/egil/", running.get_absolute_url(), room, room + "projektor/",
        running.get_absolute_url() + "reservationer/", "/min-sida/", "/min-sida/voteringar/",
        Poll.objects.get(meeting=running).get_absolute_url(),
    ],
    "ledamot.0184@egil": [room, room + "projektor/"],
    "sekreterare@egil": [room, running.get_absolute_url(), "/forvaltningsrad/egil/kansli/"],
    "ledamot.2180@bibblix": [
        "/forvaltningsrad/bibblix/per-capsulam/", without.get_absolute_url(),
    ],
    "sekreterare@bibblix": ["/forvaltningsrad/bibblix/per-capsulam/"],
    "ledamot.0180@provisum": [waiting.get_absolute_url() + "protokoll/", ahead.get_absolute_url()],
    "sekreterare@provisum": [
        waiting.get_absolute_url() + "protokoll/", decision.get_absolute_url() + "hantera/",
        decision.get_absolute_url(), ahead.get_absolute_url() + "dagordning/", ahead.room_url,
    ],
}))
"""


def addresses(site: RunningSite) -> dict[str, list[str]]:
    """Return what each person looks at; the empty name is a visitor."""
    said = run_in(site, FIND)
    return json.loads(said.split("FOUND", 1)[1].splitlines()[0])


def faults_of(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page at each width and in each colour scheme."""
    wrong = []
    for width, scheme in LOOKS:
        wide, high = WIDTHS[width]
        page.set_viewport_size({"width": wide, "height": high})
        page.emulate_media(color_scheme=scheme)
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            wrong.append(f"{width}: not shown")
        wrong += [f"{width}, {scheme}: {line}" for line in violations(page)]
        if sideways(page) > 0:
            wrong.append(f"{width}: {sideways(page)} px too wide")
    return wrong


def test_pages_of_bodies_have_no_violations(open_context, site):
    logins, found = site.logins(), {}
    for name, pages in addresses(site).items():
        page = open_context(bypass_csp=True, reduced_motion="reduce").new_page()
        if name:
            row = logins[f"{name}.exempel.invalid"]
            Person(page, row["email"], row["totp_secret"]).log_in(row)
        for address in pages:
            wrong = faults_of(page, address)
            if wrong:
                found[f"{name} {address}"] = wrong
    assert found == {}
