"""The demo's bodies obey the rules they show."""

import pytest
from django.utils import timezone

from governance.actions import ledger
from governance.demo import Stand, load_councils
from governance.demo.bodies import BODIES
from governance.models import Council, Meeting, Minutes, Rectification
from governance.states import MeetingState
from members.models import Organisation, User
from tests.factories.members import MunicipalityFactory, OrganisationFactory, PersonNameFactory

pytestmark = pytest.mark.django_db


def account(email: str, title: str, organisation: Organisation) -> User:
    user = User.objects.with_email(email).first()
    name = PersonNameFactory(given_name=title, family_name="(exempel)")
    return user or User.objects.create_user(email, name=name)


@pytest.fixture
def stand() -> Stand:
    codes = sorted({code for spec in BODIES for code in spec.codes})
    organisations = {
        code: MunicipalityFactory(code=code, name=f"Kommun {code}").organisation for code in codes
    }
    return Stand(organisations, OrganisationFactory(), account, timezone.localdate())


def test_the_demo_shows_every_state_and_is_unbroken(stand):
    assert load_councils(stand) == len(BODIES)
    states = set(Meeting.objects.values_list("state", flat=True))
    assert states == {
        MeetingState.DRAFT, MeetingState.SUMMONED, MeetingState.OPEN, MeetingState.ADJOURNED,
        MeetingState.CLOSED, MeetingState.ADJUSTED, MeetingState.CANCELLED,
    }  # fmt: skip
    assert set(Minutes.objects.values_list("state", flat=True)) == {"adjusted", "in_adjustment"}
    assert Rectification.objects.count() == 1
    assert ledger.verify().fault == ""
    assert not Council.objects.filter(is_example=False).exists()
    assert load_councils(stand) == 0
