"""A delegate of several members: a ballot for each, and the tie when the delegate presides."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import councils, delegates, ledger
from governance.actions.minutes import dissents
from governance.actions.polls import closing, per_capsulam, voting
from governance.actions.polls.concluding import conclude_polls
from governance.actions.polls.counting import export
from governance.actions.room import opening as room_opening
from governance.boxes import my_poll_tasks
from governance.choices import BodyKind, ItemKind
from governance.models import Ballot, LedgerEntry, Mandate, Meeting, Poll
from governance.recounting import recount
from governance.states import MeetingState, PollState
from tests.factories.files import small_pdf
from tests.factories.governance import add_items, make_body, make_meeting
from tests.governance.polls.builders import (
    approved,
    closed,
    elect_on,
    opened,
    ready_case,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 12, 9, tzinfo=UTC)


@pytest.fixture
def body(root):
    found = make_body(4, kind=BodyKind.GENERAL_MEETING, substitutes=False)
    councils.adopt_rules(
        by=SYSTEM, council=found.council, changes={"proxy_limit": 2},
        valid_from=date(2026, 1, 1), adopted_reference="Stämman § 2/2026",
    )  # fmt: skip
    return found


@pytest.fixture
def delegate(body):
    """The chair of the body, who speaks for its own member (seat 0) and for seat 1 by proxy."""
    return body.ordinary[0]


@pytest.fixture
def meeting(body, delegate):
    found = make_meeting(body, starts_at=AT)
    add_items(found, "Budget")
    add_items(found, "Val", kind=ItemKind.ELECTION, proposal=[])
    for seat in body.seats[:2]:
        delegates.enter_proxy(
            by=SYSTEM, meeting=found, seat=seat, person=delegate.name,
            dated_on=date(2026, 3, 1), file=SimpleUploadedFile("fullmakt.pdf", small_pdf(1)),
        )  # fmt: skip
    Meeting.objects.filter(pk=found.pk).update(state=MeetingState.SUMMONED)
    found.refresh_from_db()
    present = body.who(0, 2, 3)
    return room_opening.open_meeting(
        by=SYSTEM, meeting=found, present=present, chair=delegate.name, at=AT
    )


@pytest.fixture
def poll(body, meeting):
    return opened(meeting, approved(body, meeting)[0])


def send(client, meeting, name="rosta", **data):
    address = reverse("governance:room_command", args=[meeting.council.slug, meeting.pk, name])
    return client.post(address, data)


def cast(body, poll, **choices):
    """Cast the votes of seats by whoever serves them."""
    for name, choice in choices.items():
        seat = body.seats[int(name[1:])].pk
        by = body.ordinary[0] if name in {"s0", "s1"} else body.ordinary[int(name[1:])]
        voting.cast_ballot(by=by, poll=poll, choice=choice, seat=seat)


def test_the_room_gives_a_ballot_for_each_member(client, body, delegate, meeting, poll):
    client.force_login(delegate)
    page = client.get(meeting.room_url).content.decode()
    for seat in body.seats[:2]:
        assert page.count(f'name="plats" value="{seat.pk}"') == 1
        assert page.count(f'id="rost-yes-{seat.pk}"') == 1
        assert page.count(f'for="rost-yes-{seat.pk}"') == 1
        assert f"<legend>{seat.organisation}: " in page
        assert f"Lämna rösten för {seat.organisation}" in page
    assert page.count('class="ballot"') == 2
    assert 'id="rost-yes"' not in page
    # Without a seat it is not known whose vote it is.
    assert send(client, meeting, votering=poll.pk, rost="yes").status_code == 422
    other = body.seats[2].pk
    assert send(client, meeting, votering=poll.pk, rost="yes", plats=other).status_code == 422
    for seat, choice in zip(body.seats, ("yes", "no"), strict=False):
        done = send(client, meeting, votering=poll.pk, rost=choice, plats=seat.pk)
        assert done.status_code == 302
    rows = Ballot.objects.order_by("seat").values_list("seat", "choice", "person")
    assert list(rows) == [
        (body.seats[0].pk, "yes", delegate.name_id),
        (body.seats[1].pk, "no", delegate.name_id),
    ]
    page = client.get(meeting.room_url).content.decode()
    assert f"{body.seats[0].organisation} har röstat Ja " in page
    assert f"{body.seats[1].organisation} har röstat Nej " in page
    # Who votes for one member has a single ballot, with the plain fields.
    client.force_login(body.ordinary[2])
    page = client.get(meeting.room_url).content.decode()
    assert (page.count('class="ballot"'), page.count('id="rost-yes"')) == (1, 1)


def decided(meeting, poll):
    """Close the poll and let the gavel fall."""
    closed(meeting, poll)
    conclude_polls(by=SYSTEM, meeting=meeting, item=poll.item)


def reserve(meeting, poll, by, **more):
    meeting.refresh_from_db()
    return dissents.announce_dissent(
        by=by, meeting=meeting, item=poll.item, person=by.name, kind="reservation", **more
    )


def test_a_reservation_is_for_the_member_that_was_against(body, delegate, meeting, poll):
    """The other member's abstention does not take the right, and gets no reservation."""
    cast(body, poll, s0="no", s1="abstain", s2="yes", s3="yes")
    decided(meeting, poll)
    row = reserve(meeting, poll, delegate)
    assert (row.organisation, list(row.also_for.all())) == (body.seats[0].organisation, [])


