"""Minutes of every meeting of the demo: valid files, and evidence that no change gets past."""

import json
import random
import subprocess
import sys

import pikepdf
import pytest

from governance.actions import ledger
from governance.actions.minutes.rendition import minutes_pdf, reading_of
from governance.actions.proof.evidence import adjusted_version, evidence_text
from governance.demo import load_councils
from governance.models import Minutes
from tests.governance.proof.changes import byte_changes, field_changes
from tests.governance.proof.verifier import SCRIPT, refused
from tests.verapdf import verdicts_of

pytestmark = pytest.mark.django_db
CHANGES = 200


def all_minutes() -> list[Minutes]:
    return list(Minutes.objects.select_related("meeting__council").order_by("pk"))


def name_of(minutes: Minutes, *, whole: bool) -> str:
    kind = "hela" if whole else "utanfor"
    return f"{minutes.meeting.council.slug}-{minutes.meeting.held_on}-{kind}"


@pytest.fixture
def written(stand) -> list[Minutes]:
    load_councils(stand)
    found = all_minutes()
    assert len([row for row in found if row.is_adjusted]) == 2  # Provisum and the joint committee
    return found


def evidences(written: list[Minutes]) -> dict[str, bytes]:
    """Return the evidence of every adjusted meeting, for the body and for those outside."""
    return {
        name_of(row, whole=whole): evidence_text(row, adjusted_version(row), whole=whole).encode()
        for row in written
        if row.is_adjusted
        for whole in (True, False)
    }


@pytest.mark.validators
@pytest.mark.slow
def test_every_file_passes_both_profiles_and_a_plain_one_fails(written, tmp_path):
    paths = []
    for row in written:
        for whole in (True, False):
            paths.append(tmp_path / f"{name_of(row, whole=whole)}.pdf")
            paths[-1].write_bytes(minutes_pdf(reading_of(row, whole=whole)))
    plain = pikepdf.new()
    plain.add_blank_page()
    control = tmp_path / "kontroll.pdf"
    plain.save(control)
    found = verdicts_of([*paths, control])
    assert found.pop(control) == {"3a": "FAIL", "ua1": "FAIL"}
    assert found == {path: {"3a": "PASS", "ua1": "PASS"} for path in paths}


def test_the_verifier_accepts_every_adjusted_meeting_on_plain_python(written, tmp_path):
    heads = tmp_path / "heads.json"
    heads.write_text(json.dumps(ledger.heads()))
    for row in written:
        document = tmp_path / f"{name_of(row, whole=False)}.pdf"
        document.write_bytes(minutes_pdf(reading_of(row, whole=False)))
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(SCRIPT), str(document)],
            capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
        # Minutes that are not adjusted carry no evidence, and the program says so.
        wanted = (0, "") if row.is_adjusted else (2, done.stderr)
        assert (done.returncode, done.stderr) == wanted, document
        assert done.stdout.startswith("GODKÄNT\n") is row.is_adjusted


@pytest.mark.slow
def test_the_verifier_refuses_every_change_of_every_adjusted_meeting(written):
    for name, content in evidences(written).items():
        assert not refused(content), name
        for place, changed in byte_changes(content, CHANGES, random.Random(name)):
            assert refused(changed), (name, place)
        for path, changed in field_changes(content, CHANGES, random.Random(name)):
            assert refused(changed), (name, path)
