"""`manage.py recount`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from governance.recounting import recount

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "votes.json").read_bytes())
VECTOR = VECTORS[6]["input"]


def test_recount_prints_the_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "poll.json"
    file.write_text(json.dumps(VECTOR))
    call_command("recount", str(file))
    printed = capsys.readouterr()
    assert printed.err == ""
    assert json.loads(printed.out) == recount(VECTOR)
    assert printed.out.startswith('{"base":4,"by":"casting_vote","heads":{"abstain":1,')
    assert "röstetal" in printed.out


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"{}", "kind: is missing\n"),
        (b"[]", "input: must be an object\n"),
        (b'{"kind": "matter", "kind": "matter"}', "'kind': comes twice in one object\n"),
        (json.dumps(VECTOR | {"seats": 10}).encode(), "seats: must be the rows of roll plus"),
        (json.dumps(VECTOR | {"seats": 10**4200}).encode(), "seats: has too many digits\n"),
    ],
)
def test_recount_refuses_in_one_line(
    content: bytes,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    with pytest.raises(SystemExit) as stopped:
        call_command("recount", "-")
    printed = capsys.readouterr()
    assert (stopped.value.code, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert printed.err.startswith(line)
