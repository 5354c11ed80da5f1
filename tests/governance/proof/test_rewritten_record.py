"""A record rewritten by whoever owns the server is refused, though all is chained and signed anew.

Each change keeps every entry up to the head that was mailed when the meeting closed, so that only
what follows it, or the text, says something else.
"""

import copy
import json

import pytest

from core.actions import SYSTEM
from governance.actions.minutes import announcing
from governance.actions.proof.evidence import evidence_text
from governance.canonical import canonical_json
from governance.commitments import commitment, minutes_hash, paragraph_hash
from governance.models import LedgerEntry, SentHead
from members.models import PersonName
from tests.factories.minutes import HELD, adjust
from tests.governance.proof.real_polls import DECIDED, SECRET_ELECTION, TIED, polled
from tests.governance.proof.verifier import VERIFIER, rechained

pytestmark = pytest.mark.django_db
ADJUSTED = {"minutes_version", "minutes_signed", "minutes_adjusted"}


@pytest.fixture
def held():
    return adjust(polled(behind=False))


def evidence_of(held, *, whole=True):
    version = held.minutes.versions.get()
    return json.loads(evidence_text(held.minutes, version, whole=whole))


def head_of(held) -> bytes:
    sent = SentHead.objects.get()
    row = {"body": str(held.meeting.council.public_id), "number": sent.number, "hash": sent.hash}
    return json.dumps({"format": VERIFIER.HEADS_FORMAT, "heads": [row]}).encode()


def signed_anew(evidence) -> bytes:
    """Return evidence whose text, signatures, numbers and chain are made to fit what changed."""
    root = minutes_hash(evidence["minutes"])
    sums = {p["item"]: paragraph_hash(p) for p in evidence["minutes"]["paragraphs"]}
    first = evidence["ledger"][0]["number"]
    for place, entry in enumerate(evidence["ledger"]):
        entry["number"] = first + place
        data = entry.get("data", {})
        if entry["kind"] in ADJUSTED:
            data["sha256"] = root
        if entry["kind"] == "minutes_adjusted":
            data["paragraphs"] = [{"item": k, "sha256": v} for k, v in sums.items()]
    rechained(evidence)
    return canonical_json(evidence)


def paragraph(evidence, title):
    rows = evidence["minutes"]["paragraphs"]
    return next(p for p in rows if p["fields"]["matter"]["value"]["title"] == title)


def matter(evidence, title):
    return paragraph(evidence, title)["fields"]["matter"]["value"]


def entry_of(evidence, kind, **facts):
    """Return an entry by what it says."""
    return next(
        e
        for e in evidence["ledger"]
        if e["kind"] == kind and facts.items() <= e.get("data", {}).items()
    )


def add(evidence, entry):
    """Put an entry in when the meeting has closed: where the text of the minutes is fixed."""
    rows = evidence["ledger"]
    place = next(n for n, e in enumerate(rows) if e["kind"] == "minutes_version")
    rows.insert(place, entry)


def decision_again(evidence):
    said = matter(evidence, DECIDED)["decisions"][0]
    later = copy.deepcopy(entry_of(evidence, "decision", id=said["decision"]))
    said["clauses"] = later["data"]["clauses"] = ["avslå"]
    add(evidence, later)


def decision_anew(evidence):
    said = matter(evidence, DECIDED)["decisions"][0]
    later = copy.deepcopy(entry_of(evidence, "decision", id=said["decision"]))
    later["data"] |= {"id": 10**6, "decision": 10**6, "clauses": ["avslå"]}
    matter(evidence, DECIDED)["decisions"] = [said | {"decision": 10**6, "clauses": ["avslå"]}]
    add(evidence, later)


def decision_reworded_to_another(evidence):
    decision_anew(evidence)
    first = entry_of(evidence, "decision", item=paragraph(evidence, DECIDED)["item"])["data"]["id"]
    entry_of(evidence, "decision", id=10**6)["data"] |= {
        "replaces": first, "reason": "Skrivfel", "outcome": "rejected",
    }  # fmt: skip


def poll_closed_again(evidence):
    [poll] = matter(evidence, DECIDED)["polls"]
    later = copy.deepcopy(entry_of(evidence, "poll_closed", id=poll["poll"]))
    for ballots in (poll["export"]["ballots"], later["data"]["ballots"]):
        for row in ballots:
            row["choice"] = {"yes": "no", "no": "yes"}.get(row["choice"], row["choice"])
    poll["result"] |= VERIFIER.recount(poll["export"])
    later["data"]["result"] = poll["result"]
    add(evidence, later)


