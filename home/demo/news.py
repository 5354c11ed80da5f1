"""News of the demo."""

from typing import Any

from django.db import transaction

from home import prose
from home.actions.site_tree import add_live_page
from home.demo import content
from home.models import NewsIndexPage, NewsPage
from members.models import User


@transaction.atomic
def load_news(index: NewsIndexPage, *, editor: User) -> int:
    """Add the news that are missing; return how many. What has no source is an example."""
    known = set(index.get_children().values_list("slug", flat=True))
    missing = [item for item in content.read("news")["item"] if item["slug"] not in known]
    for item in missing:
        add_live_page(index, _page(item), by=editor)
    return len(missing)


def _page(item: dict[str, Any]) -> NewsPage:
    sources = [content.source(key) for key in item.get("sources", [])]
    told = "".join(f"\n\nKälla: {source.citation}." for source in sources)
    return NewsPage(
        slug=item["slug"],
        title=item["title"],
        published_on=item["published_on"],
        introduction=item["introduction"],
        body=prose.blocks(item["body"] + told),
        is_example=not sources,
    )
