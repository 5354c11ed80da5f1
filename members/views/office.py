"""The office's own pages: people and organisations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.exceptions import RuleBroken
from core.models import AuditEntry
from members.actions.people import anonymise_person
from members.forms.office import PersonFilter, people_named
from members.models import Organisation, Representative, User
from members.querysets import in_force
from members.trail import trail_rows
from members.views.guards import UNPROCESSABLE, permission_required
from members.views.personal_data import zip_of

PER_PAGE = 50
LATEST = 20


@login_required
@require_GET
@permission_required("members.view_office")
def office(request: HttpRequest) -> HttpResponse:
    """Show where the office works; upper apps fill the slots `office_rows` and `office_main`."""
    return render(request, "members/office.html")


@login_required
@require_GET
@permission_required("members.view_office")
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Show organisations with the number of people that act for them."""
    words = request.GET.get("q", "").strip()
    rows = Organisation.objects.visible_to(request.user).select_related("municipality")
    if words:
        rows = rows.filter(name__icontains=words)
    rows = rows.annotate(
        people=Count("representatives", filter=in_force(prefix="representatives__"))
    ).order_by("name")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "members/organisation_list.html", {"page": page, "words": words})


@login_required
@require_GET
@permission_required("members.view_person")
def person_list(request: HttpRequest) -> HttpResponse:
    """Show the accounts, found by name or address."""
    form = PersonFilter(request.GET)
    rows = User.objects.visible_to(request.user).select_related("name")
    if form.is_valid():
        rows = rows.filter(people_named(form.cleaned_data["q"]))
    ordered = rows.order_by("name__family_name", "name__given_name", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "members/person_list.html", {"form": form, "page": page}, status=status)


@login_required
@require_GET
@permission_required("members.view_person")
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person: for whom, as what, when, and the latest entries of the trail."""
    person = _person(request, pk)
    representations = (
        Representative.objects.visible_to(request.user)
        .filter(user=person)
        .select_related("organisation__municipality")
        .prefetch_related("roles")
        .order_by("-starts_on")
    )
    entries = AuditEntry.objects.visible_to(request.user).about([person.pk])[:LATEST]
    context = {
        "person": person,
        "representations": representations,
        "entries": list(trail_rows(entries, request.user)),
    }
    return render(request, "members/person_detail.html", context)


def _person(request: HttpRequest, pk: int) -> User:
    rows = User.objects.visible_to(request.user).select_related("name")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_POST
@permission_required("members.anonymise_person")
def person_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what the site keeps about a person who has asked the office for it."""
    return zip_of(request, _person(request, pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("members.anonymise_person")
def person_anonymise(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then anonymise; a refusal says what stands in the way."""
    person = _person(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            anonymise_person(by=request.user, user=person)
        except RuleBroken as broken:
            refusal = broken.message
        else:
            messages.success(request, _("The person is anonymised."))
            return redirect("members:person_detail", pk=person.pk)
    context = {"person": person, "refusal": refusal}
    status = UNPROCESSABLE if refusal else 200
    return render(request, "members/person_anonymise.html", context, status=status)
