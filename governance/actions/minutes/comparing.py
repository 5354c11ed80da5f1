"""Whether a text that is being signed still says what is known (rules.md 1.7).

The salts differ each time, and what lives on beside the minutes, the files of the case and the
list of who gets an extract, is no part of the comparison.
"""

from typing import Any

from governance.actions.minutes.content import build_content, keep_adjusted, source_of
from governance.canonical import canonical_json
from governance.models import MinutesVersion

LIVES_ON = frozenset({"recipients"})
MAY_FOLLOW = frozenset({"dissents"})
"""What is announced after the text of a § was fixed is appended when all is adjusted."""


def says_what_is_known(version: MinutesVersion) -> bool:
    """Return whether the text would be the same if it were written now."""
    source = source_of(version.minutes, only=version.item)
    content = build_content(source)
    if version.item_id is None:
        keep_adjusted(source, content)
    alone = version.item_id is not None
    return _compared(content, alone=alone) == _compared(version.content, alone=alone)


def _compared(content: dict[str, Any], *, alone: bool) -> bytes:
    """Return what is compared; of a § alone its own, for who is present goes on changing."""
    left_out = LIVES_ON | MAY_FOLLOW if alone else LIVES_ON
    rows = [
        {
            "item": paragraph["item"],
            "paragraph": paragraph["paragraph"],
            "year": paragraph["year"],
            "fields": {
                name: _field(field, left_out)
                for name, field in paragraph["fields"].items()
                if not name.startswith("annex-")
            },
        }
        for paragraph in content["paragraphs"]
    ]
    return canonical_json({"head": {} if alone else content["head"], "paragraphs": rows})


def _field(field: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    value = {key: what for key, what in field["value"].items() if key not in left_out}
    return {"reason": field["reason"], "value": value}
