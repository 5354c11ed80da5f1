"""Heads are kept outside the database when minutes are adjusted and rectified, not only mailed."""

import json
from datetime import date
from pathlib import Path

import pytest

from core.actions import SYSTEM
from governance.actions.minutes import announcing
from governance.models import LedgerEntry
from tests.factories.minutes import adjust, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings, tmp_path):
    """Return a function that reads the newest head in the folder: number and hash."""
    settings.LEDGER_HEADS_DIR = tmp_path

    def newest() -> tuple[int, str]:
        heads = [json.loads(Path(p).read_text())["heads"][0] for p in tmp_path.glob("*.json")]
        return max((head["number"], head["hash"]) for head in heads)

    return newest


def entry(kind: str) -> tuple[int, str]:
    row = LedgerEntry.objects.get(kind=kind)
    return row.number, row.hash


def test_the_adjustment_and_a_rectification_have_heads_of_their_own(
    kept, django_capture_on_commit_callbacks
):
    held = hold()
    with django_capture_on_commit_callbacks(execute=True):
        adjust(held)
    assert kept() == entry("minutes_adjusted")

    with django_capture_on_commit_callbacks(execute=True):
        announcing.rectify(
            by=SYSTEM, minutes=held.minutes, item=held.item("Budget"), stood="1 000",
            shall_stand="10 000", reason="Skrivfel", decided_by="Ordföranden",
            decided_on=date(2026, 3, 1),
        )  # fmt: skip
    assert kept() == entry("rectified")
