"""Polls from the room through minutes, evidence and PDF to the verifier; disposal of secret sets.

The verifier compares what the minutes print with what the ledger got when each poll was opened
and closed. Each change here is chained anew as whoever owns the server could, so that only the
comparison is left to find it.
"""

import copy
import json

import pytest
from django.core.management import call_command

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import ledger
from governance.actions.minutes.rendition import minutes_pdf, reading_of
from governance.actions.proof.disposal import dispose_secret_ballots
from governance.actions.proof.evidence import evidence_text
from governance.canonical import canonical_json
from governance.commitments import minutes_hash, paragraph_hash
from governance.models import AgendaItem, Poll
from governance.models.ballot import SecretUrn
from governance.poll_records import polls_of
from tests.factories.minutes import adjust
from tests.governance.proof.real_polls import (
    BEHIND,
    CHAIR,
    COUNTER,
    DECIDED,
    NAMES,
    OPEN_ELECTION,
    OPEN_POLLS,
    SECRET_ELECTION,
    SECRET_POLLS,
    TIED,
    polled,
    weighted,
)
from tests.governance.proof.verifier import VERIFIER, rechained

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return adjust(polled())


def evidence_of(held, *, whole=False):
    version = held.minutes.versions.filter(item__isnull=True).last()
    return json.loads(evidence_text(held.minutes, version, whole=whole))


def printed(evidence, title):
    """Return the polls of a § as the evidence prints them."""
    for paragraph in evidence["minutes"]["paragraphs"]:
        matter = paragraph["fields"]["matter"].get("value")
        if matter and matter["title"] == title:
            return matter["polls"]
    raise LookupError(title)


def signed_anew(evidence) -> bytes:
    """Return evidence whose text, signatures and chain are made to fit what was changed."""
    evidence = copy.deepcopy(evidence)
    root = minutes_hash(evidence["minutes"])
    sums = {p["item"]: paragraph_hash(p) for p in evidence["minutes"]["paragraphs"]}
    for entry in evidence["ledger"]:
        data = entry.get("data", {})
        if entry["kind"] in {"minutes_version", "minutes_signed", "minutes_adjusted"}:
            data["sha256"] = root
        for row in data.get("paragraphs", []):
            row["sha256"] = sums[row["item"]]
    rechained(evidence)
    return canonical_json(evidence)


def test_the_records_of_polls_are_what_was_voted(held):
    items = {title: held.item(title).pk for title in (DECIDED, TIED, CHAIR, COUNTER)}
    found = polls_of(items.values())
    assert [len(found[items[t]]) for t in (DECIDED, TIED, CHAIR, COUNTER)] == [1, 1, 1, 2]
    first = found[items[DECIDED]][0]
    seats = [seat.pk for seat in held.body.seats]
    assert first.result["heads"] == {"yes": 3, "no": 1, "abstain": 1}
    votes = ("yes", "yes", "yes", "no", "abstain")
    assert first.choices == dict(zip(seats, votes, strict=False))
    assert first.decision == held.decision(DECIDED).pk
    assert found[items[TIED]][0].result["by"] == "casting_vote"
    assert found[items[CHAIR]][0].result["heads"] == {"yes": 2, "no": 1, "abstain": 0}
    assert Poll.objects.filter(state="invalid").count() == 1


def test_records_of_elections_open_and_secret(held):
    items = [held.item(title).pk for title in (OPEN_ELECTION, SECRET_ELECTION)]
    found = polls_of(items)
    [opened], [secret] = found[items[0]], found[items[1]]
    seats = [seat.pk for seat in held.body.seats]
    votes = (NAMES[0], NAMES[0], NAMES[1], "blank")
    assert opened.choices == dict(zip(seats, votes, strict=False))
    assert (secret.choices, secret.export, secret.disposed) == ({}, None, False)
    assert secret.ticked_off == tuple(f"S{seat}" for seat in seats[:5])
    assert (secret.lot["between"], secret.lot["places"]) == (list(NAMES), 1)


def test_items_without_polls_cost_one_query(held, django_assert_num_queries):
    chooses = held.meeting.items.get(chooses_adjusters=True).pk
    with django_assert_num_queries(1):
        assert polls_of([chooses]) == {}


@pytest.mark.parametrize("whole", [True, False])
def test_the_verifier_accepts_real_polls(held, whole):
    lines = VERIFIER.verify(canonical_json(evidence_of(held, whole=whole)))
    opened = OPEN_POLLS + whole
    assert f"Beslut: {7 + whole} stämmer. Öppna voteringar: {opened} omräknade." in lines
    assert f"Slutna voteringar: {SECRET_POLLS} stämmer med liggaren." in lines
    assert ledger.verify().fault == ""


