"""One joining in force is taken over by a form, with the agreements in hand."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalogue.actions import takeover
from catalogue.joining_states import ParticipationState
from catalogue.models import Agreement, Participation, StatedUse
from core.exceptions import RuleBroken
from tests.catalogue.joining.story import pdf_bytes

S = ParticipationState
ADDRESS = "/kansli/anslutningar/ta-over/"


def fields(story, **changes):
    said = {
        "what": "one",
        "en-service": story.service.pk,
        "en-organisation": story.world.other.pk,
        "en-state": S.ONBOARDING,
        "en-starts_on": "2024-01-01",
        "en-source": "Pärm 7",
        "en-wants_seat": "yes",
    }
    return said | changes


def take(story, **changes):
    said = {
        "service": story.service,
        "organisation": story.world.other,
        "state": S.ONBOARDING,
        "starts_on": date(2024, 1, 1),
        "source": "Pärm 7",
    }
    return takeover.take_over(by=story.handler, takeover=takeover.Takeover(**(said | changes)))


def register(story, row, **changes):
    said = {
        "kind": "accession",
        "signed_on": date(2024, 1, 1),
        "name": "avtal.pdf",
        "content": pdf_bytes(),
    }
    return takeover.register_agreement_in_force(
        by=story.handler, participation=row, **(said | changes)
    )


def test_one_by_the_form(story, client):
    client.force_login(story.handler)
    answer = client.post(ADDRESS, fields(story))
    row = Participation.objects.get()
    assert (answer.status_code, answer.url) == (302, row.get_absolute_url())
    assert (row.state, row.taken_over, row.takeover_source, row.wants_seat) == (
        S.ONBOARDING,
        True,
        "Pärm 7",
        True,
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"en-source": " "}, "source"),
        ({"en-starts_on": "2124-01-01"}, "starts_on"),
        ({"en-ends_on": "2027-12-31"}, "ends_on"),
        ({"en-organisation": "0"}, "organisation"),
    ],
)
def test_a_wrong_field_is_told_and_what_was_written_is_kept(story, client, change, field):
    client.force_login(story.handler)
    answer = client.post(ADDRESS, fields(story, **change))
    assert answer.status_code == 422
    assert list(answer.context["one"].errors) == [field]
    assert 'value="2' in answer.content.decode()
    assert not Participation.objects.exists()


def test_the_gaps_are_shown_until_they_are_closed(story, client):
    row = take(story)
    client.force_login(story.handler)
    before = client.get(row.get_absolute_url()).context["gaps"]
    register(story, row)
    register(story, row, kind="dpa")
    after = client.get(row.get_absolute_url()).context["gaps"]
    assert len(before) == len(after) + 2
    assert row.agreements.filter(taken_over=True, state="signed").count() == 2


def test_with_the_agreements_in_hand_the_next_step_can_be_taken(story):
    row = take(story, state=S.AGREEMENT_SIGNED)
    with pytest.raises(RuleBroken):
        story.move(row, S.ONBOARDING)
    register(story, row, kind="dpa")
    assert story.move(row, S.ONBOARDING).state == S.ONBOARDING


def test_the_paper_in_hand_is_kept_as_it_is(story, client):
    content = pdf_bytes()
    found = register(story, take(story), content=content, expires_on=date(2028, 1, 1))
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert list(Agreement.objects.expiring(date(2028, 1, 1))) == [found]
    client.force_login(story.handler)
    page = client.get(found.get_absolute_url())
    assert page.status_code == 200
    assert client.get(f"{found.get_absolute_url()}avtal.pdf").content == content


def test_an_agreement_in_hand_by_http(story, client):
    row = take(story)
    client.force_login(story.handler)
    address = reverse("catalogue:participation_deed", args=[row.pk, "avtal-i-hand"])
    file = SimpleUploadedFile("avtal.pdf", pdf_bytes(), "application/pdf")
    answer = client.post(address, {"kind": "dpa", "signed_on": "2024-01-01", "file": file})
    assert answer.status_code == 302
    assert row.agreements.get().kind == "dpa"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"signed_on": date(2124, 1, 1)}, "signed_on"),
        ({"expires_on": date(2023, 1, 1)}, "expires_on"),
        ({"kind": "nonsense"}, "kind"),
        ({"name": "avtal.html", "content": b"<html>"}, "file"),
    ],
)
def test_what_cannot_be_an_agreement_in_hand_is_refused(story, change, field):
    row = take(story)
    with pytest.raises(RuleBroken) as caught:
        register(story, row, **change)
    assert caught.value.field == field
    assert not row.agreements.exists()


def test_twice_or_without_a_takeover_is_refused(story):
    row = take(story)
    register(story, row)
    with pytest.raises(RuleBroken):
        register(story, row)
    with pytest.raises(RuleBroken):
        register(story, story.signed(), kind="joint")


def test_only_the_office_registers_them(story):
    row = take(story)
    with pytest.raises(PermissionDenied):
        takeover.register_agreement_in_force(
            by=story.world["other:coordinator"],
            participation=row,
            kind="dpa",
            signed_on=story.start - timedelta(days=1),
            name="avtal.pdf",
            content=pdf_bytes(),
        )


def test_a_stated_use_has_neither_seat_nor_cost(story):
    StatedUse.objects.create(
        service=story.service, organisation=story.world.other, starts_on=date(2020, 1, 1)
    )
    assert not Participation.objects.on().exists()
    assert not Participation.objects.in_year(2026).exists()
