"""The agreements are archival and accessible documents, and inert."""

import pytest

from catalogue.actions.agreements import draft_agreement, preview
from catalogue.agreement_text import filled_tree, unknown_places
from catalogue.demo import load_joinings
from catalogue.models import Agreement, AgreementTemplate
from tests.catalogue.joining.story import pdf_bytes
from tests.catalogue.joining.test_demo import prepare
from tests.verapdf import verdicts


@pytest.mark.validators
def test_every_agreement_of_the_demo_passes_both_profiles(story, tmp_path):
    prepare(story)
    AgreementTemplate.objects.all().delete()
    load_joinings(manager=story.handler, seed=1)
    rows = list(Agreement.objects.all())
    assert rows
    found = {}
    for agreement in rows:
        path = tmp_path / f"{agreement.pk}.pdf"
        path.write_bytes(preview(agreement))
        found[agreement.pk] = verdicts(path)
    assert found == {agreement.pk: {"3a": "PASS", "ua1": "PASS"} for agreement in rows}


@pytest.mark.validators
def test_an_arrangement_between_joint_controllers_passes_too(story, tmp_path):
    row = story.decided()
    AgreementTemplate.objects.create(
        kind="joint", title="Arrangemang", body="# A\n\n- b\n- c\n\n1. d\n\n**e** *f* `g`"
    )
    made = draft_agreement(by=story.handler, participation=row, kind="joint")
    path = tmp_path / "joint.pdf"
    path.write_bytes(preview(made))
    assert verdicts(path) == {"3a": "PASS", "ua1": "PASS"}


@pytest.mark.validators
def test_a_document_without_tags_fails_both(tmp_path):
    path = tmp_path / "bare.pdf"
    path.write_bytes(pdf_bytes())
    assert verdicts(path) == {"3a": "FAIL", "ua1": "FAIL"}


def test_unknown_places_are_told_and_left_as_written():
    assert unknown_places("[kommun] [okänt] [Stor]", "[okänt]") == ["okänt"]
    assert filled_tree("[okänt] [kommun]", {"kommun": "Nacka"}) == [
        {"kind": "paragraph", "runs": [{"text": "[okänt] Nacka"}]}
    ]
