"""The notice board of a body under kommunallagen (anslagstavla)."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.actions.minutes.announcing import announced_on
from governance.deadlines import earliest_takedown, last_appeal_day
from governance.models import Notice
from governance.views.lookup import council_at, crumbs


@require_safe
def notice_board(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the notices that are up, with the last day of appeal (kommunallagen 8:9-12, 13:5)."""
    council = council_at(request, slug)
    if not council.settings.profile_on(council, timezone.localdate()).notice_board:
        raise Http404
    rows = Notice.objects.filter(minutes__meeting__council=council, taken_down_on__isnull=True)
    found = rows.select_related("minutes__meeting__council", "item", "board")
    # The time of appeal is one for all boards of the same text: it is asked for once.
    counted: dict[tuple[int, int | None], date | None] = {}
    notices = []
    for notice in found:
        key = notice.minutes_id, notice.item_id
        if key not in counted:
            counted[key] = announced_on(notice.minutes, notice.item)
        counts = counted[key]
        notices.append(
            {
                "notice": notice,
                "last": last_appeal_day(counts) if counts else None,
                "takedown": earliest_takedown(counts) if counts else None,
            }
        )
    title = _("Notice board")
    context = {
        "council": council,
        "notices": notices,
        "breadcrumbs": crumbs(council, (title, request.path)),
    }
    return render(request, "governance/board.html", context)
