"""What a login service says of a person, read by the rules that the environment gives.

A claim is believed only as far as the rules go: roles outside the allow-list do not exist, and a
second factor counts only in the words that the operator has named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from members.org_number import normalise

CODE_LENGTH = 4


@dataclass(frozen=True)
class ClaimRules:
    """How one login service's claims are read.

    `organisation`, `roles`, `second_factor`, `given_name`, `family_name` and `email` name claims;
    `role_names` translates the service's words to our roles; `allowed_roles` is all that claims
    may give; `default_role` is given to whoever has an organisation but no role; a second factor
    has been shown when the claim `second_factor` holds one of `second_factor_values`. The address
    may lead to an account that exists already only in `email_domains`.
    """

    organisation: str = "organisation"
    roles: str = "roles"
    second_factor: str = "amr"
    given_name: str = "given_name"
    family_name: str = "family_name"
    email: str = "email"
    role_names: Mapping[str, str] | None = None
    allowed_roles: frozenset[str] = frozenset()
    default_role: str = ""
    second_factor_values: frozenset[str] = frozenset()
    email_domains: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Claims:
    """What is believed of one login.

    `org_number` is a normalised organisation number and `code` a municipality code (SCB); at most
    one of them is set, and neither when the service names no organisation in a form we know.
    """

    org_number: str = ""
    code: str = ""
    named_organisation: str = ""
    roles: frozenset[str] = frozenset()
    email: str = ""
    given_name: str = ""
    family_name: str = ""
    second_factor: bool = False

    @property
    def organisation_known(self) -> bool:
        """Whether the service names an organisation in a form we know."""
        return bool(self.org_number or self.code)


def read_claims(raw: Mapping[str, Any], rules: ClaimRules) -> Claims:
    """Return what is believed of a login, by the rules of its service.

    Never raises for what a service may send: a claim of the wrong type counts as missing.
    """
    named = _first(raw, rules.organisation)
    org_number, code = _organisation(named)
    return Claims(
        org_number=org_number,
        code=code,
        named_organisation=named,
        roles=_roles(raw, rules),
        email=_first(raw, rules.email),
        given_name=_first(raw, rules.given_name),
        family_name=_first(raw, rules.family_name),
        second_factor=bool(rules.second_factor_values & set(_values(raw, rules.second_factor))),
    )


def _organisation(named: str) -> tuple[str, str]:
    if len(named) == CODE_LENGTH and named.isascii() and named.isdigit():
        return "", named
    try:
        return normalise(named), ""
    except ValueError:
        return "", ""


def _roles(raw: Mapping[str, Any], rules: ClaimRules) -> frozenset[str]:
    names = rules.role_names or {}
    said = {names.get(value, value) for value in _values(raw, rules.roles)}
    default = {rules.default_role} if rules.default_role else set()
    return frozenset(said & rules.allowed_roles or default)


def _first(raw: Mapping[str, Any], name: str) -> str:
    return next(iter(_values(raw, name)), "").strip()


def _values(raw: Mapping[str, Any], name: str) -> list[str]:
    """Return a claim as texts; a dotted name leads into nested claims, a list stays a list."""
    value: Any = raw.get(name)
    if value is None and "." in name:
        outer, _, inner = name.partition(".")
        nested = raw.get(outer)
        return _values(nested, inner) if isinstance(nested, Mapping) else []
    listed = value if isinstance(value, (list, tuple, set)) else [value]
    return [str(v) for v in listed if isinstance(v, (str, int)) and not isinstance(v, bool)]
