"""Two to four services side by side."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import facets
from catalogue.comparison import FEWEST, MOST, Cell, compare
from catalogue.models import CataloguePage, ServicePage
from catalogue.models.rows import rows_of
from catalogue.states import FactField, Lifecycle, fact_of
from catalogue.usage import used_by_municipalities
from catalogue.views.fact_items import fact_items
from core.swedish_order import sort_key

# An address is shared by people: nobody means more services than this.
LONGEST_CHOICE = 50


def compare_services(request: HttpRequest) -> HttpResponse:
    """Show the services of the address in one table; a choice that cannot be shown is told."""
    page = CataloguePage.objects.live().public().first()
    if page is None:
        raise Http404
    asked = list(dict.fromkeys(slug for slug in request.GET.getlist("tjanst") if slug))
    visible = ServicePage.objects.visible_to(request.user)
    names = sorted(visible.values_list("slug", "title"), key=lambda pair: sort_key(pair[1]))
    known = {slug for slug, _title in names}
    chosen = [slug for slug in asked if slug in known]
    shown = chosen[:MOST]
    services = _services(request.user, shown) if len(shown) >= FEWEST else []
    list_url = request.path.removesuffix("jamfor/")
    context = {
        "page": page,
        "list_url": list_url,
        "canonical": request.build_absolute_uri(request.path),
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": page.title, "url": list_url},
            {"label": _("Compare services"), "url": request.get_full_path()},
        ],
        "notices": _notices(asked, chosen, known),
        "services": services,
        "rows": compare([_facts(request.user, one) for one in services]) if services else [],
        "names": [(slug, title, slug in shown) for slug, title in names],
        "fewest": FEWEST,
        "most": MOST,
    }
    return render(request, "catalogue/compare.html", context)


def _notices(asked: list[str], chosen: list[str], known: set[str]) -> list[str]:
    unknown = [slug for slug in asked[:LONGEST_CHOICE] if slug not in known]
    notices = [
        _("We do not know the service “%(slug)s”. It is left out.") % {"slug": slug[:40]}
        for slug in unknown
    ]
    if len(chosen) > MOST:
        text = _("At most %(most)d services fit side by side: the first %(most)d are shown.")
        notices.append(text % {"most": MOST})
    elif len(chosen) < FEWEST:
        notices.append(_("Choose at least two services to compare."))
    return notices


def _services(user: Any, slugs: list[str]) -> list[ServicePage]:
    """Return the services in the order asked for, with owner and number of users."""
    found = ServicePage.objects.visible_to(user).filter(slug__in=slugs).select_related("owned_by")
    services = sorted(found, key=lambda service: slugs.index(service.slug))
    uses = used_by_municipalities(services)
    for service in services:
        named = sum(1 for use in uses if use[0] == service.pk)
        service.user_count = facets.user_count(named, service.stated_user_count)
    return services


def _facts(user: Any, service: ServicePage) -> list[tuple[str, Cell]]:
    """Return label and cell of everything that is compared; one query, for the rows."""
    rows = rows_of(service, user=user)
    count = service.user_count
    users = ngettext("%(count)d municipality", "%(count)d municipalities", count) if count else ""
    features = tuple(row.text for row in rows["feature"])
    examples = {fact_of(name) for name in service.example_fields}
    items = fact_items(
        service,
        areas=[row.text for row in rows["area"]],
        donors=[row.text for row in rows["donor"]],
    )

    def told(field: FactField, value: str, **more: Any) -> Cell:
        return Cell(value, example=bool(value) and field in examples, **more)

    def plain(field: FactField, value: str, **more: Any) -> tuple[str, Cell]:
        return str(field.label), told(field, value, **more)

    number = users and users % {"count": count}
    used_by = told(FactField.STATED_USER_COUNT, number, content=False)
    listed = told(FactField.FEATURES, "; ".join(features), lines=features)
    return [
        plain(FactField.SHORT_DESCRIPTION, service.short_description),
        plain(FactField.LIFECYCLE, str(Lifecycle(service.lifecycle).label), content=False),
        (_("Used by"), used_by),
        plain(FactField.NEED, service.need),
        (str(FactField.FEATURES.label), listed),
        *(
            plain(FactField(item.field), item.value, url=item.url, content=item.content)
            for item in items
        ),
        plain(FactField.COST_TEXT, service.cost_text),
    ]
