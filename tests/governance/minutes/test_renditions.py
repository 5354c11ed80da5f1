"""What each reader gets: nothing hidden is found anywhere, with a control that it could be."""

import json
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import cases, planning
from governance.actions.minutes import announcing, dissents, follow_up, writing
from governance.actions.room import opening
from governance.choices import DissentKind
from governance.models import Council, Decision, Meeting
from members.models import User
from tests.factories.governance import make_body, make_meeting
from tests.factories.members import UserFactory
from tests.factories.minutes import (
    HELD,
    Held,
    adjust,
    adjusted,
    begin,
    choose,
    close,
    decide,
    hold,
)
from tests.governance.minutes.pdf_words import pdf_text

pytestmark = pytest.mark.django_db
SECRET = "Zebraanbudet"
HIDDEN = ("Zebraanbudet", "Zebraskälen", "Zebrabilaga", "Zebratexten", "Zebrafilen")


def page(name, held, *args):
    return reverse(f"governance:{name}", args=[held.meeting.council.slug, *args])


def paragraph(held, title):
    item = held.item(title)
    return [item.paragraph_year, item.paragraph]


def secret_meeting() -> Held:
    """Return an adjusted meeting with an open § and one behind closed doors, full of words."""
    body = make_body(3)
    meeting = make_meeting(body, starts_at=HELD)
    planning.add_item(by=SYSTEM, meeting=meeting, title="Budget", proposal=["godkänna budgeten"])
    case = cases.register_case(
        by=SYSTEM, council=body.council, subject=SECRET, is_secret=True,
        secrecy_reason="Upphandling pågår",
    )  # fmt: skip
    cases.propose_decision(by=SYSTEM, case=case, proposal=["anta Zebraanbudet"])
    cases.add_document(
        by=SYSTEM, case=case, title="Zebrabilaga", dated_on=date(2026, 1, 1),
        file=SimpleUploadedFile("Zebrafilen.txt", b"text"),
    )  # fmt: skip
    case = cases.make_case_ready(by=SYSTEM, case=case)
    item = planning.put_case_on_agenda(by=SYSTEM, meeting=meeting, case=case)
    Meeting.objects.filter(pk=meeting.pk).update(state="summoned")
    meeting.refresh_from_db()
    meeting = opening.open_meeting(by=SYSTEM, meeting=meeting, present=body.who(0, 1, 2), at=HELD)
    choose(body, meeting, at=HELD)
    for one in (meeting.items.get(title="Budget"), item):
        decide(meeting, one, timezone.now())
    meeting.refresh_from_db()
    held = Held(body, meeting)
    dissents.announce_dissent(
        by=SYSTEM, meeting=meeting, item=item, person=body.ordinary[2].name,
        kind=DissentKind.RESERVATION, text="Zebraskälen väger tyngre.",
    )  # fmt: skip
    opening.close_meeting(by=SYSTEM, meeting=meeting, put_off_rest=True)
    writing.write_text(by=SYSTEM, minutes=held.minutes, item=item, text="Zebratexten.")
    return adjust(held)


def everything(client, held) -> dict[str, str]:
    """Return all that a reader can fetch of the meeting, as text; PDFs with what they carry."""
    number = paragraph(held, "Budget")
    found = {
        name: client.get(page(name, held, *args)).content.decode("utf-8")
        for name, args in {
            "minutes": [held.meeting.pk],
            "meeting_detail": [held.meeting.pk],
            "council_detail": [],
            "decision_detail": number,
            "decision_verify": number,
            "decision_evidence": number,
            "annual_report": [2026],
        }.items()
    }
    found |= {
        name: client.get(reverse(f"governance:{name}")).content.decode("utf-8")
        for name in ("register", "decisions_feed")
    }
    found["hidden"] = client.get(page("decision_detail", held, *paragraph(held, SECRET)))
    found["hidden"] = found["hidden"].content.decode("utf-8")
    found["search"] = client.get("/beslut/", {"q": "x"}).content.decode("utf-8")
    for name in ("minutes_file", "annual_pdf"):
        args = [held.meeting.pk] if name == "minutes_file" else [2026]
        found[name] = pdf_text(client.get(page(name, held, *args)).content)
    archive = client.get(page("minutes_archive", held, held.meeting.pk)).content
    found["archive"] = archive.decode("latin-1") + unzip(archive)
    xlsx = client.get(page("annual_xlsx", held, 2026)).content
    found["annual_xlsx"] = unzip(xlsx)
    return found


def unzip(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return "".join(
        pdf_text(part) if part.startswith(b"%PDF") else part.decode("utf-8", "replace")
        for part in parts
    )


def hits(found: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, word) for name, text in found.items() for word in HIDDEN if word in text]


def test_nothing_hidden_is_found_by_those_outside(client, root):
    held = secret_meeting()
    anonymous = everything(client, held)
    assert hits(anonymous) == []
    assert "Upphandling pågår" in anonymous["hidden"]
    assert "Uppgiften visas inte: Upphandling pågår" in anonymous["minutes"]
    client.force_login(UserFactory())
    assert hits(everything(client, held)) == []


