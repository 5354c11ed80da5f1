"""Writes that every app may use: the outbox and the audit trail."""

from core.actions.outbox import deliver_due, queue_email, retry_parked

__all__ = ["deliver_due", "queue_email", "retry_parked"]
