"""Pages with behaviour."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction

from core.page_forms import AddressedPageForm
from core.reserved_slugs import refuse_reserved_slug


class ViewPage(Page):
    """A Wagtail page whose behaviour is a function in the app's views.

    `view_path` is the dotted path of `view(request, page) -> HttpResponse`. Both `serve()` and
    `serve_preview()` call it, so that filters and forms stay out of models while preview,
    privacy and scheduling keep working. It is the only dotted path that points upwards.
    `fixed_slug` is set where the address of the page is a promise to other parts. A kind of page
    that there is one of has a `menu_label`, translated as its title is not, and a `menu_order`.
    """

    view_path = ""
    fixed_slug: ClassVar[str] = ""
    menu_label: ClassVar[Any] = ""
    menu_order: ClassVar[int] = 1000
    base_form_class = AddressedPageForm

    class Meta:
        abstract = True

    def locked_slug(self) -> str:
        """Return the slug that this page must keep; empty when editors may choose."""
        return self.fixed_slug

    def clean(self) -> None:
        """Refuse to rename a page whose address is fixed, and a slug that shadows an address."""
        super().clean()
        locked = self.locked_slug()
        if locked and self.slug != locked:
            message = _("The address of this page is fixed: it must be “%(slug)s”.")
            raise ValidationError({"slug": message % {"slug": locked}})
        refuse_reserved_slug(self.slug, self.get_parent(), locked)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions on this page and the pages above it, in one query.

        Wagtail asks for the pages above first; their paths are known from this page's own. An
        alias carries the restrictions of its source, which may itself be an alias: left to Wagtail.
        """
        if self.alias_of_id:
            return super().get_view_restrictions()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:end] for end in steps]
        return PageViewRestriction.objects.filter(
            Q(page__path__in=paths) | Q(page__aliases__path__in=paths)
        ).distinct()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a request for the live page."""
        request.is_preview = False
        return import_string(self.view_path)(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """Answer the editor's preview with the very same view."""
        request.is_preview = True
        return import_string(self.view_path)(request, self)
