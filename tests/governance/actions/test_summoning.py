"""The summons: notice, newcomers, jäv beforehand, failures, proxies, vacancies."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.actions import SYSTEM, deliver_due
from core.exceptions import RuleBroken
from governance.actions import delegates, seats, summoning
from governance.actions.room import opening, recusals
from governance.actions.vacancies import tell_of_failed_summonses, tell_of_vacancies
from governance.choices import BodyKind
from governance.models import LedgerEntry, Recusal, RollPerson, Summons
from governance.states import MeetingState
from notifications.models import Notification
from tests.factories.files import HTML, small_pdf
from tests.factories.governance import (
    APPOINTED,
    add_items,
    add_seat,
    appoint,
    item_named,
    make_body,
    make_meeting,
)
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def planned(body, *, days=20):
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=days))
    add_items(meeting, "Budget", "Upphandling")
    return meeting


def summoned(body, **options):
    meeting = planned(body, **options)
    summoning.send_summons(by=SYSTEM, meeting=meeting)
    meeting.refresh_from_db()
    return meeting


def test_n5_late_summons_is_refused_by_strict_bodies_and_asks_others_for_a_reason():
    strict = make_body(2, kind=BodyKind.COMMITTEE)
    with pytest.raises(RuleBroken, match="later than"):
        summoning.send_summons(by=SYSTEM, meeting=planned(strict, days=3), late_reason="Brådska")
    lenient = make_body(2, slug="annat", registry_code="FR-X", name="Annat")
    meeting = planned(lenient, days=3)
    with pytest.raises(RuleBroken, match="later than"):
        summoning.send_summons(by=SYSTEM, meeting=meeting)
    sent = summoning.send_summons(by=SYSTEM, meeting=meeting, late_reason="Brådska")
    assert (sent.kept_notice, sent.late_reason) == (False, "Brådska")


def test_a_changed_agenda_is_a_new_summons_with_its_difference():
    body = make_body(2)
    meeting = summoned(body)
    add_items(meeting, "Ny punkt")
    second = summoning.send_summons(by=SYSTEM, meeting=meeting)
    assert (second.number, second.difference) == (2, ["Added: Ny punkt"])
    assert Summons.objects.count() == 2


def test_a_seat_created_after_the_summons_is_called_at_once(mailoutbox):
    body = make_body(2)
    meeting = summoned(body)
    deliver_due()
    before = len(mailoutbox)
    add_seat(body)
    deliver_due()
    newcomers = {body.ordinary[-1].email, body.substitutes[-1].email}
    assert {m.to[0] for m in mailoutbox[before:]} == newcomers
    assert meeting.summonses.first().deliveries.count() == 5 + 2
    entry = LedgerEntry.objects.filter(kind="meeting_event").last()
    assert entry.content["data"]["data"]["newcomer"] is True
    # Who had it already gets it once.
    seats.give_office(
        by=SYSTEM, council=body.council, person=body.ordinary[-1].name, kind="coopted",
        starts_on=timezone.localdate(), appointed_reference="§ 1",
    )  # fmt: skip
    assert meeting.summonses.first().deliveries.count() == 7


def test_jav_beforehand_calls_the_substitute_and_is_taken_back():
    body = make_body(2)
    meeting = summoned(body)
    item = item_named(meeting, "Upphandling")
    member = body.fresh(body.ordinary[1])
    recusals.announce_recusal(
        by=member, meeting=meeting, item=item, person=member.name, ground="Anställd",
    )  # fmt: skip
    row = Recusal.objects.get()
    assert (row.state, row.called) == ("announced", body.substitutes[1].name)
    told = Notification.objects.get(kind="recusal-called")
    assert told.user == body.substitutes[1]
    recusals.withdraw_recusal(by=member, meeting=meeting, recusal=row)
    row.refresh_from_db()
    assert (row.state, row.called) == ("withdrawn", None)


def test_answers_call_the_next_in_order_and_release():
    body = make_body(1, substitutes=False)
    first, second = UserFactory(), UserFactory()
    for position, user in ((1, first), (2, second)):
        appoint(body.seats[0], user.name, position)
    meeting = summoned(body)
    member = body.fresh(body.ordinary[0])
    row = summoning.answer_summons(by=member, meeting=meeting, answer="absent")
    row.refresh_from_db()
    assert row.called == first.name
    summoning.answer_summons(by=first, meeting=meeting, answer="absent")
    row.refresh_from_db()
    assert row.called == second.name
    summoning.answer_summons(by=member, meeting=meeting, answer="coming")
    row.refresh_from_db()
    assert row.called is None
    kinds = list(Notification.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "substitute-called", "substitute-released", "substitute-called", "substitute-released",
    ]  # fmt: skip


def test_the_secretary_is_warned_once_of_a_summons_that_fails():
    body = make_body(2)
    meeting = summoned(body)
    delivery = meeting.summonses.first().deliveries.first()
    assert tell_of_failed_summonses() == 0
    delivery.message.attempts, delivery.message.last_error = 1, "550"
    delivery.message.save()
    assert (tell_of_failed_summonses(), tell_of_failed_summonses()) == (1, 0)
    assert Notification.objects.get().user == body.secretary


def test_vacancy_and_end_of_term_are_told_once_to_coordinator_and_secretary(world):
    body = make_body(0)
    today = timezone.localdate()
    seat = seats.give_seat(by=SYSTEM, council=body.council, organisation=world.own, starts_on=today)
    assert (tell_of_vacancies(), tell_of_vacancies()) == (2, 0)
    told = set(Notification.objects.values_list("user", flat=True))
    assert told == {world["own:coordinator"].pk, body.secretary.pk}
    mandate = appoint(seat, UserFactory().name, starts_on=today)
    assert tell_of_vacancies() == 0
    seats.end_mandate(by=SYSTEM, mandate=mandate, on=today + timedelta(days=61))
    assert tell_of_vacancies() == 0
    seats.end_mandate(by=SYSTEM, mandate=mandate, on=today + timedelta(days=60))
    assert (tell_of_vacancies(), tell_of_vacancies()) == (2, 0)
    assert Notification.objects.filter(kind="term-ends").count() == 2
    # Somebody who follows makes the end no news.
    Notification.objects.all().delete()
    appoint(seat, UserFactory().name, starts_on=today + timedelta(days=61))
    assert tell_of_vacancies() == 0


@pytest.fixture
def general():
    return make_body(3, kind=BodyKind.GENERAL_MEETING)


def proxy(meeting, seat, person, *, days=30, content=None):
    return delegates.enter_proxy(
        by=SYSTEM,
        meeting=meeting,
        seat=seat,
        person=person.name,
        dated_on=meeting.held_on - timedelta(days=days),
        file=SimpleUploadedFile("fullmakt.pdf", content or small_pdf()),
    )


def test_a_delegate_stands_on_the_roll_by_the_proxy(general):
    meeting = summoned(general)
    delegate = UserFactory()
    row = proxy(meeting, general.seats[2], delegate)
    opening.open_meeting(
        by=SYSTEM, meeting=meeting, present=general.who(0) | {delegate.name_id: "room"},
        at=timezone.now(),
    )  # fmt: skip
    on_roll = RollPerson.objects.filter(meeting=meeting, roll_seat__seat=general.seats[2])
    assert [(p.person, p.proxy, p.mandate) for p in on_roll] == [(delegate.name, row, None)]
    assert meeting.room().serves(delegate.name_id)
    assert LedgerEntry.objects.filter(kind="proxy_entered").count() == 1


def test_p5_to_p6_a_second_an_old_and_a_doubled_proxy_are_refused(general):
    meeting = planned(general)
    delegate = UserFactory()
    proxy(meeting, general.seats[0], delegate)
    with pytest.raises(RuleBroken, match="1 member at most"):
        proxy(meeting, general.seats[1], delegate)
    with pytest.raises(RuleBroken, match="12 months"):
        proxy(meeting, general.seats[1], UserFactory(), days=370)
    with pytest.raises(RuleBroken, match="already speaks"):
        proxy(meeting, general.seats[0], UserFactory())
    with pytest.raises(RuleBroken, match="not accepted"):
        proxy(meeting, general.seats[1], UserFactory(), content=HTML)
    assert meeting.proxies.count() == 1


def test_a_council_knows_no_proxies_and_an_opened_meeting_takes_none(general):
    council = make_body(2, slug="radet", registry_code="FR-R", name="Rådet")
    with pytest.raises(RuleBroken, match="no proxies"):
        proxy(planned(council), council.seats[0], UserFactory())
    meeting = planned(general)
    type(meeting).objects.filter(pk=meeting.pk).update(state=MeetingState.CLOSED)
    with pytest.raises(RuleBroken, match="before the meeting"):
        proxy(meeting, general.seats[0], UserFactory())
    with pytest.raises(RuleBroken, match="another body"):
        proxy(planned(general), council.seats[0], UserFactory())


def test_a_mandate_names_its_decision():
    body = make_body(1)
    with pytest.raises(RuleBroken, match="Name the decision"):
        seats.appoint(
            by=SYSTEM, seat=body.seats[0], person=UserFactory().name, position=5,
            starts_on=timezone.localdate(), **APPOINTED | {"decision_number": " "},
        )  # fmt: skip
