"""Home: the front page, news, the person's own page and what draws on several apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Front page, standard pages, news, municipality pages, demo content."""

    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        """Let the site's own pages be found."""
        from home import findable
        from search.registry import register

        for kind in findable.KINDS:
            register(kind)
