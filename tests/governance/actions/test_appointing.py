"""A seat is voted only by who was appointed by a decision that is there to read."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue.models import JoiningDocument, Participation
from catalogue.record_states import DocumentKind
from core.actions import SYSTEM
from core.audiences import Audience
from core.exceptions import RuleBroken
from governance.actions import seats
from governance.actions.appointing import attach_decision, carry_decision, file_decision
from governance.actions.polls import per_capsulam
from governance.actions.vacancies import tell_of_missing_decisions
from governance.choices import ShelfKind
from governance.models import (
    Ballot,
    LedgerEntry,
    Mandate,
    PollSeat,
    RollPerson,
    RollSeat,
    ShelfDocument,
)
from notifications.models import Notification
from tests.factories.catalogue import make_catalogue, make_service
from tests.factories.files import HTML, small_pdf
from tests.factories.governance import (
    APPOINTED,
    LONG_AGO,
    add_seat,
    appoint_without_document,
    appointing_decision,
    make_body,
    open_room,
)
from tests.factories.members import MunicipalityFactory, UserFactory, make_world
from tests.governance.polls.builders import ready_case

pytestmark = pytest.mark.django_db


def paper(name="beslut.pdf"):
    return SimpleUploadedFile(name, small_pdf(1))


def voteless_body():
    """Return a body of three whose last ordinary member lacks the document of the decision."""
    body = make_body(2, substitutes=False)
    seat = seats.give_seat(
        by=SYSTEM, council=body.council, organisation=MunicipalityFactory().organisation,
        starts_on=LONG_AGO,
    )  # fmt: skip
    person = UserFactory()
    mandate = appoint_without_document(seat, person.name)
    body.seats.append(seat)
    body.ordinary.append(person)
    return body, mandate


def enter(body, **more):
    seat = body.seats[0]
    person = UserFactory().name
    fixed = {"position": 2, "starts_on": timezone.localdate(), **APPOINTED}
    return seats.appoint(by=SYSTEM, seat=seat, person=person, **fixed | more)


def test_a_mandate_is_entered_with_its_decision_and_the_ledger_has_its_checksum():
    body = make_body(1)
    mandate = enter(body, file=paper(), audience=Audience.PUBLIC)
    document = mandate.document.document
    assert (document.title, document.kind, document.audience, document.dated_on) == (
        "Beslut om uppdrag: Kommunstyrelsen § 7/2019",
        ShelfKind.APPOINTMENT,
        Audience.PUBLIC,
        date(2019, 12, 1),
    )
    entry = LedgerEntry.objects.filter(kind="mandate_given").last()
    assert entry.content["data"]["sha256"] == mandate.document.sha256
    # One decision appoints several people.
    other = enter(body, position=3, document=document)
    assert other.document == mandate.document


def test_a_mandate_without_its_decision_is_refused_at_the_field():
    body = make_body(1)
    with pytest.raises(RuleBroken) as refused:
        enter(body)
    assert (refused.value.field, refused.value.message) == (
        "file",
        "Add the decision that appointed, as a document. Without it the person cannot vote.",
    )
    with pytest.raises(RuleBroken) as refused:
        enter(body, file=SimpleUploadedFile("beslut.pdf", HTML))
    assert refused.value.field == "file"
    assert not Mandate.objects.filter(position=2).exists()


def test_a_term_that_has_ended_may_lack_the_document():
    body = make_body(1)
    last = timezone.localdate() - timedelta(days=1)
    mandate = enter(body, starts_on=LONG_AGO, ends_on=last)
    assert (mandate.document, mandate.may_vote) == (None, False)


def test_the_decision_is_of_this_body_and_appoints():
    body = make_body(1)
    other = make_body(1, slug="annat", registry_code="ANNAT", name="Annat")
    plan = ShelfDocument.objects.create(
        council=body.council, title="Plan", dated_on=date(2026, 1, 1), kind=ShelfKind.PLAN
    )
    for wrong in (appointing_decision(other.council), plan):
        with pytest.raises(RuleBroken) as refused:
            enter(body, document=wrong)
        assert refused.value.field == "document"


def test_who_lacks_the_document_is_on_no_roll_and_the_seat_counts_all_the_same():
    body, mandate = voteless_body()
    meeting = open_room(body)
    on_roll = set(meeting.roll_people.exclude(mandate=None).values_list("person", flat=True))
    assert on_roll == {user.name_id for user in body.ordinary[:2]}
    room = meeting.room()
    assert (len(room.seats), len(room.serving)) == (3, 2)
    # Present without a vote.
    assert mandate.person_id in room.present
    assert not room.serves(mandate.person_id)
    assert body.fresh(body.ordinary[2]).has_perm("governance.view_room", meeting)
    assert not body.fresh(body.ordinary[2]).has_perm("governance.take_part", meeting)


def test_a_substitute_with_the_document_serves_for_a_member_without():
    body, mandate = voteless_body()
    substitute = UserFactory().name
    seats.appoint(
        by=SYSTEM, seat=mandate.seat, person=substitute, position=1, starts_on=LONG_AGO,
        document=appointing_decision(body.council), **APPOINTED,
    )  # fmt: skip
    present = body.who(0, 1, 2) | {substitute.pk: "room"}
    room = open_room(body, present).room()
    assert room.serving[mandate.seat_id] == substitute.pk


def test_the_document_gives_the_vote_from_the_next_meeting():
    body, mandate = voteless_body()
    first = open_room(body)
    attach_decision(by=SYSTEM, mandate=mandate, file=paper())
    mandate.refresh_from_db()
    assert mandate.may_vote
    assert len(first.room().serving) == 2
    second = open_room(body)
    assert len(second.room().serving) == 3
    entry = LedgerEntry.objects.filter(kind="mandate_documented").last()
    assert entry.content["data"] == {"id": mandate.pk, "sha256": mandate.document.sha256}


def test_a_file_for_a_mandate_that_has_one_is_the_next_version():
    mandate = voteless_body()[1]
    attach_decision(by=SYSTEM, mandate=mandate, file=paper())
    first = mandate.document
    attach_decision(by=SYSTEM, mandate=mandate, file=paper("rattat.pdf"))
    assert (mandate.document.number, mandate.document.document) == (2, first.document)
    assert first.document.versions.count() == 2
    with pytest.raises(RuleBroken) as refused:
        attach_decision(by=SYSTEM, mandate=mandate)
    assert refused.value.field == "file"


def test_only_the_desk_adds_a_decision():
    body, mandate = voteless_body()
    with pytest.raises(PermissionDenied):
        attach_decision(by=body.fresh(body.ordinary[0]), mandate=mandate, file=paper())


def test_without_a_meeting_who_lacks_the_document_is_not_asked():
    body, mandate = voteless_body()
    poll = per_capsulam.ask_per_capsulam(
        by=SYSTEM, case=ready_case(body), deadline_at=timezone.now() + timedelta(days=7)
    )
    assert (poll.seats, poll.vacancies) == (3, 1)
    assert mandate.person_id not in poll.roll.values_list("person", flat=True)


def test_the_database_refuses_a_roll_with_a_person_who_lacks_the_document():
    body, mandate = voteless_body()
    meeting = open_room(body)
    row = {"meeting": meeting, "person": mandate.person, "starts_on": LONG_AGO}
    seat = RollSeat.objects.get(meeting=meeting, seat=mandate.seat)
    refused = pytest.raises(IntegrityError, match="governance_rollperson_appointed")
    with refused, transaction.atomic():
        RollPerson.objects.create(roll_seat=seat, mandate=mandate, **row)


def test_the_database_refuses_to_take_a_document_away():
    body = make_body(1)
    refused = pytest.raises(IntegrityError, match="governance_mandate_document_kept")
    with refused, transaction.atomic():
        Mandate.objects.filter(seat=body.seats[0]).update(document=None)


def test_those_concerned_are_told_once_of_a_member_who_cannot_vote():
    body, mandate = voteless_body()
    assert tell_of_missing_decisions() == 1
    assert tell_of_missing_decisions() == 0
    told = Notification.objects.get(kind="decision-missing")
    assert told.user == body.secretary
    assert told.params["person"] == str(mandate.person)
    attach_decision(by=SYSTEM, mandate=mandate, file=paper())
    Notification.objects.all().delete()
    assert tell_of_missing_decisions() == 0


def test_the_decision_of_a_joining_is_carried_over_once(root):
    world = make_world()
    service = make_service(make_catalogue(root))
    body = make_body(1, service=service)
    row = Participation.objects.create(
        service=service, organisation=world.own, state_since=timezone.now()
    )
    joined = JoiningDocument.objects.create(
        participation=row, kind=DocumentKind.APPOINTMENT, title="Val", file=paper(),
        size=5, sha256="", retention="keep", dated_on=date(2026, 1, 2),
    )  # fmt: skip
    assert carry_decision(council=body.council, document_id=None) is None
    with joined.file.open("rb") as stored:
        content = stored.read()
    version = carry_decision(council=body.council, document_id=joined.pk)
    with version.file.open("rb") as stored:
        assert stored.read() == content
    assert (version.document.title, version.document.dated_on, version.document.audience) == (
        f"Beslut om uppdrag: {world.own}", date(2026, 1, 2), Audience.COUNCIL,
    )  # fmt: skip
    JoiningDocument.objects.filter(pk=joined.pk).update(sha256=version.sha256)
    assert carry_decision(council=body.council, document_id=joined.pk) == version


def test_a_secret_decision_is_for_the_body_and_the_office():
    body = make_body(1)
    version = file_decision(
        by=SYSTEM, council=body.council, name="KS § 1", decided_on=date(2026, 1, 2), file=paper(),
        audience=Audience.PUBLIC, is_secret=True, secrecy_reason="OSL 21:3",
    )  # fmt: skip
    outsider = UserFactory()
    visible = ShelfDocument.objects.filter(pk=version.document_id)
    assert not visible.visible_to(outsider).exists()
    assert visible.visible_to(body.fresh(body.ordinary[0])).exists()


def test_the_database_refuses_a_ballot_of_a_person_who_lacks_the_document():
    body, mandate = voteless_body()
    poll = per_capsulam.ask_per_capsulam(
        by=SYSTEM, case=ready_case(body), deadline_at=timezone.now() + timedelta(days=7)
    )
    seat = poll.roll.first()
    row = {
        "poll": poll, "seat_id": seat.seat_id, "revision": 1, "choice": "yes",
        "entry": "device", "cast_at": timezone.now(),
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="governance_ballot_appointed"), transaction.atomic():
        Ballot.objects.create(person=mandate.person, **row)
    late = add_seat(body, substitute=False)
    assert late.mandates.get().may_vote
    assert not PollSeat.objects.filter(seat=late).exists()
