"""The pages of the desk and of those who sit: shown, refused with words, carried out."""

import io
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import cases, demands, planning, shelf, summoning
from governance.annexes import page_spans
from governance.choices import BodyKind
from governance.models import (
    AgendaTemplate,
    Consultation,
    Council,
    DelegateProxy,
    EarlierMinutes,
    ItemNote,
    Meeting,
    MeetingDemand,
    Recusal,
    ShelfDocument,
    TimePoll,
)
from tests.factories.files import HTML, small_pdf
from tests.factories.governance import add_items, item_named, make_body, make_meeting, open_room
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(root):
    return make_body(3)


@pytest.fixture
def secretary(client, body):
    client.force_login(body.secretary)
    return client


def url(name, body, *args):
    return reverse(f"governance:{name}", args=[body.council.slug, *args])


def pdf(pages: int = 1, name: str = "bilaga.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, small_pdf(pages))


def read(response) -> None:
    """Read an inert PDF to its end, which closes it."""
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def ready_case(body, subject="Budget", pages=2):
    case = cases.register_case(by=SYSTEM, council=body.council, subject=subject)
    cases.propose_decision(by=SYSTEM, case=case, proposal=["anta"])
    cases.add_document(
        by=SYSTEM, case=case, title=f"Skrivelse {subject}", file=pdf(pages),
        dated_on=timezone.localdate(),
    )  # fmt: skip
    return cases.make_case_ready(by=SYSTEM, case=case)


def test_the_shelf(secretary, body, client):
    data = {
        "title": "Arbetsordning", "kind": "rules", "dated_on": "2026-01-01",
        "audience": "public", "file": pdf(),
    }  # fmt: skip
    assert secretary.get(url("shelf_add", body)).status_code == 200
    assert secretary.post(url("shelf_add", body), {}).status_code == 422
    refused = secretary.post(url("shelf_add", body), data | {"is_secret": "on", "file": pdf()})
    assert refused.status_code == 422
    assert secretary.post(url("shelf_add", body), data | {"file": pdf()}).status_code == 302
    document = ShelfDocument.objects.exclude(kind="appointment").get()
    address = url("shelf_version_add", body, document.pk)
    assert secretary.post(address, {"file": pdf(2)}).status_code == 302
    assert document.versions.count() == 2
    wrong = SimpleUploadedFile("x.pdf", HTML)
    assert secretary.post(address, {"file": wrong}).status_code == 422
    page = secretary.get(url("shelf", body))
    assert b"Arbetsordning" in page.content
    client.logout()
    read(client.get(url("shelf_file", body, document.versions.first().pk)))
    secret = shelf.shelve(
        by=SYSTEM, council=body.council, title="Hemligt", dated_on=timezone.localdate(),
        file=pdf(), audience="public", is_secret=True, secrecy_reason="Upphandling",
    )  # fmt: skip
    assert client.get(url("shelf_file", body, secret.versions.get().pk)).status_code == 404
    assert b"Hemligt" not in client.get(url("shelf", body)).content


def test_new_documents_are_told_once_looked_at(client, body):
    member = body.fresh(body.ordinary[0])
    client.force_login(member)
    shelf.shelve(
        by=SYSTEM, council=body.council, title="Plan", dated_on=timezone.localdate(), file=pdf()
    )
    from governance.boxes import my_councils

    assert my_councils(member, member)[1]["councils"][0]["new_documents"] == 1
    assert client.get(url("shelf", body)).status_code == 200
    assert my_councils(member, member)[1]["councils"][0]["new_documents"] == 0


def test_earlier_minutes(secretary, body, client):
    data = {
        "held_on": "2025-11-03", "paragraphs": "§§ 1-9", "source": "Arkivet (exempel)",
        "audience": "member",
    }  # fmt: skip
    address = url("earlier_minutes_add", body)
    text = SimpleUploadedFile("protokoll.txt", b"text")
    assert secretary.post(address, data | {"file": text}).status_code == 422
    late = data | {"held_on": f"{timezone.localdate() + timedelta(days=2)}", "file": pdf()}
    assert secretary.post(address, late).status_code == 422
    assert secretary.post(address, data | {"file": pdf()}).status_code == 302
    row = EarlierMinutes.objects.get()
    read(secretary.get(url("earlier_minutes", body, row.pk)))
    client.logout()
    assert client.get(url("earlier_minutes", body, row.pk)).status_code == 404


def test_rules_are_said_in_words_and_weights_adopted(secretary, body):
    data = {"table": "inhabitants", "valid_from": "2026-01-01", "adopted_reference": "§ 3"}
    assert secretary.post(url("weights_adopt", body), data).status_code == 302
    again = secretary.post(url("weights_adopt", body), data)
    assert again.status_code == 422
    page = secretary.get(url("body_rules", body)).content.decode()
    assert "Fler än hälften av platserna" in page
    assert "10" in page


@pytest.mark.parametrize("kind", BodyKind.values)
def test_every_profile_has_its_rules_in_words(client, root, kind):
    body = make_body(1, kind=kind)
    assert client.get(url("body_rules", body)).status_code == 200


def test_a_body_is_changed_and_dissolved(secretary, body):
    data = {
        "name": "Nya rådet", "mandate": "Allt", "minutes_audience": "member", "parent": "",
    }  # fmt: skip
    assert secretary.get(url("council_change", body)).status_code == 200
    assert secretary.post(url("council_change", body), data).status_code == 302
    body.council.refresh_from_db()
    assert (body.council.name, body.council.minutes_audience) == ("Nya rådet", "member")
    address = url("council_dissolve", body)
    assert secretary.get(address).status_code == 200
    assert secretary.post(address, {"on": "2027-01-01"}).status_code == 403
    Council.objects.update(name="Rådet")


def test_planning_pages(secretary, body, client):
    lines = "2027-02-11 09.00-11.00\n2027-05-12 13:00 – 15:00"
    wrong = secretary.post(url("series", body), {"times": "i morgon", "mode": "both"})
    assert wrong.status_code == 422
    data = {"times": lines, "mode": "both", "place": "Salen"}
    assert secretary.post(url("series", body), data).status_code == 302
    assert Meeting.objects.count() == 2
    meeting = Meeting.objects.order_by("starts_at").first()
    save = url("template_save", body, meeting.pk)
    assert secretary.get(save).status_code == 200
    assert secretary.post(save, {"name": "Kvartal"}).status_code == 302
    template = AgendaTemplate.objects.get()
    assert b"Kvartal" in secretary.get(url("desk", body)).content
    assert secretary.post(url("template_remove", body, template.pk)).status_code == 302
    asked = secretary.post(url("time_poll_create", body), {"title": "Vår", "times": lines})
    assert asked.status_code == 302
    poll = TimePoll.objects.get()
    first, second = poll.options.all()
    client.force_login(body.fresh(body.ordinary[0]))
    page = url("time_poll", body, poll.pk)
    assert client.get(page).status_code == 200
    client.post(page, {f"tid-{first.pk}": "no", f"tid-{second.pk}": "yes"})
    client.force_login(body.secretary)
    assert client.get(page).context["options"][1]["is_best"] is True
    plan = client.post(url("time_poll_plan", body, poll.pk, second.pk))
    assert plan.status_code == 302
    assert Meeting.objects.count() == 3


def test_a_demand_by_pages(client, body):
    first, second = (body.fresh(user) for user in body.ordinary[:2])
    client.force_login(second)
    assert client.post(url("demand_create", body), {"reason": ""}).status_code == 422
    client.force_login(first)
    assert client.get(url("demand_create", body)).status_code == 200
    assert client.post(url("demand_create", body), {"reason": "Drift"}).status_code == 302
    demand = MeetingDemand.objects.get()
    assert demand.met_at is not None
    client.force_login(second)
    assert b"Drift" in client.get(body.council.get_absolute_url()).content
    client.post(url("demand_support", body, demand.pk))
    assert demand.supports.count() == 2
    meeting = make_meeting(body)
    client.force_login(body.secretary)
    assert b"Drift" in client.get(url("desk", body)).content
    client.post(url("demand_answer", body, demand.pk), {"mote": meeting.pk})
    demand.refresh_from_db()
    assert demand.meeting == meeting
    assert demands.MeetingDemand.objects.unanswered().count() == 0


def test_a_consultation_by_pages(secretary, body, client):
    case = cases.register_case(by=SYSTEM, council=body.council, subject="Avgifter")
    data = {
        "gor": "remiss", "remiss-question": "Vad tycker ni?",
        "remiss-last_day": f"{timezone.localdate() + timedelta(days=9)}",
        "remiss-organisations": [body.seats[0].organisation.pk],
    }  # fmt: skip
    assert secretary.post(case.get_absolute_url(), data).status_code == 302
    answer = Consultation.objects.get().answers.get()
    address = url("consultation_answer", body, answer.pk)
    assert secretary.get(address).status_code == 200
    assert secretary.post(address, {"text": ""}).status_code == 422
    assert secretary.post(address, {"text": "Vi säger ja"}).status_code == 302
    assert "Vi säger ja" in secretary.get(case.get_absolute_url()).content.decode()
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404


def test_notes_recusals_and_files_of_a_meeting(client, body):
    ready_case(body, pages=3)
    ready_case(body, "Policy", pages=1)
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=20))
    summoning.send_summons(by=SYSTEM, meeting=meeting)
    item = item_named(meeting, "Budget")
    member = body.fresh(body.ordinary[1])
    client.force_login(member)
    client.post(url("item_note", body, meeting.pk, item.pk), {"text": "Fråga om räntan"})
    client.post(url("own_recusal", body, meeting.pk, item.pk), {"grund": "Delägare"})
    assert Recusal.objects.get().called == body.substitutes[1].name
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "sidorna 1–3" in page
    assert "sidan 4" in page
    client.post(url("own_recusal", body, meeting.pk, item.pk), {"gor": "ta-tillbaka"})
    assert Recusal.objects.get().state == "withdrawn"
    notes = client.get(reverse("governance:notes_export")).content.decode()
    assert "Fråga om räntan" in notes
    assert ItemNote.objects.count() == 1
    whole = client.get(url("meeting_file", body, meeting.pk)).content
    with pikepdf.open(io.BytesIO(whole)) as joined:
        with joined.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
        assert "/PageLabels" in joined.Root
    assert titles == ["Kallelse", "3. Skrivelse Budget", "4. Skrivelse Policy"]
    # A version filed after the summons is not in what was sent.
    document = meeting.items.get(title="Budget").case.documents.get()
    cases.add_version(by=SYSTEM, document=document, file=pdf(9))
    with zipfile.ZipFile(
        io.BytesIO(client.get(url("meeting_archive", body, meeting.pk)).content)
    ) as bundle:
        names = bundle.namelist()
        sums = bundle.read("SHA256SUMS.txt").decode()
        annex = next(name for name in names if name.startswith("bilaga-01"))
        with pikepdf.open(io.BytesIO(bundle.read(annex))) as file:
            assert len(file.pages) == 3
    assert {"kallelse-1.pdf", "kallelse-1.json"} <= set(names)
    assert sums.count("\n") == len(names) - 1


