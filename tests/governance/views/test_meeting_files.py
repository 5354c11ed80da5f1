"""The files of a meeting and the preview of its agenda."""

import io
import json
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import planning, summoning
from governance.actions.room import items, opening
from tests.factories.governance import add_items, item_named, make_body, make_meeting, open_room
from tests.verapdf import verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(root):
    return make_body(3)


def url(name, body, *args):
    return reverse(f"governance:{name}", args=[body.council.slug, *args])


def summoned(body, **details):
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=20), **details)
    add_items(meeting, "Budget")
    planning.add_item(
        by=SYSTEM, meeting=meeting, title="Upphandling", is_closed=True, closed_reason="Anbud"
    )
    summoning.send_summons(by=SYSTEM, meeting=meeting)
    return meeting


def log_of(client, body, meeting):
    """Return the event log in the ZIP of a meeting."""
    response = client.get(url("meeting_archive", body, meeting.pk))
    with zipfile.ZipFile(io.BytesIO(response.content)) as bundle:
        assert "handelser.json" in bundle.read("SHA256SUMS.txt").decode()
        return json.loads(bundle.read("handelser.json"))


def test_the_zip_of_a_meeting_holds_its_event_log(client, body):
    meeting = summoned(body)
    opening.open_meeting(by=SYSTEM, meeting=meeting, present=body.who(0, 1))
    items.open_item(by=SYSTEM, meeting=meeting, item=item_named(meeting, "Budget"))
    client.force_login(body.ordinary[0])
    log = log_of(client, body, meeting)
    assert [row["kind"] for row in log["events"]] == [
        "summoned", "opened", "arrived", "arrived", "item_opened",
    ]  # fmt: skip
    assert [row["number"] for row in log["events"]] == [1, 2, 3, 4, 5]
    assert log["events"][2]["person"] == str(body.ordinary[0].name)
    assert log["events"][4]["item"] == str(item_named(meeting, "Budget"))


def test_the_secretary_previews_the_agenda_as_participants_see_it(client, body):
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=20))
    add_items(meeting, "Budget")
    address = url("agenda_preview", body, meeting.pk)
    client.force_login(body.secretary)
    builder = client.get(url("agenda", body, meeting.pk)).content.decode()
    assert f'href="{address}"' in builder
    page = client.get(address).content.decode()
    assert "Budget" in page
    assert "att godkänna förslaget" in page
    assert "Kommer du?" in page
    # Nothing of the secretary's own, and nothing that can be sent.
    assert url("meeting_cancel", body, meeting.pk) not in page
    assert page.count(" disabled>") == 2
    client.force_login(body.ordinary[0])
    assert client.get(address).status_code == 403


@pytest.mark.validators
@pytest.mark.slow
def test_the_summons_passes_both_profiles_and_a_plain_pdf_fails(body, tmp_path):
    summons = summoned(body).summonses.get()
    document = tmp_path / "kallelse.pdf"
    with summons.file.open("rb") as sent:
        document.write_bytes(sent.read())
    assert verdicts(document) == {"3a": "PASS", "ua1": "PASS"}
    plain, control = pikepdf.new(), tmp_path / "kontroll.pdf"
    plain.add_blank_page()
    plain.save(control)
    assert verdicts(control) == {"3a": "FAIL", "ua1": "FAIL"}


def test_a_meeting_never_summoned_has_no_files(client, body):
    meeting = open_room(body)
    client.force_login(body.ordinary[0])
    assert client.get(url("meeting_archive", body, meeting.pk)).status_code == 404
