"""What I was told, how I want to be told, and what the office sees of what was sent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from rules.contrib.views import permission_required

from core.actions import retry_parked
from core.models import OutboxMessage
from notifications import kinds
from notifications.actions import mark_read, set_preference
from notifications.forms import OutboxFilterForm, PreferencesForm
from notifications.models import Notification

PER_PAGE = 30


@login_required
@require_GET
def notification_list(request: HttpRequest) -> HttpResponse:
    """Show the person's own notifications, newest first."""
    rows = Notification.objects.visible_to(request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/notification_list.html", {"page": page})


@login_required
@require_POST
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notification as read and go to what it is about."""
    notification = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    mark_read(by=request.user, notifications=[notification.pk])
    return redirect(notification.url or "notifications:list")


@login_required
@require_POST
def notification_read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_read(by=request.user)
    return redirect("notifications:list")


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Let the person choose a channel for each kind."""
    data = request.POST if request.method == "POST" else None
    form = PreferencesForm(data, user=request.user)
    if request.method == "POST" and form.is_valid():
        for kind in form.changed_data:
            set_preference(by=request.user, kind=kind, channel=form.cleaned_data[kind])
        messages.success(request, _("Your choices are saved."))
        return redirect("notifications:preferences")
    mandatory = [kind for kind in kinds.all_kinds() if kind.mandatory]
    status = 422 if form.is_bound else 200
    context = {"form": form, "mandatory": mandatory}
    return render(request, "notifications/preferences.html", context, status=status)


@login_required
@require_GET
@permission_required("notifications.view_outbox", raise_exception=True)
def outbox_list(request: HttpRequest) -> HttpResponse:
    """Show the office recipient, kind and state of what was sent; never a text or a link."""
    form = OutboxFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = OutboxMessage.objects.defer("body").matching(
        state=chosen.get("state", ""), recipient=chosen.get("recipient", "")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_retry = request.user.has_perm("notifications.retry_outbox")
    context = {"form": form, "page": page, "may_retry": may_retry}
    return render(request, "notifications/outbox_list.html", context)


@login_required
@require_POST
@permission_required("notifications.retry_outbox", raise_exception=True)
def outbox_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a parked message back in the queue."""
    count = retry_parked(rows=[pk])
    text = ngettext("%d message is tried again.", "%d messages are tried again.", count) % count
    messages.success(request, text)
    return redirect("notifications:outbox")
