"""Mail about people and roles. The mail system's outbox takes it from Django's mail API."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from members.models import AssociationSettings, Invitation, User
from members.states import Role


def brand() -> str:
    """Return what the site calls itself at the head of its mail."""
    stored = AssociationSettings.objects.values_list("logo_text", flat=True).first()
    return stored or settings.WAGTAIL_SITE_NAME


def send_invitation(invitation: Invitation, *, token: str, roles: Iterable[str]) -> None:
    """Send the link of an invitation, in the language of the account if there is one."""
    known = User.objects.with_email(invitation.email).first()
    with translation.override(known.language if known else settings.LANGUAGE_CODE):
        subject, text, html = build_invitation(invitation, token=token, roles=roles)
    message = EmailMultiAlternatives(
        subject, text, to=[invitation.email], headers={"X-Samagt-Kind": "invitation"}
    )
    message.attach_alternative(html, "text/html")
    message.send()


def build_invitation(
    invitation: Invitation, *, token: str, roles: Iterable[str]
) -> tuple[str, str, str]:
    """Return subject, text and HTML of the mail, in the active language."""
    subject = _("Invitation to act for %(organisation)s") % {
        "organisation": invitation.organisation.name
    }
    context = {
        "subject": subject,
        "language": translation.get_language(),
        "base_url": settings.BASE_URL,
        "brand": brand(),
        "invitation": invitation,
        "roles": [Role(role).label for role in roles],
        "link": settings.BASE_URL + reverse("members:invitation", args=[token]),
    }
    text = render_to_string("members/emails/invitation.txt", context)
    return subject, text, render_to_string("members/emails/invitation.html", context)
