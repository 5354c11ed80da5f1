"""The fixed pages of a demo say that it is one."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from home.actions.site_texts import read_site_texts
from home.actions.site_tree import page_names
from home.demo import content
from home.models import HomePage, MunicipalityIndexPage, StandardPage
from members.models import User


@transaction.atomic
def load_pages(*, association: str, editor: User) -> int:
    """Let the fixed pages name the demo's association and what is made up; return how many.

    A page is changed once, and only while it still is as `init_site` left it.
    """
    said = content.read("pages")
    changed = 0
    for model, key in ((HomePage, "home"), (MunicipalityIndexPage, "municipalities")):
        page = model.objects.get()
        if _is_untouched(page):
            page.introduction = said[key]["introduction"]
            changed += _publish(page, editor)
    texts = read_site_texts()
    names = page_names(association=association, base_url=settings.BASE_URL)
    for page in StandardPage.objects.filter(slug__in=said["standard"], is_example=False):
        if _is_untouched(page):
            fields = texts.standard_page(page.slug, names, said["standard"][page.slug])
            page.introduction, page.body = fields["introduction"], fields["body"]
            page.is_example = True
            changed += _publish(page, editor)
    return changed


def _is_untouched(page: Page) -> bool:
    """Return whether nobody has edited the page: `init_site` leaves one revision by nobody."""
    revision = page.latest_revision
    return revision is not None and revision.user_id is None


def _publish(page: Page, editor: User) -> int:
    """Publish the change in the editor's name, and count it."""
    page.save_revision(user=editor).publish(skip_permission_checks=True)
    return 1
