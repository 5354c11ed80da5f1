"""What a file may be: told by its content, not only by its name.

Anything that a browser or an office program would run is refused: markup, macros, links to
templates elsewhere, archives that unpack to far more than they show. A file that passes is still
served as inert (core.views.files). Faults carry a kind, since this module knows no language.
"""

import re
import stat
import unicodedata
import zipfile
from enum import StrEnum
from typing import IO

from PIL import Image, ImageSequence

MEGABYTE = 1024 * 1024
MAX_UNPACKED = 100 * MEGABYTE
# A long table of equal rows packs about 50:1; what packs harder is a bomb.
MAX_RATIO = 150
RATIO_FROM = 5 * MEGABYTE
MAX_ENTRIES = 3000
MAX_NAME = 120
HEAD = 64 * 1024
TAIL = 4096

PICTURE_FORMATS = {
    "gif": "GIF",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
}
CONTENT_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The part that makes an Office archive what its extension says.
MAIN_PARTS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
}

# What makes a browser take a text for a page, and what no text holds.
_MARKUP = re.compile(
    rb"<\s*(!doctype|\?xml|html|head|body|script|svg|iframe|img|object|embed|link|meta|style)",
    re.IGNORECASE,
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ENTITY = re.compile(rb"<!\s*(doctype|entity)", re.IGNORECASE)
_REMOTE = re.compile(rb"(attachedTemplate|oleObject|/frame|/subDocument)", re.IGNORECASE)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_MACRO_PART = re.compile(
    r"(vbaproject|vbadata|macrosheets|dialogsheets|activex|oleobject|\.bin$|^basic/|^scripts/)",
    re.IGNORECASE,
)
_INNER_ARCHIVE = re.compile(
    r"\.(zip|7z|rar|gz|bz2|xz|tar|jar|iso|docx|docm|xlsm|pptm|exe|dll|js|vbs|scr|hta|html?|svg)$",
    re.IGNORECASE,
)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)


class FileFault(StrEnum):
    """Why a file is refused."""

    NAME = "name"
    EXTENSION = "extension"
    CONTENT = "content"
    MARKUP = "markup"
    MACRO = "macro"
    ARCHIVE = "archive"
    BOMB = "bomb"
    REMOTE = "remote"
    ENCRYPTED = "encrypted"
    PICTURE = "picture"
    PIXELS = "pixels"


class RefusedFile(Exception):  # noqa: N818 - reads as what happened
    """The file may not come in; `fault` says why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault)
        self.fault = fault


def extension_of(name: str) -> str:
    """Return the last extension in lower case, empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def content_type_of(name: str) -> str:
    """Return the media type of a permitted extension, else the type that means nothing."""
    return CONTENT_TYPES.get(extension_of(name), "application/octet-stream")


def check_name(name: str, allowed: list[str]) -> None:
    """Raise RefusedFile when the name hides something or its extension is not allowed."""
    hidden = any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} for c in name)
    if hidden or len(name) > MAX_NAME or "/" in name or "\\" in name:
        raise RefusedFile(FileFault.NAME)
    if extension_of(name) not in allowed:
        raise RefusedFile(FileFault.EXTENSION)


def check_document(name: str, stream: IO[bytes]) -> None:
    """Raise RefusedFile unless the content is of the kind that the extension says."""
    extension = extension_of(name)
    if extension == "pdf":
        _check_pdf(stream)
    elif extension in {"csv", "txt"}:
        _check_text(stream)
    elif extension in MAIN_PARTS or extension == "odt":
        _check_office(extension, stream)
    else:
        raise RefusedFile(FileFault.EXTENSION)
    stream.seek(0)


def check_picture(name: str, stream: IO[bytes], max_pixels: int) -> None:
    """Raise RefusedFile unless every frame can be drawn and all together hold `max_pixels`.

    The whole picture is decoded: one that is cut off would fail later, on the page that shows it.
    """
    kind = PICTURE_FORMATS.get(extension_of(name))
    if kind is None:
        raise RefusedFile(FileFault.EXTENSION)
    stream.seek(0)
    try:
        with Image.open(stream, formats=[kind]) as picture:
            frames = 1 if kind == "JPEG" else getattr(picture, "n_frames", 1)
            _check_pixels(picture.width * picture.height * frames, max_pixels)
            for frame in [picture] if frames == 1 else ImageSequence.Iterator(picture):
                frame.load()
    except RefusedFile:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedFile(FileFault.PIXELS) from error
    except Exception as error:
        # Decoders of broken data raise what they like.
        raise RefusedFile(FileFault.PICTURE) from error
    stream.seek(0)


