"""What minutes name as annexes stays what it was, whatever the case gets afterwards."""

import hashlib
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import cases, planning
from governance.actions.room import opening
from governance.models import Meeting
from tests.factories.governance import make_body, make_meeting
from tests.factories.minutes import HELD, Held, adjust, choose, decide

pytestmark = pytest.mark.django_db


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def held(root) -> Held:
    """Return adjusted minutes of a meeting on a case with one public document."""
    body = make_body(3)
    meeting = make_meeting(body, starts_at=HELD)
    case = cases.register_case(by=SYSTEM, council=body.council, subject="Avtal")
    cases.propose_decision(by=SYSTEM, case=case, proposal=["godkänna avtalet"])
    cases.add_document(
        by=SYSTEM, case=case, title="Avtal", dated_on=date(2026, 1, 1),
        file=file("avtal.txt", b"lydelse ett"), audience="public",
    )  # fmt: skip
    case = cases.make_case_ready(by=SYSTEM, case=case)
    item = planning.put_case_on_agenda(by=SYSTEM, meeting=meeting, case=case)
    Meeting.objects.filter(pk=meeting.pk).update(state="summoned")
    meeting.refresh_from_db()
    meeting = opening.open_meeting(by=SYSTEM, meeting=meeting, present=body.who(0, 1, 2), at=HELD)
    choose(body, meeting, at=HELD)
    decide(meeting, item, timezone.now())
    meeting.refresh_from_db()
    opening.close_meeting(by=SYSTEM, meeting=meeting, put_off_rest=True)
    held = Held(body, meeting)
    adjust(held)
    document = case.documents.get()
    cases.add_version(by=SYSTEM, document=document, file=file("avtal.txt", b"lydelse tre"))
    cases.add_document(
        by=SYSTEM, case=case, title="Tillagt", dated_on=date(2026, 3, 1),
        file=file("tillagt.txt", b"efter"), audience="public",
    )  # fmt: skip
    return held


def test_the_archive_holds_the_files_that_the_minutes_name(client, held):
    address = reverse(
        "governance:minutes_archive", args=[held.meeting.council.slug, held.meeting.pk]
    )
    with zipfile.ZipFile(BytesIO(client.get(address).content)) as archive:
        annexes = [name for name in archive.namelist() if name.startswith("bilagor/")]
        content = archive.read("bilagor/01-avtal.txt")
    fields = held.minutes.versions.get().content["paragraphs"][-1]["fields"]
    assert annexes == ["bilagor/01-avtal.txt"]
    assert hashlib.sha256(content).hexdigest() == fields["annex-1"]["value"]["sha256"]


def test_the_decision_links_to_the_file_that_was_decided_on(client, held):
    item = held.item("Avtal")
    address = reverse(
        "governance:decision_detail",
        args=[held.meeting.council.slug, item.paragraph_year, item.paragraph],
    )
    first = item.case.documents.first().versions.order_by("number").first()
    page = client.get(address)
    assert [annex.pk for annex in page.context["annexes"]] == [first.pk]
    assert "Tillagt" not in page.content.decode()
