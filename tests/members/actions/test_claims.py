"""What a login service's claims lead to."""

import pytest

from core.exceptions import RuleBroken
from members.actions.claims import apply_claims, find_organisation, open_account_by_claims
from members.claims import Claims
from members.models import ClaimedRole, User
from members.states import Role
from tests.factories.members import MunicipalityFactory, OrganisationFactory
from tests.members.accounts.conftest import give, person

pytestmark = pytest.mark.django_db


def test_finds_a_municipality_by_code_only_where_no_number_is_stored() -> None:
    numbered = MunicipalityFactory(organisation__org_number="212000-0142")
    bare = MunicipalityFactory()

    assert find_organisation(Claims(org_number="212000-0142")) == numbered.organisation
    named = Claims(code=bare.code, named_organisation=bare.code)
    assert find_organisation(named) == bare.organisation
    with pytest.raises(RuleBroken):
        find_organisation(Claims(code=numbered.code, named_organisation=numbered.code))


def roles_of(user: User) -> set[str]:
    return {held.role for held in User.objects.get(pk=user.pk).standing.held}


def claiming(number: str, *roles: str) -> Claims:
    return Claims(org_number=number, named_organisation=number, roles=frozenset(roles))


def test_roles_follow_the_claims_and_what_people_gave_stays() -> None:
    organisation = OrganisationFactory(org_number="212000-0142")
    user = person()
    give(user, Role.FINANCE_CONTACT, organisation)

    apply_claims(user=user, claims=claiming("212000-0142", "reader", "coordinator"))
    assert roles_of(user) == {"finance_contact", "reader", "coordinator"}

    apply_claims(user=user, claims=claiming("212000-0142", "reader"))
    assert roles_of(user) == {"finance_contact", "reader"}

    apply_claims(user=user, claims=claiming("212000-0142", "reader", "coordinator"))
    assert roles_of(user) == {"finance_contact", "reader", "coordinator"}

    apply_claims(user=user, claims=Claims())
    assert roles_of(user) == {"finance_contact"}


def test_a_role_held_already_is_not_taken_over_by_claims() -> None:
    organisation = OrganisationFactory(org_number="212000-0142")
    user = person()
    give(user, Role.READER, organisation)

    apply_claims(user=user, claims=claiming("212000-0142", "reader"))
    apply_claims(user=user, claims=Claims())

    assert roles_of(user) == {"reader"}
    assert not ClaimedRole.objects.exists()


def test_moving_to_another_organisation_ends_the_roles_in_the_first() -> None:
    OrganisationFactory(org_number="212000-0142")
    second = OrganisationFactory(org_number="212000-0167")
    user = person()
    apply_claims(user=user, claims=claiming("212000-0142", "coordinator"))

    apply_claims(user=user, claims=claiming("212000-0167", "reader"))

    held = User.objects.get(pk=user.pk).standing.held
    assert [(h.role, h.party.organisation_id) for h in held] == [("reader", second.pk)]


def test_an_unknown_organisation_gives_nothing_and_takes_nothing() -> None:
    OrganisationFactory(org_number="212000-0142")
    user = person()
    apply_claims(user=user, claims=claiming("212000-0142", "reader"))

    with pytest.raises(RuleBroken):
        apply_claims(user=user, claims=claiming("212000-0167", "coordinator"))

    assert roles_of(user) == {"reader"}


@pytest.mark.parametrize(
    "changes",
    [
        {"roles": frozenset()},
        {"org_number": ""},
        {"email": "kansl\u0456@exempel.invalid"},
        {"email": ""},
        {"email": "tagen@exempel.invalid"},
    ],
)
def test_opens_no_account_for_claims_that_say_too_little(changes) -> None:
    OrganisationFactory(org_number="212000-0142")
    person(email="tagen@exempel.invalid")
    known = {
        "org_number": "212000-0142",
        "roles": frozenset({"reader"}),
        "email": "ny@exempel.invalid",
    }

    with pytest.raises(RuleBroken):
        open_account_by_claims(claims=Claims(**(known | changes)), email_verified=True)

    assert User.objects.count() == 1
