"""A municipality outside the association is led through membership."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from catalogue.actions import admission
from catalogue.joining_states import ParticipationState
from core.exceptions import RuleBroken
from members.models import Membership

S = ParticipationState


@pytest.fixture
def outside(story):
    Membership.objects.filter(organisation=story.world.own).delete()
    return story.deciding()


def test_the_record_says_that_membership_comes_first(story, client, outside):
    client.force_login(story.runner)
    page = client.get(outside.get_absolute_url())
    assert page.context["membership"] == {"applied_on": None}
    assert [deed.slug for deed in page.context["deeds"]["membership"]] == ["medlemskap"]


def test_the_way_in_says_so_too(story, client):
    Membership.objects.filter(organisation=story.world.own).delete()
    client.force_login(story.runner)
    page = client.get("/tjanster/provisum/anslut/")
    assert page.context["outside"] == [story.world.own]


def test_a_member_is_told_nothing(story, client):
    client.force_login(story.runner)
    assert client.get("/tjanster/provisum/anslut/").context["outside"] == []
    assert client.get(story.deciding().get_absolute_url()).context["membership"] is None


def test_the_administrator_admits_in_the_class_of_the_inhabitants(story, client, outside):
    client.force_login(story.world["administrator"])
    address = reverse("catalogue:participation_deed", args=[outside.pk, "medlemskap-beviljat"])
    answer = client.post(address, {"starts_on": "2026-12-01", "source": "Styrelsen § 12/2026"})
    assert answer.status_code == 302
    made = Membership.objects.get(organisation=story.world.own)
    assert (str(made.starts_on), made.fee_class, made.source) == (
        "2026-12-01",
        2,
        "Styrelsen § 12/2026",
    )
    assert outside.changes.get(field="membership").reason == "Styrelsen § 12/2026"
    story.register_decision(outside)
    assert story.move(outside, S.DECIDED).state == S.DECIDED


def test_a_member_is_not_admitted_again(story):
    row = story.deciding()
    with pytest.raises(RuleBroken):
        admission.admit_to_association(
            by=story.world["administrator"], participation=row, starts_on=story.start, source="x"
        )


@pytest.mark.parametrize("who", ["service_manager", "own:coordinator", "auditor"])
def test_only_the_administrator_admits(story, outside, who):
    with pytest.raises(PermissionDenied):
        admission.admit_to_association(
            by=story.world[who], participation=outside, starts_on=story.start, source="x"
        )


def test_an_admission_says_where_it_is_decided(story, outside):
    with pytest.raises(RuleBroken) as caught:
        admission.admit_to_association(
            by=story.world["administrator"],
            participation=outside,
            starts_on=story.start,
            source=" ",
        )
    assert caught.value.field == "source"


def test_an_application_ahead_is_refused(story, outside):
    with pytest.raises(RuleBroken):
        admission.note_membership_application(
            by=story.runner, participation=outside, applied_on=story.start + timedelta(days=1)
        )
