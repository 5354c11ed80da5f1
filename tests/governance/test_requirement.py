"""What was needed, in the words people read."""

from __future__ import annotations

import pytest

from governance.polls import Base, Rule, RuleType
from governance.requirement import after_colon
from governance.tally import tally
from tests.governance.poll_samples import SIMPLE, TWO_THIRDS, make_matter

ROLL = "S1 S2 S3 S4 S5-"
BALLOTS = "S1=yes S2=yes S3=no S4=abstain"
DOUBLE = "Samma krav gäller när varje plats räknas som en röst (dubbel majoritet)."


@pytest.mark.parametrize(
    ("rule", "setting", "expected"),
    [
        (SIMPLE, {}, "Fler ja än nej. Vid lika röstetal avgör ordförandens utslagsröst."),
        (
            SIMPLE,
            {"casting_vote": False},
            "Fler ja än nej. Vid lika röstetal avslås förslaget.",
        ),
        (
            Rule(RuleType.ABSOLUTE),
            {},
            "Mer än hälften av de avgivna rösterna ska vara ja: minst 2 av 3.",
        ),
        (
            Rule(RuleType.ABSOLUTE, base=Base.PRESENT),
            {},
            "Mer än hälften av de närvarandes röster ska vara ja: minst 3 av 4.",
        ),
        (
            Rule(RuleType.ABSOLUTE, base=Base.PRESENT),
            {"per_capsulam": True},
            "Mer än hälften av rösterna från dem som har svarat ska vara ja: minst 3 av 4.",
        ),
        (
            Rule(RuleType.QUALIFIED, 2, 3, Base.ALL),
            {},
            "Minst 2/3 av organets röster ska vara ja: minst 4 av 5.",
        ),
        (Rule(RuleType.UNANIMOUS), {}, "Alla de närvarandes röster ska vara ja: 4 av 4."),
        (
            Rule(RuleType.UNANIMOUS),
            {"per_capsulam": True},
            "Alla rösterna i röstlängden ska vara ja: 5 av 5.",
        ),
        (
            Rule(RuleType.MINORITY, 1, 3),
            {},
            "Om minst 1/3 av de närvarandes röster är nej (minst 2 av 4) avgörs ärendet inte i "
            "dag. Annars gäller: Fler ja än nej. Vid lika röstetal avgör ordförandens utslagsröst.",
        ),
        (
            Rule(RuleType.MINORITY, 1, 3),
            {"per_capsulam": True, "casting_vote": False},
            "Om minst 1/3 av rösterna från dem som har svarat är nej (minst 2 av 4) avgörs "
            "ärendet inte i dag. Annars gäller: Fler ja än nej. Vid lika röstetal avslås "
            "förslaget.",
        ),
        (
            SIMPLE,
            {"double_majority": True},
            "Fler ja än nej. Vid lika röstetal avgör ordförandens utslagsröst. "
            f"{DOUBLE} Lika många platser för ja och nej avslår förslaget.",
        ),
        (
            TWO_THIRDS,
            {"double_majority": True},
            f"Minst 2/3 av de avgivna rösterna ska vara ja: minst 2 av 3. {DOUBLE}",
        ),
    ],
)
def test_sentences(rule: Rule, setting: dict[str, bool], expected: str) -> None:
    assert tally(make_matter(ROLL, BALLOTS, rule, **setting)).required == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(RuleType.ABSOLUTE), "Mer än hälften av de avgivna rösterna ska vara ja."),
        (TWO_THIRDS, "Minst 2/3 av de avgivna rösterna ska vara ja."),
        (Rule(RuleType.UNANIMOUS, base=Base.CAST), "Alla de avgivna rösterna ska vara ja."),
    ],
)
def test_nothing_to_measure_leaves_the_numbers_out(rule: Rule, expected: str) -> None:
    assert tally(make_matter(ROLL, "", rule)).required == expected


def test_a_minority_of_nobody() -> None:
    poll = make_matter("S1-", "", Rule(RuleType.MINORITY, 1, 3), quorum=False)
    assert tally(poll).required == (
        "Om minst 1/3 av de närvarandes röster är nej avgörs ärendet inte i dag. "
        "Annars gäller: Fler ja än nej. Vid lika röstetal avgör ordförandens utslagsröst."
    )


def test_a_sentence_goes_on_behind_a_heading():
    assert after_colon("Fler ja än nej. Annars inte.") == "fler ja än nej. Annars inte."
    assert after_colon("") == ""
