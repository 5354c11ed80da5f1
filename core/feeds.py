"""The format of the site's feeds."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed

from core.plain_text import printable


class PlainAtomFeed(Atom1Feed):
    """An Atom feed that one stray control character cannot stop: XML refuses most of them."""

    def add_item(self, title: str, link: str, description: str, **more: Any) -> None:
        """Add an item whose heading and text hold only what XML can carry."""
        super().add_item(printable(title), link, printable(description), **more)
