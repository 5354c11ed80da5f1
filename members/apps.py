"""Members: people, organisations and their rights."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class MembersConfig(AppConfig):
    """People, organisations, representatives and association membership."""

    default = True

    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """Say who the audiences are, and register what this app gives to core's registries."""
        from core import agenda, audiences, audit_events, slots
        from core.audiences import Audience
        from members import checks, desk, processing, receivers, rules
        from members.states import AccountEvent

        audiences.register(Audience.MEMBER, rules.audience_member)
        audiences.register(Audience.OFFICE, rules.audience_office)
        audiences.register(Audience.MUNICIPALITY, rules.audience_municipality, needs="organisation")
        audit_events.declare(AccountEvent.choices)
        agenda.register(desk.list_tasks, queries=desk.TASK_QUERIES)
        slots.register("municipality_main", desk.fill_municipality, queries=desk.DESK_QUERIES)
        processing.declare_all()
        checks.register()
        receivers.connect()


class CmsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user app without its screens: roles of representatives alone give CMS rights."""

    user_viewset = "members.cms.HiddenUserViewSet"
    group_viewset = "members.cms.HiddenGroupViewSet"
