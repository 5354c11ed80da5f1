"""What every page of this app asks before it answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from core.exceptions import RuleBroken
from members.models import Organisation

View = Callable[..., HttpResponse]
UNPROCESSABLE = 422


def permission_required(permission: str) -> Callable[[View], View]:
    """Refuse (403) whoever lacks a permission that needs no object.

    Stands below `login_required`, which leads the anonymous to login, and the methods allowed.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rules.has_perm(permission, request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def colleagues_of(request: HttpRequest, code: str = "", organisation: int = 0) -> Organisation:
    """Return the organisation of the address when the person may know its people.

    Raises Http404 otherwise: that an organisation exists is public, who works there is not.
    """
    rows = Organisation.objects.select_related("municipality")
    found = get_object_or_404(
        rows, **({"municipality__code": code} if code else {"pk": organisation})
    )
    if not rules.has_perm("members.view_colleagues", request.user, found):
        raise Http404
    return found


def require(request: HttpRequest, permission: str, obj: Any) -> None:
    """Raise PermissionDenied (403) when the person may know of the object but not do this."""
    if not rules.has_perm(permission, request.user, obj):
        raise PermissionDenied


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form is filled with; an empty form that was sent is a form too."""
    return request.POST if request.method == "POST" else None


def show_form(
    request: HttpRequest, template: str, form: forms.Form, context: dict[str, Any]
) -> HttpResponse:
    """Render a page with its form: 422 when something needs to be corrected, else 200."""
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, context | {"form": form}, status=status)


def add_broken_rule(form: forms.Form, broken: RuleBroken) -> None:
    """Show a rule's refusal at the field it concerns, or above the form."""
    form.add_error(broken.field if broken.field in form.fields else None, broken.message)
