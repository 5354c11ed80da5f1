"""The way to a page of the CMS."""

from django.utils.translation import gettext as _
from wagtail.models import Page

# Root of the tree, front page.
DEPTH_OF_FRONT_PAGE = 2


def trail(page: Page) -> list[dict[str, str]]:
    """Return the pages from the front page to this one; one query when there are any between."""
    steps = [{"label": _("Start"), "url": "/"}]
    # url_path begins with the slug of the front page, which is no part of the address.
    _empty, front, *_rest = page.url_path.split("/")
    if page.depth > DEPTH_OF_FRONT_PAGE + 1:
        above = page.get_ancestors().filter(depth__gt=DEPTH_OF_FRONT_PAGE)
        for title, url_path in above.values_list("title", "url_path"):
            steps.append({"label": title, "url": url_path.removeprefix(f"/{front}")})
    own = page.url_path.removeprefix(f"/{front}")
    return [*steps, {"label": page.title, "url": own}]