def test_the_same_search_finds_it_for_the_body(client, root):
    held = secret_meeting()
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    found = {name for name, __ in hits(everything(client, held))}
    assert {
        "minutes",
        "minutes_file",
        "decision_evidence",
        "archive",
        "hidden",
        "register",
    } <= found


def test_a_hidden_word_leads_only_the_body_to_its_paragraph(client, root):
    """The register's filter tells nobody outside that a hidden text holds a word."""
    held = secret_meeting()
    address = page("decision_detail", held, *paragraph(held, SECRET))

    def found(word: str) -> bool:
        return f'href="{address}"' in client.get("/beslut/", {"q": word}).content.decode()

    assert [word for word in (*HIDDEN, "anta", "zebra") if found(word)] == []
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    assert [word for word in (SECRET, "anta") if not found(word)] == []


def test_no_address_of_a_person_in_any_export(client, root):
    held = secret_meeting()
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    found = everything(client, held)
    emails = list(User.objects.values_list("email", flat=True))
    exports = ["decision_evidence", "minutes_file", "archive", "annual_xlsx"]
    assert [e for name in exports for e in emails if e in found[name]] == []
    evidence = json.loads(found["decision_evidence"])
    words = json.dumps(evidence)
    assert not any(w in words for w in ("127.0.0.1", "second_factor", "user_agent", '"ip"', "@"))


def test_unadjusted_minutes_and_decisions_are_for_the_body_alone(client, root):
    held = hold()
    number = paragraph(held, "Budget")
    outside = [
        client.get(page("minutes", held, held.meeting.pk)).status_code,
        client.get(page("minutes_file", held, held.meeting.pk)).status_code,
        client.get(page("decision_detail", held, *number)).status_code,
        client.get(page("decision_evidence", held, *number)).status_code,
    ]
    assert outside == [404, 404, 404, 404]
    assert "Budget" not in client.get("/beslut/").content.decode()
    assert "Budget" not in client.get("/beslut/flode.xml").content.decode()
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    text = client.get(page("minutes", held, held.meeting.pk)).content.decode()
    assert "Ojusterat. Bara de som sitter" in text
    assert "godkänna budget" in text
    assert client.get(page("decision_evidence", held, *number)).status_code == 404


def test_a_body_may_keep_its_minutes_to_members(client, root):
    held = adjusted()
    Council.objects.update(minutes_audience="member")
    number = paragraph(held, "Budget")
    assert client.get(page("minutes", held, held.meeting.pk)).status_code == 404
    assert client.get(page("decision_detail", held, *number)).status_code == 404
    assert list(Decision.objects.visible_to(None)) == []


def test_a_rectification_is_shown_everywhere(client, root):
    held = adjusted()
    announcing.rectify(
        by=SYSTEM, minutes=held.minutes, item=held.item("Budget"), stood="1 000 kr",
        shall_stand="10 000 kr", reason="Skrivfel", decided_by="Ordföranden",
        decided_on=date(2026, 3, 1),
    )  # fmt: skip
    number = paragraph(held, "Budget")
    for text in (
        client.get(page("minutes", held, held.meeting.pk)).content.decode(),
        client.get(page("decision_detail", held, *number)).content.decode(),
        pdf_text(client.get(page("minutes_file", held, held.meeting.pk)).content),
        client.get(page("decision_evidence", held, *number)).content.decode(),
    ):
        assert "1 000 kr" in text.replace("\xa0", " ")
        assert "10 000 kr" in text.replace("\xa0", " ")
    assert "Rättat" in client.get("/beslut/").content.decode()
    assert "(rättat)" in client.get("/beslut/flode.xml").content.decode()


def test_the_pages_walk_from_draft_to_signed(client, root):
    held = hold()
    client.force_login(held.body.fresh(held.body.secretary))
    address = page("minutes", held, held.meeting.pk)
    item = held.item("Budget").pk
    write = page("minutes_write", held, held.meeting.pk)
    assert client.get(write).status_code == 200
    done = client.post(write, {"place": "Kansliet", "introduction": "Hej", f"item-{item}": "Ny"})
    assert done.status_code == 302
    assert "Kansliet" in client.get(address).content.decode()
    for name in ("fardigt", "skicka"):
        assert client.post(page("minutes_command", held, held.meeting.pk, name)).status_code == 302
    assert client.post(page("minutes_command", held, held.meeting.pk, "fardigt")).status_code == 422
    assert client.post(page("minutes_command", held, held.meeting.pk, "okant")).status_code == 404
    version = held.minutes.versions.get()
    sign = page("minutes_command", held, held.meeting.pk, "skriv-under")
    for user in held.signers():
        client.force_login(held.body.fresh(user))
        assert "Skriv under protokollet" in client.get(address).content.decode()
        assert client.post(sign, {"version": "1", "sha256": "0" * 64}).status_code == 422
        assert client.post(sign, {"version": "1", "sha256": version.sha256}).status_code == 302
    assert held.minutes.is_adjusted
    assert client.post(sign, {"version": "1", "sha256": version.sha256}).status_code == 422


