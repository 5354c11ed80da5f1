"""The form that editors fill in for a page."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from core.reserved_slugs import refuse_reserved_slug


class AddressedPageForm(WagtailAdminPageForm):
    """Tells at the slug's field that an address is taken, also for a page that is not in the tree.

    The model refuses the same, but does not know the parent of a page that is being created.
    """

    def clean(self) -> dict[str, Any]:
        """Refuse a slug that would shadow an address."""
        cleaned: dict[str, Any] = super().clean()
        if slug := cleaned.get("slug"):
            try:
                refuse_reserved_slug(slug, self.parent_page, self.instance.locked_slug())
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned
