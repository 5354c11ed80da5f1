"""Before a meeting: templates, series, a time that suits, demands, cases that return."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import cases, demands, planning, templates, times
from governance.actions.room import deciding, items, motions
from governance.choices import MotionKind
from governance.models import LedgerEntry, Meeting, TimeAnswer
from governance.quorum import is_third
from notifications.models import Notification
from tests.factories.governance import (
    add_items,
    add_seat,
    item_named,
    make_body,
    make_meeting,
    open_room,
)
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 9, 3, 9, tzinfo=UTC)


def titles(meeting):
    return list(meeting.items.order_by("position").values_list("title", flat=True))


def test_a_template_brings_its_standing_items():
    body = make_body(2)
    meeting = make_meeting(body)
    add_items(meeting, "Lägesrapport", proposal=[])
    template = templates.save_template(by=SYSTEM, meeting=meeting, name="Kvartal")
    other = make_meeting(body, template=template)
    assert titles(other) == [
        "Mötet öppnas och upprop", "Val av justerare", "Lägesrapport", "Mötet avslutas",
    ]  # fmt: skip
    assert other.items.filter(chooses_adjusters=True).count() == 1
    again = templates.save_template(by=SYSTEM, meeting=meeting, name="Kvartal")
    assert (again.pk, again.items.count()) == (template.pk, 4)
    with pytest.raises(RuleBroken):
        templates.save_template(by=SYSTEM, meeting=meeting, name=" ")
    with pytest.raises(PermissionDenied):
        templates.save_template(by=body.fresh(body.ordinary[0]), meeting=meeting, name="X")
    templates.remove_template(by=SYSTEM, template=template)
    assert body.council.templates.count() == 0


def test_a_constituting_meeting_elects_and_adopts():
    meeting = make_meeting(make_body(2), is_constituting=True)
    assert titles(meeting)[2:5] == ["Val av ordförande", "Val av vice ordförande", "Arbetsordning"]


def test_a_year_is_planned_at_once():
    body = make_body(2)
    spans = [(START + timedelta(days=n), START + timedelta(days=n, hours=2)) for n in (0, 90)]
    planned = planning.plan_series(by=SYSTEM, council=body.council, times=spans, place="Salen")
    assert [m.starts_at for m in planned] == [start for start, __ in spans]


@pytest.fixture
def poll():
    body = make_body(3)
    start = timezone.now() + timedelta(days=10)
    spans = [(start + timedelta(days=n), start + timedelta(days=n, hours=2)) for n in (0, 1)]
    made = times.ask_for_times(by=SYSTEM, council=body.council, title="Höstmöte", times=spans)
    return body, made


def test_a_time_is_asked_answered_and_planned(poll):
    body, made = poll
    assert Notification.objects.filter(kind="time-asked").count() == 6
    first, second = made.options.all()
    member = body.fresh(body.ordinary[0])
    times.answer_times(by=member, poll=made, answers={first.pk: "no", second.pk: "yes"})
    times.answer_times(by=member, poll=made, answers={first.pk: "maybe"})
    assert dict(TimeAnswer.objects.values_list("option", "answer")) == {
        first.pk: "maybe", second.pk: "yes",
    }  # fmt: skip
    meeting = times.plan_from_times(by=SYSTEM, poll=made, option=second)
    assert (meeting.starts_at, meeting.title) == (second.starts_at, "Höstmöte")
    made.refresh_from_db()
    for deed in (
        lambda: times.answer_times(by=member, poll=made, answers={first.pk: "no"}),
        lambda: times.plan_from_times(by=SYSTEM, poll=made, option=first),
    ):
        with pytest.raises(RuleBroken, match="already been planned"):
            deed()
    assert Meeting.objects.count() == 1


def test_only_the_body_answers_and_only_known_codes(poll):
    body, made = poll
    option = made.options.first()
    with pytest.raises(PermissionDenied):
        times.answer_times(by=UserFactory(), poll=made, answers={option.pk: "yes"})
    member = body.fresh(body.ordinary[0])
    for answers in ({option.pk: "kanske"}, {10**9: "yes"}):
        with pytest.raises(RuleBroken):
            times.answer_times(by=member, poll=made, answers=answers)


@pytest.mark.parametrize("days", [[5], [-1, 5], list(range(1, 23))])
def test_too_few_too_many_or_past_times_are_refused(days):
    body = make_body(1)
    now = timezone.now()
    spans = [(now + timedelta(days=n), now + timedelta(days=n, hours=1)) for n in days]
    with pytest.raises(RuleBroken):
        times.ask_for_times(by=SYSTEM, council=body.council, title="X", times=spans)


@pytest.mark.parametrize(
    ("behind", "seats", "enough"),
    [(1, 3, True), (1, 4, False), (2, 6, True), (2, 7, False), (3, 9, True), (0, 0, False)],
)
def test_a_third(behind, seats, enough):
    assert is_third(behind, seats=seats) is enough


def test_a_third_of_the_seats_demands_a_meeting():
    body = make_body(4)
    first, second = (body.fresh(user) for user in body.ordinary[:2])
    demand = demands.demand_meeting(by=first, council=body.council, reason="Driften står still")
    assert demand.met_at is None
    demands.support_demand(by=first, demand=demand)
    assert demand.supports.count() == 1
    demand = demands.support_demand(by=second, demand=demand)
    assert demand.met_at is not None
    assert LedgerEntry.objects.filter(kind="meeting_demanded").count() == 1
    told = set(Notification.objects.filter(kind="meeting-demanded").values_list("user", flat=True))
    assert told == {body.secretary.pk, first.pk, second.pk}
    meeting = make_meeting(body)
    assert demands.answer_demand(by=SYSTEM, demand=demand, meeting=meeting).meeting == meeting


def test_a_substitute_and_a_stranger_cannot_demand():
    body = make_body(3)
    with pytest.raises(RuleBroken, match="ordinary member"):
        demands.demand_meeting(
            by=body.fresh(body.substitutes[0]), council=body.council, reason="Prov"
        )
    with pytest.raises(PermissionDenied):
        demands.demand_meeting(by=UserFactory(), council=body.council, reason="Prov")
    with pytest.raises(RuleBroken, match="handle"):
        demands.demand_meeting(by=body.fresh(body.ordinary[0]), council=body.council, reason=" ")


def test_a_case_referred_back_returns_when_it_is_ready_again():
    body = make_body(3)
    case = cases.register_case(by=SYSTEM, council=body.council, subject="Avgifter")
    cases.propose_decision(by=SYSTEM, case=case, proposal=["höja"])
    cases.make_case_ready(by=SYSTEM, case=case)
    meeting = open_room(body, items=())
    item = items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Avgifter"))
    motion = motions.make_motion(
        by=SYSTEM, meeting=meeting, item=item, person=body.ordinary[1].name,
        kind=MotionKind.REFER_BACK, text="Utred mer",
    )  # fmt: skip
    items.close_debate(by=SYSTEM, meeting=meeting, item=item)
    deciding.state_finding(by=SYSTEM, meeting=meeting, item=item, motions=[motion])
    deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    ahead = make_meeting(body, starts_at=START)
    assert "Avgifter" not in titles(ahead)
    cases.prepare_case(by=SYSTEM, case=case)
    case = cases.make_case_ready(by=SYSTEM, case=case)
    assert case.state == "on_agenda"
    assert "Avgifter" in titles(ahead)


def test_a_case_is_raised_by_a_member_without_a_seat(world):
    body = make_body(1)
    reader = world["own:reader"]
    case = cases.register_case(
        by=reader, council=body.council, subject="Idé", kind="initiative", raised_by=world.own
    )
    assert type(case).objects.visible_to(reader).get() == case
    assert not type(case).objects.visible_to(world["other:coordinator"]).exists()
    with pytest.raises(PermissionDenied):
        cases.register_case(
            by=reader, council=body.council, subject="X", is_secret=True, secrecy_reason="Y"
        )
    with pytest.raises(PermissionDenied):
        cases.register_case(by=world["nobody"], council=body.council, subject="X")


def test_a_consultation_is_answered_side_by_side(world):
    body = make_body(2)
    case = cases.register_case(by=SYSTEM, council=body.council, subject="Avgifter")
    last = timezone.localdate() + timedelta(days=5)
    coordinator = world["own:coordinator"]
    assert not type(case).objects.visible_to(coordinator).exists()
    asked = cases.consult(
        by=SYSTEM, case=case, question="Vad tycker ni?", last_day=last, organisations=[world.own]
    )
    assert Notification.objects.filter(kind="consulted").count() == 1
    assert type(case).objects.visible_to(coordinator).get() == case
    answer = asked.answers.get()
    with pytest.raises(PermissionDenied):
        cases.answer_consultation(by=world["other:coordinator"], answer=answer, text="Nej")
    assert cases.answer_consultation(by=coordinator, answer=answer, text="Ja").text == "Ja"
    asked.last_day = date(2020, 1, 1)
    asked.save()
    answer.consultation.refresh_from_db()
    with pytest.raises(RuleBroken, match="passed"):
        cases.answer_consultation(by=coordinator, answer=answer, text="Sent")


def test_a_secret_case_is_not_sent_out(world):
    body = make_body(1)
    case = cases.register_case(
        by=SYSTEM, council=body.council, subject="X", is_secret=True, secrecy_reason="Upphandling"
    )
    last = timezone.localdate() + timedelta(days=5)
    with pytest.raises(RuleBroken, match="secret"):
        cases.consult(by=SYSTEM, case=case, question="?", last_day=last, organisations=[world.own])


def test_a_new_seat_after_the_poll_may_answer(poll):
    body, made = poll
    add_seat(body)
    newcomer = body.fresh(body.ordinary[-1])
    times.answer_times(by=newcomer, poll=made, answers={made.options.first().pk: "yes"})
    assert TimeAnswer.objects.count() == 1
