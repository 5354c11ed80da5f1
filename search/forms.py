"""What somebody looks for. Nothing in an address is refused: what is not known is left out."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from search.registry import kind_named

QUERY_LENGTH = 200
MOST_CHOICES = 50
NEWEST = "nyast"
ADDRESS = "/sok/"
# Parameters of the address, and the facets they choose in.
PARAMETERS = {"typ": "kind", "organ": "body", "ar": "year"}
MOST_PAGES = 500


@dataclass
class Asked:
    """A search as its address says it."""

    text: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    newest_first: bool = False
    page: int = 1
    notices: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for yet."""
        return not self.text and not any(self.filters.values())

    def address(self, **changes: Any) -> str:
        """Return the address of this search, with parts replaced; the first page of it."""
        parts: dict[str, Any] = {"q": self.text}
        parts |= {name: list(self.filters[facet]) for name, facet in PARAMETERS.items()}
        parts["ordning"] = NEWEST if self.newest_first else ""
        kept = {name: value for name, value in (parts | changes).items() if value}
        return f"{ADDRESS}?{urlencode(kept, doseq=True)}" if kept else ADDRESS


def read_address(data: QueryDict) -> Asked:
    """Return what an address asks for, with notices about what was left out."""
    asked = Asked(newest_first=data.get("ordning") == NEWEST, page=_page(data.get("page", "")))
    asked.text = text_of(data)
    if len(" ".join(data.get("q", "").split())) > QUERY_LENGTH:
        notice = _("The search text is too long: only its first %(limit)d characters count.")
        asked.notices.append(notice % {"limit": QUERY_LENGTH})
    for name, facet in PARAMETERS.items():
        values = list(dict.fromkeys(filter(None, data.getlist(name))))[:MOST_CHOICES]
        asked.filters[facet] = tuple(v for v in values if facet != "kind" or kind_named(v))
    return asked


def text_of(data: QueryDict) -> str:
    """Return the text of a search, its spaces made one and what is too long cut."""
    return " ".join(data.get("q", "").replace("\x00", " ").split())[:QUERY_LENGTH].strip()


def _page(value: str) -> int:
    is_number = value.isascii() and value.isdecimal() and len(value) < len(str(MOST_PAGES)) + 1
    return max(1, min(int(value), MOST_PAGES)) if is_number else 1
