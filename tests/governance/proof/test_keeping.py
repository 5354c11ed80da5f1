"""Heads that leave the system, disposal of secret ballots, and evidence that only grows."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import triggers
from core.actions import SYSTEM, deliver_due
from core.exceptions import RuleBroken
from core.models import OutboxMessage
from governance import poll_records
from governance.actions import ledger
from governance.actions.minutes import announcing, extracts, follow_up
from governance.actions.minutes.rendition import minutes_pdf, reading_of
from governance.actions.proof.disposal import dispose_secret_ballots
from governance.actions.proof.heads import send_heads
from governance.models import (
    AdjustedParagraph,
    Extract,
    FollowUpReport,
    LedgerEntry,
    MinutesSignature,
    MinutesVersion,
    Rectification,
    SentHead,
)
from members.models import User
from tests.factories.minutes import HELD, adjust, adjusted, begin, close, hold

pytestmark = pytest.mark.django_db
TABLES = [
    MinutesVersion,
    MinutesSignature,
    AdjustedParagraph,
    Rectification,
    FollowUpReport,
    Extract,
    SentHead,
    LedgerEntry,
]


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.LEDGER_HEADS_DIR = tmp_path / "heads"


@pytest.fixture
def full():
    """A meeting with a row in every table of evidence."""
    held = adjusted()
    item, secretary = held.item("Budget"), User.objects.get(pk=held.body.secretary.pk)
    announcing.rectify(
        by=SYSTEM, minutes=held.minutes, item=item, stood="a", shall_stand="b", reason="c",
        decided_by="d", decided_on=HELD.date(),
    )  # fmt: skip
    extracts.add_recipient(by=SYSTEM, item=item, name="Prov", email="prov@exempel.invalid")
    extracts.certify_extract(by=secretary, item=item)
    row = follow_up.assign_follow_up(
        by=SYSTEM, decision=held.decision("Budget"), owner=secretary.name,
        due_on=timezone.localdate(),
    )  # fmt: skip
    follow_up.report_follow_up(by=SYSTEM, follow_up=row, state="done", text="Klart.")
    return held


@pytest.mark.parametrize("what", ["update", "delete", "raw update", "raw delete"])
def test_evidence_of_minutes_only_grows(full, what):
    for model in TABLES:
        table, count = model._meta.db_table, model.objects.count()
        assert count, table
        deeds = {
            "update": lambda m=model: m.objects.update(id=m.objects.first().pk),
            "delete": lambda m=model: m.objects.all()._raw_delete(m.objects.db),
            "raw update": lambda t=table: connection.cursor().execute(f"UPDATE {t} SET id = id"),
            "raw delete": lambda t=table: connection.cursor().execute(f"DELETE FROM {t}"),
        }
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deeds[what]()
        assert model.objects.count() == count


def test_without_triggers_the_same_would_pass(full):
    triggers.drop_for_tests(connection)
    assert Rectification.objects.update(reason="x") == 1
    assert AdjustedParagraph.objects.update(sha256="0" * 64) == 3
    assert "governance_agendaitem_frozen_update" in triggers.missing()


def test_every_version_stays_and_its_pdf_is_the_same_when_made_again(full):
    first = minutes_pdf(reading_of(full.minutes, whole=True))
    triggers.restore()
    assert first == minutes_pdf(reading_of(full.minutes, whole=True))
    assert ledger.verify().fault == ""


def test_heads_are_mailed_and_written_when_the_meeting_closes(
    settings, django_capture_on_commit_callbacks, mailoutbox
):
    held = begin()
    OutboxMessage.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        close(held)
    people = 3 + 3 + 1
    sent = SentHead.objects.get(meeting=held.meeting)
    assert (OutboxMessage.objects.count(), sent.recipients) == (people, people)
    [file] = list(Path(settings.LEDGER_HEADS_DIR).iterdir())
    head = json.loads(file.read_text())["heads"][0]
    assert (head["number"], head["hash"]) == (sent.number, sent.hash)
    call_command("verify_ledger", "--heads", str(file))
    while deliver_due():
        pass
    name, content, __ = mailoutbox[0].attachments[0]
    assert (name, json.loads(content)["heads"][0]) == ("kontrollsumma.json", head)
    assert sent.hash in mailoutbox[0].body
    assert send_heads(meeting=held.meeting) is None


def test_the_mailed_head_still_fits_after_adjustment():
    held = hold()
    sent = SentHead.objects.get(meeting=held.meeting)
    adjust(held)
    row = {"body": str(held.meeting.council.public_id), "number": sent.number, "hash": sent.hash}
    assert ledger.verify(outside=[row]).fault == ""
    assert "foreign head" in ledger.verify(outside=[row | {"hash": "0" * 64}]).fault


@pytest.fixture
def ballots(monkeypatch):
    """Let the meeting have one secret poll whose ballots can be destroyed once."""
    store = [{"poll": 7, "ballots": 5, "set_hash": "0" * 64}]

    def take(_meeting: int):
        taken = list(store)
        store.clear()
        return taken

    monkeypatch.setattr(poll_records, "_disposers", [take])
    return store


def test_a_head_is_kept_when_secret_ballots_are_destroyed(
    ballots, settings, django_capture_on_commit_callbacks
):
    held = adjusted()
    with django_capture_on_commit_callbacks(execute=True):
        entry = dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision="§ 4/2026")
    [file] = Path(settings.LEDGER_HEADS_DIR).iterdir()
    head = json.loads(file.read_text())["heads"][0]
    assert (head["number"], head["hash"]) == (entry.number, entry.hash)


def test_secret_ballots_are_destroyed_by_a_named_decision(ballots, capsys):
    held = hold()
    with pytest.raises(RuleBroken, match="until the minutes are adjusted"):
        dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision="§ 4/2026")
    adjust(held)
    with pytest.raises(RuleBroken, match="Name the decision"):
        dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision=" ")
    entry = dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision="§ 4/2026")
    assert entry.content["data"]["decision"] == "§ 4/2026"
    assert (ballots, ledger.verify().disposed) == ([], 1)
    call_command("verify_ledger")
    assert "1 secret polls gallrat" in capsys.readouterr().out
    with pytest.raises(RuleBroken, match="no secret ballots"):
        dispose_secret_ballots(by=SYSTEM, meeting=held.meeting, decision="§ 4/2026")
