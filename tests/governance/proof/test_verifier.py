"""The stand-alone verifier: accepts what is whole, refuses every change, needs only Python."""

import hashlib
import json
import random
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from core.actions import SYSTEM
from governance.actions import ledger
from governance.actions.minutes import announcing
from governance.actions.minutes.rendition import archive_package, minutes_pdf, reading_of
from governance.actions.proof.evidence import evidence_text
from governance.canonical import canonical_json
from governance.recounting import recount
from tests.factories.minutes import adjust
from tests.governance import poll_samples
from tests.governance.proof.changes import byte_changes, field_changes
from tests.governance.proof.real_polls import OPEN_POLLS, polled
from tests.governance.proof.verifier import SCRIPT, VERIFIER, rechained, refused

CHANGES = 200


@pytest.fixture
def held(db):
    """Adjusted minutes with open polls, a secret election by lot, and a § behind closed doors."""
    return adjust(polled())


def text_of(held, *, whole: bool) -> bytes:
    version = held.minutes.versions.get()
    return evidence_text(held.minutes, version, whole=whole).encode("utf-8")


@pytest.mark.parametrize("whole", [True, False])
def test_it_accepts_the_evidence_and_the_heads(held, whole):
    heads = json.dumps(ledger.heads()).encode()
    lines = VERIFIER.verify(text_of(held, whole=whole), heads)
    assert f"Öppna voteringar: {OPEN_POLLS + whole} omräknade" in lines[4]
    assert lines[-1] == "Kontrollsummor som mejlats ut: 1 stämmer."
    assert any("visas inte" in line for line in lines) is not whole


@pytest.mark.parametrize("whole", [True, False])
def test_it_refuses_every_single_byte_and_field_that_changes(held, whole):
    content = text_of(held, whole=whole)
    for place, changed in byte_changes(content, CHANGES, random.Random(7)):
        assert refused(changed), (place, content[place : place + 20])
    for path, changed in field_changes(content, CHANGES, random.Random(11)):
        assert refused(changed), path
    assert not refused(content)


def test_a_field_more_or_less_is_refused(held):
    data = json.loads(text_of(held, whole=True))
    assert refused(canonical_json(data | {"extra": 1}))
    assert refused(canonical_json({k: v for k, v in data.items() if k != "meeting"}))
    assert refused(canonical_json(data | {"ledger": data["ledger"][:-1]}))
    assert refused(canonical_json(data | {"ledger": data["ledger"][1:]}))


def test_heads_of_another_record_are_refused(held):
    heads = ledger.heads()
    heads["heads"][0]["hash"] = "0" * 64
    assert refused(text_of(held, whole=False), json.dumps(heads).encode())
    heads["heads"][0]["number"] = 99_999
    assert refused(text_of(held, whole=False), json.dumps(heads).encode())


@pytest.mark.parametrize("whole", [True, False])
def test_the_pdf_carries_the_same_evidence(held, whole):
    reading = reading_of(held.minutes, whole=whole)
    document = minutes_pdf(reading)
    assert document == minutes_pdf(reading_of(held.minutes, whole=whole))
    assert VERIFIER.read_evidence(document) == json.loads(text_of(held, whole=whole))
    with pikepdf.open(BytesIO(document)) as pdf:
        assert list(pdf.attachments) == ["bevis.json"]


def test_it_needs_nothing_but_python(held, tmp_path):
    document = tmp_path / "protokoll.pdf"
    document.write_bytes(minutes_pdf(reading_of(held.minutes, whole=False)))
    heads = tmp_path / "heads.json"
    heads.write_text(json.dumps(ledger.heads()))
    script = tmp_path / "kontrollera.py"
    script.write_bytes(SCRIPT.read_bytes())
    bare = [sys.executable, "-I", "-S", str(script), str(document), "--heads", str(heads)]
    done = subprocess.run(bare, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("GODKÄNT\n")
    broken = tmp_path / "bevis.json"
    broken.write_bytes(text_of(held, whole=False)[:-2])
    done = subprocess.run([*bare[:4], str(broken)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.startswith("UNDERKÄNT")) == (1, True)
    done = subprocess.run([*bare[:4], str(script)], capture_output=True, text=True, check=False)
    assert done.returncode in {1, 2}


def test_a_rectification_is_part_of_the_evidence(held):
    announcing.rectify(
        by=SYSTEM, minutes=held.minutes, item=held.item("Budget"), stood="1 000", reason="Fel",
        shall_stand="10 000", decided_by="Ordföranden", decided_on=date(2026, 3, 1),
    )  # fmt: skip
    lines = VERIFIER.verify(text_of(held, whole=False))
    assert "Rättelse 2026-03-01: 1 000 -> 10 000" in "\n".join(lines)


def test_the_archive_package_names_its_checksums(held):
    reading = reading_of(held.minutes, whole=False)
    content = archive_package(reading)
    assert content == archive_package(reading_of(held.minutes, whole=False))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        sums = archive.read("SHA256SUMS").decode()
        for line in sums.splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    assert names == ["protokoll.pdf", "bevis.json", "SHA256SUMS"]


def test_a_signature_on_another_text_is_refused(held):
    data = json.loads(text_of(held, whole=True))
    for entry in data["ledger"]:
        if entry["kind"] == "minutes_signed" and entry["data"]["role"] == "adjuster":
            entry["data"]["sha256"] = "0" * 64
    rechained(data)
    with pytest.raises(VERIFIER.Refused, match="annan text"):
        VERIFIER.verify(canonical_json(data))


def test_it_counts_as_the_product_does():
    chance = random.Random(2026)
    kinds = set()
    for __ in range(3_000):
        data = poll_samples.random_poll_json(chance)
        expected, counted = recount(data), VERIFIER.recount(data)
        assert {k: expected[k] for k in counted} == counted, data
        kinds.add((data["kind"], expected["state"]))
    assert len(kinds) == 6


def test_it_writes_canonical_json_as_the_product_does():
    value = {"å": [1, True, None, "\u2028\n\"'"], "a": {"𝄞": -5, "z": ""}}
    assert VERIFIER.canonical(value).encode() == canonical_json(value)
