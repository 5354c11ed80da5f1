"""Every address of bodies, cases, meetings and rooms."""

from tests.access.audience import (
    EVERYONE,
    NONE,
    NOT_OFFERED,
    OPEN,
    OTHER,
    OWN,
    PERSON,
    PUBLIC,
    SIGNED_IN,
    STAFF,
    Act,
    Line,
    may,
)

READ = NOT_OFFERED
AS_GET = OPEN
DESK = frozenset({"secretary", "administrator"})
RUN = may(DESK)
RAISE = may(DESK | set(OWN) | set(OTHER))
INSIDE = Act(hidden_from=EVERYONE - STAFF)
KNOWN = Act(hidden_from=SIGNED_IN - STAFF)

BODY = "forvaltningsrad/<slug:slug>/"
KANSLI = f"{BODY}kansli/"
MEETING = f"{BODY}moten/<int:pk>/"
ROOM = f"{MEETING}rum/"

DECISION = f"{BODY}beslut/<int:year>/<int:paragraph>/"
KEPT = Act(DESK, hidden_from=SIGNED_IN - STAFF)

# Whoever the extract was sent to, and nobody by role.
SENT_TO = Act(NONE, hidden_from=SIGNED_IN)

COUNCIL = {"slug": "council"}
ADJUSTED = {"slug": "adjusted_body", "year": "adjusted_year", "paragraph": "adjusted_paragraph"}
HELD = {"slug": "adjusted_body", "pk": "adjusted_meeting"}
PLANNED = COUNCIL | {"pk": "planned"}
RUNNING = COUNCIL | {"pk": "running"}
CASE = COUNCIL | {"pk": "case"}
VOTE = f"{BODY}votering/<int:pk>/"
POLL = COUNCIL | {"pk": "poll"}
SEAT = COUNCIL | {"pk": "seat"}


def may_if_known(roles: frozenset[str]) -> Act:
    """Return the act that these may do; the office knows of the thing, other people do not."""
    return Act(roles, hidden_from=SIGNED_IN - STAFF)


