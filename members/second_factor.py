"""Who must log in in two steps, and whether this session has done so.

allauth keeps a record in the session of every way in which the person has shown who they are; a
record of kind "mfa" is a second factor: a passkey (something you have and fingerprint, face or
PIN in one), a code, a key, or a login service whose word on it is believed (login.py).
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from members.standing import standing_of
from members.states import SECOND_FACTOR_ROLES

METHOD = "mfa"
# The type of a record that rests on a login service's word.
BY_SERVICE = "login_service"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

Reason = Callable[[Any], bool]
_reasons: list[Reason] = []


def require_for(reason: Reason) -> None:
    """Demand two-step login of whoever `reason(user)` is true for.

    Upper apps register theirs in `AppConfig.ready()`: governance, whoever sits on a council.
    """
    if reason not in _reasons:
        _reasons.append(reason)


def needs_second_factor(user: Any) -> bool:
    """Return whether the person must log in in two steps.

    True for whoever votes, presides, adjusts, signs, administers or works in the CMS, by the
    roles held at this moment.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    held = standing_of(user).holds(*SECOND_FACTOR_ROLES)
    return held or any(reason(user) for reason in _reasons)


def has_second_factor(user: Any) -> bool:
    """Return whether the account has a passkey, a key or an authenticator app."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def shown(request: HttpRequest, user: Any = None) -> dict[str, Any] | None:
    """Return the newest record of a second factor shown in this session, or None."""
    records = get_authentication_records(request, user or request.user)
    return next((r for r in reversed(records) if r.get("method") == METHOD), None)


def age(request: HttpRequest) -> float | None:
    """Return how many seconds ago a second factor was shown in this session; None for never."""
    record = shown(request)
    return None if record is None else time.time() - record["at"]


def is_recent(record: dict[str, Any]) -> bool:
    """Return whether a record of the session is fresh enough not to ask again."""
    return time.time() - record.get("at", 0) < account_settings.REAUTHENTICATION_TIMEOUT


def forget(request: HttpRequest) -> None:
    """Take back what this session has shown: the account no longer has a second factor."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    kept = [record for record in records if record.get("method") != METHOD]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
