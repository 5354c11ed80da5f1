"""Writing the audit trail, and asking for a right before a change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import origin
from core.models import AuditEntry


class System:
    """The product itself as the one who acts: a command, a job, or a login's claims.

    Only code names it; no request can. It may do everything and is written as no actor.
    """

    pk = None
    is_authenticated = False
    is_active = True


SYSTEM = System()


def require(by: Any, permission: str, obj: Any = None) -> None:
    """Raise PermissionDenied, with words for the person, unless `by` has the permission.

    `permission` is the name in the app's flat list of rules; `obj` is what it is asked about.
    An unknown name is a KeyError, never a silent no.
    """
    if by is SYSTEM:
        return
    if not rules.permissions.permissions[permission].test(by, obj):
        raise PermissionDenied(_("Your roles do not allow this."))


def log(
    event: str,
    *,
    by: Any,
    acting_for: Any = None,
    subject: Any = None,
    obj: Any = None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    ip: str | None = None,
) -> AuditEntry:
    """Append one event to the audit trail.

    `by` is the account that acted (SYSTEM for the product itself), `acting_for` the organisation,
    `subject` the account concerned and `obj` any other row. `old` and `new` hold codes, ids and
    dates, never names or addresses, since the row can neither be changed nor erased. Address and
    acting-for are those of the current request when not given.
    """
    here = origin.current()
    return AuditEntry.objects.create(
        event=event,
        actor_id=getattr(by, "pk", None),
        acting_for_id=acting_for.pk if acting_for is not None else here.acting_for(),
        subject_id=getattr(subject, "pk", None),
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        old=dict(old or {}),
        new=dict(new or {}),
        ip_address=ip or here.ip,
    )


@transaction.atomic
def blank_old_addresses(*, by: Any = SYSTEM, before: datetime) -> int:
    """Blank the IP addresses of entries older than `before`, log it, and return how many.

    The one change that the audit trail's trigger lets through (GDPR art. 5.1 e: no longer than
    needed).
    """
    old = AuditEntry.objects.filter(happened_at__lt=before, ip_address__isnull=False)
    number = old.update(ip_address=None)
    if number:
        log("addresses_blanked", by=by, new={"entries": number, "before": before.isoformat()})
    return number