LINES = [
    Line("forvaltningsrad/", PUBLIC, OPEN, READ),
    Line("forvaltningsrad/mina-anteckningar.txt", PERSON, OPEN, READ),
    Line("forvaltningsrad/ny/", PERSON, RUN, RUN),
    Line(BODY, PUBLIC, OPEN, READ, COUNCIL),
    Line(f"{BODY}kalender.ics", PUBLIC, OPEN, READ, COUNCIL),
    Line(DECISION, PUBLIC, INSIDE, READ, COUNCIL),
    Line(f"{DECISION}hantera/", PERSON, KEPT, KEPT, COUNCIL, data={"gor": "mottagare"}),
    Line(f"{DECISION}kontrollera/", PUBLIC, OPEN, READ, ADJUSTED),
    Line(f"{DECISION}bevis.json", PUBLIC, OPEN, READ, ADJUSTED),
    Line(
        f"{DECISION}utdrag/<int:number>.pdf",
        PERSON,
        may(STAFF),
        READ,
        ADJUSTED | {"number": "one"},
    ),
    Line("beslut/", PUBLIC, OPEN, READ),
    Line("beslut/over-tid/", PUBLIC, OPEN, READ),
    Line("beslut/uppfoljning/", PUBLIC, OPEN, READ),
    Line("beslut/flode.xml", PUBLIC, OPEN, AS_GET),
    Line("beslut/kontrollera/", PUBLIC, OPEN, READ),
    Line("beslut/utdrag/<int:pk>/", PERSON, SENT_TO, SENT_TO, {"pk": "delivery"}),
    Line("beslut/utdrag/<int:pk>/utdrag.pdf", PERSON, SENT_TO, READ, {"pk": "delivery"}),
    Line("beslut/kontrollera/kontrollera.py", PUBLIC, OPEN, READ),
    Line(f"{BODY}anslagstavla/", PUBLIC, OPEN, READ, {"slug": "committee"}),
    Line(f"{BODY}arsrapport/<int:year>/", PUBLIC, OPEN, READ, COUNCIL),
    Line(f"{BODY}arsrapport/<int:year>.pdf", PUBLIC, OPEN, READ, COUNCIL),
    Line(f"{BODY}arsrapport/<int:year>.xlsx", PUBLIC, OPEN, READ, COUNCIL),
    Line(KANSLI, PERSON, RUN, READ, COUNCIL),
    Line(f"{KANSLI}plats/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}plats/<int:pk>/avsluta/", PERSON, RUN, RUN, SEAT),
    Line(f"{KANSLI}plats/<int:pk>/uppdrag/", PERSON, RUN, RUN, SEAT),
    Line(f"{KANSLI}uppdrag/<int:pk>/avsluta/", PERSON, RUN, RUN, COUNCIL | {"pk": "mandate"}),
    Line(f"{KANSLI}uppdrag/<int:pk>/beslut/", PERSON, RUN, RUN, COUNCIL | {"pk": "mandate"}),
    Line(f"{KANSLI}funktion/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}funktion/<int:pk>/avsluta/", PERSON, RUN, RUN, COUNCIL | {"pk": "body_office"}),
    Line(f"{KANSLI}arbetsordning/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}nummer/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}upplos/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}andra/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}viktning/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}ar/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}tid/", PERSON, RUN, RUN, COUNCIL),
    Line(
        f"{KANSLI}begaran/<int:pk>/",
        PERSON,
        READ,
        RUN,
        COUNCIL | {"pk": "demand"},
    ),
    Line(f"{KANSLI}mall/<int:pk>/ta-bort/", PERSON, READ, RUN, COUNCIL | {"pk": "template"}),
    Line(f"{KANSLI}dokument/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}dokument/<int:pk>/version/", PERSON, RUN, RUN, COUNCIL | {"pk": "shelved"}),
    Line(f"{KANSLI}handling/<int:pk>/version/", PERSON, RUN, RUN, COUNCIL | {"pk": "document"}),
    Line(f"{KANSLI}tidigare-protokoll/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{BODY}regler/", PUBLIC, OPEN, READ, COUNCIL),
    Line(f"{BODY}tid/<int:pk>/", PERSON, KNOWN, may_if_known(NONE), COUNCIL | {"pk": "time_poll"}),
    Line(
        f"{BODY}tid/<int:pk>/planera/<int:option_pk>/",
        PERSON,
        READ,
        RUN,
        COUNCIL | {"pk": "time_poll", "option_pk": "time_option"},
    ),
    Line(f"{BODY}begaran/", PERSON, may(NONE), may(NONE), COUNCIL, note="who sits on the body"),
    Line(f"{BODY}begaran/<int:pk>/", PERSON, READ, may_if_known(NONE), COUNCIL | {"pk": "demand"}),
    Line(
        f"{BODY}remiss/<int:pk>/",
        PERSON,
        Act(DESK, hidden_from=SIGNED_IN - DESK),
        Act(DESK, hidden_from=SIGNED_IN - DESK),
        COUNCIL | {"pk": "consulted"},
        note="also who acts for the organisation that was asked",
    ),
    Line(f"{BODY}dokument/", PUBLIC, OPEN, READ, COUNCIL, note="lists what the person may see"),
    Line(f"{BODY}hylla/<int:pk>/", PUBLIC, INSIDE, READ, COUNCIL | {"pk": "shelf_version"}),
    Line(f"{BODY}tidigare-protokoll/<int:pk>/", PUBLIC, INSIDE, READ, COUNCIL | {"pk": "earlier"}),
    Line(f"{BODY}arenden/", PERSON, OPEN, READ, COUNCIL, note="lists what the person may see"),
    Line(f"{BODY}arenden/nytt/", PERSON, RAISE, RAISE, COUNCIL),
    Line(
        f"{BODY}arenden/<int:pk>/",
        PERSON,
        KNOWN,
        Act(DESK, hidden_from=SIGNED_IN - STAFF),
        CASE,
        data={"gor": "avskriv"},
    ),
    Line(
        f"{BODY}arenden/<int:pk>/steg/<slug:event>/",
        PERSON,
        READ,
        Act(DESK, hidden_from=SIGNED_IN - STAFF),
        CASE | {"event": "prepare"},
    ),
    Line(f"{BODY}dokument/<int:pk>/", PUBLIC, INSIDE, READ, COUNCIL | {"pk": "version"}),
    Line("min-sida/voteringar/", PERSON, OPEN, READ, note="lists the own votes"),
    Line(
        "kommuner/<str:code>/voteringar/",
        PUBLIC,
        OPEN,
        READ,
        {"code": "seat_code"},
        note="lists what the person may see",
    ),
    Line(f"{BODY}per-capsulam/", PERSON, may(STAFF), RUN, COUNCIL),
    Line(VOTE, PUBLIC, INSIDE, READ, POLL),
    Line(f"{VOTE}roster.json", PUBLIC, INSIDE, READ, POLL),
    Line(f"{VOTE}rost/", PUBLIC, READ, INSIDE, POLL, note="only those on the roll vote"),
    Line(f"{VOTE}stang/", PUBLIC, READ, Act(DESK, hidden_from=EVERYONE - STAFF), POLL),
    Line(f"{VOTE}ogiltig/", PUBLIC, READ, Act(DESK, hidden_from=EVERYONE - STAFF), POLL),
    Line(f"{BODY}moten/nytt/", PERSON, RUN, RUN, COUNCIL),
    Line(MEETING, PUBLIC, OPEN, READ, PLANNED),
    Line(f"{MEETING}andra/", PERSON, RUN, RUN, PLANNED),
    Line(f"{MEETING}stall-in/", PERSON, RUN, RUN, PLANNED),
    Line(
        f"{MEETING}svar/",
        PERSON,
        READ,
        may(NONE),
        PLANNED,
        data={"svar": "coming"},
        note="only those who sit, and none of these does",
    ),
    Line(f"{MEETING}dagordning/", PERSON, RUN, RUN, PLANNED, data={"gor": "add"}),
    Line(f"{MEETING}dagordning/forhandsvisning/", PERSON, RUN, READ, PLANNED),
    Line(f"{MEETING}dagordning/<int:item_pk>/", PERSON, RUN, RUN, PLANNED),
    Line(f"{MEETING}anteckning/<int:item_pk>/", PERSON, READ, may(NONE), PLANNED),
    Line(f"{MEETING}dagordning/mall/", PERSON, RUN, RUN, PLANNED),
    Line(
        f"{MEETING}jav/<int:item_pk>/",
        PERSON,
        READ,
        may(NONE),
        PLANNED,
        data={"grund": "prov"},
        note="the own jäv: only those who sit, and none of these does",
    ),
    Line(f"{MEETING}fullmakt/", PERSON, RUN, RUN, PLANNED),
    Line(f"{MEETING}kallelse/", PERSON, RUN, RUN, PLANNED),
    Line(f"{MEETING}kallelse/<int:number>.pdf", PERSON, KNOWN, READ, PLANNED | {"number": "one"}),
    Line(f"{MEETING}handlingar.pdf", PERSON, may(STAFF), READ, PLANNED),
    Line(f"{MEETING}handlingar.zip", PERSON, may(STAFF), READ, PLANNED),
    Line(f"{MEETING}reservationer/", PERSON, may(STAFF), may(STAFF), RUNNING),
    Line(f"{MEETING}protokoll/", PUBLIC, OPEN, READ, HELD),
    Line(f"{MEETING}protokoll/skriv/", PERSON, RUN, RUN, HELD),
    Line(f"{MEETING}protokoll/<slug:name>/", PERSON, READ, RUN, HELD | {"name": "arkivera"}),
    Line(f"{MEETING}protokoll.pdf", PUBLIC, OPEN, READ, HELD),
    Line(f"{MEETING}protokoll.zip", PUBLIC, OPEN, READ, HELD),
    Line(ROOM, PUBLIC, may(STAFF), READ, RUNNING),
    Line(f"{ROOM}projektor/", PUBLIC, may(STAFF), READ, RUNNING),
    Line(f"{ROOM}lage/", PUBLIC, may(STAFF), READ, RUNNING),
    Line(
        f"{ROOM}rattelse/<int:number>/",
        PUBLIC,
        Act(STAFF, hidden_from=STAFF - DESK),
        READ,
        RUNNING | {"number": "arrived"},
    ),
    Line(
        f"{ROOM}yrkande/<int:motion_pk>/",
        PUBLIC,
        Act(STAFF, hidden_from=STAFF - DESK),
        READ,
        RUNNING | {"motion_pk": "motion"},
    ),
    Line(f"{ROOM}<slug:name>/", PUBLIC, READ, RUN, RUNNING | {"name": "ajournera"}),
]
