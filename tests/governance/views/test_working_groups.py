"""A working group works under a body, is a body of its own, and decides nothing for it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import councils
from governance.models import Council
from governance.sitting import bodies_of
from members.states import Role
from tests.factories.governance import make_body, open_room
from tests.factories.members import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(root):
    return make_body(2)


@pytest.fixture
def group(parent):
    return make_body(
        1, slug="grupp", registry_code="FR-PROV-G", name="Arbetsgruppen", parent=parent.council
    )


def test_the_office_sets_a_working_group_up_under_a_body(parent, client):
    world = make_world()
    client.force_login(world[Role.SECRETARY])
    sent = client.post(
        reverse("governance:council_create"),
        {
            "name": "Arbetsgruppen", "slug": "grupp", "kind": "council", "mandate": "Bereder.",
            "registry_code": "FR-G", "parent": parent.council.pk, "minutes_audience": "member",
        },
    )  # fmt: skip
    assert sent.status_code == 302
    assert Council.objects.get(slug="grupp").parent == parent.council


def test_each_shows_the_way_to_the_other(parent, group, client):
    above, below = parent.council.get_absolute_url(), group.council.get_absolute_url()
    assert f'href="{below}"' in client.get(above).content.decode()
    page = client.get(below)
    assert f'href="{above}"' in page.content.decode()
    assert list(page.context["groups"]) == []
    councils.dissolve_council(
        by=SYSTEM, council=group.council, on=timezone.localdate() - timedelta(days=1)
    )
    assert list(client.get(above).context["groups"]) == []


def test_who_sits_in_the_group_does_not_sit_on_the_body(parent, group):
    member = group.fresh(group.ordinary[0])
    assert bodies_of(member) == {group.council.pk}
    assert bodies_of(parent.fresh(parent.ordinary[0])) == {parent.council.pk}
    for permission in ("governance.manage_council", "governance.manage_case"):
        assert not group.fresh(group.secretary).has_perm(permission, parent.council)
    meeting = open_room(parent)
    assert not member.has_perm("governance.take_part", meeting)
    assert not member.has_perm("governance.view_room", meeting)


def test_the_group_has_paragraphs_and_a_ledger_of_its_own(parent, group):
    assert parent.council.paragraph_code != group.council.paragraph_code
    assert parent.council.public_id != group.council.public_id


def test_a_body_never_works_under_itself_by_whatever_way(parent, group):
    deeper = make_body(
        1, slug="djup", registry_code="FR-DJUP", name="Undergruppen", parent=group.council
    )
    for body in (parent, group, deeper):
        with pytest.raises(RuleBroken) as refused:
            councils.change_council(by=SYSTEM, council=parent.council, parent=body.council)
        assert (refused.value.field, refused.value.message) == (
            "parent", "A body cannot work under itself.",
        )  # fmt: skip
    parent.council.refresh_from_db()
    assert parent.council.parent is None
    moved = councils.change_council(by=SYSTEM, council=deeper.council, parent=parent.council)
    assert moved.parent == parent.council


def test_the_form_says_so_at_the_field(parent, client):
    client.force_login(parent.secretary)
    council = parent.council
    refused = client.post(
        reverse("governance:council_change", args=[council.slug]),
        {
            "name": council.name, "mandate": council.mandate, "parent": council.pk,
            "minutes_audience": "public",
        },
    )  # fmt: skip
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["parent"]
