"""The database knows the steps of a participation, whoever writes the row."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from catalogue.joining_states import AGREED_STATES, BY_PAIR, LEAVING_STATES, ParticipationState
from catalogue.models import Participation

S = ParticipationState
LEFT = {*LEAVING_STATES, S.ENDED}
DATED = {*AGREED_STATES, *LEFT, S.PAUSED}


def facts(state: str) -> dict[str, object]:
    """Return a state with what the other constraints ask of a row in it."""
    return {
        "state": state,
        "starts_on": date(2026, 1, 1) if state in DATED else None,
        "production_on": date(2026, 2, 1) if state == S.PRODUCTION else None,
        "ends_on": date(2027, 12, 31) if state in LEFT else None,
        "terminated_from": S.PRODUCTION if state in LEFT else "",
        "paused_from": S.DIALOGUE if state == S.PAUSED else "",
    }


@pytest.mark.parametrize("old", list(S))
def test_a_row_takes_the_steps_of_the_table_and_no_others(story, old):
    made = story.interested()
    made.pk, made.organisation = None, story.world.other
    for name, value in facts(old).items():
        setattr(made, name, value)
    made.save(force_insert=True)
    row = Participation.objects.filter(pk=made.pk)

    taken = {new for new in S if new != old and _took(row, new)}

    assert taken == {new for known, new in BY_PAIR if known == old}


def _took(row, new: str) -> bool:
    try:
        with transaction.atomic():
            row.update(**facts(new))
            transaction.set_rollback(True)
    except DatabaseError as error:
        assert "known_step" in str(error)
        return False
    return True
