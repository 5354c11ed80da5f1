"""Templates of agendas: the standing items that a body begins with."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from governance.models import AgendaTemplate, Council, Meeting, TemplateItem

COPIED = ("kind", "title", "minutes_planned", "chooses_adjusters", "rapporteur")


@transaction.atomic
def save_template(*, by: Any, meeting: Meeting, name: str) -> AgendaTemplate:
    """Keep the items of an agenda that belong to no case as a template of the body.

    A template of the same name is replaced. Raises RuleBroken without a name and when the agenda
    has no such item.
    """
    require(by, "governance.plan_meeting", meeting)
    if not name.strip():
        raise RuleBroken(_("Give the template a name."), field="name")
    items = meeting.items.filter(case__isnull=True).order_by("position", "pk")
    if not items:
        raise RuleBroken(_("The agenda has no standing items."), field="name")
    Council.objects.select_for_update().get(pk=meeting.council_id)
    template, __ = AgendaTemplate.objects.get_or_create(
        council=meeting.council, name=name.strip()[:80]
    )
    template.items.all().delete()
    TemplateItem.objects.bulk_create(
        TemplateItem(
            template=template, position=n, **{field: getattr(item, field) for field in COPIED}
        )
        for n, item in enumerate(items, start=1)
    )
    return template


@transaction.atomic
def remove_template(*, by: Any, template: AgendaTemplate) -> None:
    """Remove a template; agendas that were made from it stay."""
    require(by, "governance.manage_council", template.council)
    template.delete()
