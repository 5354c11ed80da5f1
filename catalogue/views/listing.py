"""The catalogue's list: filters, counts, order, pages."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.core.paginator import Page as ResultPage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue import facets
from catalogue.forms import BEST_MATCH, QUERY_LENGTH, SORTS, CatalogueFilterForm
from catalogue.models import CataloguePage, ServicePage
from catalogue.views import directory as names
from catalogue.views.directory import Choice, Directory, read_directory, words_of
from core import matching

PER_PAGE = 20
LEGENDS = {
    names.STAGE: gettext_lazy("Stage"),
    names.AREA: gettext_lazy("Area"),
    names.OPEN: gettext_lazy("Joining"),
    names.COUNTY: gettext_lazy("County"),
    names.MUNICIPALITY: gettext_lazy("Used by the municipality"),
    names.PERSONAL_DATA: gettext_lazy("Personal data"),
    names.LICENCE: gettext_lazy("Licence"),
}
# Long or seldom used: folded until something in them is chosen.
FOLDED = frozenset({names.COUNTY, names.MUNICIPALITY, names.PERSONAL_DATA, names.LICENCE})


@dataclass(frozen=True)
class Option:
    """A checkbox of the filter with the number of services behind it."""

    choice: Choice
    count: int
    selected: bool


@dataclass(frozen=True)
class Group:
    """A facet of the filter."""

    name: str
    legend: Any
    options: list[Option]
    folded: bool
    open: bool


@dataclass(frozen=True)
class ActiveFilter:
    """A filter in force, the list without it, and how many services that list would hold."""

    label: str
    url: str
    hits: int | None = None


@dataclass
class Listing:
    """The answer to one address of the list."""

    page: CataloguePage
    directory: Directory
    form: CatalogueFilterForm
    path: str
    user: Any
    ranking: list[int] = field(default_factory=list)
    outcome: facets.Outcome = field(default_factory=facets.Outcome)

    def __post_init__(self) -> None:
        self.form.full_clean()
        self.words = words_of(self.form.cleaned_data["q"])
        rows = self.directory.rows
        if self.form.cleaned_data["q"]:
            found = matching.ranked("service", self.form.cleaned_data["q"], self.user)
            if found is None:
                found = ServicePage.objects.matching(self.words) if self.words else []
            self.ranking = [pk for pk in found if pk in self.directory.entries]
            rows = [row for row in rows if row.id in set(self.ranking)]
        self.outcome = facets.apply(rows, self.form.selection, names.FACETS)

    def query(self, **changes: Any) -> str:
        """Return the address of the list for what is chosen, with parts replaced.

        Parts are in a fixed order and only those that say something, so that one list has one
        address.
        """
        parts: dict[str, Any] = {"q": self.form.cleaned_data["q"]}
        parts |= {name: sorted(chosen) for name, chosen in self.form.selection.items()}
        sort = self.form.cleaned_data["sort"]
        parts["sort"] = "" if sort == BEST_MATCH else sort
        kept = {name: value for name, value in (parts | changes).items() if value}
        return f"{self.path}?{urlencode(kept, doseq=True)}" if kept else self.path

    def groups(self) -> list[Group]:
        """Return the facets with the number behind every choice; an empty facet is left out."""
        selection = self.form.selection
        return [
            Group(
                name=name,
                legend=LEGENDS[name],
                options=[
                    Option(choice, self.outcome.counts[name][choice.value], choice.value in chosen)
                    for choice in self.directory.choices[name]
                ],
                folded=name in FOLDED,
                open=bool(chosen),
            )
            for name, chosen in selection.items()
            if self.directory.choices[name]
        ]

    def active(self) -> list[ActiveFilter]:
        """Return the filters in force, each with the list without it."""
        chips = []
        text = self.form.cleaned_data["q"]
        if text:
            label = _("Search: %(text)s") % {"text": text}
            chips.append(ActiveFilter(label, self.query(q=""), self._hits(without_text=True)))
        for name, chosen in self.form.selection.items():
            for choice in self.directory.choices[name]:
                if choice.value in chosen:
                    rest = chosen - {choice.value}
                    label = f"{LEGENDS[name]}: {choice.label}"
                    url = self.query(**{name: sorted(rest)})
                    chips.append(ActiveFilter(label, url, self._hits(facet=name, rest=rest)))
        return chips

    def _hits(
        self, *, facet: str = "", rest: frozenset[str] = frozenset(), without_text: bool = False
    ) -> int | None:
        """Return how many services there are without one filter; counted only for an empty list."""
        if self.outcome.ids:
            return None
        rows = self.directory.rows
        if self.form.cleaned_data["q"] and not without_text:
            rows = [row for row in rows if row.id in set(self.ranking)]
        selection = self.form.selection | ({facet: rest} if facet else {})
        return len(facets.apply(rows, selection, ()).ids)

    def result_page(self, asked: str) -> ResultPage:
        """Return the page of results asked for; one that does not exist is replaced, and told."""
        ids = self.directory.ordered(self.outcome.ids, self.form.order, self.ranking)
        paginator = Paginator([self.directory.entries[pk] for pk in ids], PER_PAGE)
        try:
            return paginator.page(asked or 1)
        except PageNotAnInteger:
            notice = _("The page number “%(page)s” is not a number. You see the first page.")
            self.form.notices.append(notice % {"page": asked[:20]})
            return paginator.page(1)
        except EmptyPage:
            last = paginator.num_pages if not asked.strip().startswith(("-", "0")) else 1
            notice = _("There is no page %(page)s. You see page %(shown)s.")
            self.form.notices.append(notice % {"page": asked[:20], "shown": last})
            return paginator.page(last)


def catalogue_list(request: HttpRequest, page: CataloguePage) -> HttpResponse:
    """Show the services that match the address's filters; htmx gets the results alone."""
    listing = _read(request, page)
    results = listing.result_page(request.GET.get("page", ""))
    partial = bool(getattr(request, "htmx", False)) and not request.htmx.history_restore_request
    template = "catalogue/_results_partial.html" if partial else "catalogue/catalogue_list.html"
    response = render(request, template, _context(request, listing, results, partial=partial))
    if partial:
        response["HX-Push-Url"] = listing.query(page=_number(results))
    patch_vary_headers(response, ["HX-Request"])
    return response


