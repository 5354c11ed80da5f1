"""The form of an adopted arbetsordning, and the roll call of a body with delegates."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from governance.actions import councils, delegates, summoning
from governance.choices import BodyKind
from governance.forms_rules import OWN, RulesForm
from governance.house_rules import FIXED, to_data
from governance.models import CouncilSettings, Meeting, ShelfDocument
from governance.profiles import ASSEMBLY, COUNCIL, Distance, Profile
from tests.factories.files import HTML, small_pdf
from tests.factories.governance import add_items, make_body, make_meeting
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = {"weight_table"}
"""Settings with a form of their own: weights are adopted as a computed table."""


@pytest.fixture
def body(root):
    return make_body(3)


@pytest.fixture
def secretary(client, body):
    client.force_login(body.secretary)
    return client


def url(name, body, *args):
    return reverse(f"governance:{name}", args=[body.council.slug, *args])


def posted(profile, **changes):
    """Return what a browser sends for the settings of a profile."""
    data = {"valid_from": "2026-01-01", "adopted_reference": "Rådet 2025-12-01 § 4"}
    for name, value in (to_data(profile) | changes).items():
        if value is True:
            data[name] = "on"
        elif isinstance(value, list):
            data[name] = "/".join(str(part) for part in value)
        elif value is not False and value is not None:
            data[name] = value
    return data


def test_every_setting_of_a_profile_is_in_the_form_with_its_source():
    settings = {item.name for item in fields(Profile)} - FIXED - ELSEWHERE
    assert set(RulesForm.base_fields) - set(OWN) == settings
    bare = [name for name in settings if not RulesForm.base_fields[name].help_text]
    assert bare == []


def test_the_form_begins_with_the_rules_in_force(secretary, body):
    form = secretary.get(url("rules_adopt", body)).context["form"]
    shown = {name: form[name].value() for name in RulesForm.base_fields if name not in OWN}
    assert shown == {
        name: value if name != "refer_back_minority" else ""
        for name, value in to_data(COUNCIL).items()
        if name in shown
    }


def test_a_body_adopts_rules_with_their_text(secretary, body):
    wanted = {
        "refer_back_minority": [1, 3], "distance": "forbidden", "longest_serving_leads": False,
        "secret_ballot": "elections_on_request", "must_vote_in_authority": True,
    }  # fmt: skip
    data = posted(COUNCIL, **wanted)
    file = SimpleUploadedFile("arbetsordning.pdf", small_pdf(2))
    assert secretary.post(url("rules_adopt", body), data | {"file": file}).status_code == 302
    version = CouncilSettings.objects.get()
    rules = body.council.settings.profile_on(body.council, timezone.localdate())
    assert rules.refer_back_minority == (1, 3)
    assert (rules.distance, rules.longest_serving_leads) == (Distance.FORBIDDEN, False)
    assert ShelfDocument.objects.exclude(kind="appointment").get().kind == "rules"
    secretary.logout()
    page = secretary.get(url("body_rules", body)).content.decode()
    link = url("shelf_file", body, version.document.pk)
    assert f'href="{link}"' in page
    assert secretary.get(link).status_code == 200
    assert "1 av 3 närvarande" in page


def test_a_file_that_is_no_document_is_refused_and_what_was_typed_is_kept(secretary, body):
    file = SimpleUploadedFile("arbetsordning.pdf", HTML)
    answer = secretary.post(url("rules_adopt", body), posted(COUNCIL) | {"file": file})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert answer.context["form"]["adopted_reference"].value() == "Rådet 2025-12-01 § 4"
    assert not CouncilSettings.objects.exists()


def test_the_rules_of_an_assembly_survive_the_form(client, root):
    body = make_body(1, kind=BodyKind.ASSEMBLY)
    client.force_login(body.secretary)
    assert client.post(url("rules_adopt", body), posted(ASSEMBLY)).status_code == 302
    assert body.council.settings.profile_on(body.council, timezone.localdate()) == ASSEMBLY


def test_the_roll_call_names_a_delegate_once_for_all_members(client, root):
    body = make_body(3, kind=BodyKind.GENERAL_MEETING)
    councils.adopt_rules(
        by=SYSTEM, council=body.council, changes={"proxy_limit": 2},
        valid_from=timezone.localdate() - timedelta(days=1), adopted_reference="Stämman § 5",
    )  # fmt: skip
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=20))
    add_items(meeting, "Stadgar")
    delegate = UserFactory().name
    for seat in body.seats[:2]:
        delegates.enter_proxy(
            by=SYSTEM, meeting=meeting, seat=seat, person=delegate,
            dated_on=timezone.localdate(), file=SimpleUploadedFile("f.pdf", small_pdf(1)),
        )  # fmt: skip
    summoning.send_summons(by=SYSTEM, meeting=meeting)
    client.force_login(body.secretary)
    page = client.get(url("room", body, meeting.pk)).content.decode()
    assert page.count(f'name="narvaro-{delegate.pk}"') == 1
    names = ", ".join(sorted(seat.organisation.name for seat in body.seats[:2]))
    assert names in page
    address = reverse("governance:room_command", args=[body.council.slug, meeting.pk, "oppna"])
    data = {f"narvaro-{delegate.pk}": "room", "ordforande": delegate.pk}
    assert client.post(address, data).status_code == 302
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert list(meeting.room().serving.values()) == [delegate.pk, delegate.pk]
