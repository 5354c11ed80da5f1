"""Markdown of the project's own data files turned into the blocks of a page's running text."""

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False})

Block = tuple[str, str]


def blocks(markdown: str) -> list[Block]:
    """Return the text as `("heading", text)` and `("paragraph", html)` in reading order.

    A line that starts with `## ` is a heading of the second level; everything between two such
    headings is one block of HTML. Raw HTML in the text is escaped.
    """
    found: list[Block] = []
    for part in _split(markdown):
        title, _, text = part.partition("\n") if part.startswith("## ") else ("", "", part)
        if title:
            found.append(("heading", title.removeprefix("## ").strip()))
        if text.strip():
            found.append(("paragraph", html(text)))
    return found


def html(markdown: str) -> str:
    """Return the text as HTML without the line ends between its elements."""
    rendered: str = _MARKDOWN.render(markdown.strip())
    return rendered.replace("\n", " ").replace("> <", "><").strip()


def _split(markdown: str) -> list[str]:
    """Return the parts of the text, each beginning with its heading."""
    parts: list[list[str]] = [[]]
    for line in markdown.strip().splitlines():
        if line.startswith("## "):
            parts.append([])
        parts[-1].append(line)
    return ["\n".join(part) for part in parts if part]
