"""The desk and the page of a body say by which decision each sits, and who cannot vote."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalogue.models import JoiningDocument, Participation, SeatChoice
from catalogue.record_states import DocumentKind
from core.actions import SYSTEM
from governance.actions.appointing import carry_decision, file_decision
from governance.actions.seats import give_seat
from governance.house_rules import to_data
from governance.models import Mandate, Meeting, ShelfVersion
from governance.states import MeetingState
from tests.factories.catalogue import make_catalogue, make_service
from tests.factories.files import HTML, small_pdf
from tests.factories.governance import (
    add_items,
    appoint_without_document,
    make_body,
    make_meeting,
)
from tests.factories.members import UserFactory, make_world

pytestmark = pytest.mark.django_db
MISSING = "Saknar handling – kan inte rösta"


@pytest.fixture
def body(root):
    return make_body(2)


@pytest.fixture
def voteless(body):
    return appoint_without_document(body.seats[0], UserFactory().name, 2)


@pytest.fixture
def secretary(client, body):
    client.force_login(body.secretary)
    return client


def url(name, body, *args):
    return reverse(f"governance:{name}", args=[body.council.slug, *args])


def pdf(name="beslut.pdf"):
    return SimpleUploadedFile(name, small_pdf(1))


def entered(**more):
    day = timezone.localdate().isoformat()
    return {
        "person": UserFactory().pk, "position": 3, "starts_on": day, "appointed_by": "KS",
        "appointed_on": day, "decision_number": "§ 9", "audience": "council",
    } | more  # fmt: skip


def test_the_desk_enters_a_person_with_the_file_of_the_decision(secretary, body):
    address = url("mandate_add", body, body.seats[0].pk)
    page = secretary.get(address).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert "Utan handlingen kan personen inte rösta." in page
    assert secretary.post(address, entered(file=pdf())).status_code == 302
    mandate = Mandate.objects.get(position=3)
    assert (mandate.may_vote, mandate.document.filename) == (True, "beslut.pdf")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Lägg till beslutet om uppdraget som handling. Utan det kan personen inte rösta."),
        ({"file": "html"}, "Den här sortens fil tas inte emot."),
        ({"file": "pdf", "is_secret": "on"}, "Ange skälet till sekretessen."),
    ],
)
def test_what_is_wrong_with_the_decision_stands_at_its_field(secretary, body, more, words):
    files = {"html": SimpleUploadedFile("beslut.pdf", HTML), "pdf": pdf()}
    data = entered(**more | ({"file": files[more["file"]]} if "file" in more else {}))
    refused = secretary.post(url("mandate_add", body, body.seats[0].pk), data)
    assert refused.status_code == 422
    field = "secrecy_reason" if "is_secret" in more else "file"
    assert refused.context["form"].errors == {field: [words]}
    assert words in refused.content.decode()
    assert not Mandate.objects.filter(position=3).exists()


def test_a_decision_on_the_shelf_is_chosen_instead_but_not_both(secretary, body):
    version = file_decision(
        by=SYSTEM, council=body.council, name="KS § 9", decided_on=timezone.localdate(), file=pdf()
    )
    address = url("mandate_add", body, body.seats[0].pk)
    both = entered(document=version.document_id, file=pdf())
    assert list(secretary.post(address, both).context["form"].errors) == ["file"]
    assert secretary.post(address, entered(document=version.document_id)).status_code == 302
    assert Mandate.objects.get(position=3).document == version


def test_the_desk_lists_who_cannot_vote_and_takes_the_decision(secretary, body, voteless):
    desk = url("desk", body)
    page = secretary.get(desk).content.decode()
    assert "1 person kan inte rösta" in page
    assert page.count(MISSING) == 1
    address = url("mandate_document", body, voteless.pk)
    assert address in page
    assert secretary.get(address).status_code == 200
    empty = secretary.post(address, {"audience": "council"})
    assert list(empty.context["form"].errors) == ["file"]
    assert secretary.post(address, {"audience": "council", "file": pdf()}).status_code == 302
    voteless.refresh_from_db()
    page = secretary.get(desk).content.decode()
    assert MISSING not in page
    assert url("shelf_file", body, voteless.document_id) in page


def test_another_bodys_mandate_is_not_found(secretary, body):
    other = make_body(1, slug="annat", registry_code="ANNAT", name="Annat")
    mandate = Mandate.objects.filter(seat=other.seats[0]).first()
    assert secretary.get(url("mandate_document", body, mandate.pk)).status_code == 404


def test_the_page_of_the_body_shows_the_decision_to_those_inside(client, body, voteless):
    page = body.council.get_absolute_url()
    version = Mandate.objects.filter(seat=body.seats[0], position=0).get().document
    link = url("shelf_file", body, version.pk)
    public = client.get(page).content.decode()
    assert link not in public
    assert public.count(MISSING) == 1
    assert client.get(link).status_code == 404
    client.force_login(body.ordinary[1])
    inside = client.get(page).content.decode()
    assert (inside.count(link), inside.count(MISSING)) == (4, 1)
    response = client.get(link)
    assert b"".join(response.streaming_content) == b"Beslut"


def test_a_decision_for_the_office_alone_is_not_linked_for_members(client, body):
    version = Mandate.objects.filter(seat=body.seats[0]).first().document
    version.document.audience = "office"
    version.document.save()
    client.force_login(body.ordinary[1])
    link = url("shelf_file", body, version.pk)
    assert link not in client.get(body.council.get_absolute_url()).content.decode()
    assert client.get(link).status_code == 404


def test_the_roll_call_says_who_cannot_vote(secretary, body, voteless):
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(hours=1))
    add_items(meeting, "Budget")
    rules = to_data(meeting.profile())
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.SUMMONED, rules=rules)
    page = secretary.get(meeting.room_url).content.decode()
    assert page.count(MISSING) == 1


def test_the_joining_fills_the_form_in_with_its_decision(client, root):
    world = make_world()
    service = make_service(make_catalogue(root))
    body = make_body(1, service=service)
    row = Participation.objects.create(
        service=service, organisation=world.own, state_since=timezone.now()
    )
    joined = JoiningDocument.objects.create(
        participation=row, kind=DocumentKind.APPOINTMENT, title="Val", file=pdf(), size=5,
        sha256="0" * 64, retention="keep",
    )  # fmt: skip
    day = timezone.localdate()
    SeatChoice.objects.create(
        participation=row, starts_on=day, ordinary=world["own:coordinator"],
        substitute=world["own:reader"], appointed_by="KS", appointed_on=day,
        registry_number="KS 2026/1", document=joined,
    )  # fmt: skip
    seat = give_seat(
        by=SYSTEM, council=body.council, organisation=world.own, starts_on=day,
        participation_id=row.pk,
    )  # fmt: skip
    version = carry_decision(council=body.council, document_id=joined.pk)
    JoiningDocument.objects.filter(pk=joined.pk).update(sha256=version.sha256)
    client.force_login(body.secretary)
    address = url("mandate_add", body, seat.pk)
    initial = client.get(address).context["form"].initial
    assert initial == {
        "person": world["own:coordinator"], "position": 0, "starts_on": day, "appointed_by": "KS",
        "appointed_on": day, "decision_number": "KS 2026/1", "document": version.document_id,
    }  # fmt: skip
    sent = {k: v for k, v in initial.items() if k != "person"} | {"person": initial["person"].pk}
    assert client.post(address, sent | {"audience": "council"}).status_code == 302
    assert seat.mandates.get().document == version
    # The substitute is next, by the same decision; then there is nobody left to fill in.
    assert client.get(address).context["form"].initial["person"] == world["own:reader"]
    assert ShelfVersion.objects.filter(sha256=version.sha256).count() == 1
