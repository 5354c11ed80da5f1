"""How the program answers, whatever it is given: 0, 1 or 2, in words that nobody can dress up."""

import json
import os
import subprocess
import sys
import zlib
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation

from core.actions import SYSTEM
from governance.actions import ledger
from governance.actions.minutes.drawing import ROLES
from governance.actions.minutes.presence import MODES
from governance.actions.minutes.rendition import minutes_pdf, reading_of
from governance.actions.polls import closing
from governance.actions.proof.evidence import evidence_text
from governance.canonical import canonical_json
from governance.choices import DecisionKind, DecisionMethod, DissentKind, MotionKind, Outcome
from tests.factories.governance import make_body
from tests.factories.minutes import adjust, adjusted, begin, close
from tests.governance.polls.builders import close_debate, debated, move, opened, vote
from tests.governance.polls.builders import closed as closed_poll
from tests.governance.proof.real_polls import (
    NAMES,
    SECRET_ELECTION,
    again,
    conclude,
    election,
)
from tests.governance.proof.verifier import SCRIPT, VERIFIER

TITLE = "Budget \x1b[2J\u202eLAVSLAG\nGODKÄNT"


def run(tmp_path, content: bytes, heads: bytes | None = None, **environment: str):
    """Let plain Python run the program on a file."""
    file = tmp_path / "bevis.json"
    file.write_bytes(content)
    command = [sys.executable, "-S", str(SCRIPT), str(file)]
    if heads is not None:
        (tmp_path / "heads.json").write_bytes(heads)
        command += ["--heads", str(tmp_path / "heads.json")]
    return subprocess.run(
        command, capture_output=True, check=False, env=os.environ | environment, timeout=60
    )


def text_of(held, *, whole=False) -> bytes:
    version = held.minutes.versions.get()
    return evidence_text(held.minutes, version, whole=whole).encode()


def pdf_of(*streams: bytes) -> bytes:
    """Return a PDF with these packed streams as embedded files."""
    objects = b"".join(
        b"%d 0 obj\n<< /Type /EmbeddedFile /Filter /FlateDecode >>\nstream\n" % number
        + stream
        + b"\nendstream\nendobj\n"
        for number, stream in enumerate(streams, start=1)
    )
    return b"%PDF-1.7\n" + objects


@pytest.mark.django_db
def test_a_narrow_screen_and_dressed_up_names_do_not_change_the_answer(tmp_path):
    held = adjusted(None, TITLE)
    done = run(tmp_path, text_of(held), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    done = run(tmp_path, text_of(held), PYTHONIOENCODING="utf-8")
    said = done.stdout.decode()
    assert said.splitlines().count("GODKÄNT") == 1
    assert not set(said) & {"\x1b", "\u202e"}
    assert "Budget \\x1b[2J\\u202eLAVSLAG\\nGODKÄNT" in said
    done = run(tmp_path, b"\xff", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr.startswith(b"UNDERK")) == (1, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda row: row | {"number": [1]},
        lambda row: row | {"number": "1"},
        lambda row: row | {"hash": 1},
        lambda row: row | {"hash": "z" * 64},
        lambda row: {k: v for k, v in row.items() if k != "hash"},
        lambda row: {k: v for k, v in row.items() if k != "body"},
        lambda row: [row],
    ],
)
def test_a_damaged_file_of_heads_is_no_fault_of_the_evidence(tmp_path, change):
    content, heads = text_of(adjusted()), ledger.heads()
    heads["heads"] = [change(row) for row in heads["heads"]]
    done = run(tmp_path, content, json.dumps(heads).encode())
    assert (done.returncode, "skadad" in done.stderr.decode()) == (2, True)


@pytest.mark.django_db
@pytest.mark.parametrize("heads", [b"[" * 100_000, b"\xff", b"[]", b"{}", b'{"heads": 1}'])
def test_what_is_no_file_of_heads_cannot_be_read(tmp_path, heads):
    assert run(tmp_path, text_of(adjusted()), heads).returncode == 2


@pytest.mark.parametrize("content", [b"", b"[]", b"1", b"[" * 100_000, b'{"a":' * 900 + b"}" * 900])
def test_what_is_no_evidence_is_answered(tmp_path, content):
    assert run(tmp_path, content).returncode in {1, 2}


