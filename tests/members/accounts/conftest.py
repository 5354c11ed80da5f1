"""People who log in for real."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from members.models import User
from tests.factories.members import (
    OrganisationFactory,
    RepresentativeFactory,
    RepresentativeRoleFactory,
    UserFactory,
)

PASSWORD = "lösenord-för-prov"


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    """Begin with no login tries counted."""
    cache.clear()


def person(**fields: Any) -> User:
    """Return an account with a confirmed address."""
    user = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def give(user: User, role: str, organisation: Any = None) -> Any:
    """Give a person a role from today, until further notice."""
    representative = RepresentativeFactory(
        user=user, organisation=organisation or OrganisationFactory()
    )
    return RepresentativeRoleFactory(representative=representative, role=role)


def app_of(user: User) -> str:
    """Connect an authenticator app with recovery codes and return the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret: str) -> str:
    """Return the code that an authenticator app shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


@pytest.fixture
def log_in(client: Any) -> Callable[..., Any]:
    """Return a function that sends the login form."""

    def send(user: User | str, password: str = PASSWORD, **extra: Any) -> Any:
        email = user if isinstance(user, str) else user.email
        return client.post("/konto/login/", {"login": email, "password": password}, **extra)

    return send
