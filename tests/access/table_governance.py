"""Every address of bodies, cases, meetings and rooms."""

from tests.access.audience import (
    EVERYONE,
    NONE,
    NOT_OFFERED,
    OPEN,
    PERSON,
    PUBLIC,
    SIGNED_IN,
    STAFF,
    Act,
    Line,
    may,
)

READ = NOT_OFFERED
DESK = frozenset({"secretary", "administrator"})
RUN = may(DESK)
INSIDE = Act(hidden_from=EVERYONE - STAFF)
KNOWN = Act(hidden_from=SIGNED_IN - STAFF)

BODY = "forvaltningsrad/<slug:slug>/"
KANSLI = f"{BODY}kansli/"
MEETING = f"{BODY}moten/<int:pk>/"
ROOM = f"{MEETING}rum/"

COUNCIL = {"slug": "council"}
PLANNED = COUNCIL | {"pk": "planned"}
RUNNING = COUNCIL | {"pk": "running"}
CASE = COUNCIL | {"pk": "case"}
VOTE = f"{BODY}votering/<int:pk>/"
POLL = COUNCIL | {"pk": "poll"}
SEAT = COUNCIL | {"pk": "seat"}


LINES = [
    Line("forvaltningsrad/", PUBLIC, OPEN, READ),
    Line("forvaltningsrad/ny/", PERSON, RUN, RUN),
    Line(BODY, PUBLIC, OPEN, READ, COUNCIL),
    Line(f"{BODY}kalender.ics", PUBLIC, OPEN, READ, COUNCIL),
    Line(f"{BODY}beslut/<int:year>/<int:paragraph>/", PUBLIC, INSIDE, READ, COUNCIL),
    Line(KANSLI, PERSON, RUN, READ, COUNCIL),
    Line(f"{KANSLI}plats/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}plats/<int:pk>/avsluta/", PERSON, RUN, RUN, SEAT),
    Line(f"{KANSLI}plats/<int:pk>/uppdrag/", PERSON, RUN, RUN, SEAT),
    Line(f"{KANSLI}uppdrag/<int:pk>/avsluta/", PERSON, RUN, RUN, COUNCIL | {"pk": "mandate"}),
    Line(f"{KANSLI}funktion/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}funktion/<int:pk>/avsluta/", PERSON, RUN, RUN, COUNCIL | {"pk": "body_office"}),
    Line(f"{KANSLI}arbetsordning/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}nummer/", PERSON, RUN, RUN, COUNCIL),
    Line(f"{KANSLI}upplos/", PERSON, READ, RUN, COUNCIL),
    Line(f"{BODY}arenden/", PERSON, OPEN, READ, COUNCIL, note="lists what the person may see"),
    Line(f"{BODY}arenden/nytt/", PERSON, RUN, RUN, COUNCIL),
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
    Line(f"{MEETING}dagordning/<int:item_pk>/", PERSON, RUN, RUN, PLANNED),
    Line(f"{MEETING}anteckning/<int:item_pk>/", PERSON, READ, may(NONE), PLANNED),
    Line(f"{MEETING}kallelse/", PERSON, RUN, RUN, PLANNED),
    Line(f"{MEETING}kallelse/<int:number>.pdf", PERSON, KNOWN, READ, PLANNED | {"number": "one"}),
    Line(f"{MEETING}handlingar.pdf", PERSON, may(STAFF), READ, PLANNED),
    Line(f"{MEETING}handlingar.zip", PERSON, may(STAFF), READ, PLANNED),
    Line(ROOM, PUBLIC, may(STAFF), READ, RUNNING),
    Line(f"{ROOM}lage/", PUBLIC, may(STAFF), READ, RUNNING),
    Line(
        f"{ROOM}rattelse/<int:number>/",
        PUBLIC,
        Act(STAFF, hidden_from=STAFF - DESK),
        READ,
        RUNNING | {"number": "arrived"},
    ),
    Line(f"{ROOM}projektor/", PUBLIC, may(STAFF), READ, RUNNING),
    Line(f"{ROOM}projektor/lage/", PUBLIC, may(STAFF), READ, RUNNING),
    Line(f"{ROOM}<slug:name>/", PUBLIC, READ, RUN, RUNNING | {"name": "ajournera"}),
]