def test_a_pdf_that_unpacks_without_end_cannot_be_read(tmp_path):
    packer = zlib.compressobj(9)
    block = b" " * 10_000_000
    bomb = b"".join(packer.compress(block) for __ in range(30)) + packer.flush()
    done = run(tmp_path, pdf_of(bomb))
    assert (done.returncode, "för stor" in done.stderr.decode()) == (2, True)


@pytest.mark.django_db
def test_a_pdf_with_two_pieces_of_evidence_is_refused(tmp_path):
    content = text_of(adjusted())
    packed = zlib.compress(content)
    assert run(tmp_path, pdf_of(packed)).returncode == 0
    done = run(tmp_path, pdf_of(packed, packed))
    assert (done.returncode, "flera bevis" in done.stderr.decode()) == (1, True)


@pytest.mark.django_db
def test_what_was_decided_is_printed_to_compare_with_the_pages(tmp_path):
    held = adjusted(None, "Budget", closed=("Anbudet",))
    document = minutes_pdf(reading_of(held.minutes, whole=False))
    with pikepdf.open(BytesIO(document)) as pdf:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(b"")
        changed = BytesIO()
        pdf.save(changed)
    for content in (document, changed.getvalue()):
        said = run(tmp_path, content, PYTHONIOENCODING="utf-8").stdout.decode()
        assert "Programmet läser inte PDF:ens sidor: jämför själv." in said
        assert "\n  § 2/2026 Budget. Bifall\n    att godkänna budget\n" in said
        assert "\n  § 3/2026 visas inte: Upphandling pågår\n" in said
        assert "godkänna anbudet" not in said


@pytest.mark.django_db
def test_a_lot_drawn_by_hand_is_accepted_and_only_from_its_names():
    body = make_body(6)
    held = begin(body, elections=(SECRET_ELECTION,), decided=False)
    meeting = again(held.meeting)
    item = debated(body, meeting, name=SECRET_ELECTION)
    for name in NAMES:
        move(meeting, item, body.ordinary[0], "nominate", name)
    item = close_debate(meeting, item)
    poll = opened(meeting, election(meeting, item, body, is_secret=True))
    vote(body, poll, s0=NAMES[0], s1=NAMES[1])
    closing.enter_lot(
        by=SYSTEM, meeting=again(meeting), poll=closed_poll(again(meeting), poll),
        drawer=body.ordinary[0].name, witness=body.ordinary[1].name, drawn=[NAMES[1]],
    )  # fmt: skip
    conclude(held, SECRET_ELECTION)
    data = json.loads(text_of(adjust(close(held))))
    lines, texts = VERIFIER.examine(canonical_json(data))
    assert "Slutna voteringar: 1 stämmer med liggaren." in lines
    assert f"  Val: {NAMES[1]}. Röster: {NAMES[0]} 1, {NAMES[1]} 1. Lotten avgjorde" in texts


def test_the_program_says_in_what_capacity_somebody_signed():
    assert {role: word.lower() for role, word in ROLES.items()} == VERIFIER.SIGNERS
    assert VERIFIER.signature({"name": "Namn", "role": "presiding"}) == "Namn, ordförande"


@pytest.mark.parametrize(
    ("by", "told"), [("casting_vote", ". Ordförandens utslagsröst avgjorde"), ("majority", "")]
)
def test_the_program_says_what_decided_a_tie(by, told):
    heads = {"yes": 2, "no": 2, "abstain": 1}
    result = {"heads": heads, "weight": heads, "by": by}
    assert VERIFIER.counted({"election": False, "result": result}) == (
        f"Votering: röster ja 2, nej 2, avstår 1{told}"
    )


@pytest.mark.parametrize(
    "choices", [DecisionKind, DecisionMethod, Outcome, MotionKind, DissentKind]
)
def test_the_program_knows_the_words_of_the_minutes(choices):
    """A word that is changed in the catalogue is added there, beside the ones of older minutes."""
    with translation.override("sv"):
        for value, label in choices.choices:
            assert VERIFIER.worded(value, str(label)), value
    for value, label in MODES.items():
        assert VERIFIER.WORDS[value][0] == label
