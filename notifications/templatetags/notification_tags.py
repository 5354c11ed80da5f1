"""Template filters of notifications."""

from django import template

from notifications import kinds

register = template.Library()


@register.filter
def mail_kind(code: str) -> str:
    """Say in words what an outgoing message is."""
    return kinds.mail_label(code)
