"""Packs a mail as JSON for the outbox, and unpacks it for the transport."""

import json
from base64 import b64decode, b64encode
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives


def pack(message: EmailMessage, *, headers: dict[str, str]) -> bytes:
    """Return subject, texts, attachments and `headers` of a mail, without its recipients.

    Raises TypeError for an attachment that is a ready MIME part: give name, content and type.
    """
    parts: dict[str, Any] = {
        "subject": str(message.subject),
        "body": str(message.body),
        "from": message.from_email,
        "reply_to": list(message.reply_to),
        "headers": headers,
        "alternatives": [[str(a[0]), a[1]] for a in getattr(message, "alternatives", [])],
        "attachments": [_pack_attachment(attachment) for attachment in message.attachments],
    }
    return json.dumps(parts).encode()


def unpack(packed: bytes, *, recipient: str) -> EmailMultiAlternatives:
    """Return the mail to one recipient."""
    parts = json.loads(packed)
    message = EmailMultiAlternatives(
        parts["subject"],
        parts["body"],
        parts["from"],
        [recipient],
        reply_to=parts["reply_to"],
        headers=parts["headers"],
    )
    for content, mimetype in parts["alternatives"]:
        message.attach_alternative(content, mimetype)
    for name, content, mimetype in parts["attachments"]:
        message.attach(name, b64decode(content), mimetype)
    return message


def _pack_attachment(attachment: Any) -> list[str]:
    if not isinstance(attachment, tuple):
        message = "attach a name, a content and a type, not a MIME part"
        raise TypeError(message)
    name, content, mimetype = attachment
    raw = content if isinstance(content, bytes) else str(content).encode()
    return [name, b64encode(raw).decode(), mimetype]
