"""Search: everything that may be found, in Swedish, by whoever may read it."""

from functools import partial

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Swedish analysis, engines, what waits to be indexed, the page where people search."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Register what can be found, and follow what happens to it."""
        from core import events, health, matching
        from governance import events as records
        from members.events import MunicipalitiesImported
        from search import finding, kinds, lexicon, reactions, registry
        from search.engines.chosen import check_engine

        lexicon.keep_in(settings.VAR_DIR / "lexicon")
        for kind in kinds.KINDS:
            registry.register(kind)
        events.subscribe(events.PagePublished, reactions.on_page)
        events.subscribe(events.PageUnpublished, reactions.on_page)
        events.subscribe(events.PageMoved, reactions.on_page)
        events.subscribe(events.PageDeleted, reactions.on_page)
        events.subscribe(records.ParagraphAdjusted, reactions.on_paragraph)
        events.subscribe(records.ParagraphRectified, reactions.on_paragraph)
        events.subscribe(records.MeetingChanged, reactions.on_meeting)
        events.subscribe(records.CouncilChanged, reactions.on_council)
        events.subscribe(MunicipalitiesImported, reactions.on_municipalities)
        for name in ("service", "decision"):
            matching.register(name, partial(finding.ranked, name))
        health.register("search", check_engine, essential=False)
