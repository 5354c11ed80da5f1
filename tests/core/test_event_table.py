"""The table of facts in the documentation is the registry's."""

import pytest
from django.core.management import CommandError, call_command

from core import events
from core.management.commands.event_table import event_table, with_table


def test_the_document_is_up_to_date():
    call_command("event_table", check=True)


def test_a_new_handler_makes_the_document_old():
    def handler(fact):
        """React."""

    with events.subscribed(events.PagePublished, handler):
        assert "test_event_table" in event_table()
        with pytest.raises(CommandError, match="is old"):
            call_command("event_table", check=True)


def test_the_table_names_every_fact_of_the_apps():
    table = event_table()
    assert "`members.events.RepresentationEnded`" in table
    assert "`core.events.PagePublished`" in table
    assert "tests." not in table


def test_a_document_without_marks_is_refused():
    with pytest.raises(ValueError, match="are missing"):
        with_table("# Nothing")
