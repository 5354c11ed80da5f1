"""The vectors of rules.md 1.10 that need a room, and the order of a decision."""

import pytest

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.polls import (
    closing,
    concluding,
    counting,
    invalidating,
    opening,
    proposing,
    voting,
)
from governance.actions.room import deciding, items, motions, recusals
from governance.actions.room import opening as room_opening
from governance.choices import (
    BodyKind,
    DecisionKind,
    MotionKind,
    OfficeKind,
    Outcome,
    PollEntry,
    RefusalGround,
)
from governance.lots import is_genuine
from governance.models import Ballot, Poll, SecretVoter
from governance.states import ItemState, MotionState, PollState
from tests.factories.governance import LONG_AGO, item_named, make_body, open_room
from tests.governance.polls.builders import (
    approved,
    asked,
    close_debate,
    closed,
    debated,
    elect_on,
    election_in,
    find,
    move,
    open_poll_in,
    opened,
    ready_case,
    vote,
    weigh,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(5)


def gavel(poll, **details):
    return concluding.conclude_polls(by=SYSTEM, meeting=poll.meeting, item=poll.item, **details)


def three(body, *, contenders=()):
    """A room with a main proposal and two amendments, A and B, and the polls between them."""
    meeting = open_room(body)
    item = debated(body, meeting)
    for n, text in ((1, "A"), (2, "B")):
        move(meeting, item, body.ordinary[n], MotionKind.AMEND, text)
    close_debate(meeting, item)
    find(meeting, item, proposal=True)
    polls = approved(body, meeting, item, contenders=contenders)
    return meeting, item, polls


def test_v03_and_v05_the_chair_must_vote(body):
    poll = open_poll_in(body)
    vote(body, poll, s0="abstain", s1="yes", s2="yes", s3="no", s4="no")
    poll = closed(poll.meeting, poll)
    assert poll.state == PollState.AWAITING_CHAIR
    with pytest.raises(RuleBroken, match="every poll|Every poll"):
        gavel(poll)
    chair = body.ordinary[0]
    with pytest.raises(RuleBroken, match="yes or no"):
        closing.cast_chair_vote(
            by=chair, meeting=poll.meeting, poll=poll, person=chair.name, choice="abstain"
        )
    poll = closing.cast_chair_vote(
        by=chair, meeting=poll.meeting, poll=poll, person=chair.name, choice="yes"
    )
    assert (poll.state, poll.result["outcome"], poll.result["by"]) == (
        "settled", "carried", "majority",
    )  # fmt: skip
    assert poll.result["heads"] == {"yes": 3, "no": 2, "abstain": 0}
    assert [b.revision for b in Ballot.objects.filter(poll=poll, seat=body.seats[0])] == [1, 2]
    assert ledger.verify().fault == ""


def test_v05_nobody_but_the_chair_votes(body):
    poll = open_poll_in(body)
    vote(body, poll, s0="abstain", s1="abstain", s2="blank", s3="abstain", s4="abstain")
    poll = closed(poll.meeting, poll)
    poll = closing.cast_chair_vote(
        by=SYSTEM, meeting=poll.meeting, poll=poll, person=body.ordinary[0].name, choice="yes"
    )
    assert poll.result["heads"] == {"yes": 1, "no": 0, "abstain": 4}
    assert poll.result["outcome"] == "carried"


def test_v21_and_v22_the_vice_presides_when_the_chair_is_recused():
    body = make_body(11, substitutes=False)
    meeting = open_room(body, body.who(*range(7)))
    item = item_named(meeting, "Budget")
    recusals.announce_recusal(
        by=SYSTEM, meeting=meeting, item=item, person=body.ordinary[0].name, ground="Prov"
    )
    item = close_debate(meeting, debated(body, meeting))
    find(meeting, item, proposal=True)
    poll = opened(meeting, approved(body, meeting, item)[0])
    vote(body, poll, s1="no", s2="no", s3="yes", s4="yes", s5="abstain", s6="abstain")
    poll = closed(meeting, poll)
    assert (poll.chair_id, poll.result["outcome"], poll.result["by"]) == (
        body.ordinary[1].name_id, "rejected", "casting_vote",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="not needed"):
        closing.cast_chair_vote(
            by=SYSTEM, meeting=meeting, poll=poll, person=body.ordinary[0].name, choice="yes"
        )


def test_v22_the_absent_chair_breaks_no_tie(body):
    poll = open_poll_in(body, body.who(1, 2, 3))
    vote(body, poll, s1="abstain", s2="yes", s3="no")
    poll = closed(poll.meeting, poll)
    with pytest.raises(RuleBroken, match="Only the one who presided"):
        closing.cast_chair_vote(
            by=SYSTEM, meeting=poll.meeting, poll=poll, person=body.ordinary[0].name, choice="yes"
        )


def test_v23_a_request_after_the_gavel_is_refused(body):
    meeting = open_room(body)
    item = close_debate(meeting, debated(body, meeting))
    with pytest.raises(RuleBroken, match="between the finding and the gavel"):
        asked(body, meeting, item)
    find(meeting, item, proposal=True)
    deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    with pytest.raises(RuleBroken, match="between the finding and the gavel"):
        asked(body, meeting, item)


def test_v23_a_request_before_the_gavel_stops_it(body):
    meeting = open_room(body)
    item = close_debate(meeting, debated(body, meeting))
    find(meeting, item, proposal=True)
    asked(body, meeting, item)
    with pytest.raises(RuleBroken, match="it decides, not acclamation"):
        deciding.gavel(by=SYSTEM, meeting=meeting, item=item)
    with pytest.raises(RuleBroken, match="already been requested"):
        asked(body, meeting, item)
    proposing.withdraw_request(by=SYSTEM, meeting=meeting, item=item)
    assert Poll.objects.get().state == PollState.WITHDRAWN
    assert deciding.gavel(by=SYSTEM, meeting=meeting, item=item).outcome == Outcome.CARRIED


def test_v24_the_co_opted_has_no_vote(body):
    from tests.factories.members import UserFactory

    guest = UserFactory()
    poll = open_poll_in(body)
    room_opening.arrive(by=SYSTEM, meeting=poll.meeting, person=guest.name)
    for stranger in (guest, body.substitutes[0], body.secretary):
        with pytest.raises(RuleBroken, match="on the roll"):
            voting.cast_ballot(by=stranger, poll=poll, choice="yes")


def test_v25_a_second_ballot_replaces_until_the_close(body):
    poll = open_poll_in(body)
    vote(body, poll, s0="yes", s1="no")
    vote(body, poll, s1="yes")
    vote(body, poll, s1="yes")
    assert [b.choice for b in Ballot.objects.filter(seat=body.seats[1])] == ["no", "yes"]
    poll = closed(poll.meeting, poll)
    assert poll.result["heads"] == {"yes": 2, "no": 0, "abstain": 0}
    with pytest.raises(RuleBroken, match="closed"):
        vote(body, poll, s1="no")


def test_v20_and_v26_equal_votes_are_settled_by_a_lot_that_can_be_checked(body):
    poll = election_in(body, ["P", "Q", "R"], positions=2)
    for n, names in enumerate((["P", "Q"], ["P", "R"], ["P"], ["Q", "R"])):
        voting.cast_ballot(by=body.ordinary[n], poll=poll, names=names)
    voting.cast_ballot(by=body.ordinary[4], poll=poll, names=[])
    poll = closed(poll.meeting, poll)
    assert (poll.state, poll.result["elected"], poll.result["lot_between"]) == (
        "awaiting_lot", ["P"], ["Q", "R"],
    )  # fmt: skip
    commitment = poll.lot.commitment
    people = {"drawer": body.secretary.name, "witness": body.ordinary[2].name}
    room_opening.arrive(by=SYSTEM, meeting=poll.meeting, person=body.secretary.name)
    with pytest.raises(RuleBroken, match="somebody else"):
        closing.draw_lot(
            by=SYSTEM, meeting=poll.meeting, poll=poll, witness_words="7",
            drawer=people["witness"], witness=people["witness"],
        )  # fmt: skip
    with pytest.raises(RuleBroken, match="witness says"):
        closing.draw_lot(by=SYSTEM, meeting=poll.meeting, poll=poll, witness_words=" ", **people)
    poll = closing.draw_lot(
        by=SYSTEM, meeting=poll.meeting, poll=poll, witness_words="sjutton", **people
    )
    lot = poll.lot
    assert poll.state == PollState.SETTLED
    assert (lot.commitment, len(lot.drawn)) == (commitment, 1)
    assert is_genuine(
        commitment=commitment, seed=lot.seed, witness_words="sjutton",
        names=["Q", "R"], drawn=lot.drawn,
    )  # fmt: skip
    decision = gavel(poll)
    assert decision.kind == DecisionKind.ELECTION
    assert decision.clauses == [f"välja {name}" for name in sorted(["P", *lot.drawn])]
    assert ledger.verify().fault == ""


def test_v27_a_secret_election_keeps_no_link():
    body = make_body(8)
    poll = election_in(body, ["X", "Y"], is_secret=True)
    for n in range(8):
        voting.cast_ballot(by=body.ordinary[n], poll=poll, names=["X"] if n < 6 else [])
    with pytest.raises(RuleBroken, match="cannot be changed"):
        voting.cast_ballot(by=body.ordinary[0], poll=poll, names=["Y"])
    poll = closed(poll.meeting, poll)
    assert (poll.state, poll.result["elected"]) == ("settled", ["X"])
    assert SecretVoter.objects.filter(poll=poll, has_voted=True).count() == 8
    assert Ballot.objects.count() == 0
    assert poll.urn.ballots == [*[["X"]] * 6, [], []]
    with pytest.raises(ValueError, match="secret"):
        counting.export(poll)
    entry = body.council.ledger.get(kind="poll_closed").content["data"]
    assert (len(entry["ticked_off"]), entry["digest"]) == (8, poll.urn.digest)
    assert "ballots" not in entry
    assert ledger.verify().fault == ""


def test_a_secret_poll_needs_equal_weights():
    body = make_body(3)
    weigh(body, [5, 1, 1])
    with pytest.raises(RuleBroken, match="weigh one each"):
        election_in(body, ["X", "Y"], is_secret=True)


def test_q6_recusal_leaves_too_few_in_a_council_but_not_in_an_assembly():
    for kind, may in ((BodyKind.COUNCIL, False), (BodyKind.ASSEMBLY, True)):
        body = make_body(
            9, kind=kind, substitutes=False, slug=kind.value, registry_code=f"FR-{kind.value}"
        )
        meeting = open_room(body, body.who(*range(5)), items=("Budget", "Annat"))
        item = item_named(meeting, "Budget")
        recusals.announce_recusal(
            by=SYSTEM, meeting=meeting, item=item, person=body.ordinary[4].name, ground="Prov"
        )
        item = close_debate(meeting, debated(body, meeting))
        if not may:
            with pytest.raises(RuleBroken, match="Too few"):
                find(meeting, item, proposal=True)
            continue
        find(meeting, item, proposal=True)
        poll = opened(meeting, approved(body, meeting, item)[0])
        vote(body, poll, s0="yes", s1="yes", s2="yes", s3="no")
        poll = closed(meeting, poll)
        assert poll.result["outcome"] == "carried"
        assert (poll.seats, poll.roll.filter(recused=True).count()) == (9, 1)


def test_q7_a_vacancy_counts_in_the_quorum():
    body = make_body(8, substitutes=False)
    from tests.governance.polls.builders import VectorRoom

    VectorRoom._vacancy(type("Room", (), {"body": body})())
    poll = open_poll_in(body, body.who(*range(5)))
    assert (poll.seats, poll.vacancies, poll.roll.count()) == (9, 1, 8)


def test_q8_the_co_opted_does_not_make_a_quorum():
    from governance.actions import seats
    from tests.factories.members import UserFactory

    body, guest = make_body(9, substitutes=False), UserFactory()
    seats.give_office(
        by=SYSTEM, council=body.council, person=guest.name, kind=OfficeKind.COOPTED,
        starts_on=LONG_AGO, appointed_reference="§ 1",
    )  # fmt: skip
    meeting = open_room(body, body.who(0, 1, 2, 3) | {guest.name_id: "room"})
    with pytest.raises(RuleBroken, match="Too few"):
        debated(body, meeting)


def test_j1_the_recused_has_no_vote_in_the_item_but_in_the_next(body):
    meeting = open_room(body, items=("Budget", "Annat"))
    recusals.announce_recusal(
        by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"),
        person=body.ordinary[4].name, ground="Prov",
    )  # fmt: skip
    item = close_debate(meeting, debated(body, meeting))
    find(meeting, item, proposal=True)
    poll = opened(meeting, approved(body, meeting, item)[0])
    with pytest.raises(RuleBroken, match=r"recused|on the roll"):
        vote(body, poll, s4="yes")
    with pytest.raises(RuleBroken, match="recused"):
        voting.cast_ballot(
            by=SYSTEM, poll=poll, choice="yes", seat=body.seats[4].pk, entry=PollEntry.ROLL_CALL
        )
    vote(body, poll, s0="yes", s1="yes")
    gavel(closed(meeting, poll))
    item = close_debate(meeting, debated(body, meeting, name="Annat"))
    find(meeting, item, proposal=True)
    poll = opened(meeting, approved(body, meeting, item)[0])
    vote(body, poll, s4="yes")


def test_k1_the_counter_proposal_is_found_first():
    body = make_body(9, substitutes=False)
    meeting, item, polls = three(body)
    assert [(p.yes_means[-1], p.no_means[-1]) for p in polls[:1]] == [("A", "B")]
    with pytest.raises(RuleBroken, match="earlier poll"):
        opened(meeting, polls[1])  # K5
    first = opened(meeting, polls[0])
    vote(body, first, s0="abstain", s1="yes", s4="yes", s5="yes", s2="no", s6="no", s3="abstain")
    assert closed(meeting, first).winner == "motion-1"
    last = opened(meeting, Poll.objects.get(pk=polls[1].pk))
    assert last.no_means.endswith("A")
    vote(body, last, s0="yes", s3="yes", s7="yes", s8="yes")
    vote(body, last, s1="no", s4="no", s5="no", s2="no", s6="no")
    last = closed(meeting, last)
    decision = gavel(last)
    assert (decision.outcome, decision.clauses) == (Outcome.CARRIED, ["A"])
    states = dict(item.motions.values_list("text", "state"))
    assert states == {"A": MotionState.CARRIED, "B": MotionState.ELIMINATED}


def test_k2_the_main_proposal_wins_over_the_counter_proposal():
    body = make_body(9, substitutes=False)
    meeting, item, polls = three(body)
    first = opened(meeting, polls[0])
    votes = {f"s{n}": "no" for n in range(6)} | {f"s{n}": "yes" for n in (6, 7, 8)}
    vote(body, first, **votes)
    assert closed(meeting, first).winner == "motion-2"
    last = opened(meeting, Poll.objects.get(pk=polls[1].pk))
    vote(body, last, **{f"s{n}": "yes" for n in range(7)}, s7="no", s8="no")
    decision = gavel(closed(meeting, last))
    assert decision.clauses == ["godkänna förslaget"]
    states = dict(item.motions.values_list("text", "state"))
    assert states == {"A": MotionState.ELIMINATED, "B": MotionState.REJECTED}


def test_k3_the_chair_must_vote_in_the_counter_proposal_too():
    body = make_body(9, substitutes=False)
    meeting, _item, polls = three(body)
    first = opened(meeting, polls[0])
    vote(body, first, s0="abstain", s1="yes", s2="yes", s3="no", s4="no")
    assert closed(meeting, first).state == PollState.AWAITING_CHAIR
    with pytest.raises(RuleBroken, match="earlier poll"):
        opened(meeting, Poll.objects.get(pk=polls[1].pk))


def test_k4_four_proposals_give_three_polls(body):
    meeting = open_room(body)
    item = debated(body, meeting)
    for n, text in ((1, "A"), (2, "B")):
        move(meeting, item, body.ordinary[n], MotionKind.AMEND, text)
    move(meeting, item, body.ordinary[3], MotionKind.REJECT)
    close_debate(meeting, item)
    find(meeting, item, proposal=True)
    polls = approved(body, meeting, item)
    assert [p.number for p in polls] == [1, 2, 3]
    with pytest.raises(RuleBroken, match="already approved"):
        proposing.approve_order(by=SYSTEM, meeting=meeting, item=item)


def test_an_order_that_leaves_a_proposal_out_is_refused(body):
    with pytest.raises(RuleBroken, match="takes part once"):
        three(body, contenders=["motion-1"])


def test_an_order_with_something_never_put_is_refused(body):
    with pytest.raises(RuleBroken, match="have been put"):
        three(body, contenders=["motion-1", "motion-2", "motion-9"])


def formal(body, kind=MotionKind.REFER_BACK, text="Utred"):
    meeting = open_room(body)
    item = debated(body, meeting)
    move(meeting, item, body.ordinary[1], kind, text)
    move(meeting, item, body.ordinary[2], MotionKind.ADD, "mer")
    close_debate(meeting, item)
    find(meeting, item)
    return meeting, item, opened(meeting, approved(body, meeting, item)[0])


def test_r1_a_third_refers_back_in_an_assembly():
    body = make_body(9, kind=BodyKind.ASSEMBLY, substitutes=False)
    meeting, item, poll = formal(body)
    assert (poll.title, poll.yes_means) == (
        "Ska ärendet avgöras i dag?",
        "att ärendet avgörs i dag",
    )
    vote(body, poll, **{f"s{n}": "yes" for n in range(5)}, s5="no", s6="no", s7="no", s8="abstain")
    decision = gavel(closed(meeting, poll))
    assert (decision.kind, decision.motivation) == (DecisionKind.REFERRED_BACK, "Utred")
    item.refresh_from_db()
    assert item.state == ItemState.REFERRED_BACK
    assert set(item.motions.values_list("state", flat=True)) == {"carried", "lapsed"}
    with pytest.raises(RuleBroken):
        asked(body, meeting, item)  # R7: no poll on the matter


def test_r2_the_same_is_decided_today_in_a_council():
    body = make_body(9, substitutes=False)
    meeting, item, poll = formal(body)
    vote(body, poll, **{f"s{n}": "yes" for n in range(5)}, s5="no", s6="no", s7="no", s8="abstain")
    decision = gavel(closed(meeting, poll))
    item.refresh_from_db()
    assert (decision.kind, item.state) == (DecisionKind.PROCEDURAL, ItemState.DEBATE_CLOSED)
    find(meeting, item, proposal=True)
    assert deciding.gavel(by=SYSTEM, meeting=meeting, item=item).kind == DecisionKind.MATTER


def test_r3_fewer_than_a_third_do_not_refer_back():
    body = make_body(10, kind=BodyKind.ASSEMBLY, substitutes=False)
    meeting, _item, poll = formal(body)
    vote(body, poll, **{f"s{n}": "yes" for n in range(7)}, s7="no", s8="no", s9="no")
    assert closed(meeting, poll).winner == "today"


def test_r5_the_second_time_a_simple_majority_is_needed():
    body = make_body(9, kind=BodyKind.ASSEMBLY, substitutes=False)
    case = ready_case(body)
    for rule in ("minority", "simple"):
        meeting = open_room(body, items=())
        item = meeting.items.filter(case=case).first()
        assert item is not None
        item = items.open_item(by=SYSTEM, meeting=meeting, item=item)
        move(meeting, item, body.ordinary[1], MotionKind.TABLE)
        close_debate(meeting, item)
        find(meeting, item)
        poll = opened(meeting, approved(body, meeting, item)[0])
        assert poll.rule_type == rule
        vote(body, poll, **{f"s{n}": "yes" for n in range(5)}, s5="no", s6="no", s7="no")
        poll = closed(meeting, poll)
        gavel(poll)
    assert poll.winner == "today"


def test_r6_referral_back_without_motivation_is_refused(body):
    with pytest.raises(RuleBroken, match="referred back"):
        formal(body, text="")


def test_w09_a_table_changed_during_the_meeting_has_no_effect():
    body = make_body(3)
    weigh(body, [5, 2, 2])
    poll = open_poll_in(body)
    body.council.weight_tables.first().rows.update(weight=100)
    vote(body, poll, s0="yes", s1="no", s2="no")
    assert closed(poll.meeting, poll).result["weight"] == {"yes": 5, "no": 4, "abstain": 0}


def test_additions_get_a_poll_of_their_own(body):
    meeting = open_room(body)
    item = debated(body, meeting)
    addition = move(meeting, item, body.ordinary[1], MotionKind.ADD, "följa upp i juni")
    close_debate(meeting, item)
    find(meeting, item, proposal=True)
    polls = approved(body, meeting, item, polled_additions=[addition])
    first = opened(meeting, polls[0])
    with pytest.raises(RuleBroken, match="Another poll"):
        opened(meeting, polls[1])
    vote(body, first, s0="yes")
    closed(meeting, first)
    second = opened(meeting, Poll.objects.get(pk=polls[1].pk))
    vote(body, second, s0="yes", s1="yes", s2="no")
    decision = gavel(closed(meeting, second))
    assert decision.clauses == ["godkänna förslaget", "följa upp i juni"]


def test_a_refused_motion_is_no_alternative_until_the_body_overrules(body):
    meeting = open_room(body)
    item = debated(body, meeting)
    motion = move(meeting, item, body.ordinary[1], MotionKind.AMEND, "A")
    motions.refuse_motion(
        by=SYSTEM, meeting=meeting, motion=motion, ground=RefusalGround.UNLAWFUL, reason="Lag"
    )
    motions.overrule_refusal(by=SYSTEM, meeting=meeting, motion=motion)
    close_debate(meeting, item)
    find(meeting, item, proposal=True)
    assert [p.no_key for p in approved(body, meeting, item)] == ["motion-1"]


def test_an_invalid_poll_is_kept_and_replaced_with_those_built_on_it():
    body = make_body(9, substitutes=False)
    meeting, item, polls = three(body)
    first = opened(meeting, polls[0])
    vote(body, first, s0="yes")
    closed(meeting, first)
    last = opened(meeting, Poll.objects.get(pk=polls[1].pk))
    vote(body, last, s0="yes")
    with pytest.raises(RuleBroken, match="why the poll is invalid"):
        invalidating.declare_invalid(by=SYSTEM, meeting=meeting, poll=first, reason=" ")
    again = invalidating.declare_invalid(
        by=SYSTEM, meeting=meeting, poll=first, reason="Fel röstkort"
    )
    assert (again.replaces, again.state) == (Poll.objects.get(pk=first.pk), PollState.APPROVED)
    assert Poll.objects.get(pk=last.pk).state == PollState.INVALID
    assert Ballot.objects.filter(poll=first).count() == 1
    again = opened(meeting, again)
    vote(body, again, s1="no")
    closed(meeting, again)
    last = opened(meeting, Poll.objects.get(replaces=last))
    vote(body, last, s1="yes")
    gavel(closed(meeting, last))
    item.refresh_from_db()
    assert item.state == ItemState.DECIDED
    with pytest.raises(RuleBroken, match="what was decided stands"):
        invalidating.declare_invalid(by=SYSTEM, meeting=meeting, poll=last, reason="Sent")
    assert ledger.verify().fault == ""


def test_a_poll_refuses_to_open_when_a_trigger_is_missing(body, monkeypatch):
    meeting = open_room(body)
    poll = approved(body, meeting)[0]
    monkeypatch.setattr(opening.triggers, "missing", lambda: ["governance_ballot_no_update"])
    with pytest.raises(RuleBroken, match="protection of the records"):
        opened(meeting, poll)


def test_nobody_may_abstain_in_exercise_of_authority():
    body = make_body(5, kind=BodyKind.COMMITTEE)
    meeting = open_room(body)
    terms = proposing.Terms(must_choose=True)
    poll = opened(meeting, approved(body, meeting, terms=terms)[0])
    with pytest.raises(RuleBroken, match="nobody may abstain"):
        vote(body, poll, s1="abstain")


def test_an_election_with_as_many_names_as_places_may_still_be_polled(body):
    meeting = open_room(body, items=())
    from tests.factories.governance import add_items

    item = add_items(meeting, "Val", kind="election", proposal=[])[0]
    from governance.actions.planning import confirm_item

    confirm_item(by=SYSTEM, meeting=meeting, item=item, all_agree=True)
    poll = elect_on(body, meeting, ["X"])
    vote(body, poll, s0="X")
    decision = gavel(closed(meeting, poll))
    assert decision.clauses == ["välja X"]
