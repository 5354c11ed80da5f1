"""Ending what lets a person in."""

from allauth.usersessions.models import UserSession
from django.db.models import F
from django.utils import timezone
from wagtail.models import APIToken

from members.models import User


def end_sessions(*, user: User) -> None:
    """End every session and revoke every token of the account at once, on every device.

    The generation is part of what a session is checked against, so a session dies whatever store
    keeps it; the rows behind "my sessions" are removed so that the list tells the truth.
    """
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.session_generation += 1
    for session in UserSession.objects.filter(user=user):
        session.end()
    APIToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=timezone.now())
