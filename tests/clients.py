"""A test client that logs in as people do: in two steps."""

import time
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client


class TwoStepClient(Client):
    """`force_login` leaves a session that has shown a second factor, unless told otherwise."""

    def force_login(
        self, user: Any, backend: str | None = None, *, second_factor: bool = True, at: float = 0
    ) -> None:
        """Log in without a password. `at` is when the second factor was shown (now)."""
        super().force_login(user, backend)
        if second_factor:
            session = self.session
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [
                {"method": "mfa", "type": "totp", "at": at or time.time()}
            ]
            session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
            session.save()
