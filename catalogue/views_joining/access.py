"""What every page of joining asks before it answers."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from catalogue.models import Participation
from core.exceptions import RuleBroken
from members import second_factor

UNPROCESSABLE = 422


def record_of(request: HttpRequest, pk: int) -> Participation:
    """Return a participation whose record the person may read.

    Raises Http404 for any other, so that its existence is not told.
    """
    rows = Participation.objects.records_of(request.user)
    return get_object_or_404(
        rows.select_related("service", "organisation", "previous", "group"), pk=pk
    )


def child_of(rows: Any, pk: int) -> Any:
    """Return a row that hangs on a record already checked; Http404 when it hangs elsewhere."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def second_factor_at(request: HttpRequest) -> datetime | None:
    """Return when this session last showed a second factor, or None."""
    record = second_factor.shown(request)
    return None if record is None else datetime.fromtimestamp(record["at"], UTC)


def posted(request: HttpRequest) -> Any:
    """Return what was sent, also when it is empty, or None when nothing was."""
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
