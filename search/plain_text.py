"""The running text of pages as plain text."""

from typing import Any

from wagtail.rich_text import get_text_for_indexing


def rich(text: str) -> str:
    """Return the words of rich text."""
    return str(get_text_for_indexing(text)) if text else ""


def stream(value: Any) -> str:
    """Return the words of a StreamField, block by block."""
    return "\n".join(value.stream_block.get_searchable_content(value))


def joined(*texts: str) -> str:
    """Return texts as one, empty ones left out."""
    return "\n".join(text.strip() for text in texts if text and text.strip())
