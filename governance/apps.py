"""Governance: bodies that decide, their meetings and the proof of what was decided."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    """Councils, seats, cases, meetings, decisions, ledger."""

    name = "governance"
    verbose_name = _("Governance")

    def ready(self) -> None:
        """Fill the slots of lower pages, list tasks, register kinds and who needs two steps."""
        from catalogue import events as joining
        from core import agenda, audiences, audit_events, menus, slots
        from core.events import subscribe
        from governance import boxes, choices, kinds, minutes_tasks, poll_records, processing
        from governance.actions import participation
        from governance.actions.polls.records import dispose_of_secret_sets, records_of
        from governance.querysets import council_condition
        from governance.sitting import stands_in_minutes
        from members import second_factor
        from members.actions.people import keep_name_when
        from notifications.kinds import register as register_kind
        from notifications.kinds import register_mail

        for kind in kinds.KINDS:
            register_kind(kind)
        register_mail(kinds.MAIL)
        audit_events.declare(choices.BodyEvent.choices)
        offices = [*choices.BodyKind.choices, *choices.OfficeKind.choices]
        audit_events.declare_words(fields=choices.EVENT_FIELDS, values=offices)
        processing.declare_all()
        keep_name_when(stands_in_minutes)
        poll_records.register(records_of)
        poll_records.register_disposer(dispose_of_secret_sets)
        subscribe(joining.SeatTaken, participation.take_seat)
        subscribe(joining.SeatLeft, participation.leave_seat)
        subscribe(joining.ParticipationTerminated, participation.leave_seat)
        subscribe(joining.ParticipationEnded, participation.leave_seat)
        subscribe(joining.TerminationWithdrawn, participation.keep_seat)
        audiences.register(audiences.Audience.COUNCIL, council_condition)
        slots.register("service_side", boxes.service_council, queries=6, order=20)
        slots.register("participation_side", boxes.participation_council, queries=5, order=20)
        slots.register("municipality_side", boxes.municipality_councils, queries=2, order=20)
        slots.register("portfolio_side", boxes.portfolio_councils, queries=4, order=20)
        slots.register("participation_seat", boxes.participation_seat, queries=2, order=20)
        slots.register("my_page_main", boxes.my_councils, queries=9, order=20)
        agenda.register(boxes.my_tasks, queries=6)
        agenda.register(boxes.my_poll_tasks, queries=1)
        agenda.register(minutes_tasks.my_minutes_tasks, queries=5)
        second_factor.require_for(boxes.needs_second_factor)
        menus.register(
            menus.Entry(menus.Place.MAIN, _("Governing councils"), "/forvaltningsrad/", order=20)
        )
        menus.register(
            menus.Entry(menus.Place.FIND, _("Decisions and minutes"), "/beslut/", order=25)
        )
