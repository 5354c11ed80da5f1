"""Minutes and extracts as files: the page's description, PDF with its evidence, archive package."""

import hashlib
import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.utils import timezone

from core import pdf
from governance.actions.minutes.annexed import annexes_of
from governance.actions.minutes.content import build_content, keep_adjusted, source_of
from governance.actions.minutes.drawing import (
    NOTICE_HEADER,
    at_once_block,
    day_of,
    head_of,
    notices_of,
    paragraph_of,
    rectification_of,
    signatures_of,
)
from governance.actions.minutes.signing import current_version
from governance.actions.proof.evidence import adjusted_version, evidence_text
from governance.commitments import masked
from governance.models import (
    AdjustedParagraph,
    AgendaItem,
    Minutes,
    MinutesSignature,
    MinutesVersion,
    Rectification,
)
from members.models import PersonName

EVIDENCE_NAME = "bevis.json"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
WORDS = {
    "present": "Närvarande",
    "others": "Övriga",
    "signatures": "Underskrifter",
    "rectifications": "Rättelser",
    "notices": "Bevis om anslag",
    "present_header": ["Kommun", "Namn", "Roll", "Närvarande"],
    "others_header": ["Namn", "Roll"],
    "signatures_header": ["Namn", "Som", "Paragrafer", "Datum"],
    "notices_header": NOTICE_HEADER,
    "stood": "Det stod",
    "shall_stand": "Det ska stå",
    "reason": "Skäl",
    "decided": "Beslutat av",
}


@dataclass(frozen=True)
class Reading:
    """What a person reads of minutes: the content as the person may see it, and its version."""

    minutes: Minutes
    version: MinutesVersion | None
    content: dict[str, Any]
    whole: bool
    rectifications: list[Rectification]
    item: int | None = None

    @property
    def is_adjusted(self) -> bool:
        """Whether what is read is the adjusted text."""
        return self.version is not None and self.minutes.is_adjusted


def reading_of(minutes: Minutes, *, whole: bool, item: int | None = None) -> Reading:
    """Return what a reader gets: the adjusted text, what is being signed, or the draft as it is.

    `whole` for those who may read everything; `item` for one § alone.
    """
    version = adjusted_version(minutes, item) or current_version(minutes)
    content = version.content if version else _as_known(minutes)
    content = content if whole else masked(content)
    if item is not None:
        rows = [p for p in content["paragraphs"] if p["item"] == item]
        content = {**content, "paragraphs": rows}
    rows = list(minutes.rectifications.all())
    if not whole:
        closed = set(minutes.meeting.items.filter(is_closed=True).values_list("pk", flat=True))
        rows = [row for row in rows if row.item_id not in closed]
    return Reading(minutes, version, content, whole, rows, item)


def _as_known(minutes: Minutes) -> dict[str, Any]:
    """Return the draft as it is now; §§ that are adjusted already stand as they were signed."""
    source = source_of(minutes)
    content = build_content(source)
    keep_adjusted(source, content)
    return content


def describe(reading: Reading) -> dict[str, Any]:
    """Return the minutes as headings, tables and blocks, for the page and the PDF alike."""
    minutes, content = reading.minutes, reading.content
    adjusted = reading.is_adjusted
    general = [row for row in reading.rectifications if row.item_id is None]
    at_once = _at_once(reading)
    return {
        "title": f"Protokoll {day_of(content['head']['opened'])}",
        "author": content["head"]["body"]["name"],
        "mark": f"Justerat {timezone.localtime(minutes.adjusted_at).date()}"
        if adjusted
        else "Ej justerat",
        **head_of(content),
        "paragraphs": [_paragraph(reading, p, at_once) for p in content["paragraphs"]],
        "signatures": _signatures(reading, at_once),
        "rectifications": [rectification_of(row) for row in general],
        "has_rectifications": bool(reading.rectifications),
        "notices": notices_of(minutes) if adjusted else [],
        "sha256": reading.version.sha256 if reading.version else "",
        "words": WORDS,
    }


def _at_once(reading: Reading) -> dict[int, AdjustedParagraph]:
    """Return the §§ of a reading that were adjusted by themselves, in the order of number."""
    items = [paragraph["item"] for paragraph in reading.content["paragraphs"]]
    rows = AdjustedParagraph.objects.filter(item__in=items, immediately=True)
    return {row.item_id: row for row in rows.order_by("item__paragraph")}


