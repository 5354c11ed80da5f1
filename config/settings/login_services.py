"""Reads OpenID Connect and SAML from the environment, and stops at what cannot work.

`.env.example` lists the variables. One service of each kind; a name that is set alone is an error.
"""

import os
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.environment import names, pairs, read, secure_address
from members.claims import ClaimRules
from members.states import MEMBER_ROLES, SECOND_FACTOR_ROLES, Role

# What the services are called in the database and in addresses: /konto/tjanst/oidc/login/callback/
# and /konto/saml/tjanst/acs/ are what the operator gives to the service.
OIDC, SAML, SLUG = "oidc", "saml", "tjanst"
# What claims may give unless more is listed: never what signs, invites others or runs the office.
SAFE_ROLES = frozenset(MEMBER_ROLES - SECOND_FACTOR_ROLES)

OIDC_CLAIMS = {
    "organisation": "https://id.oidc.se/claim/orgNumber",
    "roles": "roles",
    "second_factor": "amr",
    "given_name": "given_name",
    "family_name": "family_name",
    "email": "email",
}
MICROSOFT = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
SAML_CLAIMS = {
    "organisation": "urn:oid:2.5.4.97",
    "roles": "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
    "second_factor": "http://schemas.microsoft.com/claims/authnmethodsreferences",
    "given_name": f"{MICROSOFT}/givenname",
    "family_name": f"{MICROSOFT}/surname",
    "email": f"{MICROSOFT}/emailaddress",
}


@dataclass(frozen=True)
class LoginServices:
    """What the environment says of login services: allauth's providers, and how to read claims."""

    providers: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, ClaimRules] = field(default_factory=dict)


def login_services() -> LoginServices:
    """Return the login services of the environment.

    Raises ImproperlyConfigured with one line that names the variable that is wrong or missing.
    """
    providers: dict[str, Any] = {}
    rules: dict[str, ClaimRules] = {}
    if oidc := _oidc():
        providers["openid_connect"] = {"APPS": [oidc], "OAUTH_PKCE_ENABLED": True}
        rules[OIDC] = _rules("OIDC", OIDC_CLAIMS)
    if saml := _saml():
        rules[SAML] = _rules("SAML", SAML_CLAIMS)
        saml["settings"]["attribute_mapping"] = _saml_mapping(rules[SAML])
        providers["saml"] = {"APPS": [saml]}
    return LoginServices(providers, rules)


def _oidc() -> dict[str, Any] | None:
    needed = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    given = {name: os.environ.get(name, "").strip() for name in needed}
    if not any(given.values()):
        return None
    _need_all(given)
    return {
        "provider_id": OIDC,
        "name": os.environ.get("OIDC_NAME") or "OpenID Connect",
        "client_id": given["OIDC_CLIENT_ID"],
        "secret": given["OIDC_CLIENT_SECRET"],
        "settings": {
            "server_url": read("OIDC_ISSUER", secure_address, ""),
            "scope": (os.environ.get("OIDC_SCOPES") or "openid profile email").split(),
        },
    }


def _saml() -> dict[str, Any] | None:
    parts = ("SAML_ENTITY_ID", "SAML_SSO_URL", "SAML_CERTIFICATE")
    given = {name: os.environ.get(name, "").strip() for name in parts}
    metadata = read("SAML_METADATA_URL", secure_address, "")
    if not metadata and not any(given.values()):
        return None
    if metadata:
        idp = {"entity_id": given["SAML_ENTITY_ID"] or None, "metadata_url": metadata}
    else:
        _need_all(given)
        idp = {
            "entity_id": given["SAML_ENTITY_ID"],
            "sso_url": read("SAML_SSO_URL", secure_address, ""),
            "x509cert": given["SAML_CERTIFICATE"].replace("\\n", "\n"),
        }
    return {
        "provider_id": SAML,
        "client_id": SLUG,
        "name": os.environ.get("SAML_NAME") or "SAML",
        "settings": {"idp": idp, "advanced": {"want_assertion_signed": True, "strict": True}},
    }


def _need_all(given: dict[str, str]) -> None:
    """Raise ImproperlyConfigured when only some of what belongs together is set."""
    missing = [name for name, value in given.items() if not value]
    if missing:
        name = next(name for name, value in given.items() if value)
        raise ImproperlyConfigured(f"{name}: needs {' and '.join(missing)} too")


def _saml_mapping(rules: ClaimRules) -> dict[str, list[str]]:
    """Return how allauth finds the person in a SAML answer."""
    uid = os.environ.get("SAML_CLAIM_UID") or "urn:oasis:names:tc:SAML:attribute:subject-id"
    return {
        "uid": [uid],
        "email": [rules.email],
        "first_name": [rules.given_name],
        "last_name": [rules.family_name],
    }


def _rules(prefix: str, claims: dict[str, str]) -> ClaimRules:
    known = {
        key: os.environ.get(f"{prefix}_CLAIM_{key.upper()}", "").strip() or default
        for key, default in claims.items()
    }
    return ClaimRules(
        **known,
        role_names=read(f"{prefix}_ROLE_NAMES", pairs, {}),
        allowed_roles=read(f"{prefix}_ALLOWED_ROLES", _roles, SAFE_ROLES),
        default_role=read(f"{prefix}_DEFAULT_ROLE", _role, ""),
        second_factor_values=frozenset(read(f"{prefix}_SECOND_FACTOR_VALUES", names, [])),
        email_domains=frozenset(
            domain.lower() for domain in read(f"{prefix}_EMAIL_DOMAINS", names, [])
        ),
    )


def _role(raw: str) -> str:
    if raw not in Role.values:
        raise ValueError(f"{raw!r} is not one of {', '.join(Role.values)}")
    return raw


def _roles(raw: str) -> frozenset[str]:
    return frozenset(_role(name) for name in names(raw))
