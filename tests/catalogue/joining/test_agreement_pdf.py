"""The agreements are archival and accessible documents, and inert."""

import pytest

from catalogue.actions.agreements import preview
from catalogue.agreement_text import filled_tree, unknown_places
from tests.verapdf import verdicts


@pytest.mark.validators
def test_every_kind_passes_both_profiles(story, tmp_path):
    row = story.sent()
    for agreement in row.agreements.all():
        path = tmp_path / f"{agreement.kind}.pdf"
        path.write_bytes(preview(agreement))
        assert verdicts(path) == {"3a": "PASS", "ua1": "PASS"}


def test_unknown_places_are_told_and_left_as_written():
    assert unknown_places("[kommun] [okänt] [Stor]", "[okänt]") == ["okänt"]
    assert filled_tree("[okänt] [kommun]", {"kommun": "Nacka"}) == [
        {"kind": "paragraph", "runs": [{"text": "[okänt] Nacka"}]}
    ]