def poll_made_invalid(evidence):
    [poll] = matter(evidence, TIED)["polls"]
    first = entry_of(evidence, "poll_closed", id=poll["poll"])["data"]
    row = {name: first[name] for name in ("id", "poll", "meeting", "item")}
    later = copy.deepcopy(entry_of(evidence, "poll_closed", id=poll["poll"]))
    add(
        evidence,
        later | {"kind": "poll_invalid", "data": row | {"state": "invalid", "reason": "x"}},
    )
    matter(evidence, TIED)["polls"] = []
    matter(evidence, TIED)["invalid_polls"] = [
        {"poll": poll["poll"], "number": 1, "secret": False, "reason": "x", "replaced_by": None}
    ]


def unsigned_by_decision(evidence):
    evidence["ledger"] = [e for e in evidence["ledger"] if e["kind"] != "minutes_signed"]
    entry_of(evidence, "minutes_adjusted")["data"]["by_decision"] = 999_999


def unsigned_by_own_decision(evidence):
    unsigned_by_decision(evidence)
    own = matter(evidence, DECIDED)["decisions"][0]["decision"]
    entry_of(evidence, "minutes_adjusted")["data"]["by_decision"] = own


def signers_renamed(evidence):
    for entry in evidence["ledger"]:
        if entry["kind"] == "minutes_signed":
            entry["data"]["name"] = "Falsk Person"


def paragraph_dropped(evidence):
    evidence["minutes"]["paragraphs"].remove(paragraph(evidence, TIED))


def last_paragraph_dropped_and_hidden(evidence):
    gone = evidence["minutes"]["paragraphs"].pop()["item"]
    for entry in evidence["ledger"]:
        if entry["data"].get("item") == gone:
            entry["commitment"] = commitment(entry.pop("salt"), entry.pop("data"))


def decision_dropped(evidence):
    matter(evidence, TIED)["decisions"] = []
    matter(evidence, TIED)["outcome"] = ""


def outcome_turned(evidence):
    matter(evidence, TIED)["outcome"] = "Avslag"


def outcome_of_decision_turned(evidence):
    matter(evidence, TIED)["decisions"][0]["outcome"] = matter(evidence, TIED)["outcome"] = "Avslag"


def motions_dropped(evidence):
    matter(evidence, TIED)["motions"] = []


def motion_reworded(evidence):
    matter(evidence, SECRET_ELECTION)["motions"][0]["text"] = "Någon annan"


def voters_exchanged(evidence):
    seats = matter(evidence, DECIDED)["polls"][0]["seats"]
    one, other, *__ = seats
    seats[one], seats[other] = seats[other], seats[one]


def participants_exchanged(evidence):
    rows = matter(evidence, DECIDED)["took_part"]
    rows[0]["name"], rows[1]["name"] = rows[1]["name"], rows[0]["name"]


def participant_dropped(evidence):
    matter(evidence, DECIDED)["took_part"].pop()


def participants_corrected(evidence, **facts):
    """Return an entry that takes one away from who took part, as the text then says too."""
    decision = entry_of(evidence, "decision", item=paragraph(evidence, DECIDED)["item"])
    row = decision["data"]
    matter(evidence, DECIDED)["took_part"].pop()
    data = {"decision": row["id"], "meeting": evidence["meeting"], "event": 1}
    data |= {name: row[name] for name in ("item", "presided_by")}
    data["participants"] = row["participants"][:-1]
    return copy.deepcopy(decision) | {"kind": "participants_corrected", "data": data | facts}


def participants_corrected_by_no_event(evidence):
    add(evidence, participants_corrected(evidence, event=10**6))


def participants_corrected_in_another_meeting(evidence):
    add(evidence, participants_corrected(evidence, meeting=10**6))


def participants_corrected_too_late(evidence):
    evidence["ledger"].append(participants_corrected(evidence))


def present_dropped(evidence):
    evidence["minutes"]["head"]["present"].pop()


def left_early(evidence):
    evidence["minutes"]["head"]["present"][0]["times"][0]["to"] = "2026-02-10T10:30+01:00"


def closed_later(evidence):
    evidence["minutes"]["head"]["closed"] = "2026-02-10T17:00+01:00"


def reservation_invented(evidence):
    matter(evidence, TIED)["dissents"] = [
        {"kind": "Reservation", "name": "x", "organisation": "", "text": "",
         "announced": "2026-02-10T10:30+01:00"}
    ]  # fmt: skip


