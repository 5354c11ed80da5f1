"""What the demo's bodies are built on, without the rest of the demo."""

import pytest
from django.utils import timezone

from governance.demo import Stand
from governance.demo.bodies import BODIES
from members.models import Organisation, User
from tests.factories.members import MunicipalityFactory, OrganisationFactory, PersonNameFactory


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
