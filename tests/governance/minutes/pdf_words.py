"""The words of a PDF, and what it carries."""

import re
from io import BytesIO

import pikepdf


def pdf_text(content: bytes) -> str:
    """Return what a PDF says and carries: its text by its ToUnicode maps, and its attachments."""
    parts = []
    with pikepdf.open(BytesIO(content)) as pdf:
        parts += [bytes(a.get_file().read_bytes()).decode() for a in pdf.attachments.values()]
        parts += [page_text(page) for page in pdf.pages]
    return "".join(parts)


def page_text(pdf_page) -> str:
    fonts = {}
    for name, font in pdf_page.resources.get("/Font", {}).items():
        fonts[str(name)] = unicode_map(font)
    text, current = [], {}
    for operands, operator in pikepdf.parse_content_stream(pdf_page):
        if str(operator) == "Tf":
            current = fonts.get(str(operands[0]), {})
        for piece in operands[0] if str(operator) == "TJ" else operands:
            if isinstance(piece, pikepdf.String):
                raw = bytes(piece)
                text += [current.get(raw[n : n + 2], "") for n in range(0, len(raw), 2)]
    return "".join(text)


def unicode_map(font) -> dict[bytes, str]:
    stream = font.get("/ToUnicode")
    if stream is None:
        return {}
    found = {}
    text = stream.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(value).decode("utf-16-be")
    return found
