"""Members: people, organisations and their rights."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class MembersConfig(AppConfig):
    """People, organisations, representatives and association membership."""

    name = "members"
    verbose_name = _("Members")


class CmsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user app without its screens: roles of representatives alone give CMS rights."""

    user_viewset = "members.cms.HiddenUserViewSet"
    group_viewset = "members.cms.HiddenGroupViewSet"
