"""The public register of decisions over all bodies: list, filter, feed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.feeds import PlainAtomFeed
from core.matching import ranked
from governance.choices import DecisionKind, Outcome
from governance.minutes_states import DecisionState
from governance.models import Council, Decision

PER_PAGE = 20
NEWEST = 30
LONGEST_QUERY = 100
MOST_CHOICES = 50
REGISTER_URL = "/beslut/"


@dataclass(frozen=True)
class Facet:
    """A filter of the register: its parameter, heading and the column it looks at."""

    name: str
    legend: Any
    path: str
    labels: dict[str, Any] | None = None


FACETS = (
    Facet("organ", gettext_lazy("Body"), "council__slug"),
    Facet("ar", gettext_lazy("Year"), "item__paragraph_year"),
    Facet("utfall", gettext_lazy("Outcome"), "outcome", dict(Outcome.choices)),
    Facet("slag", gettext_lazy("Kind"), "kind", dict(DecisionKind.choices)),
    Facet("lage", gettext_lazy("Validity"), "status__state", dict(DecisionState.choices)),
)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the adjusted decisions that the person may read, the newest first."""
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    chosen = {
        facet.name: [v for v in request.GET.getlist(facet.name) if "\x00" not in v][:MOST_CHOICES]
        for facet in FACETS
    }
    rows = matching(adjusted_for(request.user), query, request.user)
    found = filtered(rows, chosen)
    shown = found.select_related("council", "item").with_corrections()
    page = Paginator(shown.newest_first(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "page": page,
        "total": page.paginator.count,
        "groups": _groups(rows, chosen),
        "filters": _active(query, chosen),
        "clear_url": REGISTER_URL,
        "breadcrumbs": [
            {"label": _("Start"), "url": "/"},
            {"label": _("Decisions"), "url": REGISTER_URL},
        ],
    }
    return render(request, "governance/register.html", context)


def adjusted_for(user: Any) -> Any:
    """Return the decisions in the register: adjusted §§ that the person may read."""
    rows = Decision.objects.visible_to(user).of_paragraphs()
    return rows.filter(item__adjusted__isnull=False)


def matching(rows: Any, query: str, user: Any) -> Any:
    """Return the decisions that a text finds: in Swedish forms, or as it is written.

    The search knows every open § by its words; what only the body may read is looked for here.
    """
    found = ranked("decision", query, user) if query else None
    written = rows.filter(pk__in=_as_written(rows, query).values("pk"))
    return rows.filter(pk__in=found) | written if found else written


def _as_written(rows: Any, query: str) -> Any:
    """Return the decisions whose heading, text, case or § hold every word just so."""
    for word in query.split():
        condition = Q()
        # SQLite folds only a-z, and stores JSON with escapes; so each way to write the word.
        for form in {word, word.lower(), word.capitalize(), word.upper()}:
            condition |= Q(item__title__contains=form) | Q(council__name__contains=form)
            condition |= Q(clauses__icontains=form) | Q(motivation__contains=form)
            condition |= Q(clauses__icontains=json.dumps(form)[1:-1])
        number = word.lstrip("§").partition("/")[0]
        if number.isdecimal() and len(number) < 9:  # noqa: PLR2004 - a § number
            condition |= Q(item__paragraph=int(number))
        rows = rows.filter(condition | Q(item__title__icontains=word))
    return rows


def filtered(rows: Any, chosen: dict[str, list[str]], *, but: str = "") -> Any:
    """Return the decisions that fit every chosen facet, one of them left aside."""
    for facet in FACETS:
        values = [v for v in chosen[facet.name] if facet.name != "ar" or _is_year(v)]
        if values and facet.name != but:
            rows = rows.filter(**{f"{facet.path}__in": values})
    return rows


def _is_year(value: str) -> bool:
    return value.isdecimal() and len(value) == 4  # noqa: PLR2004 - a year


def _groups(rows: QuerySet[Decision], chosen: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Return the facets with the number behind every choice: one query each, and the bodies."""
    names = dict(Council.objects.values_list("slug", "name"))
    return [_group(facet, rows, chosen, names) for facet in FACETS]


def _group(
    facet: Facet, rows: Any, chosen: dict[str, list[str]], names: dict[str, str]
) -> dict[str, Any]:
    counted = filtered(rows, chosen, but=facet.name).order_by().values_list(facet.path)
    counts = {str(v): n for v, n in counted.annotate(n=Count("pk")) if v is not None}
    labels = facet.labels or names
    values: Iterable[str] = sorted(counts, reverse=facet.name == "ar")
    return {
        "name": facet.name,
        "legend": facet.legend,
        "options": [
            {
                "value": value,
                "label": labels.get(value, value),
                "count": counts[value],
                "selected": value in chosen[facet.name],
            }
            for value in values
        ],
    }


def _active(query: str, chosen: dict[str, list[str]]) -> list[dict[str, str]]:
    pairs = [("q", query)] if query else []
    pairs += [(name, value) for name, values in chosen.items() for value in values]
    names = dict(Council.objects.values_list("slug", "name")) if chosen["organ"] else {}
    labels = {facet.name: facet.labels or names for facet in FACETS}
    return [
        {
            "label": str(labels.get(name, {}).get(value, value)),
            "url": _without(pairs, (name, value)),
        }
        for name, value in pairs
    ]


def _without(pairs: list[tuple[str, str]], one: tuple[str, str]) -> str:
    left = urlencode([pair for pair in pairs if pair != one])
    return f"{REGISTER_URL}?{left}" if left else REGISTER_URL


class DecisionsFeed(Feed):
    """The decisions that everyone may read, the last adjusted first."""

    feed_type = PlainAtomFeed
    language = "sv"
    link = REGISTER_URL
    feed_url = f"{REGISTER_URL}flode.xml"

    def title(self) -> str:
        """Return the feed's name."""
        return _("Decisions")

    def subtitle(self) -> str:
        """Return what the feed holds."""
        return _("Decisions of the governing councils, when their minutes are adjusted.")

    def get_object(self, request: HttpRequest) -> None:
        """Answer for everyone: whoever reads a feed is not logged in."""

    def items(self) -> list[Decision]:
        """Return the newest decisions."""
        rows = adjusted_for(AnonymousUser()).select_related("council", "item__adjusted")
        rows = rows.prefetch_related("item__rectifications")
        return list(rows.order_by("-item__adjusted__adjusted_at", "-pk")[:NEWEST])

    def item_title(self, item: Decision) -> str:
        """Return § and heading."""
        return f"§ {item.item.paragraph}/{item.item.paragraph_year} {item.item.title}"

    def item_description(self, item: Decision) -> str:
        """Return body and decision, and that it has been rectified."""
        text = f"{item.council.name}: {'; '.join(f'att {c}' for c in item.clauses)}"
        return f"{text} (rättat)" if item.item.rectifications.all() else text

    def item_link(self, item: Decision) -> str:
        """Return the stable address of the decision."""
        return item.get_absolute_url()

    def item_pubdate(self, item: Decision) -> datetime:
        """Return when the § was adjusted."""
        return item.item.adjusted.adjusted_at

    def item_updateddate(self, item: Decision) -> datetime:
        """Return when it was adjusted, or last rectified."""
        rows = [row.recorded_at for row in item.item.rectifications.all()]
        return max([item.item.adjusted.adjusted_at, *rows])
