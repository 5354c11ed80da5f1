"""Writes that every app may use: the outbox and the audit trail."""

from core.actions.audit import SYSTEM, blank_old_addresses, log, require
from core.actions.outbox import deliver_due, queue_email, retry_parked

__all__ = [
    "SYSTEM",
    "blank_old_addresses",
    "deliver_due",
    "log",
    "queue_email",
    "require",
    "retry_parked",
]
