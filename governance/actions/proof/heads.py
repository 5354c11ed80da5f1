"""Heads of the ledger that leave the system when a meeting closes."""

import json
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.actions import queue_email
from governance.actions.ledger import HEADS_FORMAT
from governance.emails import heads_email
from governance.models import Council, LedgerEntry, Mandate, Meeting, SentHead
from governance.timestamps import request_token
from members.models import User


@transaction.atomic
def send_heads(*, meeting: Meeting) -> SentHead | None:
    """Mail the head of the body's ledger to all who sit on it, and write it to a file; once.

    A copy outside the system is what later shows that nothing was rewritten (rules.md 1.7).
    """
    council = meeting.council
    entry = LedgerEntry.objects.head(council)
    if entry is None or SentHead.objects.filter(meeting=meeting).exists():
        return None
    head = one_head(council, entry)
    people = _addressees(meeting)
    for user in people:
        queue_email(message=heads_email(user, meeting, head))
    sent = SentHead.objects.create(
        council=council,
        meeting=meeting,
        number=entry.number,
        hash=entry.hash,
        sent_at=timezone.now(),
        recipients=len(people),
    )
    _write_on_commit(council, head)
    return sent


def keep_head(council: Council, entry: LedgerEntry) -> None:
    """Write the head after something that happened to a record to the folder, but mail nobody.

    The head that was mailed at the close covers what was decided; this one covers the adjustment,
    a rectification or a disposal too.
    """
    _write_on_commit(council, one_head(council, entry))


def _write_on_commit(council: Council, head: dict[str, Any]) -> None:
    transaction.on_commit(lambda: write_head(council, head), robust=True)
    transaction.on_commit(stamp_soon, robust=True)


def one_head(council: Council, entry: LedgerEntry) -> dict[str, Any]:
    """Return the head of one body in the form that `verify_ledger --heads` reads."""
    return {
        "format": HEADS_FORMAT,
        "created_at": timezone.now().isoformat(timespec="seconds"),
        "heads": [
            {
                "body": str(council.public_id),
                "name": council.name,
                "number": entry.number,
                "hash": entry.hash,
            }
        ],
    }


def write_head(council: Council, head: dict[str, Any]) -> Path:
    """Write a head to the folder of heads; a file is never written over."""
    folder = Path(settings.LEDGER_HEADS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    row = head["heads"][0]
    path = folder / f"{council.slug}-{row['number']:08d}-{row['hash'][:12]}.json"
    if not path.exists():
        path.write_text(json.dumps(head, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def stamp_soon() -> None:
    """Let the worker have new heads timestamped, where an authority is named."""
    if settings.TIMESTAMP_URL:
        current_app.send_task("governance.jobs.stamp_heads")


def stamp_heads() -> int:
    """Have every file of heads without a timestamp timestamped; return how many were.

    The token lies beside the file, under its name with `.tst` added. When the authority does not
    answer, the rest waits for the next time. Raises TimestampError then.
    """
    stamped = 0
    for path in head_files():
        token = token_path(path)
        if not token.exists():
            content = request_token(path.read_bytes(), url=settings.TIMESTAMP_URL)
            part = token.with_suffix(".part")
            part.write_bytes(content)
            part.replace(token)
            stamped += 1
    return stamped


def head_files() -> list[Path]:
    """Return the files of heads, by name."""
    return sorted(Path(settings.LEDGER_HEADS_DIR).glob("*.json"))


def token_path(path: Path) -> Path:
    """Return where the timestamp of a file of heads lies."""
    return path.with_name(f"{path.name}.tst")


def _addressees(meeting: Meeting) -> list[User]:
    day = meeting.held_on
    mandates = Mandate.objects.on(day).filter(seat__council=meeting.council_id)
    offices = meeting.council.offices.on(day)
    names = set(mandates.values_list("person", flat=True))
    names |= set(offices.values_list("person", flat=True))
    return list(User.objects.filter(name__in=names, is_active=True).select_related("name"))