def hidden_without_reason(evidence):
    field = paragraph(evidence, TIED)["fields"]["matter"]
    closed = {"commitment": commitment(field["salt"], field["value"]), "reason": ""}
    paragraph(evidence, TIED)["fields"]["matter"] = closed


CHANGES = {
    decision_again: "står redan i en tidigare post",
    decision_anew: "ett beslut kom till efter mötet",
    decision_reworded_to_another: "ersatts av ett annat",
    poll_closed_again: "står redan i en tidigare post",
    poll_made_invalid: "en votering kom till efter mötet",
    unsigned_by_own_decision: "fel beslut om justering",
    signers_renamed: "en annan än den som skrev under",
    paragraph_dropped: "§ 3 togs upp men saknas",
    last_paragraph_dropped_and_hidden: "händelser i mötet är dolda",
    decision_dropped: "saknar ett beslut",
    outcome_turned: "en annan utgång",
    outcome_of_decision_turned: "inte det som fattades",
    motions_dropped: "andra yrkanden",
    motion_reworded: "andra yrkanden",
    voters_exchanged: "står i stället för",
    participants_exchanged: "står i stället för",
    participant_dropped: "fel antal deltog",
    participants_corrected_by_no_event: "utan någon händelse",
    participants_corrected_in_another_meeting: "utan någon händelse",
    participants_corrected_too_late: "fel antal deltog",
    present_dropped: "närvaron",
    left_early: "närvaron",
    closed_later: "mötets tider",
    reservation_invented: "andra reservationer",
    hidden_without_reason: "dold utan skäl",
}


def test_a_record_rewritten_after_the_head_was_mailed_is_refused(held):
    evidence, heads = evidence_of(held), head_of(held)
    VERIFIER.verify(signed_anew(copy.deepcopy(evidence)), heads)  # the control: unchanged it holds
    for change, reason in CHANGES.items():
        changed = copy.deepcopy(evidence)
        change(changed)
        with pytest.raises(VERIFIER.Refused, match=reason):
            VERIFIER.verify(signed_anew(changed), heads)


def test_minutes_without_signatures_need_a_decision_that_is_shown(held):
    evidence = evidence_of(held)
    unsigned_by_decision(evidence)
    with pytest.raises(VERIFIER.Unreadable, match="beslutet visas inte"):
        VERIFIER.verify(signed_anew(evidence), head_of(held))


def test_what_is_hidden_or_cut_off_is_told(held):
    announcing.rectify(
        by=SYSTEM, minutes=held.minutes, item=held.item(DECIDED), stood="a", shall_stand="b",
        reason="c", decided_by="d", decided_on=HELD.date(),
    )  # fmt: skip
    evidence = evidence_of(held)
    last = evidence["ledger"][-1]
    assert last["kind"] == "rectified"
    when = last["recorded_at"][:16].replace("T", " ")
    told = f"Beviset räcker till post {last['number']}, {when} UTC."
    lines = VERIFIER.verify(canonical_json(evidence), head_of(held))
    assert told in lines
    assert any("omfattar inte underskrifterna och justeringen och rättelserna" in x for x in lines)
    cut = evidence | {"ledger": evidence["ledger"][:-1]}
    lines = VERIFIER.verify(canonical_json(cut))
    assert told not in lines
    assert f"Beviset räcker till post {last['number'] - 1}, " in "\n".join(lines)
    last["commitment"] = commitment(last.pop("salt"), last.pop("data"))
    lines = VERIFIER.verify(canonical_json(evidence))
    assert any(line.startswith("OBS: 1 poster om rättelse visas inte") for line in lines)


def test_a_name_that_was_corrected_since_the_poll_is_told_and_not_refused():
    held = polled(behind=False)
    person = held.body.ordinary[1].name
    before = str(person)
    PersonName.objects.filter(pk=person.pk).update(family_name="Rättstavad")
    after = str(PersonName.objects.get(pk=person.pk))
    adjust(held)
    lines = VERIFIER.verify(canonical_json(evidence_of(held, whole=False)), head_of(held))
    assert f"Namnet {before} står som {after}." in lines


def test_the_ledger_gets_the_names_that_the_minutes_print(held):
    entry = LedgerEntry.objects.filter(kind="poll_opened").first()
    label = f"S{held.body.seats[0].pk}"
    row = next(r for r in entry.content["data"]["roll"] if r["seat"] == label)
    assert row["name"] == str(held.body.ordinary[0].name)
    assert row["organisation"] == held.body.seats[0].organisation.name
