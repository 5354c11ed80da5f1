"""Forms of the catalogue: the list's filter, and the change of stage in the CMS."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import ServicePage
from catalogue.states import TRANSITIONS, Lifecycle

QUERY_LENGTH = 200
SHOWN_LENGTH = 40

BEST_MATCH = "traff"
NAME = "namn"
MOST_USED = "kommuner"
NEWEST = "nytt"
SORTS = {
    BEST_MATCH: gettext_lazy("Best match"),
    NAME: gettext_lazy("Name"),
    MOST_USED: gettext_lazy("Most municipalities"),
    NEWEST: gettext_lazy("Latest change"),
}


class KnownValuesField(forms.MultipleChoiceField):
    """Several choices of a link that people share: a value that is not known is set aside."""

    unknown: list[str]

    def clean(self, value: Any) -> frozenset[str]:
        """Return the known values; the others are left in `unknown`, in order."""
        chosen = list(dict.fromkeys(text for text in self.to_python(value) if text))
        self.unknown = [text for text in chosen if not self.valid_value(text)]
        return frozenset(chosen) - frozenset(self.unknown)


class CatalogueFilterForm(forms.Form):
    """What to show in the catalogue's list: text, facets, order. Never refuses an address.

    `choices` gives the known values of every facet. After `is_valid()` the notices tell what
    was set aside, in words for the visitor.
    """

    q = forms.CharField(required=False, strip=True)
    sort = forms.CharField(required=False)

    def __init__(self, data: Any, *, choices: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        super().__init__(data)
        self.notices: list[str] = []
        self.facets = tuple(choices)
        for name, pairs in choices.items():
            self.fields[name] = KnownValuesField(required=False, choices=list(pairs))

    def clean_q(self) -> str:
        """Cut a text that is longer than anyone searches for."""
        text: str = self.cleaned_data["q"]
        if len(text) > QUERY_LENGTH:
            notice = _("The search text is too long: only its first %(limit)d characters count.")
            self.notices.append(notice % {"limit": QUERY_LENGTH})
        return text[:QUERY_LENGTH].strip()

    def clean_sort(self) -> str:
        """Return the order asked for; best match is the usual one."""
        asked: str = self.cleaned_data["sort"] or BEST_MATCH
        if asked not in SORTS:
            self._tell_unknown([asked])
            return BEST_MATCH
        return asked

    def clean(self) -> dict[str, Any]:
        """Collect what no facet knows; a text that Django itself refuses counts as none."""
        self.cleaned_data.setdefault("q", "")
        self.cleaned_data.setdefault("sort", BEST_MATCH)
        for name in self.facets:
            self._tell_unknown(self.fields[name].unknown)
        return self.cleaned_data

    def _tell_unknown(self, values: list[str]) -> None:
        for value in values:
            shown = value if len(value) <= SHOWN_LENGTH else f"{value[:SHOWN_LENGTH]}…"
            notice = _("We do not know the filter “%(value)s”. It is left out.")
            self.notices.append(notice % {"value": shown})

    @property
    def selection(self) -> dict[str, frozenset[str]]:
        """The chosen values per facet."""
        return {name: self.cleaned_data[name] for name in self.facets}

    @property
    def order(self) -> str:
        """The order in force: without a text to match, the best match is the order of names."""
        chosen: str = self.cleaned_data["sort"]
        return NAME if chosen == BEST_MATCH and not self.cleaned_data["q"] else chosen


class LifecycleForm(forms.Form):
    """A service passes to another part of its life."""

    new = forms.ChoiceField(label=gettext_lazy("New stage"))
    on = forms.DateField(
        label=gettext_lazy("From which day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    citation = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("Where the change is written, for instance minutes and paragraph."),
    )

    def __init__(self, *args: Any, service: ServicePage, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        ahead = TRANSITIONS[service.lifecycle]
        self.fields["new"].choices = [pair for pair in Lifecycle.choices if pair[0] in ahead]
