"""What the frame around every page needs."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.frame import frame_of
from members.rules import uses_cms
from notifications.models import Notification


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the menus of header and footer and the association's names, read when shown.

    Templates of the CMS and small fragments never show them and so cost nothing.
    """
    return {
        "main_menu": SimpleLazyObject(lambda: frame_of(request).main_menu),
        "footer_menu": SimpleLazyObject(lambda: frame_of(request).footer_menu),
        "site_settings": SimpleLazyObject(lambda: frame_of(request).brand),
        "unread_count": SimpleLazyObject(lambda: unread_count(person(request))),
        "has_userbar": SimpleLazyObject(lambda: has_userbar(request)),
    }


def person(request: HttpRequest) -> Any:
    """Return who asks; a page shown before anybody was identified is shown to a visitor."""
    return getattr(request, "user", None) or AnonymousUser()


def has_userbar(request: HttpRequest) -> bool:
    """Return whether the page gets Wagtail's userbar: on pages of the CMS, for who edits them.

    Elsewhere (Min sida, the office) there is nothing to edit, and the bar only covers the page. A
    preview has no address of its own and keeps the bar, which checks accessibility there.
    """
    match = getattr(request, "resolver_match", None)
    is_page = match is None or match.view_name == "wagtail_serve"
    return is_page and uses_cms(person(request))


def unread_count(user: Any) -> int:
    """Return how many notifications the person has not read; 0 for a visitor."""
    return Notification.objects.visible_to(user).unread().count()
