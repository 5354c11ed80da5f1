"""Minutes as something to read: one description that both the page and the PDF are drawn from.

The language of the records is Swedish. A field that is hidden from the reader shows why.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from core import formatting
from governance.actions.minutes.announcing import announced_on, takedown_day
from governance.actions.minutes.poll_drawing import polls_blocks
from governance.deadlines import last_appeal_day
from governance.models import Minutes, MinutesSignature, Rectification

AT_ONCE = "omedelbart justerad"
HIDDEN = "Uppgiften visas inte: {reason}"
ROLES = {"secretary": "Sekreterare", "presiding": "Ordförande", "adjuster": "Justerare"}
# Said of a decision only when it is another kind.
IN_THE_MATTER = "Beslut i sak"
Block = dict[str, Any]


def day_of(text: str) -> str:
    """Write the day of an ISO moment or date in words."""
    return formatting.long_date(date.fromisoformat(text[:10]), "sv") if text else ""


def clock_of(text: str) -> str:
    """Write the time of day of an ISO moment."""
    return formatting.clock(datetime.fromisoformat(text), "sv") if text else ""


def span_of(start: str, end: str) -> str:
    """Write a span of ISO moments within a day, or with its days when they differ."""
    if not end:
        return f"från {clock_of(start)}"
    if start[:10] == end[:10]:
        return formatting.clock_range(
            datetime.fromisoformat(start), datetime.fromisoformat(end), "sv"
        )
    return f"{day_of(start)} {clock_of(start)} till {day_of(end)} {clock_of(end)}"


def text_block(heading: str, text: str) -> Block:
    """Return running text: one paragraph for each blank line."""
    return {"kind": "text", "heading": heading, "lines": [p for p in text.split("\n\n") if p]}


def list_block(heading: str, lines: list[str]) -> Block:
    """Return a list under a heading."""
    return {"kind": "list", "heading": heading, "lines": lines}


def table_block(heading: str, header: list[str], rows: list[list[str]]) -> Block:
    """Return a table under a heading."""
    return {"kind": "table", "heading": heading, "header": header, "rows": rows}


def head_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands above the §§: facts, who was present, the introduction."""
    head = content["head"]
    facts = [
        ["Organ", head["body"]["name"]],
        ["Datum", day_of(head["opened"])],
        ["Tid", span_of(head["opened"], head["closed"])],
        ["Plats", head["place"] or "På distans"],
        ["Form", head["mode"]],
    ]
    facts += [["Ajournering", span_of(row["from"], row["to"])] for row in head["breaks"]]
    facts += [["Sekreterare", head["secretary"]]]
    if head["adjusters"]:
        facts.append(["Justerare", ", ".join(head["adjusters"])])
    if head["substitutes"]:
        facts.append(["Ersättare för justerare", ", ".join(head["substitutes"])])
    latest = f"senast {day_of(head['adjusted_at_latest'])}"
    place = head["adjusted_at_place"]
    facts.append(["Justering", f"{place}, {latest}" if place else latest.capitalize()])
    facts.append(["Paragrafer", _range(head)])
    if head["from_paper"]:
        facts.append(["Anmärkning", "Mötet hölls på papper och har förts in efteråt."])
    return {
        "facts": facts,
        "present": [_present(row) for row in head["present"]],
        "others": [[row["name"], row["role"]] for row in head["others"]],
        "introduction": [p for p in head["introduction"].split("\n\n") if p],
    }


def _range(head: Mapping[str, Any]) -> str:
    if not head["last"]:
        return "Inga"
    if head["first"] == head["last"]:
        return f"§ {head['first']}"
    return f"§§ {head['first']}–{head['last']}"


def _present(row: Mapping[str, Any]) -> list[str]:
    times = "; ".join(
        " ".join(part for part in (span_of(t["from"], t["to"]), t["mode"]) if part)
        for t in row["times"]
    )
    return [row["organisation"], row["name"], row["role"], times]


def paragraph_of(
    paragraph: Mapping[str, Any], rectifications: list[Rectification]
) -> dict[str, Any]:
    """Return one § as headings and blocks; a hidden one shows its number and the reason."""
    matter = paragraph["fields"]["matter"]
    number = f"§ {paragraph['paragraph']}"
    shown = "value" in matter
    value = matter.get("value", {})
    blocks = _blocks(value) if shown else []
    annexes = _annexes(paragraph["fields"]) if shown else []
    if annexes:
        blocks.append(list_block("Bilagor", annexes))
    appended = paragraph["fields"].get("appended", {})
    if "value" in appended:
        lines = [_dissent(row) for row in appended["value"]["dissents"]]
        blocks.append(list_block("Anmält efter den omedelbara justeringen", lines))
    mine = [row for row in rectifications if row.item_id == paragraph["item"]] if shown else []
    return {
        "item": paragraph["item"],
        "number": number,
        "title": value.get("title", ""),
        "note": value.get("case", ""),
        "hidden": "" if shown else HIDDEN.format(reason=matter["reason"]),
        "blocks": blocks,
        "rectifications": [rectification_of(row) for row in mine],
    }


def _blocks(value: Mapping[str, Any]) -> list[Block]:
    return [*_before(value), *_decided(value), *_after(value)]


def _before(value: Mapping[str, Any]) -> list[Block]:
    """Return prose, jäv, proposal, motions and how they were put; what is empty is left out."""
    recused = [
        f"{row['name']} anmäler jäv och deltar inte i handläggning eller beslut."
        for row in value["recusals"]
    ]
    blocks = [
        text_block("", value["text"]),
        list_block("Jäv", recused),
        list_block("Förslag till beslut", [f"att {c}" for c in value["proposal"]]),
        list_block("Yrkanden", [_motion(row) for row in value["motions"]]),
        list_block("Propositionsordning", value["propositions"]),
    ]
    return [block for block in blocks if block["lines"]]


