"""A poll in the minutes: totals, what was needed, and everybody who was there."""

import pytest

from governance.actions.minutes.poll_drawing import poll_blocks
from governance.recounting import recount

NAMES = {
    "S1": {"municipality": "Ale", "name": "Ledamot, Ale (exempel)"},
    "S2": {"municipality": "Nacka", "name": "Ledamot, Nacka (exempel)"},
    "S3": {"municipality": "Piteå", "name": "Ledamot, Piteå (exempel)"},
    "S4": {"municipality": "Torsby", "name": "Ledamot, Torsby (exempel)"},
}


def row(seat, **facts):
    return {
        "seat": seat, "municipality": NAMES[seat]["municipality"], "weight": 1, "present": True,
        "recused": False,
    } | facts  # fmt: skip


def export(*ballots, **facts):
    """Return a poll of four seats where S3 is recused unless the roll is given."""
    return {
        "kind": "matter", "seats": 4, "vacancies": 0, "quorum": False,
        "roll": [row("S1"), row("S2"), row("S3", recused=True), row("S4", present=False)],
        "chair": "S1", "rule": {"type": "simple"}, "casting_vote": True, "double_majority": False,
        "per_capsulam": False,
        "ballots": [{"seat": seat, "choice": choice} for seat, choice in ballots],
    } | facts  # fmt: skip


def drawn(data, **facts):
    return poll_blocks(
        {
            "number": 1, "secret": False, "election": False, "seats": NAMES, "export": data,
            "question": {"yes": "bifall", "no": "avslag"}, "ticked_off": [], "lot": None,
            "result": recount(data) if data else None,
        }
        | facts
    )  # fmt: skip


def test_what_was_needed_is_told_apart_from_what_was_decided():
    put, __ = drawn(export(("S1", "yes"), ("S2", "no")))
    assert put["lines"] == [
        "Ja: bifall",
        "Nej: avslag",
        "Ja 1, Nej 1, Avstår 0",
        "Ja vinner genom ordförandens utslagsröst.",
        "Krav för ja: fler ja än nej. Vid lika röstetal avgör ordförandens utslagsröst.",
    ]


def test_who_was_there_and_did_not_vote_is_named_but_neither_the_recused_nor_the_absent():
    __, names = drawn(export(("S2", "abstain")))
    assert names["rows"] == [
        ["Ale", "Ledamot, Ale (exempel)", "Har inte röstat"],
        ["Nacka", "Ledamot, Nacka (exempel)", "Avstår"],
    ]


def test_outside_a_meeting_everybody_was_asked():
    data = export(("S2", "yes"), per_capsulam=True, rule={"type": "unanimous"}, casting_vote=False)
    data["roll"] = [row(seat, present=seat == "S2") for seat in NAMES]
    __, names = drawn(data)
    assert [(line[0], line[2]) for line in names["rows"]] == [
        ("Ale", "Har inte röstat"),
        ("Nacka", "Ja"),
        ("Piteå", "Har inte röstat"),
        ("Torsby", "Har inte röstat"),
    ]


ELECTED = {"state": "decided", "elected": ["Ett"], "lot_between": [], "lot_positions": 0}
LOT = {"drawn": ["Två"], "by_hand": False, "drawer": "A", "witness": "B"}


@pytest.mark.parametrize(
    ("result", "lot", "lines"),
    [
        (
            ELECTED | {"votes": [["Ett", 3], ["Två", 1]]},
            None,
            ["Ett: 3 röster", "Två: 1 röst", "Vald: Ett"],
        ),
        (ELECTED | {"elected": [], "votes": []}, None, ["Vald: ingen"]),
        (
            {"elected": [], "lot_between": ["Ett", "Två"], "votes": [["Ett", 2], ["Två", 2]]},
            LOT,
            [
                "Ett: 2 röster",
                "Två: 2 röster",
                "Lottning mellan Ett, Två",
                "Lotten föll på Två (drog A, vittne B)",
            ],
        ),
    ],
)
def test_a_secret_election_shows_totals_and_who_voted(result, lot, lines):
    put, voted = drawn(
        None, secret=True, election=True, question={}, result=result, lot=lot,
        ticked_off=["S1", "S4"],
    )  # fmt: skip
    assert put == {"kind": "list", "heading": "Sluten votering 1", "lines": lines}
    assert voted["heading"] == "Har röstat (2)"
    assert voted["lines"] == ["Ledamot, Ale (exempel), Ledamot, Torsby (exempel)"]
