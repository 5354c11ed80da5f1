"""A whole meeting with five people at two sizes of screen, from summons to the check by anybody.

Opening with a substitute, a recusal, motion and counter-motion, a poll that ends in a tie, the
casting vote, a reservation, an item referred back, a secret election with a lot, the close, the
minutes, sent back with a remark and then signed, the extract, the public page and its check.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RunningSite
from tests.e2e.meeting_steps import (
    Person,
    Stages,
    add_item,
    age_second_factors,
    call_the_roll,
    cast,
    find,
    form_with,
    gavel,
    give_login,
    move,
    open_item,
    plan,
    press,
    sign,
    summon,
    unfold,
)

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

BODY = "/forvaltningsrad/provisum/"
HOST = "provisum.exempel.invalid"
PEOPLE = {
    "secretary": ("sekreterare", "desktop"),
    "chair": ("ledamot.1980", "desktop"),
    "vice": ("ledamot.0180", "phone"),
    "member": ("ledamot.0127", "phone"),
    "substitute": ("ersattare.1383", "phone"),
}
PRESENT = (
    "Ledamot, Västerås (exempel)",
    "Ledamot, Stockholm (exempel)",
    "Ledamot, Botkyrka (exempel)",
    "Ledamot, Nacka (exempel)",
    "Ersättare, Varberg (exempel)",
)
REGISTRY = "registrator@botkyrka.exempel.invalid"
FIRST, SECOND = "Kandidat ett (exempel)", "Kandidat två (exempel)"


@dataclass
class Walk:
    """The meeting, who sits in it and what has been seen so far."""

    site: RunningSite
    stages: Stages
    people: dict[str, Person]
    meeting: str = ""

    def __getattr__(self, name: str) -> Page:
        """Return the page of somebody: `walk.chair`."""
        return self.people[name].page

    def follow(self, *names: str) -> None:
        """Let people open the room."""
        for name in names:
            self.people[name].page.goto(f"{self.meeting}rum/")


@pytest.fixture
def walk(open_page, site, tmp_path) -> Walk:
    """Five people, each logged in in a window of the own."""
    give_login(site, f"{PEOPLE['member'][0]}@{HOST}")
    logins = site.logins()
    people = {}
    for name, (account, width) in PEOPLE.items():
        row = logins[f"{account}@{HOST}"]
        people[name] = Person(open_page(width), row["email"], row["totp_secret"])
        people[name].log_in(row)
    return Walk(site, Stages(tmp_path), people)


def convene(walk: Walk) -> None:
    """Plan, summon and open the meeting; a substitute serves."""
    walk.meeting = plan(walk.secretary, BODY, "Helt möte (exempel)")
    add_item(walk.secretary, "Budget", "decision", "fastställa budgeten")
    add_item(walk.secretary, "Avgift", "decision", "höja avgiften till fyra kronor per invånare")
    add_item(walk.secretary, "Policy", "decision", "anta policyn")
    add_item(walk.secretary, "Val av kontaktperson", "election")
    walk.stages.look("agenda", walk.secretary)
    summon(walk.secretary, walk.meeting)
    walk.follow("chair", "substitute")
    walk.stages.look("roll-call", walk.chair, walk.substitute)
    call_the_roll(walk.secretary, walk.meeting, *PRESENT)
    walk.follow("chair", "vice", "member", "substitute")
    expect(walk.substitute.locator("#rum-sida")).to_contain_text("Varberg")
    walk.stages.look("opened", walk.secretary, walk.substitute)
    open_item(walk.chair, "Val av justerare")
    walk.chair.get_by_label("Ledamot, Botkyrka (exempel), Botkyrka").first.check()
    press(walk.chair, "Välj och klubba")


def decide_without_the_recused(walk: Walk) -> None:
    """The vice chair is recused on one item, and four decide."""
    open_item(walk.chair, "Budget")
    walk.vice.reload()
    unfold(walk.vice, "Anmäl jäv")
    walk.vice.locator("[name=grund]").fill("Anställd hos en anbudsgivare (exempel)")
    press(walk.vice, "Anmäl")
    expect(walk.vice.locator("#rum-sida .big")).to_have_text("4")
    expect(walk.vice.get_by_role("button", name="Framställ yrkandet")).to_have_count(0)
    walk.stages.look("recused", walk.chair, walk.vice)
    expect(walk.chair.locator("#rum-nu")).to_contain_text("Anställd hos en anbudsgivare")
    find(walk.chair, "Det beredda förslaget")
    gavel(walk.chair)
    walk.vice.reload()
    expect(walk.vice.locator("#rum-sida .big")).to_have_text("5")


def poll_to_a_tie(walk: Walk) -> None:
    """Motion and counter-motion; the poll ends two against two, and the chair's vote decides."""
    open_item(walk.chair, "Avgift")
    move(walk.vice, "approve")
    move(walk.member, "amend", "höja avgiften till tre kronor per invånare")
    expect(walk.chair.locator("#rum-nu ins")).to_contain_text("tre")
    projector = walk.chair.context.new_page()
    projector.goto(f"{walk.meeting}rum/projektor/")
    walk.stages.look("motions", walk.chair, walk.member, projector)
    find(walk.chair, "Det beredda förslaget")
    walk.member.reload()
    press(walk.member, "Begär votering")
    expect(walk.member.get_by_text("Votering är begärd.").first).to_be_visible()
    walk.chair.reload()
    walk.stages.look("order", walk.chair, walk.member)
    press(walk.chair, "Mötet godkänner ordningen")
    expect(walk.chair.get_by_text("Ja betyder:").first).to_be_visible()
    press(walk.chair, "Öppna voteringen")
    expect(walk.chair.get_by_role("button", name="Stäng voteringen")).to_be_visible()
    walk.vice.reload()
    expect(walk.vice.get_by_text("Din röst visas för alla när ordföranden")).to_be_visible()
    walk.stages.look("ballot", walk.chair, walk.vice)
    for name, choice in (("chair", "Ja"), ("vice", "Nej"), ("member", "Nej"), ("substitute", "Ja")):
        cast(walk.people[name].page, choice)
        expect(walk.people[name].page.get_by_text(re.compile("har röstat")).first).to_be_visible()
    walk.secretary.goto(f"{walk.meeting}rum/")
    unfold(walk.secretary, "För in röster efter handuppräckning")
    form = form_with(walk.secretary, "#fi-satt")
    form.locator("#fi-satt").select_option("roll_call")
    form.get_by_label("Nacka").select_option("abstain")
    walk.stages.look("entering", walk.secretary)
    press(walk.secretary, "För in rösterna")
    expect(projector.get_by_text("5 av 5 närvarande har röstat")).to_be_visible()
    assert "vote-legend" not in projector.content() + walk.vice.content()
    walk.stages.look("voted", walk.vice, projector)
    press(walk.chair, "Stäng voteringen")
    expect(walk.chair.get_by_text("Ordförandens röst avgjorde.").first).to_be_visible()
    expect(walk.vice.locator(".vote-legend").first).to_contain_text("Ja 2")
    expect(projector.locator(".vote-legend")).to_contain_text("Nej 2")
    walk.stages.look("tie", walk.chair, walk.vice, projector)
    projector.close()
    gavel(walk.chair)