def _decided(value: Mapping[str, Any]) -> list[Block]:
    blocks = polls_blocks(value)
    for decision in value["decisions"]:
        blocks += _decision(decision)
    if not value["decisions"]:
        blocks.append(text_block("", f"Punkten: {value['state'].lower()}."))
    return blocks


def _after(value: Mapping[str, Any]) -> list[Block]:
    """Return reservations, who presided and took part, and the dispatch list."""
    took_part = [f"{row['organisation']}: {row['name']}" for row in value["took_part"]]
    blocks = [
        list_block(
            "Reservationer och särskilda yttranden", [_dissent(r) for r in value["dissents"]]
        ),
        text_block("Ordförande på paragrafen", value["presided"]),
        text_block("Deltog i beslutet", "; ".join(took_part)),
        list_block("Expedieras till", value["recipients"]),
    ]
    return [block for block in blocks if block["lines"]]


def _motion(row: Mapping[str, Any]) -> str:
    who = f"{row['mover']} ({row['organisation']})" if row["organisation"] else row["mover"]
    text = f": {row['text'].rstrip('. ')}" if row["text"] else ""
    why = f" {row['refusal']}" if row["refusal"] else ""
    return f"{row['number']}. {row['kind']}{text}. Från {who}. {row['state']}.{why}"


def _decision(row: Mapping[str, Any]) -> list[Block]:
    lines = [f"att {clause}" for clause in row["clauses"]]
    how = [row["kind"], row["method"]] if row["kind"] != IN_THE_MATTER else [row["method"]]
    blocks = [list_block(f"Beslut ({', '.join(how).lower()})", lines)]
    if row["motivation"]:
        blocks.append(text_block("Motivering", row["motivation"]))
    return blocks


def _dissent(row: Mapping[str, Any]) -> str:
    who = f"{row['name']} ({row['organisation']})" if row["organisation"] else row["name"]
    return f"{row['kind']}: {who}. {row['text']}".strip()


def _annexes(fields: Mapping[str, Any]) -> list[str]:
    found = []
    for name, field in fields.items():
        if not name.startswith("annex-"):
            continue
        value = field.get("value")
        if value is None:
            found.append(HIDDEN.format(reason=field["reason"]))
        else:
            found.append(f"{value['title']} ({value['file']}, sha256 {value['sha256']})")
    return found


def rectification_of(row: Rectification) -> dict[str, str]:
    """Return a rectification in words; what stood stays readable."""
    return {
        "day": formatting.long_date(row.decided_on, "sv"),
        "decided_by": row.decided_by,
        "stood": row.stood,
        "shall_stand": row.shall_stand,
        "reason": row.reason,
    }


def signatures_of(
    signatures: Iterable[MinutesSignature],
    numbers: Mapping[int, int],
    *,
    at_once: datetime | None = None,
) -> list[list[str]]:
    """Return who signed which of these §§ (item and number) and when; others are left out.

    The secretary signs for all of them. `at_once` is when a § was adjusted by itself.
    """
    found = []
    for row in signatures:
        mine = sorted(numbers[item] for item in row.items if item in numbers)
        if row.items and not mine:
            continue
        what = _paragraphs(mine)
        if at_once is not None:
            what = f"{_paragraphs(sorted(numbers.values()))}, {AT_ONCE} {_day_of(at_once)}"
        found.append([str(row.person), ROLES[row.role], what, _day_of(row.signed_at)])
    return found


def at_once_block(adjusted_at: datetime) -> Block:
    """Return that a § was adjusted by itself while the meeting lasted, and on which day."""
    return text_block("", f"Paragrafen är {AT_ONCE} {_day_of(adjusted_at)}.")


def _day_of(at: datetime) -> str:
    return formatting.long_date(timezone.localtime(at).date(), "sv")


def _paragraphs(numbers: list[int]) -> str:
    """Write the numbers of §§, those that follow each other as a span; none is all of them."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    if not spans:
        return "Alla"
    # No break may come between the sign and the first number.
    text = ", ".join("–".join(str(n) for n in span) for span in spans)
    return f"{'§' if len(numbers) == 1 else '§§'}\u00a0{text}"


def notices_of(minutes: Minutes) -> list[list[str]]:
    """Return the proof of announcement (bevis om anslag): boards and days."""
    rows = []
    for notice in minutes.notices.select_related("board", "item", "put_up_by"):
        notice.minutes = minutes
        counts = announced_on(minutes, notice.item)
        rows.append(
            [
                notice.board.name if notice.board else minutes.meeting.council.name,
                f"§ {notice.item.paragraph}" if notice.item else "Protokollet",
                notice.put_up_on.isoformat(),
                last_appeal_day(counts).isoformat() if counts else "",
                notice.taken_down_on.isoformat() if notice.taken_down_on else _first(notice),
                notice.kept_at,
                str(notice.put_up_by or ""),
            ]
        )
    return rows


def _first(notice: Any) -> str:
    first = takedown_day(notice)
    return f"tidigast {first.isoformat()}" if first else ""


NOTICE_HEADER = [
    "Anslagstavla",
    "Avser",
    "Anslaget",
    "Sista dag att överklaga",
    "Nedtaget",
    "Förvaras",
    "Anslaget av",
]