def test_the_pdf_prints_and_carries_the_polls(held):
    document = minutes_pdf(reading_of(held.minutes, whole=False))
    carried = VERIFIER.read_evidence(document)
    assert carried == evidence_of(held)
    assert BEHIND not in json.dumps(carried, ensure_ascii=False)


def test_weighted_polls_under_double_majority_are_recounted():
    held = adjust(weighted())
    evidence = evidence_of(held)
    [poll] = printed(evidence, DECIDED)
    assert poll["result"]["weight"] == {"yes": 12, "no": 6, "abstain": 0}
    assert poll["result"]["outcome"] == "rejected"
    assert "Öppna voteringar: 1 omräknade" in "\n".join(VERIFIER.verify(canonical_json(evidence)))
    poll["export"]["roll"][0]["weight"] = 8
    poll["result"]["weight"]["yes"] = 13
    with pytest.raises(VERIFIER.Refused, match="annat resultat"):
        VERIFIER.verify(signed_anew(evidence))


def ballot_changed(evidence):
    """Turn a no into an abstention, and count anew so that the recount agrees."""
    [poll] = printed(evidence, DECIDED)
    ballot = next(row for row in poll["export"]["ballots"] if row["choice"] == "no")
    ballot["choice"] = "abstain"
    poll["result"] |= VERIFIER.recount(poll["export"])


def same_totals(evidence):
    """Let two seats change votes with each other: every figure stays."""
    [poll] = printed(evidence, DECIDED)
    ballots = poll["export"]["ballots"]
    ballots[0]["choice"], ballots[3]["choice"] = ballots[3]["choice"], ballots[0]["choice"]


def weight_moved(evidence):
    [poll] = printed(evidence, CHAIR)
    poll["export"]["roll"][5]["weight"] = 9


def question_turned(evidence):
    [poll] = printed(evidence, DECIDED)
    poll["question"] = {"yes": poll["question"]["no"], "no": poll["question"]["yes"]}


def rule_changed(evidence):
    [poll] = printed(evidence, DECIDED)
    poll["export"]["rule"] = {"type": "qualified", "numerator": 1, "denominator": 2}


def poll_left_out(evidence):
    del printed(evidence, COUNTER)[0]


def poll_put_in(evidence):
    polls = printed(evidence, DECIDED)
    polls.append(polls[0] | {"poll": 10**6})


def poll_moved(evidence):
    printed(evidence, TIED).append(printed(evidence, DECIDED).pop())


def election_changed(evidence):
    [poll] = printed(evidence, OPEN_ELECTION)
    poll["export"]["ballots"][2]["choice"] = [NAMES[0]]
    poll["result"]["votes"] = [[NAMES[0], 3]]


def ticked_off(evidence):
    [poll] = printed(evidence, SECRET_ELECTION)
    poll["ticked_off"].pop()


def set_exchanged(evidence):
    [poll] = printed(evidence, SECRET_ELECTION)
    poll["set_hash"] = "0" * 64


def secret_made_open(evidence):
    [poll] = printed(evidence, SECRET_ELECTION)
    poll["secret"] = False


def lot_turned(evidence):
    [poll] = printed(evidence, SECRET_ELECTION)
    poll["lot"]["drawn"] = [name for name in NAMES if name not in poll["lot"]["drawn"]]


def lot_left_out(evidence):
    [poll] = printed(evidence, SECRET_ELECTION)
    poll["lot"] = None


def invalid_of(evidence):
    """Return what the evidence says of the poll that was declared invalid."""
    for paragraph in evidence["minutes"]["paragraphs"]:
        matter = paragraph["fields"]["matter"].get("value")
        if matter and matter["title"] == DECIDED:
            return matter["invalid_polls"]
    raise LookupError(DECIDED)


def invalid_left_out(evidence):
    invalid_of(evidence).clear()


def invalid_reason_changed(evidence):
    invalid_of(evidence)[0]["reason"] = "Strömavbrott"


def invalid_not_replaced(evidence):
    invalid_of(evidence)[0]["replaced_by"] = None


