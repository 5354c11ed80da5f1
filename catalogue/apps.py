"""Catalogue: the services and who uses them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Services, areas, stated uses."""

    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        """Declare personal data and notices, fill the slots of joining, list its tasks."""
        from catalogue import joining_slots, joining_tasks, notices, processing  # noqa: F401
        from catalogue.record_states import JoiningEvent
        from core import agenda, audit_events, slots

        processing.declare_all()
        audit_events.declare(JoiningEvent.choices)
        slots.register("service_actions", joining_slots.join_button, queries=0, order=10)
        slots.register("service_actions", joining_slots.calculator_link, queries=1, order=20)
        slots.register("service_main", joining_slots.calculator, queries=14, order=10)
        slots.register("office_main", joining_slots.office_links, queries=1, order=20)
        slots.register("municipality_main", joining_slots.own_participations, queries=2, order=10)
        agenda.register(joining_tasks.tasks_of, queries=joining_tasks.QUERIES)
