"""Core's part of the CMS: pages keep out of addresses that are taken."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from core.reserved_slugs import refuse_reserved_slug


@hooks.register("before_move_page")
def keep_moved_page_reachable(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    """Stop a move to where the page's slug leads somewhere else; Wagtail checks siblings only."""
    return _refusal(request, page, page.slug, destination)


@hooks.register("before_copy_page")
def keep_copied_page_reachable(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Stop a copy whose new slug leads somewhere else."""
    if request.method != "POST":
        return None
    parent = Page.objects.filter(pk=_number(request.POST.get("new_parent_page"))).first()
    return _refusal(request, page, request.POST.get("new_slug", ""), parent or page.get_parent())


def _number(text: Any) -> int | None:
    return int(text) if str(text).isdecimal() else None


def _refusal(request: HttpRequest, page: Page, slug: str, parent: Page) -> HttpResponse | None:
    locked = getattr(page.specific_deferred, "locked_slug", str)()
    try:
        refuse_reserved_slug(slug, parent, locked)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