def reserve_and_refer_back(walk: Walk) -> None:
    """Who lost makes a reservation; the next item is referred back."""
    walk.member.goto(f"{walk.meeting}rum/")
    walk.member.get_by_role("link", name="Reservera dig eller lämna ett särskilt yttrande").click()
    choice = walk.member.locator("[name=item] option", has_text="Avgift")
    walk.member.locator("[name=item]").select_option(choice.get_attribute("value"))
    walk.member.locator("[name=kind]").select_option("reservation")
    walk.member.locator("[name=text]").fill("Tre kronor hade räckt (exempel).")
    press(walk.member, "Anmäl")
    expect(walk.member.get_by_text("Tre kronor hade räckt (exempel).").first).to_be_visible()
    walk.stages.look("reservation", walk.member)
    walk.follow("member")
    open_item(walk.chair, "Policy")
    move(walk.vice, "refer_back", "Kostnaden saknas (exempel).")
    walk.chair.reload()
    find(walk.chair, "^Återremiss")
    gavel(walk.chair)
    walk.stages.look("referred-back", walk.chair, walk.vice)


def elect_by_lot(walk: Walk) -> None:
    """A secret election with equal votes; a lot decides between the two."""
    open_item(walk.chair, "Val av kontaktperson")
    move(walk.vice, "nominate", FIRST)
    move(walk.member, "nominate", SECOND)
    walk.chair.reload()
    press(walk.chair, "Avsluta överläggningen")
    walk.member.reload()
    walk.member.get_by_label("Sluten omröstning").first.check()
    press(walk.member, "Begär votering mellan de nominerade")
    expect(walk.member.get_by_text("Votering är begärd.").first).to_be_visible()
    walk.chair.reload()
    press(walk.chair, "Öppna voteringen")
    expect(walk.chair.get_by_role("button", name="Stäng voteringen")).to_be_visible()
    walk.vice.reload()
    walk.stages.look("secret-ballot", walk.chair, walk.vice)
    for name, choice in (
        ("chair", FIRST),
        ("vice", FIRST),
        ("member", SECOND),
        ("substitute", SECOND),
    ):
        cast(walk.people[name].page, choice)
        expect(walk.people[name].page.get_by_text("är avprickad")).to_be_visible()
    walk.chair.reload()
    press(walk.chair, "Stäng voteringen")
    expect(walk.chair.get_by_role("heading", name="Lottning")).to_be_visible()
    walk.chair.get_by_label("Ett ord eller ett tal").fill("sjutton")
    walk.stages.look("lot", walk.chair)
    press(walk.chair, "Dra lotten")
    expect(walk.chair.get_by_text("Lotten är dragen.")).to_be_visible()
    walk.vice.reload()
    walk.stages.look("elected", walk.chair, walk.vice)
    gavel(walk.chair)
    press(walk.chair, "Avsluta mötet")
    expect(walk.chair.get_by_role("heading", name="Mötet är avslutat")).to_be_visible()
    walk.vice.reload()
    walk.stages.look("closed", walk.chair, walk.vice)


