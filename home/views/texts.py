"""Running text and news."""

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.core.paginator import Page as ResultPage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.querysets import unrestricted
from home.models import NewsIndexPage, NewsPage, StandardPage
from home.states import NEWS_SLUG
from home.views.crumbs import trail

NEWS_PER_PAGE = 10
NEWS_URL = f"/{NEWS_SLUG}/"


def standard_page(request: HttpRequest, page: StandardPage) -> HttpResponse:
    """Show a text and the pages under it."""
    under = Page.objects.child_of(page).live().filter(unrestricted()).order_by("path")
    context = {
        "page": page,
        "page_description": page.search_description or page.introduction,
        "breadcrumbs": trail(page),
        "children": [
            {"label": child["title"], "url": f"{request.path}{child['slug']}/"}
            for child in under.values("title", "slug")
        ]
        if page.numchild
        else [],
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "home/standard_page.html", context)


def news_list(request: HttpRequest, page: NewsIndexPage) -> HttpResponse:
    """Show the news, the latest first."""
    notices: list[str] = []
    news = NewsPage.objects.visible_to(request.user).child_of(page).latest_first()
    results = _result_page(Paginator(news, NEWS_PER_PAGE), request.GET.get("page", ""), notices)
    number = f"?page={results.number}" if results.number > 1 else ""
    context: dict[str, Any] = {
        "page": page,
        "page_description": page.search_description or page.introduction,
        "results": results,
        "notices": notices,
        "news_url": NEWS_URL,
        "feed_url": request.build_absolute_uri(f"{NEWS_URL}flode.xml"),
        "canonical": request.build_absolute_uri(f"{NEWS_URL}{number}"),
    }
    return render(request, "home/news_list.html", context)


def _result_page(paginator: Any, asked: str, notices: list[str]) -> ResultPage:
    """Return the page asked for; one that does not exist is replaced by the nearest, and told."""
    try:
        return paginator.page(asked or 1)
    except PageNotAnInteger:
        notice = _("The page number “%(page)s” is not a number. You see the first page.")
        notices.append(notice % {"page": asked[:20]})
        return paginator.page(1)
    except EmptyPage:
        shown = 1 if asked.strip().startswith(("-", "0")) else paginator.num_pages
        notice = _("There is no page %(page)s. You see page %(shown)s.")
        notices.append(notice % {"page": asked[:20], "shown": shown})
        return paginator.page(shown)


def news_page(request: HttpRequest, page: NewsPage) -> HttpResponse:
    """Show a piece of news."""
    context = {
        "page": page,
        "page_description": page.search_description or page.introduction,
        "breadcrumbs": trail(page),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "home/news_page.html", context)
