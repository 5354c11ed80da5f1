"""A language in which every translated text stands in brackets; what does not was hard-coded."""

import calendar
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from django.utils import translation

OPEN, CLOSE = "⟦", "⟧"
SPOKEN = {"alt", "aria-label", "placeholder", "title", "data-label", "aria-description"}
SILENT = {"script", "style", "template"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# Proper names and signs that are the same in every language.
NAMES = {
    "Samägt", "SCB", "SKR", "KLASSA", "SPDX", "CSV", "XLSX", "PDF", "JSON", "Atom", "RSS", "iCal",
    "kB", "MB", "Pdf", "Csv", "Docx", "Xlsx", "kr",
    "UTF", "TOTP", "SLA", "AI", "SS", "EUPL", "AGPL", "GPL", "Apache",
}  # fmt: skip
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|https?://\S+")
NAMES |= set(calendar.month_name[1:]) | set(calendar.month_abbr[1:])
WORD = re.compile(r"[^\W\d_]{2,}")
TAG = re.compile("<[^>]*>")
BRACKETED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")


@contextmanager
def pseudo_language(monkeypatch) -> Iterator[None]:
    """Let every translated text come out in brackets, in the English interface."""
    functions = translation._trans
    for name in ("gettext", "pgettext"):
        monkeypatch.setattr(functions, name, _wrap(getattr(functions, name)), raising=False)
    for name in ("ngettext", "npgettext"):
        monkeypatch.setattr(functions, name, _wrap(getattr(functions, name)), raising=False)
    with translation.override("en"):
        yield


def _wrap(function: Callable[..., str]) -> Callable[..., str]:
    def wrapped(*args: object) -> str:
        text = function(*args)
        return f"{OPEN}{text}{CLOSE}" if text.strip() else text

    return wrapped


class Reader(HTMLParser):
    """Gathers the texts that a person meets and that are not marked as Swedish content."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note spoken attributes, and whether the element holds content or nothing spoken."""
        values = dict(attrs)
        hidden = self.hidden or tag in SILENT or values.get("lang") == "sv" or tag == "code"
        if not hidden:
            self.texts += [str(text) for name, text in attrs if name in SPOKEN and text]
        if tag not in VOID:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note running text."""
        if not self.hidden and data.strip():
            self.texts.append(data)

    @property
    def hidden(self) -> bool:
        """Whether the current element is silent or content."""
        return bool(self.open) and self.open[-1][1]


def hard_coded(html: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Return the texts of a page that hold a word neither translated nor marked as content.

    `names` are proper names (of places, organisations and people), which are the same in every
    language and need no mark (WCAG 3.1.2).
    """
    while BRACKETED.search(html):
        # A translated sentence may hold elements: they stay, its words go.
        html = BRACKETED.sub(lambda found: "".join(TAG.findall(found[0])), html)
    reader = Reader()
    reader.feed(html)
    longest_first = sorted(names, key=len, reverse=True)
    found = []
    for text in reader.texts:
        rest = ADDRESS.sub(" ", text)
        for name in longest_first:
            rest = rest.replace(name, " ")
        words = [word for word in WORD.findall(rest) if word not in NAMES]
        if words:
            found.append(" ".join(text.split()))
    return found