CHANGES = {
    invalid_left_out: "ogiltiga voteringarna",
    invalid_reason_changed: "ogiltiga voteringarna",
    invalid_not_replaced: "ogiltiga voteringarna",
    ballot_changed: "annat resultat",
    same_totals: "skiljer sig från liggaren: ballots",
    weight_moved: "skiljer sig från liggaren: roll",
    question_turned: "inte den som hölls",
    rule_changed: "skiljer sig från liggaren: rule",
    poll_left_out: "andra voteringar",
    poll_put_in: "andra voteringar",
    poll_moved: "andra voteringar",
    election_changed: "annat resultat",
    ticked_off: "inte den som liggaren fick",
    set_exchanged: "inte den som liggaren fick",
    secret_made_open: "inte den som hölls",
    lot_turned: "inte den som drogs",
    lot_left_out: "lottning saknas",
}


def test_a_poll_that_differs_from_the_ledger_is_refused(held):
    evidence = evidence_of(held)
    VERIFIER.verify(signed_anew(evidence))  # the control: chained anew and unchanged it holds
    for change, reason in CHANGES.items():
        changed = copy.deepcopy(evidence)
        change(changed)
        with pytest.raises(VERIFIER.Refused, match=reason):
            VERIFIER.verify(signed_anew(changed))


def drawn_of(evidence):
    """Return what the ledger says of the draw."""
    return next(e for e in evidence["ledger"] if e["kind"] == "lot_drawn")["data"]


def test_a_lot_steered_in_text_and_ledger_alike_is_refused(held):
    evidence = evidence_of(held)
    [poll] = printed(evidence, SECRET_ELECTION)
    other = [name for name in NAMES if name not in poll["lot"]["drawn"]]
    poll["lot"]["drawn"] = drawn_of(evidence)["drawn"] = other
    with pytest.raises(VERIFIER.Refused, match="dras om"):
        VERIFIER.verify(signed_anew(evidence))
    poll["lot"]["seed"] = drawn_of(evidence)["seed"] = "ab" * 32
    with pytest.raises(VERIFIER.Refused, match="inte bundet"):
        VERIFIER.verify(signed_anew(evidence))


def test_secret_sets_are_disposed_of_only_after_adjustment(capsys):
    held = polled(behind=False)
    urn = SecretUrn.objects.get()
    kept = {"digest": urn.digest, "ballots": len(urn.ballots)}
    with pytest.raises(RuleBroken, match="until the minutes are adjusted"):
        dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision="§ 4/2026")
    assert SecretUrn.objects.get().ballots == urn.ballots
    adjust(held)
    entry = dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision="§ 4/2026")
    poll = Poll.objects.get(is_secret=True)
    row = {"poll": poll.pk, "item": poll.item_id, "ballots": 5, "set_hash": kept["digest"]}
    assert entry.content["data"]["polls"] == [row]
    urn.refresh_from_db()
    assert (urn.ballots, urn.salt, urn.digest) == (None, "", kept["digest"])
    assert polls_of([poll.item_id])[poll.item_id][0].disposed
    capsys.readouterr()
    call_command("verify_ledger")
    assert "1 secret polls gallrat" in capsys.readouterr().out
    with pytest.raises(RuleBroken, match="no secret ballots"):
        dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision="§ 4/2026")


def test_the_verifier_says_that_the_ballots_are_gone(held):
    dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision="§ 4/2026")
    evidence = evidence_of(held)
    said = "Slutna voteringar: 1 stämmer med liggaren, rösterna i 1 är gallrade."
    assert said in VERIFIER.verify(canonical_json(evidence))
    assert VERIFIER.read_evidence(minutes_pdf(reading_of(held.minutes, whole=False))) == evidence
    entry = next(e for e in evidence["ledger"] if e["kind"] == "secret_ballots_disposed")
    entry["data"]["polls"][0]["set_hash"] = "0" * 64
    with pytest.raises(VERIFIER.Refused, match="andra röster gallrades"):
        VERIFIER.verify(signed_anew(evidence))


def test_a_disposal_behind_closed_doors_is_told_to_the_body_alone():
    held = polled(behind=False)
    rows = AgendaItem.objects.filter(title=SECRET_ELECTION)
    rows.update(is_closed=True, closed_reason="Val")
    adjust(held)
    dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision="§ 4/2026")
    outside, inside = evidence_of(held), evidence_of(held, whole=True)
    told = [e for e in outside["ledger"] if e["kind"] == "secret_ballots_disposed"]
    assert ["data" in e for e in told] == [False]
    told = [e for e in inside["ledger"] if e["kind"] == "secret_ballots_disposed"]
    assert ["data" in e for e in told] == [True]
