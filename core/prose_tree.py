"""Turns Markdown into a tree of paragraphs, headings, lists and runs that a document can draw."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Block = dict[str, Any]
Run = dict[str, Any]

_LISTS = {"bullet_list": "bullets", "ordered_list": "numbers"}
_SAFE = ("https://", "http://", "mailto:")


def prose_tree(markdown: str) -> list[Block]:
    """Return the blocks of a Markdown text; raw HTML stays literal text."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark", {"html": False}).parse(markdown))
    return _blocks(tree)


def paragraphs(text: str) -> list[Block]:
    """Return plain text as paragraphs, one per blank-line-separated part."""
    parts = [" ".join(part.split()) for part in text.replace("\r", "").split("\n\n")]
    return [{"kind": "paragraph", "runs": [{"text": part}]} for part in parts if part]


def _blocks(node: SyntaxTreeNode) -> list[Block]:
    return [block for child in node.children for block in _block(child)]


def _block(node: SyntaxTreeNode) -> list[Block]:
    if node.type in {"paragraph", "heading"}:
        return [{"kind": node.type, "runs": _runs(node, {})}]
    if node.type in _LISTS:
        items = [_blocks(item) for item in node.children]
        return [{"kind": _LISTS[node.type], "items": items}]
    if node.type == "blockquote":
        return [{"kind": "quote", "blocks": _blocks(node)}]
    if node.type in {"code_block", "fence"}:
        return [{"kind": "paragraph", "runs": [{"text": node.content.rstrip("\n")}]}]
    return []


def _runs(node: SyntaxTreeNode, style: Run) -> list[Run]:
    return [run for child in node.children for run in _run(child, style)]


def _run(node: SyntaxTreeNode, style: Run) -> list[Run]:
    if node.type in {"text", "code_inline"}:
        return [{"text": node.content} | style] if node.content else []
    if node.type in {"softbreak", "hardbreak"}:
        return [{"text": " "} | style]
    if node.type == "strong":
        return _runs(node, style | {"strong": True})
    if node.type == "em":
        return _runs(node, style | {"emphasis": True})
    if node.type == "link":
        href = str(node.attrs.get("href", ""))
        return _runs(node, style | ({"href": href} if href.startswith(_SAFE) else {}))
    return _runs(node, style)
