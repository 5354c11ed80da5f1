"""Opens the slots that upper apps fill (core.slots)."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from core import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, obj: Any) -> SafeString:
    """Show what upper apps have to say of `obj` at this place: `{% slot "service_side" page %}`.

    Each filling draws its own template with its own values, the request and the user; one that
    has nothing to show leaves no trace.
    """
    request = context.get("request")
    user = getattr(request, "user", None)
    drawn = (filling.function(obj, user) for filling in slots.fillings(name))
    engine = context.template.engine
    frame = {"request": request, "user": user, "csrf_token": context.get("csrf_token")}
    # context.new(): the context processors have run for this page and must not run again.
    parts = [
        engine.get_template(template_name).render(context.new(frame | values))
        for template_name, values in (result for result in drawn if result)
    ]
    # Every part is the output of a template, which has escaped what it shows.
    return mark_safe("".join(parts))  # noqa: S308
