"""Governance: bodies that decide, their meetings and the proof of what was decided."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    """Councils, seats, cases, meetings, decisions, ledger."""

    name = "governance"
    verbose_name = _("Governance")

    def ready(self) -> None:
        """Fill the slots of lower pages, list tasks, register kinds and who needs two steps."""
        from core import agenda, audiences, menus, slots
        from governance import boxes, kinds, minutes_tasks
        from governance.querysets import council_condition
        from members import second_factor
        from notifications.kinds import register as register_kind

        for kind in kinds.KINDS:
            register_kind(kind)
        audiences.register(audiences.Audience.COUNCIL, council_condition)
        slots.register("service_side", boxes.service_council, queries=3, order=20)
        slots.register("municipality_side", boxes.municipality_councils, queries=2, order=20)
        slots.register("my_page_main", boxes.my_councils, queries=4, order=20)
        agenda.register(boxes.my_tasks, queries=4)
        agenda.register(minutes_tasks.my_minutes_tasks, queries=4)
        second_factor.require_for(boxes.needs_second_factor)
        menus.register(
            menus.Entry(menus.Place.MAIN, _("Governing councils"), "/forvaltningsrad/", order=20)
        )
        menus.register(
            menus.Entry(menus.Place.FIND, _("Decisions and minutes"), "/beslut/", order=25)
        )