def write_and_reject(walk: Walk) -> str:
    """The secretary writes, an adjuster sends back with a remark; return the minutes' address."""
    minutes = f"{walk.meeting}protokoll/"
    page, adjuster = walk.secretary, walk.member
    page.goto(minutes)
    walk.stages.look("draft", page)
    page.get_by_role("link", name="Skriv protokollet").click()
    page.locator("[name=introduction]").fill("Mötet hölls i Sessionssalen (exempel).")
    press(page, "Spara")
    press(page, "Protokollet är färdigt")
    press(page, "Skicka till justering")
    adjuster.goto(minutes)
    expect(adjuster.get_by_role("heading", name="Skriv under protokollet")).to_be_visible()
    walk.stages.look("adjusting", adjuster)
    unfold(adjuster, "Skicka tillbaka med anmärkning")
    adjuster.locator("[name=remark]").fill("Inledningen nämner inte ajourneringen (exempel).")
    adjuster.locator("form", has=adjuster.locator("[name=remark]")).get_by_role("button").click()
    expect(adjuster.get_by_text("Inledningen nämner inte ajourneringen")).to_be_visible()
    page.goto(minutes)
    expect(page.get_by_text("Inledningen nämner inte ajourneringen")).to_be_visible()
    walk.stages.look("rejected", page, adjuster)
    page.get_by_role("link", name="Skriv protokollet").click()
    page.locator("[name=introduction]").fill("Mötet hölls i Sessionssalen utan paus (exempel).")
    press(page, "Spara")
    press(page, "Protokollet är färdigt")
    press(page, "Skicka till justering")
    return minutes


def adjust(walk: Walk, minutes: str) -> None:
    """Secretary, chair and adjuster each show a second factor and sign."""
    age_second_factors(walk.site)
    for name in ("secretary", "chair", "member"):
        sign(walk.people[name], minutes)
    walk.secretary.goto(minutes)
    expect(walk.secretary.locator(".page-head .ds-tag").first).to_have_text("Justerat")
    walk.member.goto(minutes)
    walk.stages.look("adjusted", walk.secretary, walk.member)


def send_the_extract(walk: Walk, decision: str) -> None:
    """The secretary certifies the extract of one §, and it arrives as PDF."""
    page = walk.secretary
    page.goto(f"{decision}hantera/")
    unfold(page, "Lägg till mottagare")
    page.locator("[name=name]").fill("Registrator, Botkyrka (exempel)")
    page.locator("[name=email]").fill(REGISTRY)
    press(page, "Lägg till mottagare")
    press(page, "Intyga och skicka utdraget")
    expect(page.get_by_role("link", name=re.compile("Utdrag 1"))).to_be_visible()
    walk.stages.look("extract", page)
    message = walk.site.mailbox.wait_for(REGISTRY)
    pdf = next(a for a in message.iter_attachments() if a.get_content_type() == "application/pdf")
    assert pdf.get_payload(decode=True).startswith(b"%PDF-")