def test_a_delegate_reserves_for_all_members_or_for_the_chosen(body, delegate, meeting, poll):
    cast(body, poll, s0="no", s1="no", s2="yes", s3="yes")
    decided(meeting, poll)
    first, second, third = (seat.organisation for seat in body.seats[:3])
    with pytest.raises(RuleBroken, match="did not decide for this member"):
        reserve(meeting, poll, delegate, organisations=[first, third])
    row = reserve(meeting, poll, delegate)
    assert row.members == f"{first}, {second}"
    told = ledger_data(meeting, "dissent_announced")
    assert told["organisations"] == [first.pk, second.pk]
    row.also_for.clear()
    row.delete()
    assert reserve(meeting, poll, delegate, organisations=[second]).members == str(second)


def ledger_data(meeting, kind):
    return (
        LedgerEntry.objects.filter(council=meeting.council, kind=kind)
        .latest("number")
        .content["data"]
    )


def test_members_that_all_abstained_cannot_reserve(body, delegate, meeting, poll):
    cast(body, poll, s0="abstain", s1="blank", s2="yes", s3="yes")
    decided(meeting, poll)
    with pytest.raises(RuleBroken, match="abstained"):
        reserve(meeting, poll, delegate)


def test_the_form_asks_a_delegate_for_which_members(client, body, delegate, meeting, poll):
    cast(body, poll, s0="no", s1="no", s2="yes", s3="yes")
    decided(meeting, poll)
    address = reverse("governance:dissents", args=[meeting.council.slug, meeting.pk])
    client.force_login(body.ordinary[2])
    assert "För vilka medlemmar" not in client.get(address).content.decode()
    client.force_login(delegate)
    page = client.get(address).content.decode()
    second = body.seats[1].organisation
    assert "För vilka medlemmar" in page
    assert str(body.seats[2].organisation) not in page
    data = {"item": poll.item_id, "kind": "reservation", "organisations": [second.pk]}
    assert client.post(address, data).status_code == 302
    assert str(second) in client.get(address).content.decode()


def test_a_secret_ballot_for_each_member(client, body, delegate, meeting):
    poll = elect_on(body, meeting, ["X", "Y"], is_secret=True)
    client.force_login(delegate)
    first, second = body.seats[:2]
    assert send(client, meeting, votering=poll.pk, namn="X", plats=first.pk).status_code == 302
    page = client.get(meeting.room_url).content.decode()
    assert f"{first.organisation} är avprickad" in page
    assert f"Lämna rösten för {second.organisation}" in page
    assert page.count(f'id="namn-1-{second.pk}"') == 1
    assert send(client, meeting, votering=poll.pk, namn="Y", plats=first.pk).status_code == 422
    assert send(client, meeting, votering=poll.pk, namn="Y", plats=second.pk).status_code == 302
    poll = closed(meeting, poll)
    assert poll.result["votes"] == [["X", 1], ["Y", 1]]