def _paragraph(
    reading: Reading, paragraph: dict[str, Any], at_once: dict[int, AdjustedParagraph]
) -> dict[str, Any]:
    drawn = paragraph_of(paragraph, reading.rectifications)
    row = at_once.get(paragraph["item"])
    if row is not None and not drawn["hidden"]:
        drawn["blocks"].append(at_once_block(row.adjusted_at))
    return drawn


def _signatures(reading: Reading, at_once: dict[int, AdjustedParagraph]) -> list[list[str]]:
    """Return who signed what is read; of a § adjusted at once those who signed that text."""
    numbers = {p["item"]: p["paragraph"] for p in reading.content["paragraphs"]}
    rest = {item: number for item, number in numbers.items() if item not in at_once}
    texts = {row.version_id for row in at_once.values()}
    whole = reading.version if reading.item is None or rest else None
    if whole is not None:
        texts.add(whole.pk)
    signed: dict[int, list[MinutesSignature]] = {pk: [] for pk in texts}
    for signature in MinutesSignature.objects.filter(version__in=texts).select_related("person"):
        signed[signature.version_id].append(signature)
    found = signatures_of(signed[whole.pk], rest) if whole is not None else []
    for item, row in at_once.items():
        of_one = {item: numbers[item]}
        found += signatures_of(signed[row.version_id], of_one, at_once=row.adjusted_at)
    return found


def minutes_pdf(reading: Reading) -> bytes:
    """Return the minutes as PDF/A-3a and PDF/UA-1; adjusted ones carry their evidence.

    The same minutes give the same bytes each time they are made.
    """
    return pdf.render(
        "minutes.typ",
        describe(reading),
        dated_on=_dated(reading),
        attachments=_attachments(reading),
    )


def _dated(reading: Reading) -> date:
    minutes = reading.minutes
    if reading.is_adjusted and minutes.adjusted_at:
        return timezone.localtime(minutes.adjusted_at).date()
    return minutes.meeting.held_on


def _attachments(reading: Reading) -> tuple[pdf.Attachment, ...]:
    if reading.version is None or not reading.is_adjusted:
        return ()
    text = evidence_text(reading.minutes, reading.version, whole=reading.whole)
    return (
        pdf.Attachment(
            EVIDENCE_NAME,
            "application/json",
            "Protokollets bevis: innehåll, underskrifter och liggare",
            text,
        ),
    )


def archive_package(reading: Reading) -> bytes:
    """Return the archive package: PDF, evidence, the annexes the reader may see, checksums.

    The annexes are the files that the text names. Raises ValueError for minutes not adjusted.
    """
    if reading.version is None or not reading.is_adjusted:
        message = "minutes: are not adjusted"
        raise ValueError(message)
    text = evidence_text(reading.minutes, reading.version, whole=reading.whole)
    files = {"protokoll.pdf": minutes_pdf(reading), EVIDENCE_NAME: text.encode("utf-8")}
    annexes = annexes_of(reading.content, reading.minutes.meeting)
    for number, annex in enumerate(annexes, start=1):
        with annex.file.open("rb") as file:
            files[f"bilagor/{number:02d}-{annex.filename}"] = bytes(file.read())
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()
    )
    files["SHA256SUMS"] = sums.encode("utf-8")
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_TIME), content)
    return target.getvalue()


def extract_pdf(reading: Reading, item: AgendaItem, certified_by: PersonName, on: date) -> bytes:
    """Return an extract of an adjusted §: who was present, who signed, certified by a person.

    The checksum is that of the text in which the § was adjusted, alone or with the others.
    """
    paragraph = f"§ {item.paragraph}/{item.paragraph_year}"
    whole = describe(reading)
    checksum = item.adjusted.version.sha256
    data = whole | {
        "title": f"Protokollsutdrag {paragraph}",
        "mark": "Rätt utdraget",
        "certified": [
            ["Rätt utdraget", f"{certified_by}, {on.isoformat()}"],
            ["Protokollets kontrollsumma", f"sha256 {checksum}"],
        ],
        "sha256": checksum,
    }
    return pdf.render("minutes.typ", data, dated_on=on)
