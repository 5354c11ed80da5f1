"""The front page, standard pages, news and the list of municipalities."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from core.blocks import ProseBlock
from core.models import ViewPage
from core.querysets import PublicPageQuerySet
from home.querysets import NewsPageQuerySet
from home.states import FIXED_STANDARD_SLUGS, MUNICIPALITIES_SLUG, NEWS_SLUG

StandardPageManager = PageManager.from_queryset(PublicPageQuerySet)
NewsPageManager = PageManager.from_queryset(NewsPageQuerySet)


class HomePage(ViewPage):
    """The front page: the promise, the map, services in production and how needs grow."""

    promise = models.CharField(
        _("promise"), max_length=80, default="Bygg en gång.\nÄg tillsammans."
    )
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    join_text = models.CharField(_("text on becoming a member"), max_length=300, blank=True)

    view_path = "home.views.home_page"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    content_panels = [
        *ViewPage.content_panels,
        FieldPanel("promise"),
        FieldPanel("introduction"),
        FieldPanel("join_text"),
    ]

    class Meta:
        verbose_name = _("front page")


class MunicipalityIndexPage(ViewPage):
    """All municipalities and the page of each, at /kommuner/<code>/."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    view_path = "home.views.municipality_list"
    fixed_slug = MUNICIPALITIES_SLUG
    show_in_menus_default = True
    menu_label = _("Municipalities")
    menu_order = 50
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    content_panels = [*ViewPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of municipalities")


class StandardPage(ViewPage):
    """A page of running text."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(ProseBlock(), verbose_name=_("text"), blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = StandardPageManager()

    view_path = "home.views.standard_page"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    content_panels = [
        *ViewPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("is_example"),
    ]
    search_fields = [
        *ViewPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("standard page")

    def locked_slug(self) -> str:
        """Return the stored slug of a page that menus, footer and the law's notices point at.

        Only a page directly under the front page is one: a page further down may share its slug.
        """
        if not self.pk:
            return ""
        stored = StandardPage.objects.filter(pk=self.pk, depth=3).values_list("slug", flat=True)
        slug = stored.first() or ""
        return slug if slug in FIXED_STANDARD_SLUGS else ""


class NewsIndexPage(ViewPage):
    """The list of news, at /nyheter/."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    view_path = "home.views.news_list"
    fixed_slug = NEWS_SLUG
    show_in_menus_default = True
    menu_label = _("News")
    menu_order = 60
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    max_count = 1

    content_panels = [*ViewPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("news list")


class NewsPage(ViewPage):
    """A piece of news."""

    published_on = models.DateField(_("date"))
    introduction = models.CharField(_("introduction"), max_length=300)
    body = StreamField(ProseBlock(), verbose_name=_("text"), blank=True)
    image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_example = models.BooleanField(_("example"), default=False)

    objects = NewsPageManager()

    view_path = "home.views.news_page"
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *ViewPage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("introduction"),
        FieldPanel("image"),
        FieldPanel("body"),
        FieldPanel("is_example"),
    ]
    search_fields = [
        *ViewPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("news item")
