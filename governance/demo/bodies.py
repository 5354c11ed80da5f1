"""The bodies of the demo. Municipalities that sit, cases and dates are made up: `exempel`."""

from dataclasses import dataclass

from governance.choices import BodyKind

PROVISUM = ("1980", "0180", "0127", "1380", "0182", "2581", "1383")
EGIL = ("0184", "1280", "0580", "1480", "2480")
BIBBLIX = ("0180", "1280", "1980", "1880", "2180")
JOINT = ("0126", "0136", "0192")


@dataclass(frozen=True)
class BodySpec:
    """A body: who sits by municipality code (seat 0 has the chair, seat 1 the vice chair)."""

    slug: str
    name: str
    service: str
    series: str
    mandate: str
    codes: tuple[str, ...]
    kind: str = BodyKind.COUNCIL
    open_meetings: bool = False


BODIES = (
    BodySpec(
        "provisum",
        "Förvaltningsrådet för Provisum",
        "provisum",
        "FR-PRO",
        "Rådet beslutar om budget, prioriteringar och avgifter. Varje kommun som har valt en"
        " plats har en röst.",
        PROVISUM,
        open_meetings=True,
    ),
    BodySpec(
        "egil",
        "Förvaltningsrådet för Egil",
        "egil",
        "FR-EGI",
        "Rådet beslutar om utveckling, drift och kostnader för Egil.",
        EGIL,
    ),
    BodySpec(
        "bibblix",
        "Förvaltningsrådet för Bibblix",
        "bibblix",
        "FR-BIB",
        "Rådet beslutar om innehåll, utveckling och avgifter för Bibblix.",
        BIBBLIX,
    ),
    BodySpec(
        "gemensam-namnd",
        "Gemensamma nämnden för digital service (exempel)",
        "",
        "GN-DIG",
        "Nämnden ansvarar för medlemskommunernas gemensamma digitala service.",
        JOINT,
        kind=BodyKind.COMMITTEE,
    ),
)

CASES: dict[str, tuple[tuple[str, str], ...]] = {
    "provisum": (
        ("Stöd för fler språk", "översätta Provisum till arabiska, engelska och finska"),
        ("Utvecklingsplan för nästa år", "fastställa utvecklingsplanen"),
        ("Byte av driftleverantör", "inleda upphandling av drift"),
    ),
    "egil": (
        ("Budget för nästa år", "fastställa budgeten"),
        ("Ny inloggning", "införa inloggning med e-legitimation"),
    ),
    "bibblix": (("Avgifter för nästa år", "behålla avgifterna"),),
    "gemensam-namnd": (("Internkontrollplan", "anta internkontrollplanen"),),
}
"""For each body: subject and att-clause."""
