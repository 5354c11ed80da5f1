"""Min sida: what waits for the person, what is new, and as what the person acts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.agenda import tasks_for
from members.standing import standing_of
from members.states import Role

# A day this near is marked in the list.
SOON_DAYS = 7


@login_required
@require_GET
def my_page(request: HttpRequest) -> HttpResponse:
    """Show tasks by date; upper apps fill `my_page_main` and `my_page_side`."""
    standing = standing_of(request.user)
    today = timezone.localdate()
    context = {
        "tasks": [
            (task, bool(task.due_on and (task.due_on - today).days <= SOON_DAYS))
            for task in tasks_for(request.user)
        ],
        "assignments": [
            (party, [Role(role).label for role in Role.values if role in held])
            for party in standing.parties
            for held in [standing.roles_in(party.organisation_id)]
        ],
        "is_office": standing.is_office,
    }
    return render(request, "home/my_page.html", context)
