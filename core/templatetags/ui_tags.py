"""Template tags and filters of the interface; the rules themselves are in core.formatting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from core import formatting

register = template.Library()

CONTENT_LANGUAGE = "sv"
INPUT_CLASS = "ds-input"
PAGE_PARAMETER = "page"
# Django's message levels and the design system's colours.
ALERT_COLOURS = {
    "debug": "neutral",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "error": "danger",
}


def _language() -> str:
    return get_language() or CONTENT_LANGUAGE


@register.filter
def kr(ore: int | None) -> str:
    """Write öre as kronor: ``{{ 13830000|kr }}`` gives "138 300 kr"; nothing for None."""
    return "" if ore in (None, "") else formatting.kr(ore)


@register.filter
def thousands(number: int | None) -> str:
    """Group digits by three with hard spaces; nothing for None."""
    return "" if number in (None, "") else formatting.thousands(number)


@register.filter
def file_size(size: int | None) -> str:
    """Write a size in bytes as "240 kB"; nothing for None."""
    return "" if size in (None, "") else formatting.file_size(size)


@register.filter(expects_localtime=True)
def swedish_date(day: date | None) -> str:
    """Write a date in words in the active language: "12 november 2026"."""
    return formatting.long_date(day, _language()) if day else ""


@register.filter(expects_localtime=True)
def weekday_date(day: date | None) -> str:
    """Write a date with its weekday: "torsdag 12 november 2026"."""
    return formatting.weekday_date(day, _language()) if day else ""


@register.filter(expects_localtime=True)
def short_month(day: date | None) -> str:
    """Return the month's abbreviation for a date square: "nov"."""
    return formatting.short_month(day, _language()) if day else ""


@register.filter(expects_localtime=True)
def swedish_time(moment: time | datetime | None) -> str:
    """Write a time of day: "kl. 9.00"."""
    return formatting.clock(moment, _language()) if moment is not None else ""


@register.simple_tag
def time_span(start: time | datetime, end: time | datetime) -> str:
    """Write a span within a day: "kl. 9.00–11.00"."""
    local = [localtime(m) if isinstance(m, datetime) and is_aware(m) else m for m in (start, end)]
    return formatting.clock_range(local[0], local[1], _language())


@register.filter
def paragraph_sign(number: int | str | None, year: int | str | None = None) -> str:
    """Write "§ 14", or "§ 14/2026" with the year as argument, with a hard space."""
    return "" if number in (None, "") else formatting.paragraph_sign(number, year)


@register.filter
def nobreak(text: object) -> SafeString:
    """Keep "e-underskrift" and its like on one line; plain text is escaped, safe HTML is kept."""
    markup = conditional_escape("" if text is None else text)
    # Only spans around words of already escaped text are added.
    return mark_safe(formatting.nobreak(str(markup)))  # noqa: S308


@register.filter
def whole_dates(text: object) -> SafeString:
    """Keep the day of a heading with its month: "30 november"."""
    markup = conditional_escape("" if text is None else text)
    # Only spans around words of already escaped text are added.
    return mark_safe(formatting.whole_dates(str(markup)))  # noqa: S308


@register.simple_tag
def glyph_parts(slug: object) -> list[formatting.GlyphPart]:
    """Return the coloured parts of a service's mark: ``{% glyph_parts slug as parts %}``."""
    return formatting.glyph(str(slug))


@register.simple_tag
def map_tiles(tiles: Iterable[Mapping[str, object]], on_label: str = "") -> SafeString:
    """Draw the links of the tile map; names and addresses are escaped where they are written."""
    return mark_safe(formatting.map_tile_links(tiles, on_label))  # noqa: S308


@register.simple_tag
def content_lang() -> SafeString:
    """Mark content as Swedish when the interface speaks another language."""
    if _language().startswith(CONTENT_LANGUAGE):
        return mark_safe("")
    return format_html(' lang="{}"', CONTENT_LANGUAGE)


@register.simple_tag(takes_context=True)
def repeated(context: Context, component: str, **values: object) -> SafeString:
    """Include a small component that a long list shows over and over: drawn once for each value.

    As ``{% include name with … only %}``, for components that show nothing but their variables.
    """
    drawn = context.render_context.setdefault("repeated", {})
    key = (component, *values.items())
    if key not in drawn:
        template_of = context.template.engine.get_template(component)
        drawn[key] = template_of.render(context.new(values))
    return mark_safe(drawn[key])  # noqa: S308 - what the component itself has escaped


@register.filter
def alert_colour(level_tag: str | None) -> str:
    """Translate a message's level to the design system's colour."""
    return ALERT_COLOURS.get(level_tag or "", "info")


@register.simple_tag(takes_context=True)
def url_with(context: Context, **changes: object) -> str:
    """Return this page's address with parameters replaced and the rest kept.

    ``{% url_with page=2 %}``; None or an empty string removes a parameter. Components included
    with ``only`` need ``request=request``.
    """
    changes = {name: None if value == "" else value for name, value in changes.items()}
    return _address(context, changes)


@register.simple_tag(takes_context=True)
def url_without(context: Context, name: str, value: object = None) -> str:
    """Return this page's address without a parameter or one of its values; paging starts over."""
    if value is None:
        return _address(context, {name: None, PAGE_PARAMETER: None})
    return _address(context, {PAGE_PARAMETER: None}, removed=[(name, str(value))])


def _address(
    context: Context, changes: Mapping[str, object], removed: list[tuple[str, str]] | None = None
) -> str:
    request = context.get("request")
    if request is None:
        return "?" + urlencode(formatting.change_query([], changes))
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    query = urlencode(formatting.change_query(pairs, changes, removed=removed or ()))
    return f"{request.path}?{query}" if query else request.path


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """Return the page numbers worth showing, with an ellipsis for what is left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def with_columns(row: Iterable[Any], columns: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Pair each cell of a row with its column, for tables that turn into cards."""
    return zip(columns, row, strict=True)


@register.filter
def styled(field: BoundField) -> SafeString:
    """Render a form field's widget with the design system's class added to its own."""
    return field.as_widget(attrs={"class": _input_class(field)})


@register.filter
def styled_options(field: BoundField) -> list[Any]:
    """Return a group's radio buttons or checkboxes, each with the design system's class."""
    # The form's widget is this request's own copy, and Django offers no attrs for options.
    field.field.widget.attrs["class"] = _input_class(field)
    return list(field)


def _input_class(field: BoundField) -> str:
    own = str(field.field.widget.attrs.get("class", ""))
    return own if INPUT_CLASS in own.split() else f"{own} {INPUT_CLASS}".strip()


@register.filter
def input_kind(field: BoundField) -> str:
    """Tell the field component how to lay a field out: hidden, group, checkbox or single."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if hasattr(widget, "option_template_name") and widget.use_fieldset:
        return "group"
    return "checkbox" if getattr(widget, "input_type", "") == "checkbox" else "single"


@register.filter
def error_target(field: BoundField) -> str:
    """Return the id that the error summary links to: for a group its first option."""
    return (
        f"{field.auto_id}_0"
        if input_kind(field) == "group"
        else field.id_for_label or field.auto_id
    )