def test_who_signs_nothing_and_bad_numbers(client, root):
    held = hold()
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    sign = page("minutes_command", held, held.meeting.pk, "skriv-under")
    codes = [client.post(sign, {"version": v}).status_code for v in ("", "x", "9" * 30, "7")]
    assert codes == [404, 404, 404, 404]
    name = page("minutes_command", held, held.meeting.pk, "fardigt")
    assert client.post(name).status_code == 403


def test_reservations_page(client, root):
    held = begin()
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    address = page("dissents", held, held.meeting.pk)
    item = held.item("Budget").pk
    data = {"item": item, "kind": "reservation", "text": "Emot"}
    assert client.post(address, data).status_code == 302
    again = client.post(address, data)
    assert (again.status_code, "redan anmält" in again.content.decode()) == (422, True)
    row = held.item("Budget").dissents.get()
    assert client.post(address, {"reservation": row.pk, "text": "Mer"}).status_code == 302
    close(held)
    assert b"<textarea" in client.get(address).content


def test_the_desk_of_a_decision(client, root):
    held = adjusted()
    number = paragraph(held, "Budget")
    address = page("decision_manage", held, *number)
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    assert client.get(address).status_code == 403
    client.force_login(held.body.fresh(held.body.secretary))
    assert client.get(address).status_code == 200
    data = {"gor": "mottagare", "name": "Ekonomi", "email": "ekonomi@exempel.invalid"}
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 422
    assert client.post(address, {"gor": "utdrag"}).status_code == 302
    extract = client.get(page("extract_file", held, *number, 1))
    assert b"".join(extract.streaming_content).startswith(b"%PDF-")
    for close_file in extract._resource_closers:
        close_file()
    delivery = held.item("Budget").extracts.get().deliveries.get()
    confirm = {"gor": "bekrafta", "leverans": delivery.pk, "on": "2026-03-01", "how": "Mejl"}
    assert client.post(address, confirm).status_code == 302
    assert client.post(address, confirm | {"leverans": "x"}).status_code == 404
    owner = held.body.ordinary[2]
    data = {"gor": "ansvarig", "owner": owner.pk, "due_on": timezone.localdate().isoformat()}
    assert client.post(address, data).status_code == 302
    client.force_login(held.body.fresh(owner))
    report = {"gor": "rapport", "state": "under_way", "text": "Påbörjat"}
    assert client.post(address, report).status_code == 302
    assert "Påbörjat" in client.get(page("decision_detail", held, *number)).content.decode()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["", "?q=budget", "?q=GODKÄNNA+budget", "?q=§2", "?organ=provradet&ar=2026", "?utfall=carried",
     "?lage=in_force&slag=matter"],
)  # fmt: skip
def test_the_register_finds(client, root, query):
    adjusted()
    response = client.get(f"/beslut/{query}")
    assert response.status_code == 200
    assert "Budget" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["?q=finnsinte", "?organ=annat", "?ar=1999", "?ar=x", "?utfall=%00", "?page=999", "?q=%00"],
)
def test_the_register_takes_anything(client, root, query):
    adjusted()
    assert client.get(f"/beslut/{query}").status_code == 200


def test_the_register_costs_the_same_for_many(client, root, django_assert_max_num_queries):
    def cost() -> int:
        client.get("/beslut/")
        with django_assert_max_num_queries(40) as queries:
            client.get("/beslut/")
        return len(queries)

    held = adjusted(None, "Ett")
    few = cost()
    adjusted(held.body, "Två", "Tre", "Fyra", "Fem", at=HELD.replace(month=3))
    assert cost() == few


def test_the_pages_of_minutes_cost_the_same_for_many(client, root, django_assert_max_num_queries):
    def cost(held) -> int:
        address = page("minutes", held, held.meeting.pk)
        client.get(address)
        with django_assert_max_num_queries(60) as queries:
            client.get(address)
        return len(queries)

    few = adjusted(None, "Ett")
    many = adjusted(few.body, "Två", "Tre", "Fyra", "Fem", at=HELD.replace(month=3))
    assert cost(many) == cost(few)


def test_the_annual_report_counts(client, root):
    held = adjusted()
    owner = User.objects.get(pk=held.body.ordinary[2].pk)
    follow_up.assign_follow_up(
        by=SYSTEM, decision=held.decision("Budget"), owner=owner.name,
        due_on=timezone.localdate(),
    )  # fmt: skip
    report = client.get(page("annual_report", held, 2026)).context["report"]
    assert (len(report.meetings), len(report.decisions), len(report.undone)) == (1, 3, 1)
    assert [(a.meetings, a.served, a.percent) for a in report.attendance] == [(1, 1, 100)] * 3
    assert client.get(page("annual_report", held, 1)).status_code == 404
    first = client.get(page("annual_pdf", held, 2026)).content
    assert first == client.get(page("annual_pdf", held, 2026)).content
    sheet = client.get(page("annual_xlsx", held, 2026))
    assert "spreadsheetml" in sheet["Content-Type"]
