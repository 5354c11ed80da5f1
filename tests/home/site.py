"""Running `init_site` in tests, and reading what it made."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.utils import translation

from core.actions import SYSTEM
from home.models import StandardPage
from members.actions.representation import start_representation
from members.actions.roles import give_role
from members.models import AssociationSettings, User
from tests.factories.members import UserFactory

ADMIN = "admin@exempel.invalid"


def run_init_site(email: str = ADMIN, **options: Any) -> str:
    """Run the command in English, whatever is compiled, and return what it said."""
    said = StringIO()
    with translation.override("en"):
        call_command("init_site", admin_email=email, stdout=said, **options)
    return said.getvalue()


def text_of(page: StandardPage) -> str:
    """Return the page's running text as it is stored."""
    return " ".join(block["value"] for block in page.body.raw_data)


def make_officer(role: str) -> User:
    """Return an account that holds one role at the office, given as the product gives it."""
    association = AssociationSettings.objects.select_related("organisation").get().organisation
    user = UserFactory()
    representative = start_representation(by=SYSTEM, user=user, organisation=association)
    give_role(by=SYSTEM, representative=representative, role=role)
    return User.objects.get(pk=user.pk)
