"""Django's mail backend: every mail becomes an outbox row in the caller's transaction.

allauth's and Wagtail's mails come this way too, since both use Django's mail API.
"""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core.actions import queue_email


class OutboxEmailBackend(BaseEmailBackend):
    """Writes outbox rows; the worker sends them through the transport of EMAIL_URL."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message once per recipient and return how many messages were queued."""
        for message in email_messages:
            queue_email(message=message)
        return len(email_messages)
