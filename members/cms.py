"""Wagtail's user and group screens, with every address removed."""

from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import UserViewSet


class HiddenUserViewSet(UserViewSet):
    """No addresses and no menu item: accounts are made by invitation alone."""

    def get_urlpatterns(self) -> list:  # type: ignore[type-arg]
        """Mount nothing."""
        return []

    def register_menu_item(self) -> None:
        return None

    def register_search_area(self) -> None:
        return None


class HiddenGroupViewSet(GroupViewSet):
    """No addresses and no menu item: groups follow from office roles alone."""

    def get_urlpatterns(self) -> list:  # type: ignore[type-arg]
        """Mount nothing."""
        return []

    def register_menu_item(self) -> None:
        return None
