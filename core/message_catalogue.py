"""Extracts, merges and compiles the translations with Babel: no gettext programs are needed.

Django's own `templatize` turns a template into Python-like text; Babel reads that and the Python
files. Compiled files are made on the spot (make run, Docker build) and never committed.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
SKIPPED = {
    "tests",
    "benchmarks",
    "scripts",
    "node_modules",
    "static",
    "var",
    ".venv",
    "docs",
    "migrations",
}
UNWANTED_HEADERS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Report-Msgid",
    "Last-Translator",
    "Language-Team",
)
HEADER = "# Samägt's translations.\n"


def source_files(base: Path) -> Iterator[Path]:
    """Yield every Python file and template whose texts people may read, in a stable order."""
    for path in sorted(base.rglob("*")):
        parts = path.relative_to(base).parts
        hidden = any(part in SKIPPED or part.startswith(".") for part in parts[:-1])
        if not hidden and path.suffix in {".py", ".html", ".txt"} and path.is_file():
            in_templates = "templates" in parts
            if path.suffix == ".py" or in_templates:
                yield path


def extract_catalogue(base: Path) -> Catalog:
    """Return a catalogue of every msgid in use, with the files that use it."""
    found = Catalog(project="Samägt", charset="utf-8")
    for path in source_files(base):
        name = path.relative_to(base).as_posix()
        text = path.read_text()
        code = text if path.suffix == ".py" else _template_code(text, name)
        for _, message, comments, context in extract("python", BytesIO(code.encode()), KEYWORDS):
            found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def _template_code(text: str, name: str) -> str:
    """Return a template as Python-like text; its indentation means nothing, so it goes."""
    return "\n".join(line.lstrip() for line in templatize(text, origin=name).splitlines())


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue of a PO file, or an empty one when the file is missing."""
    locale = path.parts[-3]
    if not path.exists():
        return Catalog(locale=locale, charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=locale)


def merge(path: Path, found: Catalog) -> Catalog:
    """Return the PO file's catalogue with exactly the msgids that are in use."""
    catalogue = read_catalogue(path)
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write a PO file sorted by msgid, without dates and line numbers, so that diffs stay small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    catalogue.header_comment = HEADER.strip()
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "Samägt", ""
    write_po(
        buffer, catalogue, sort_output=True, ignore_obsolete=True, width=100, omit_header=False
    )
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    dated = tuple(f'"{name}' for name in UNWANTED_HEADERS)
    path.write_text("".join(line for line in lines if not line.startswith(dated)))


def compile_catalogue(path: Path) -> bool:
    """Compile a PO file beside itself; return whether the MO file was out of date."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    with target.open("wb") as stream:
        write_mo(stream, read_catalogue(path))
    return True


def problems(path: Path, found: Catalog) -> list[str]:
    """Return what is wrong with a PO file: new, obsolete, empty or fuzzy entries, one line each."""
    catalogue = read_catalogue(path)
    keys = {_key(message) for message in catalogue if message.id}
    used = {_key(message) for message in found if message.id}
    wrong = [f"new: {key}" for key in sorted(used - keys)]
    wrong += [f"obsolete: {key}" for key in sorted(keys - used)]
    wrong += [f"obsolete: {key}" for key in sorted(str(key) for key in catalogue.obsolete)]
    for message in catalogue:
        if message.id and message.fuzzy:
            wrong.append(f"fuzzy: {_key(message)}")
        texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if message.id and not all(texts):
            wrong.append(f"empty: {_key(message)}")
    return wrong


def _key(message: object) -> str:
    """Return msgid with its context, as one line."""
    identity = message.id if isinstance(message.id, str) else message.id[0]  # type: ignore[attr-defined]
    context = message.context  # type: ignore[attr-defined]
    return f"{context}|{identity}" if context else identity
