"""From the button on a service's page to a participation, and the person's own participations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalogue.actions.participations import express_interest
from catalogue.forms_joining.join import JoinForm, OrganisationSearch
from catalogue.joining_states import JOINING_KINDS
from catalogue.models import Participation, ServicePage
from catalogue.views_joining.access import UNPROCESSABLE, add_broken_rule, posted, show_form
from core.exceptions import RuleBroken
from members.models import Membership, Organisation
from members.rules import has_office_role
from members.standing import standing_of
from members.states import Role

MOST_NAMED = 5
MANY = 20
"""From how many organisations on they are searched for instead of listed."""
LOOK = "visa"
KEPT = ("group_name", "interest", "wants_seat")
RUNNERS = (Role.COORDINATOR, Role.BUSINESS_OWNER)


def joinable(user: Any) -> Any:
    """Return the organisations that the person may commit; for the office every one."""
    rows = Organisation.objects.filter(kind__in=JOINING_KINDS).order_by("name")
    if has_office_role(user, Role.SERVICE_MANAGER, Role.ADMINISTRATOR):
        return rows
    standing = standing_of(user)
    ids = [
        party.organisation_id
        for party in standing.parties
        if standing.holds(*RUNNERS, organisation_id=party.organisation_id)
    ]
    return rows.filter(pk__in=ids)


def _outside(organisations: Any) -> list[Organisation]:
    """Return the few that one person may commit and that are not members of the association."""
    members = Membership.objects.filter(organisation__in=organisations)
    current = members.exclude(ends_on__lt=timezone.localdate()).values("organisation")
    outside = list(organisations.exclude(pk__in=current)[: MOST_NAMED + 1])
    return outside if len(outside) <= MOST_NAMED else []


def _search(request: HttpRequest, organisations: Any) -> tuple[OrganisationSearch, Any]:
    """Return the search of the page, and the organisations that it shows.

    Those already chosen stay, so that a group is gathered by several searches.
    """
    source = request.POST if request.method == "POST" else request.GET
    search = OrganisationSearch(source)
    search.full_clean()
    return search, search.narrow(organisations, source.getlist("organisations"))


def _typed(data: QueryDict) -> dict[str, Any]:
    """Return what was filled in, to be kept while searching on."""
    kept: dict[str, Any] = {name: data.get(name, "") for name in KEPT}
    return kept | {"organisations": data.getlist("organisations")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for whom, and open a participation for each."""
    services = ServicePage.objects.visible_to(request.user)
    service = get_object_or_404(services, slug=slug)
    organisations = joinable(request.user)
    number = organisations.count()
    search, shown = _search(request, organisations) if number > MANY else (None, organisations)
    looks = LOOK in request.POST
    form = JoinForm(
        None if looks else posted(request),
        organisations=shown,
        alone=number == 1,
        initial=_typed(request.POST) if looks else None,
    )
    if form.is_bound and form.is_valid():
        try:
            opened = express_interest(by=request.user, service=service, **form.cleaned_data)
        except RuleBroken as broken:
            add_broken_rule(form, broken)
        else:
            messages.success(request, _("The office has been told and will start the dialogue."))
            return redirect(opened[0] if len(opened) == 1 else reverse("catalogue:participations"))
    known = Participation.objects.records_of(request.user).open().filter(service=service)
    context = {
        "service": service,
        "service_url": service.get_url(request),
        "may_join": organisations.exclude(pk__in=known.values("organisation")).exists(),
        "search": search,
        "shown": shown.count() if search else 0,
        "known": known.select_related("organisation")[:20],
        "outside": _outside(organisations),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": service.title, "url": service.get_url(request)},
            {"label": _("Join"), "url": request.path},
        ],
    }
    response = show_form(request, "catalogue/joining/join.html", form, context)
    if search is not None and search.errors:
        response.status_code = UNPROCESSABLE
    return response


@login_required
@require_GET
def participations(request: HttpRequest) -> HttpResponse:
    """Show the participations of the organisations that the person acts for."""
    mine = standing_of(request.user).organisation_ids
    rows = Participation.objects.filter(organisation__in=mine).with_parties()
    context = {
        "rows": rows.order_by("organisation__name", "service__title"),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Participations"), "url": request.path},
        ],
    }
    return render(request, "catalogue/joining/participation_list.html", context)
