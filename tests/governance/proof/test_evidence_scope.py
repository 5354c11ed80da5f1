"""What the public reads in evidence before the minutes are adjusted, and what it proves."""

import json

import pytest
from django.urls import reverse

from core.actions import SYSTEM
from governance.actions.minutes import adjusting, dissents, signing, writing
from governance.actions.proof.evidence import adjusted_version, evidence_text
from governance.actions.room import correcting, items
from governance.canonical import canonical_json
from governance.choices import DissentKind, ItemKind
from governance.models import AgendaItem, LedgerEntry, SentHead
from tests.factories.governance import make_body
from tests.factories.minutes import HELD, adjust, begin, close, hold, send, sign
from tests.governance.proof.verifier import VERIFIER

pytestmark = pytest.mark.django_db
HIDDEN = {"decision", "meeting_event", "minutes_version", "minutes_signed", "dissent_announced"}


@pytest.fixture
def held():
    return begin(None, "Ett", "Två")


def at_once(held, title):
    """Adjust a § while the meeting lasts."""
    version = adjusting.adjust_at_once(
        by=SYSTEM, meeting=held.meeting, item=held.item(title), reservations_asked=True
    )
    for user in held.signers():
        sign(version, user)
    return version


def evidence_of(held, title, *, whole=False) -> dict:
    version = adjusted_version(held.minutes, held.item(title).pk)
    return json.loads(evidence_text(held.minutes, version, whole=whole))


def sent_head(held) -> bytes:
    """Return the head that was mailed when the meeting closed, as it was mailed."""
    sent = SentHead.objects.get(meeting=held.meeting)
    row = {"body": str(held.meeting.council.public_id), "number": sent.number, "hash": sent.hash}
    return json.dumps({"format": VERIFIER.HEADS_FORMAT, "heads": [row]}).encode()


def test_the_public_reads_only_the_paragraph_that_was_adjusted_at_once(client, root, held):
    writing.start_minutes(by=SYSTEM, meeting=held.meeting)
    writing.write_text(by=SYSTEM, minutes=held.minutes, item=None, text="Inledande utkast")
    at_once(held, "Två")
    item = held.item("Två")
    slug, number = held.meeting.council.slug, [item.paragraph_year, item.paragraph]
    address = reverse("governance:decision_evidence", args=[slug, *number])
    data = json.loads(client.get(address).content)
    assert "Inledande utkast" not in json.dumps(data, ensure_ascii=False)
    told = [(e["kind"], e["data"]) for e in data["ledger"] if "data" in e]
    assert {row.get("item") for __, row in told} == {item.pk, None}
    apart = [row for kind, row in told if kind == "meeting_event" and row["item"] is None]
    assert [row["kind"] for row in apart] == ["opened"]
    assert [row["item"] for kind, row in told if kind == "decision"] == [item.pk]
    VERIFIER.verify(canonical_json(data))


def test_the_body_reads_all_of_it(held):
    at_once(held, "Två")
    data = evidence_of(held, "Två", whole=True)
    assert all("data" in entry for entry in data["ledger"])
    VERIFIER.verify(canonical_json(data))


def test_what_follows_a_paragraph_adjusted_at_once_stays_with_the_body(held):
    at_once(held, "Två")
    item = held.item("Två")
    dissents.announce_dissent(
        by=SYSTEM, meeting=held.meeting, item=item, person=held.body.ordinary[1].name,
        kind=DissentKind.RESERVATION,
    )  # fmt: skip
    correcting.reword_decision(
        by=SYSTEM, meeting=held.meeting, decision=held.decision("Ett"), clauses=["godkänna allt"],
        reason="Skrivfel",
    )  # fmt: skip
    close(held)
    send(held)
    last = LedgerEntry.objects.get(kind="paragraph_adjusted").number
    after = [e for e in evidence_of(held, "Två")["ledger"] if e["number"] > last and "data" in e]
    assert {(e["kind"], e["data"]["kind"]) for e in after} == {("meeting_event", "closed")}
    # Once the minutes are adjusted, it is open with them, and the whole of it is accepted.
    version = held.minutes.versions.order_by("number").last()
    for user in held.signers():
        sign(version, user)
    data = evidence_of(held, "Två")
    shown = {e["kind"] for e in data["ledger"] if "data" in e}
    assert shown >= HIDDEN
    lines = VERIFIER.verify(canonical_json(data), sent_head(held))
    assert "Ett beslut fick nya ord före justeringen: Skrivfel" in lines