def check_as_anybody(walk: Walk, visitor: Page, decision: str, folder: Path) -> None:
    """Fetch evidence and program from the page, and let plain Python check the decision."""
    visitor.get_by_role("link", name="Kontrollera beslutet").click()
    walk.stages.look("check", visitor)
    files = {}
    for name, link in (
        ("bevis.json", "Hämta beviset (JSON)"),
        ("kontrollera.py", "Hämta programmet kontrollera.py"),
    ):
        with visitor.expect_download() as fetched:
            visitor.get_by_role("link", name=link).click()
        files[name] = folder / name
        fetched.value.save_as(files[name])
    address = visitor.get_by_role("link", name="protokollet som PDF").get_attribute("href")
    files["protokoll.pdf"] = folder / "protokoll.pdf"
    files["protokoll.pdf"].write_bytes(visitor.request.get(address).body())
    heads = folder / "heads.json"
    message = walk.site.mailbox.to(f"ledamot.0127@{HOST}")
    heads.write_bytes(ledger_head(message))
    for evidence in ("bevis.json", "protokoll.pdf"):
        for extra in ([], ["--heads", str(heads)]):
            result = check(files["kontrollera.py"], files[evidence], *extra)
            assert (result.returncode, "GODKÄNT" in result.stdout) == (0, True), result.stdout
    # One changed vote in the evidence is found.
    bent = folder / "ändrat.json"
    text = files["bevis.json"].read_text()
    assert '"choice":"yes"' in text
    bent.write_text(text.replace('"choice":"yes"', '"choice":"no"', 1))
    assert check(files["kontrollera.py"], bent).returncode == 1


def check(program: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the program that needs nothing but Python: isolated, without site packages."""
    command = [sys.executable, "-I", "-S", str(program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def ledger_head(messages: list) -> bytes:
    """Return the checksum file of the mail that was sent when the meeting closed."""
    for message in reversed(messages):
        for part in message.iter_attachments():
            if part.get_filename("").endswith(".json"):
                return part.get_payload(decode=True)
    raise AssertionError("no mail carried the checksum of the ledger")


def hits(visitor, words: str) -> list[str]:
    """Return the addresses that a visitor finds by some words of a decision."""
    visitor.goto(f"/sok/?{urlencode({'q': words, 'typ': 'decision'})}")
    return [link.get_attribute("href") for link in visitor.locator(".hits h3 a").all()]


def found_by_the_search(visitor, decision: str) -> None:
    """The worker puts the § into the index soon after it is adjusted; then anybody finds it."""
    for _ in range(120):
        if urlsplit(decision).path in hits(visitor, "kronan räckte"):
            break
        visitor.wait_for_timeout(500)
    else:
        pytest.fail("the search does not find the adjusted paragraph")
    visitor.locator(".hits h3 a").first.click()
    expect(visitor).to_have_url(decision)


def test_a_whole_meeting_from_summons_to_check(walk, open_page, tmp_path) -> None:
    convene(walk)
    decide_without_the_recused(walk)
    poll_to_a_tie(walk)
    reserve_and_refer_back(walk)
    elect_by_lot(walk)
    minutes = write_and_reject(walk)
    # Nobody outside the body reads what is not adjusted.
    visitor, on_phone = open_page("desktop"), open_page("phone")
    assert visitor.goto(minutes).status == 404
    assert hits(visitor, "Tre kronor hade räckt") == []
    adjust(walk, minutes)
    assert visitor.goto("/beslut/").status == 200
    visitor.get_by_role("link", name=re.compile("Avgift")).first.click()
    expect(visitor).to_have_url(re.compile(r"/beslut/\d+/\d+/$"))
    decision = visitor.url
    on_phone.goto(decision)
    expect(visitor.get_by_text("Ordförandens röst avgjorde.").first).to_be_visible()
    expect(visitor.get_by_text("Tre kronor hade räckt (exempel).")).to_be_visible()
    walk.stages.look("public", visitor, on_phone)
    found_by_the_search(visitor, decision)
    send_the_extract(walk, decision)
    check_as_anybody(walk, visitor, decision, tmp_path)
    assert walk.stages.faults == []
