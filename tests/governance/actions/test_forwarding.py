"""A case that goes on to another body: a new case there, and links both ways."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions import cases
from governance.models import Case, CaseLink
from members.states import Role
from tests.factories.governance import make_body
from tests.factories.members import UserFactory, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(root):
    return make_body(1)


@pytest.fixture
def second(root):
    return make_body(1, slug="andra", registry_code="FR-ANDRA", name="Andra rådet")


@pytest.fixture
def case(first):
    return cases.register_case(
        by=SYSTEM, council=first.council, subject="Ny modul", background="Behövs i höst."
    )


def test_the_case_is_registered_with_the_other_body_and_both_know(case, first, second):
    target = cases.forward_case(by=SYSTEM, case=case, council=second.council)
    assert (target.council, target.subject, target.background, target.state) == (
        second.council, "Ny modul", "Behövs i höst.", "registered",
    )  # fmt: skip
    assert target.registry_number.startswith("FR-ANDRA ")
    link = CaseLink.objects.get()
    assert (link.origin, link.target) == (case, target)
    case.refresh_from_db()
    assert case.state == "registered"
    step = case.steps.last()
    assert (step.event, step.note) == ("forward", target.registry_number)
    assert (target.source_type, target.source_id) == ("governance.case", str(case.pk))


def test_each_case_shows_the_way_to_the_other(case, second, client):
    world = make_world()
    client.force_login(world[Role.SECRETARY])
    page = reverse("governance:case_detail", args=[case.council.slug, case.pk])
    sent = client.post(
        page, {"form": "skicka", "gor": "skicka", "skicka-council": second.council.pk}
    )
    assert sent.status_code == 302
    target = Case.objects.get(council=second.council)
    there, back = client.get(page).content.decode(), client.get(target.get_absolute_url())
    assert target.get_absolute_url() in there
    assert target.registry_number in there
    assert case.get_absolute_url() in back.content.decode()
    assert case.registry_number in back.content.decode()


def test_a_secret_case_stays_secret(case, second):
    case.is_secret, case.secrecy_reason = True, "OSL 19:3"
    case.save()
    target = cases.forward_case(by=SYSTEM, case=case, council=second.council)
    assert (target.is_secret, target.secrecy_reason) == (True, "OSL 19:3")


def test_a_case_is_not_forwarded_to_its_own_body_nor_by_others(case, first, second):
    with pytest.raises(RuleBroken, match="already with this body"):
        cases.forward_case(by=SYSTEM, case=case, council=first.council)
    for who in (first.ordinary[0], second.secretary, UserFactory()):
        with pytest.raises(PermissionDenied):
            cases.forward_case(by=first.fresh(who), case=case, council=second.council)
    assert not CaseLink.objects.exists()


def test_the_secretary_of_the_first_body_sends_it_on(case, first, second):
    secretary = first.fresh(first.secretary)
    target = cases.forward_case(by=secretary, case=case, council=second.council)
    assert target.council == second.council