def _check_pixels(pixels: int, most: int) -> None:
    if pixels > most:
        raise RefusedFile(FileFault.PIXELS)


def _check_pdf(stream: IO[bytes]) -> None:
    """A PDF begins at the first byte and ends as one: nothing else is wrapped around it."""
    stream.seek(0)
    head = stream.read(HEAD)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - TAIL))
    if not head.startswith(b"%PDF-") or b"%%EOF" not in stream.read():
        raise RefusedFile(FileFault.CONTENT)
    # XMP metadata begins with <?xpacket and may hold XML, so only a page's own marks count.
    if re.search(rb"<\s*(!doctype html|html|script|svg|iframe)", head[:1024], re.IGNORECASE):
        raise RefusedFile(FileFault.MARKUP)


def _check_text(stream: IO[bytes]) -> None:
    """A text holds no control characters and nothing that a browser would take for a page."""
    stream.seek(0)
    first = True
    while block := stream.read(MEGABYTE):
        if _CONTROL.search(block):
            raise RefusedFile(FileFault.CONTENT)
        if first and _MARKUP.search(block[:HEAD]):
            raise RefusedFile(FileFault.MARKUP)
        first = False


def _check_office(extension: str, stream: IO[bytes]) -> None:
    """An office document is an archive of known parts without macros or links that load."""
    stream.seek(0)
    if stream.read(4) != b"PK\x03\x04":
        raise RefusedFile(FileFault.CONTENT)
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            _check_size(entries)
            for entry in entries:
                _check_entry(entry)
            _check_kind(extension, archive)
            for entry in entries:
                _check_part(archive, entry)
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, OSError) as error:
        raise RefusedFile(FileFault.CONTENT) from error
    except (RuntimeError, ValueError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise RefusedFile(FileFault.CONTENT) from error


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    """The sizes that the archive itself states tell a bomb without unpacking it."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or too_dense:
        raise RefusedFile(FileFault.BOMB)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise RefusedFile(FileFault.ENCRYPTED)
    escapes = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
    if escapes or stat.S_ISLNK(entry.external_attr >> 16) or "\x00" in name:
        raise RefusedFile(FileFault.ARCHIVE)
    if _MACRO_PART.search(name):
        raise RefusedFile(FileFault.MACRO)
    if _INNER_ARCHIVE.search(name):
        raise RefusedFile(FileFault.ARCHIVE)


def _check_kind(extension: str, archive: zipfile.ZipFile) -> None:
    if extension == "odt":
        if _start_of(archive, "mimetype").strip() != CONTENT_TYPES["odt"].encode():
            raise RefusedFile(FileFault.CONTENT)
        return
    if MAIN_PARTS[extension] not in archive.namelist():
        raise RefusedFile(FileFault.CONTENT)
    if _MACRO_TYPE.search(_start_of(archive, "[Content_Types].xml", MEGABYTE)):
        raise RefusedFile(FileFault.MACRO)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No part declares entities, and no relation loads a template or object from elsewhere."""
    if not entry.filename.lower().endswith((".xml", ".rels", ".rdf", ".vml")):
        return
    # Null bytes go, so that UTF-16 reads like ASCII.
    head = _start_of(archive, entry.filename).replace(b"\x00", b"")
    if _ENTITY.search(head):
        raise RefusedFile(FileFault.REMOTE)
    if entry.filename.lower().endswith(".rels"):
        links = _start_of(archive, entry.filename, MEGABYTE).replace(b"\x00", b"")
        for link in links.split(b"<"):
            if _REMOTE.search(link) and _EXTERNAL.search(link):
                raise RefusedFile(FileFault.REMOTE)


def _start_of(archive: zipfile.ZipFile, name: str, length: int = HEAD) -> bytes:
    with archive.open(name) as part:
        return part.read(length)