def test_evidence_of_two_paragraphs_adjusted_at_once_is_accepted(held):
    for title in ("Ett", "Två"):
        at_once(held, title)
    for title in ("Ett", "Två"):
        VERIFIER.verify(canonical_json(evidence_of(held, title)))
    close(held)
    for title in ("Ett", "Två"):
        lines = VERIFIER.verify(canonical_json(evidence_of(held, title)), sent_head(held))
        assert "omfattar mötet och underskrifterna och justeringen" in lines[-2]
    adjust(held)
    lines = VERIFIER.verify(canonical_json(evidence_of(held, "Ett")), sent_head(held))
    assert "omfattar mötet, omfattar inte underskrifterna och justeringen" in lines[-2]


def test_a_formality_behind_closed_doors_leaves_no_gap():
    held = begin(closed=("Upprop",), decided=False)
    item = held.item("Upprop")
    AgendaItem.objects.filter(pk=item.pk).update(kind=ItemKind.FORMALITY)
    items.open_item(by=SYSTEM, meeting=held.meeting, item=item, at=HELD)
    items.note_item(by=SYSTEM, meeting=held.meeting, item=item, at=HELD)
    adjust(close(held))
    data = evidence_of(held, "Val av justerare")
    told = [e["data"] for e in data["ledger"] if e.get("data", {}).get("item") == item.pk]
    assert [row["kind"] for row in told] == ["item_opened", "item_closed"]
    VERIFIER.verify(canonical_json(data), sent_head(held))


def test_a_head_of_another_meeting_is_told_apart_from_a_false_one():
    body = make_body(3)
    first, second = hold(body, "Budget"), hold(body, "Plan", at=HELD.replace(month=3))
    adjust(second)
    content = canonical_json(evidence_of(second, "Plan"))
    with pytest.raises(VERIFIER.Unreadable, match="kontrollsumman gäller ett annat möte"):
        VERIFIER.verify(content, sent_head(first))
    strange = json.loads(sent_head(second))
    strange["heads"][0]["body"] = "en annan"
    with pytest.raises(VERIFIER.Unreadable, match="ett annat organ"):
        VERIFIER.verify(content, json.dumps(strange).encode())
    false = json.loads(sent_head(second))
    false["heads"][0]["hash"] = "0" * 64
    with pytest.raises(VERIFIER.Refused, match="inte den som mejlades ut"):
        VERIFIER.verify(content, json.dumps(false).encode())


def test_minutes_adjusted_by_a_later_meeting_rest_on_its_decision():
    body = make_body(3)
    first = hold(body, "Budget")
    send(first)
    signing.refer_minutes(by=SYSTEM, minutes=first.minutes)
    second = hold(body, "Justering", at=HELD.replace(month=3))
    signing.adjust_by_meeting(
        by=SYSTEM, minutes=first.minutes, decision=second.decision("Justering"), approved=True
    )
    early = canonical_json(evidence_of(first, "Budget"))
    with pytest.raises(VERIFIER.Unreadable, match="beslut på ett senare möte"):
        VERIFIER.verify(early, sent_head(first))
    inside = VERIFIER.verify(canonical_json(evidence_of(first, "Budget", whole=True)))
    assert any("Justerat av ett senare möte" in line for line in inside)
    adjust(second)
    lines = VERIFIER.verify(canonical_json(evidence_of(first, "Budget")), sent_head(first))
    assert any("Justerat av ett senare möte" in line for line in lines)
