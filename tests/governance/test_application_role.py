"""A whole meeting under the PostgreSQL role of the application, which only adds to evidence.

The role is made as docs/operations.md says, and the actions connect as it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import triggers
from core.actions import SYSTEM
from governance.actions import planning, summoning
from governance.actions.ledger import verify
from governance.actions.room import adjusters, correcting, deciding, items, motions, opening
from governance.actions.room import recusals as jav
from governance.choices import Answer, EventKind, MotionKind
from governance.models import Decision, LedgerEntry, Meeting, MeetingEvent, RollSeat, Summons
from governance.states import MeetingState
from tests.factories.governance import Body, item_named, make_body, make_meeting

ROLE = "samagt_app_prov"
WRITTEN = (Decision, LedgerEntry, MeetingEvent, RollSeat, Summons)
"""Evidence that a meeting writes; each must have rows before its protection says anything."""

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@contextmanager
def connected_as(user: str) -> Iterator[None]:
    """Let the connection be that of another role meanwhile."""
    owner = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = user
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = owner


@pytest.fixture
def role() -> str:
    """The application's role, made by the documented commands."""
    password = connection.settings_dict["PASSWORD"] or "prov"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{password}'")
    call_command("grant_application_role", ROLE, verbosity=0)
    return ROLE


def hold(body: Body) -> Meeting:
    """Take a meeting from summons to closing by its actions."""
    meeting = make_meeting(body, starts_at=timezone.now() + timedelta(days=20))
    planning.add_item(by=SYSTEM, meeting=meeting, title="Budget", proposal=["anta budgeten"])
    summoning.send_summons(by=SYSTEM, meeting=meeting)
    summoning.answer_summons(
        by=SYSTEM, meeting=meeting, person=body.ordinary[2].name, answer=Answer.ABSENT
    )
    present = {user.name_id: "room" for user in (*body.ordinary[:2], body.substitutes[2])}
    opening.open_meeting(by=SYSTEM, meeting=meeting, present=present)
    choice = item_named(meeting, "Val av justerare")
    items.open_item(by=SYSTEM, meeting=meeting, item=choice)
    adjusters.choose_adjusters(
        by=SYSTEM, meeting=meeting, item=choice, adjusters=[body.ordinary[1].name]
    )
    budget = item_named(meeting, "Budget")
    items.open_item(by=SYSTEM, meeting=meeting, item=budget)
    jav.announce_recusal(
        by=SYSTEM, meeting=meeting, item=budget, person=body.substitutes[2].name, ground="Delägare"
    )
    motions.make_motion(
        by=SYSTEM, meeting=meeting, item=budget, person=body.ordinary[1].name,
        kind=MotionKind.APPROVE,
    )  # fmt: skip
    items.close_debate(by=SYSTEM, meeting=meeting, item=budget)
    deciding.state_finding(by=SYSTEM, meeting=meeting, item=budget, proposal=True)
    deciding.gavel(by=SYSTEM, meeting=meeting, item=budget)
    event = meeting.events.get(kind=EventKind.RECUSED)
    correcting.strike_out(by=SYSTEM, meeting=meeting, event=event, reason="Fel person")
    opening.close_meeting(by=SYSTEM, meeting=meeting)
    meeting.refresh_from_db()
    return meeting


def refused(statement: str) -> str:
    """Return why the database refuses a statement; an empty text when it does not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(error)
    return ""


def deeds(table: str, column: str) -> list[str]:
    """Return what nobody may do to a table of evidence."""
    return [
        f'UPDATE "{table}" SET "{column}" = "{column}"',
        f'DELETE FROM "{table}"',
        f'TRUNCATE "{table}" CASCADE',
    ]


def test_a_meeting_is_held_by_a_role_that_only_adds_to_evidence(role):
    with connected_as(role):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (role,)
        body = make_body(3)
        meeting = hold(body)
        assert meeting.state == MeetingState.CLOSED
        assert meeting.opened_at < datetime.now(UTC)
        assert verify().fault == ""
        for model in WRITTEN:
            table = model._meta.db_table
            assert model.objects.exists(), table
            assert table in triggers.guarded(), table
            for deed in deeds(table, "id"):
                assert "permission denied" in refused(deed), deed
        # The control: what is no evidence the role may change and empty.
        for deed in deeds("notifications_notification", "id")[:2]:
            assert refused(deed) == "", deed
    # The owner has the right, and is stopped by the triggers: another wall, not the same one.
    for model in WRITTEN:
        for deed in deeds(model._meta.db_table, "id"):
            said = refused(deed)
            assert said, deed
            assert "permission denied" not in said, deed
