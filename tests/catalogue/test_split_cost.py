"""`manage.py split_cost`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

if TYPE_CHECKING:
    from pathlib import Path


def test_split_cost_prints_the_split(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cost.json"
    file.write_text(
        '{"total": 2, "parts": [{"share": 10000, "by": "equal"}],'
        ' "members": [{"code": "0580"}, {"code": "0180"}, {"code": "0280"}]}'
    )
    call_command("split_cost", str(file))
    assert capsys.readouterr().out == (
        '{"members":[{"amount":1,"code":"0180"},{"amount":1,"code":"0280"},'
        '{"amount":0,"code":"0580"}],"total":2}\n'
    )


def test_split_cost_refuses_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cost.json"
    file.write_text('{"total": -1, "parts": [], "members": []}')
    with pytest.raises(SystemExit) as stopped:
        call_command("split_cost", str(file))
    printed = capsys.readouterr()
    assert (stopped.value.code, printed.out) == (2, "")
    assert printed.err == "total: must be an integer of at least 0\n"