def _read(request: HttpRequest, page: CataloguePage) -> Listing:
    data: QueryDict = request.GET
    asked = {name: data.getlist(name) for name in names.FACETS}
    found = read_directory(request.user, asked=asked)
    choices = {
        name: [(choice.value, choice.label) for choice in options]
        for name, options in found.choices.items()
    }
    form = CatalogueFilterForm(data, choices=choices)
    path = request.path if not getattr(request, "is_preview", False) else "/tjanster/"
    return Listing(page=page, directory=found, form=form, path=path, user=request.user)


def _number(results: ResultPage) -> int | None:
    """Return the page's number for an address; the first page needs none."""
    return results.number if results.number > 1 else None


def _context(
    request: HttpRequest, listing: Listing, results: ResultPage, *, partial: bool
) -> dict[str, Any]:
    count = len(listing.outcome.ids)
    text = listing.form.cleaned_data["q"]
    return {
        "page": listing.page,
        "page_description": listing.page.search_description or listing.page.introduction,
        "results": results,
        "count": count,
        "heading": ngettext("%(count)d service", "%(count)d services", count) % {"count": count},
        "groups": listing.groups(),
        "active": listing.active(),
        "notices": listing.form.notices,
        "q": text,
        "query_length": QUERY_LENGTH,
        "sort": listing.form.cleaned_data["sort"],
        "sorts": SORTS.items(),
        "list_url": listing.path,
        "canonical": request.build_absolute_uri(listing.query(sort="", page=_number(results))),
        "feed_url": request.build_absolute_uri(f"{listing.path}flode.xml"),
        "partial": partial,
    }
