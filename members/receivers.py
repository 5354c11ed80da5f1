"""Account events for the audit trail.

Django's login and allauth tell of these by signals alone (its adapter hooks cover neither a removed
factor nor a changed address), so they are received once, here, and each only writes an entry:
ids and codes, never an address or a password (docs/architecture.md, Signals).
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.contrib.auth import signals as auth
from django.dispatch import Signal

from core.actions import log
from core.actions.audit import SYSTEM
from members.models import User
from members.states import AccountEvent as Event

# Signals that all carry `user`, and what they mean.
OF_USER: dict[Signal, Event] = {
    auth.user_logged_in: Event.LOGGED_IN,
    auth.user_logged_out: Event.LOGGED_OUT,
    account.password_changed: Event.PASSWORD_CHANGED,
    account.password_set: Event.PASSWORD_SET,
    account.password_reset: Event.PASSWORD_RESET,
    account.email_added: Event.EMAIL_ADDED,
    account.email_changed: Event.EMAIL_CHANGED,
    account.email_removed: Event.EMAIL_REMOVED,
    mfa.authenticator_added: Event.FACTOR_ADDED,
    mfa.authenticator_removed: Event.FACTOR_REMOVED,
    mfa.authenticator_reset: Event.FACTOR_RESET,
    mfa.authentication_failed: Event.SECOND_STEP_FAILED,
}


def connect() -> None:
    """Connect every receiver; each has a uid, so that connecting twice is connecting once."""
    for signal, event in OF_USER.items():
        signal.connect(on_user_event, dispatch_uid=f"members.{event}")
        _EVENT_OF[id(signal)] = event
    auth.user_login_failed.connect(on_login_failed, dispatch_uid="members.login_failed")
    account.email_confirmed.connect(on_email_confirmed, dispatch_uid="members.email_verified")
    social.social_account_added.connect(on_service_linked, dispatch_uid="members.service_linked")
    social.social_account_removed.connect(
        on_service_unlinked, dispatch_uid="members.service_unlinked"
    )


_EVENT_OF: dict[int, Event] = {}


def on_user_event(signal: Signal, user: User | None = None, **details: Any) -> None:
    """Write what happened to the account, with the kind of factor where one is concerned."""
    if user is None:
        return
    factor = details.get("authenticator")
    new = {"type": str(factor.type)} if factor is not None else {}
    log(_EVENT_OF[id(signal)], by=user, subject=user, new=new)


def on_login_failed(credentials: dict[str, Any], **_: Any) -> None:
    """Write a failed login: the account when the address has one, never the address itself."""
    address = str(credentials.get("email") or credentials.get("username") or "")
    subject = User.objects.with_email(address).only("pk").first()
    log(Event.LOGIN_FAILED, by=SYSTEM, subject=subject)


def on_email_confirmed(email_address: Any, **_: Any) -> None:
    """Write that the owner of an address has confirmed it."""
    user = email_address.user
    log(Event.EMAIL_VERIFIED, by=user, subject=user)


def on_service_linked(sociallogin: Any, **_: Any) -> None:
    """Write that a login service was linked to the account."""
    account_ = sociallogin.account
    log(
        Event.SERVICE_LINKED,
        by=account_.user,
        subject=account_.user,
        new={"service": account_.provider},
    )


def on_service_unlinked(socialaccount: Any, **_: Any) -> None:
    """Write that a login service was unlinked from the account."""
    user = socialaccount.user
    log(Event.SERVICE_UNLINKED, by=user, subject=user, old={"service": socialaccount.provider})
