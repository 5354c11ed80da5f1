"""Every address of joining, agreements and introductions."""

from tests.access.audience import (
    COLLEAGUE,
    MISSING,
    NOT_OFFERED,
    OPEN,
    PERSON,
    SIGNED_IN,
    THE_OFFICE,
    Act,
    Line,
    may,
)

READ = NOT_OFFERED
HANDLERS = frozenset({"service_manager", "administrator"})
RUNNERS = frozenset({"own:coordinator"})
WRITERS = frozenset({"own:coordinator", "own:signatory", "secretary"}) | HANDLERS
WORK = may(RUNNERS | HANDLERS)
RUN = may(RUNNERS)
HANDLE = may(HANDLERS)
WRITE = may(WRITERS)
SIGN = may({"own:signatory"})
UPLOAD = may(RUNNERS | HANDLERS | {"own:signatory"})
NOBODYS = may(())

RECORD = "anslutningar/<int:pk>/"
JOINED = {"pk": "joined"}
AGREEMENT = f"{RECORD}avtal/<int:agreement>/"
SENT = {"pk": "sent", "agreement": "to_sign"}
STEP = f"{RECORD}moment/<int:step>/"
OFFICE = "kansli/anslutningar/"


LINES = [
    Line("tjanster/<str:slug>/anslut/", PERSON, using={"slug": "slug_open"}),
    Line("anslutningar/", PERSON, OPEN, READ, note="lists the person's own organisations'"),
    Line("anslutningar/avtalssamverkan/", PERSON, OPEN, READ, note="as above"),
    Line("anslutningar/avtalssamverkan.csv", PERSON, OPEN, READ, note="as above"),
    Line(RECORD, COLLEAGUE, OPEN, READ, JOINED),
    Line(f"{RECORD}steg/<slug:new>/", COLLEAGUE, WORK, WORK, JOINED | {"new": "paused"}),
    Line(
        f"{RECORD}dokument/<int:document>/",
        COLLEAGUE,
        OPEN,
        READ,
        JOINED | {"document": "paper"},
    ),
    Line(AGREEMENT, COLLEAGUE, OPEN, SIGN, SENT),
    Line(f"{AGREEMENT}avtal.pdf", COLLEAGUE, OPEN, READ, SENT),
    Line(
        f"{AGREEMENT}undertecknat.pdf",
        COLLEAGUE,
        MISSING,
        READ,
        SENT,
        note="this one was signed in the system",
    ),
    Line(f"{AGREEMENT}ladda-upp/", COLLEAGUE, READ, UPLOAD, SENT),
    Line(f"{STEP}klar/", COLLEAGUE, READ, WORK, JOINED),
    Line(f"{STEP}planera/", COLLEAGUE, WORK, WORK, JOINED),
    Line(f"{STEP}kommentera/", COLLEAGUE, WRITE, WRITE, JOINED),
    Line(f"{RECORD}underbitrade/<int:answer>/", COLLEAGUE, RUN, RUN, JOINED),
    Line(f"{RECORD}gor/<slug:slug>/", COLLEAGUE, WRITE, WRITE, JOINED | {"slug": "meddelande"}),
    Line(OFFICE, THE_OFFICE, OPEN, READ),
    Line(f"{OFFICE}inforanden/", THE_OFFICE, OPEN, READ),
    Line(f"{OFFICE}ta-over/", PERSON, HANDLE, HANDLE),
    Line("kansli/underbitraden/", PERSON, HANDLE, HANDLE),
    Line("kansli/underbitraden/<int:pk>/besluta/", PERSON, HANDLE, HANDLE, {"pk": "change"}),
    Line("kansli/avtal/", THE_OFFICE, OPEN, READ),
    Line(
        "kansli/avtal/kontrasignera/",
        PERSON,
        NOBODYS,
        NOBODYS,
        note="the association's signatories alone",
    ),
]
DEEDS = [
    Line(f"{RECORD}gor/<slug:slug>/", COLLEAGUE, act, act, JOINED | {"slug": slug})
    for slug, act in (
        ("beslut", WORK),
        ("lagstod", WORK),
        ("personuppgifter", HANDLE),
        ("fullmakt", WORK),
        ("utkast", HANDLE),
        ("skicka", HANDLE),
        ("plats", WORK),
        ("dokument-nytt", WORK),
        ("kontakt", WORK),
        ("kontakter-stammer", WORK),
        ("moment", WORK),
        ("driftstart", HANDLE),
        ("godkannande", RUN),
        ("uppsagning", WORK),
        ("datum", HANDLE),
        ("okand", Act(hidden_from=SIGNED_IN)),
    )
]
"""What the one address of deeds answers for each deed that an introduction knows."""