@pytest.mark.parametrize(
    ("own", "state", "by"),
    [
        ({"s0": "yes", "s1": "yes", "s2": "no", "s3": "no"}, "settled", "casting_vote"),
        ({"s0": "yes", "s1": "no", "s2": "yes", "s3": "no"}, "awaiting_chair", None),
        ({"s0": "abstain", "s1": "yes", "s2": "no"}, "awaiting_chair", None),
        ({"s0": "yes", "s2": "no"}, "awaiting_chair", None),
        ({"s0": "yes", "s1": "no", "s2": "yes"}, "settled", "majority"),
    ],
)
def test_members_that_voted_alike_show_the_chairs_view(body, poll, own, state, by):
    cast(body, poll, **own)
    done = closed(poll.meeting, poll)
    assert (done.state, done.result["by"]) == (state, by)
    assert done.chair == body.ordinary[0].name


def test_the_chair_of_members_that_differ_is_asked_and_adds_no_vote(
    client, body, delegate, meeting, poll
):
    cast(body, poll, s0="yes", s1="no", s2="yes", s3="no")
    poll = closed(meeting, poll)
    assert (poll.state, poll.chair_seat) == (PollState.AWAITING_CHAIR, None)
    with pytest.raises(RuleBroken, match="Only the one who presided"):
        closing.cast_chair_vote(
            by=SYSTEM, meeting=meeting, poll=poll, person=body.ordinary[2].name, choice="yes"
        )
    client.force_login(delegate)
    page = client.get(meeting.room_url).content.decode()
    assert "Lika röstetal: ordföranden avgör" in page
    data = {"votering": poll.pk, "person": delegate.name_id}
    for wrong in ("", "abstain"):
        answer = send(client, meeting, "ordforandens-rost", **data, rost=wrong)
        assert answer.status_code == 422
    assert send(client, meeting, "ordforandens-rost", **data, rost="no").status_code == 302
    poll = Poll.objects.get(pk=poll.pk)
    assert (poll.state, poll.result["outcome"], poll.result["by"]) == (
        "settled", "rejected", "casting_vote",
    )  # fmt: skip
    assert poll.result["heads"] == {"yes": 2, "no": 2, "abstain": 0}
    assert Ballot.objects.filter(poll=poll).count() == 4
    exported = export(poll)
    assert (exported["chair"], exported["chair_view"]) == (None, "no")
    counted = recount(exported)
    assert {key: poll.result[key] for key in counted} == counted
    assert ledger.verify().fault == ""


def test_a_chair_with_one_seat_that_abstained_must_vote_as_before(body, meeting, poll):
    """The delegate leaves: the vice chair presides with one seat, and its vote is added."""
    cast(body, poll, s2="yes", s3="no")
    room_opening.leave(by=SYSTEM, meeting=meeting, person=body.ordinary[0].name)
    room_opening.choose_chair(by=SYSTEM, meeting=meeting, person=body.ordinary[2].name)
    poll = closed(Meeting.objects.get(pk=meeting.pk), poll)
    assert (poll.chair_seat, poll.result["by"]) == (body.seats[2], "casting_vote")


def test_without_a_meeting_each_member_is_answered_for(client, root):
    found = make_body(3, substitutes=False, slug="radet", registry_code="FR-RAD")
    user = found.ordinary[0]
    Mandate.objects.filter(seat=found.seats[1]).update(person=user.name)
    councils.adopt_rules(
        by=SYSTEM, council=found.council, changes={"per_capsulam": "majority"},
        valid_from=date(2026, 1, 1), adopted_reference="Rådet § 2/2026",
    )  # fmt: skip
    poll = per_capsulam.ask_per_capsulam(
        by=SYSTEM, case=ready_case(found), deadline_at=datetime(2099, 1, 1, tzinfo=UTC)
    )
    client.force_login(user)
    page = client.get(poll.get_absolute_url()).content.decode()
    assert page.count('class="ballot"') == 2
    address = reverse("governance:poll_vote", args=[found.council.slug, poll.pk])
    assert client.post(address, {"rost": "yes"}).status_code == 422
    refused = client.post(address, {"plats": found.seats[1].pk, "skal": "Mina skäl"})
    assert refused.content.decode().count("Mina skäl") == 1
    assert len(list(my_poll_tasks(user))) == 1
    for n, choice in enumerate(("yes", "no")):
        data = {"rost": choice, "plats": found.seats[n].pk}
        assert client.post(address, data).status_code == 302
        assert len(list(my_poll_tasks(user))) == 1 - n
    assert list(poll.ballots.order_by("seat").values_list("choice", flat=True)) == ["yes", "no"]
