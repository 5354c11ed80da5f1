"""The running text of pages as plain text."""

from typing import Any

from wagtail.rich_text import get_text_for_indexing

ENDINGS = (".", "!", "?", ":", ";", "…", ".”")


def rich(text: str) -> str:
    """Return the words of rich text."""
    return str(get_text_for_indexing(text)) if text else ""


def stream(value: Any) -> str:
    """Return the words of a StreamField, block by block."""
    return joined(*value.stream_block.get_searchable_content(value))


def joined(*texts: str) -> str:
    """Return texts as one, empty ones left out, each ended so that it reads apart in a snippet."""
    kept = [text.strip() for text in texts if text and text.strip()]
    return "\n".join(text if text.endswith(ENDINGS) else f"{text}." for text in kept)
