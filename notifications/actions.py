"""Tells people things: a row for the list on Min sida and, by choice, an e-mail."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actions import queue_email
from core.exceptions import RuleBroken
from members.models import Organisation, User
from notifications import kinds
from notifications.emails import digest_email, notification_email
from notifications.kinds import NotificationKind
from notifications.models import Notification, Preference
from notifications.states import DEFAULT_CHANNEL, Channel


@transaction.atomic
def notify(
    *,
    users: Iterable[User],
    kind: NotificationKind,
    params: dict[str, Any],
    url: str = "",
    organisation: Organisation | None = None,
    dedupe_key: str = "",
) -> list[Notification]:
    """Tell each person once; with `dedupe_key` never the same thing twice.

    `params` fill the texts of the kind and must be JSON; `url` is a path on the site. Who wants
    e-mail at once, or must have it because the kind is mandatory, gets an outbox row in the same
    transaction. Returns the notifications that are new.
    """
    people = {user.pk: user for user in users if user.is_active}
    if dedupe_key:
        told = Notification.objects.filter(
            user__in=people, kind=kind.code, dedupe_key=dedupe_key
        ).values_list("user_id", flat=True)
        people = {pk: user for pk, user in people.items() if pk not in set(told)}
    channels = _channels(people, kind)
    now = timezone.now()
    rows = [
        Notification(
            user=user,
            kind=kind.code,
            params=params,
            url=url,
            organisation=organisation,
            dedupe_key=dedupe_key,
            emailed_at=now if channels[pk] == Channel.EMAIL else None,
        )
        for pk, user in people.items()
    ]
    Notification.objects.bulk_create(rows)
    for row in rows:
        if row.emailed_at:
            queue_email(message=notification_email(row))
    return rows


def _channels(people: dict[int, User], kind: NotificationKind) -> dict[int, str]:
    """Return each person's channel for the kind."""
    chosen = dict.fromkeys(people, str(DEFAULT_CHANNEL))
    if kind.mandatory:
        return dict.fromkeys(people, str(Channel.EMAIL))
    preferences = Preference.objects.filter(user__in=people, kind=kind.code)
    return chosen | dict(preferences.values_list("user_id", "channel"))


@transaction.atomic
def mark_read(*, by: User, notifications: Iterable[int] | None = None) -> int:
    """Mark the person's own notifications as read, all of them unless ids are given."""
    rows = Notification.objects.visible_to(by).unread()
    if notifications is not None:
        rows = rows.filter(pk__in=list(notifications))
    return rows.update(read_at=timezone.now())


@transaction.atomic
def set_preference(*, by: User, kind: str, channel: str) -> Preference:
    """Let a person choose how to be told of one kind.

    Raises RuleBroken for an unknown kind or channel, and for a mandatory kind that is not to be
    e-mailed at once: a summons must reach its addressee.
    """
    known = {item.code: item for item in kinds.all_kinds()}
    if kind not in known or channel not in Channel.values:
        raise RuleBroken(_("Choose one of the listed alternatives."), field=kind)
    if known[kind].mandatory and channel != Channel.EMAIL:
        raise RuleBroken(_("This is always sent by e-mail."), field=kind)
    row, __ = Preference.objects.update_or_create(user=by, kind=kind, defaults={"channel": channel})
    return row


@transaction.atomic
def send_digests() -> int:
    """E-mail everyone who asked for one mail a day what is new; return how many mails."""
    daily = Preference.objects.filter(channel=Channel.DAILY).values("user", "kind")
    wanted = {(row["user"], row["kind"]) for row in daily}
    waiting = Notification.objects.awaiting_digest().filter(
        user__in={user for user, __ in wanted}, user__is_active=True
    )
    count = 0
    for __, group in groupby(waiting.select_related("user__name"), lambda row: row.user_id):
        rows = [row for row in group if (row.user_id, row.kind) in wanted]
        if rows:
            queue_email(message=digest_email(rows[0].user, rows))
            Notification.objects.filter(pk__in=[row.pk for row in rows]).update(
                emailed_at=timezone.now()
            )
            count += 1
    return count
