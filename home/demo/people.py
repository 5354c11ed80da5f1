"""One account per role, with a random password and a second factor that is really there."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import transaction

from core.actions import SYSTEM
from home.demo import content
from home.demo.organisations import Parties
from members.actions.representation import start_representation
from members.actions.roles import give_role
from members.models import Organisation, User
from members.states import SECOND_FACTOR_ROLES, Role

OFFICE = "office"
MARK = "(exempel)"


@dataclass(frozen=True)
class Login:
    """What it takes to log in as somebody; `totp_secret` is empty where none is asked for."""

    email: str
    role: str
    organisation: str
    password: str
    totp_secret: str


def logins_file() -> Path:
    """Return where the logins are written."""
    return Path(settings.VAR_DIR, "demo-logins.json")


def load_people(parties: Parties) -> list[Login]:
    """Return the logins of the demo's people; accounts and file are completed when needed.

    An account whose login is in the file is left as it is; without one it gets a new password
    and a new second factor, so that the file always tells the truth.
    """
    kept = kept_logins()
    with transaction.atomic():
        logins = [_login(person, parties, kept) for person in content.read("people")["person"]]
    return complete_logins(logins)


def complete_logins(logins: list[Login]) -> list[Login]:
    """See that the file holds these logins, besides others; write it only when it must change."""
    kept = kept_logins()
    wanted = kept | {login.email: login for login in logins}
    if wanted != kept:
        _write(list(wanted.values()))
    return list(wanted.values())


def new_login(user: User, *, role: str, organisation: str) -> Login:
    """Give an account a random password, a second factor and a confirmed address."""
    password = secrets.token_urlsafe(15)
    user.set_password(password)
    user.save()
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return Login(user.email, role, organisation, password, _second_factor(user))


def _login(person: dict[str, Any], parties: Parties, kept: dict[str, Login]) -> Login:
    """Return the login of one person, with the account and its roles made when missing."""
    organisation = (
        parties.association
        if person["organisation"] == OFFICE
        else parties.by_code[person["organisation"]]
    )
    user = User.objects.with_email(person["email"]).first()
    if user and person["email"] in kept:
        return kept[person["email"]]
    user = user or _open_account(person, organisation)
    password = secrets.token_urlsafe(15)
    user.set_password(password)
    user.save()
    return Login(
        email=user.email,
        role=", ".join(Role(role).value for role in person["roles"]),
        organisation=organisation.name,
        password=password,
        totp_secret=_second_factor(user) if SECOND_FACTOR_ROLES & set(person["roles"]) else "",
    )


def _open_account(person: dict[str, Any], organisation: Organisation) -> User:
    """Open the account, as if its owner had answered an invitation, and give it its roles."""
    user = User.objects.create_user(person["email"], given_name=person["title"], family_name=MARK)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    representative = start_representation(by=SYSTEM, user=user, organisation=organisation)
    for role in person["roles"]:
        give_role(by=SYSTEM, representative=representative, role=role)
    return user


def _second_factor(user: User) -> str:
    """Give the account a new TOTP secret and recovery codes; return the secret."""
    Authenticator.objects.filter(user=user).delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def kept_logins() -> dict[str, Login]:
    """Return the logins of the file by address; none when it is missing."""
    file = logins_file()
    if not file.exists():
        return {}
    rows = json.loads(file.read_text(encoding="utf-8"))
    return {row["email"]: Login(**row) for row in rows}


def _write(logins: list[Login]) -> None:
    """Write the file anew, readable by its owner alone from the first byte."""
    file = logins_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump([asdict(login) for login in logins], stream, ensure_ascii=False, indent=2)
        stream.write("\n")
    draft.replace(file)