@pytest.mark.parametrize(
    ("lengths", "spans"),
    [([], []), ([2, None, 1], [(1, 2), None, (3, 3)]), ([0, 5], [None, (1, 5)])],
)
def test_page_spans(lengths, spans):
    assert page_spans(lengths) == spans


def test_the_projector_hides_closed_items_from_everybody(secretary, body):
    meeting = open_room(body, items=())
    planning.add_item(by=SYSTEM, meeting=meeting, title="Öppen sak", proposal=["anta"])
    add_items(meeting, "Hemlig sak", is_closed=True, closed_reason="Prov")
    from governance.actions.room import items

    for row in meeting.items.filter(state="proposed"):
        planning.confirm_item(by=SYSTEM, meeting=meeting, item=row, all_agree=True)
    address = url("projector", body, meeting.pk)
    items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Öppen sak"))
    shown = secretary.get(address)
    assert "Öppen sak" in shown.content.decode()
    assert secretary.get(address, headers={"If-None-Match": shown["ETag"]}).status_code == 304
    items.withdraw_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Öppen sak"))
    items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Hemlig sak"))
    assert "Hemlig sak" not in secretary.get(address).content.decode()


def test_a_proxy_by_pages(client, root):
    body = make_body(2, kind=BodyKind.GENERAL_MEETING)
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=20))
    client.force_login(body.secretary)
    address = url("proxy_add", body, meeting.pk)
    assert client.get(address).status_code == 200
    data = {
        "seat": body.seats[0].pk, "person": UserFactory().pk,
        "dated_on": f"{timezone.localdate()}", "file": pdf(name="fullmakt.pdf"),
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    assert DelegateProxy.objects.count() == 1
    old = data | {"seat": body.seats[1].pk, "dated_on": "2020-01-01", "file": pdf()}
    assert client.post(address, old).status_code == 422


def test_a_member_without_a_seat_raises_a_case(client, body, world):
    client.force_login(world["own:reader"])
    assert client.get(url("case_create", body)).status_code == 200
    assert client.post(url("case_create", body), {"subject": "Idé"}).status_code == 302
    case = cases.Case.objects.get()
    assert (case.kind, case.raised_by) == ("initiative", world.own)
    assert client.get(case.get_absolute_url()).status_code == 200


def test_dragging_moves_as_far_as_it_says(secretary, body):
    meeting = make_meeting(body)
    add_items(meeting, "Ett", "Två")
    item = item_named(meeting, "Två")
    address = url("agenda", body, meeting.pk)
    secretary.post(address, {"gor": "flytta", "punkt": item.pk, "steg": "-2"})
    item.refresh_from_db()
    assert item.position == 2
    for steps in ("", "--1", "x", "9" * 30):
        answer = secretary.post(address, {"gor": "flytta", "punkt": item.pk, "steg": steps})
        assert answer.status_code == 404
