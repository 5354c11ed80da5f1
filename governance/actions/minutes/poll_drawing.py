"""A poll as minutes print it: what was put, the totals, and who voted how in an open poll."""

from collections.abc import Mapping
from typing import Any

from governance.requirement import after_colon

CHOICES = {"yes": "Ja", "no": "Nej", "abstain": "Avstår", "blank": "Blank"}
# What yes and no mean is printed above: not always approval and refusal.
OUTCOMES = {"carried": "Ja vinner", "rejected": "Nej vinner"}
WHO = {"drawer": "drog", "witness": "vittne"}
BY = {"casting_vote": " genom ordförandens utslagsröst", "majority": ""}


def polls_blocks(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the blocks of all polls of a §, the invalid among them, in the order of number."""
    drawn = [(poll["number"], poll_blocks(poll)) for poll in value["polls"]]
    # Minutes that were adjusted earlier say nothing of them.
    drawn += [(row["number"], [_invalid(row)]) for row in value.get("invalid_polls", [])]
    return [block for __, blocks in sorted(drawn, key=lambda pair: pair[0]) for block in blocks]


def _title(poll: Mapping[str, Any]) -> str:
    return f"{'Sluten' if poll['secret'] else 'Öppen'} votering {poll['number']}"


def _invalid(row: Mapping[str, Any]) -> dict[str, Any]:
    again = row["replaced_by"]
    then = f"Votering {again['number']} ersätter den." if again else "Ingen ny votering hölls."
    lines = [f"Voteringen förklaras ogiltig. Skäl: {row['reason']}", then]
    return {"kind": "list", "heading": f"{_title(row)}, ogiltig", "lines": lines}


def poll_blocks(poll: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the blocks of one poll."""
    heading = _title(poll)
    lines = [f"{CHOICES.get(key, key)}: {text}" for key, text in poll["question"].items() if text]
    lines += _election(poll) if poll["election"] else _matter(poll)
    blocks: list[dict[str, Any]] = [{"kind": "list", "heading": heading, "lines": lines}]
    if poll["export"] is not None:
        blocks.append(_names(poll))
    elif poll["ticked_off"]:
        voted = ", ".join(_name(poll, seat) for seat in poll["ticked_off"])
        heading = f"Har röstat ({len(poll['ticked_off'])})"
        blocks.append({"kind": "text", "heading": heading, "lines": [voted]})
    return blocks


def _matter(poll: Mapping[str, Any]) -> list[str]:
    result = poll["result"]
    heads, weight = result["heads"], result["weight"]
    lines = [", ".join(f"{CHOICES[key]} {heads[key]}" for key in ("yes", "no", "abstain"))]
    if weight != heads:
        totals = ", ".join(f"{CHOICES[key]} {weight[key]}" for key in ("yes", "no", "abstain"))
        lines.append(f"Med vikter: {totals}")
    outcome = OUTCOMES.get(result.get("outcome") or "", "Inget utfall")
    lines.append(f"{outcome}{BY.get(result.get('by') or '', '')}.")
    if required := result.get("required"):
        lines.append(f"Krav för ja: {after_colon(required)}")
    return lines


def _election(poll: Mapping[str, Any]) -> list[str]:
    result = poll["result"]
    lines = [f"{name}: {_votes(count)}" for name, count in result.get("votes", [])]
    if result["elected"] or not poll["lot"]:
        word = "Valda" if len(result["elected"]) > 1 else "Vald"
        lines.append(f"{word}: {', '.join(result['elected']) or 'ingen'}")
    if result["lot_between"]:
        lines.append(f"Lottning mellan {', '.join(result['lot_between'])}")
    if poll["lot"]:
        lines.append(_lot(poll["lot"]))
    return lines


def _votes(count: int) -> str:
    return "1 röst" if count == 1 else f"{count} röster"


def _lot(lot: Mapping[str, Any]) -> str:
    how = " vid dragning för hand" if lot.get("by_hand") else ""
    line = f"Lotten föll på {', '.join(lot.get('drawn', []))}{how}"
    who = [f"{word} {lot[key]}" for key, word in WHO.items() if lot.get(key)]
    return f"{line} ({', '.join(who)})" if who else line


def _names(poll: Mapping[str, Any]) -> dict[str, Any]:
    """Return who voted how, and who was there, or was asked outside a meeting, and did not."""
    export, rows = poll["export"], []
    choices = {ballot["seat"]: ballot["choice"] for ballot in export["ballots"]}
    for row in export["roll"]:
        asked = row["present"] or export.get("per_capsulam", False)
        if row["seat"] in choices or (asked and not row["recused"]):
            seat = poll["seats"].get(row["seat"], {})
            text = _choice(choices.get(row["seat"]))
            rows.append([seat.get("municipality", row["seat"]), seat.get("name", ""), text])
    header = ["Kommun", "Ledamot", "Röst"]
    return {"kind": "table", "heading": "Så röstade var och en", "header": header, "rows": rows}


def _choice(choice: str | list[str] | None) -> str:
    if choice is None:
        return "Har inte röstat"
    return ", ".join(choice) if isinstance(choice, list) else CHOICES.get(choice, choice)


def _name(poll: Mapping[str, Any], seat: str) -> str:
    row = poll["seats"].get(seat, {})
    return row.get("name") or row.get("municipality") or seat
