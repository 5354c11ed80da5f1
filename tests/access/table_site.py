"""Every address outside the CMS and the account pages."""

from tests.access.audience import (
    ADMINISTRATOR,
    COLLEAGUE,
    COORDINATORS,
    GONE,
    MISSING,
    NOT_OFFERED,
    OPEN,
    OWNER,
    PERSON,
    PUBLIC,
    SITE_PUBLISH,
    THE_OFFICE,
    TO_LOGIN,
    Act,
    Line,
    may,
)

READ = NOT_OFFERED  # what POST is where there is nothing to change
AS_GET = OPEN  # a POST is answered like a GET: there is nothing to change
MANAGE = may(COORDINATORS)


def colleague_lines(place: str) -> list[Line]:
    """Return the lines of an organisation's people; the organisation is "own"."""
    desk = f"{place}/kollegor/"
    person, invitation = {"pk": "representative"}, {"pk": "invitation"}
    return [
        Line(desk, COLLEAGUE, OPEN, READ),
        Line(f"{desk}bjud-in/", COLLEAGUE, MANAGE, MANAGE),
        Line(f"{desk}<int:pk>/", COLLEAGUE, MANAGE, MANAGE, person),
        Line(f"{desk}<int:pk>/avsluta/", COLLEAGUE, MANAGE, MANAGE, person),
        Line(f"{desk}inbjudningar/<int:pk>/ny-lank/", COLLEAGUE, READ, MANAGE, invitation),
        Line(f"{desk}inbjudningar/<int:pk>/aterkalla/", COLLEAGUE, READ, MANAGE, invitation),
    ]


LINES = [
    *colleague_lines("kommuner/<str:code>"),
    *colleague_lines("organisationer/<int:organisation>"),
    Line(
        "inbjudan/<str:token>/",
        PUBLIC,
        Act(frozenset({"anonymous"})),
        Act(frozenset({"anonymous"})),
        note="the link is the key; signed in as somebody else: 403",
    ),
    Line("min-sida/", PERSON, OPEN, READ),
    Line(
        "min-sida/agera-for/",
        PERSON,
        READ,
        may(()),
        note="403 without an organisation of one's own",
    ),
    Line("min-sida/mina-uppgifter/", PERSON),
    Line("min-sida/aviseringar/", PERSON, OPEN, READ),
    Line("min-sida/aviseringar/<int:pk>/", OWNER, READ, OPEN, {"pk": "notification"}),
    Line("min-sida/aviseringar/lasta/", PERSON, READ, OPEN),
    Line("min-sida/aviseringar/installningar/", PERSON),
    Line("kansli/", THE_OFFICE, OPEN, READ),
    Line("kansli/organisationer/", THE_OFFICE, OPEN, READ),
    Line("kansli/personer/", THE_OFFICE, OPEN, READ),
    Line("kansli/personer/<int:pk>/", THE_OFFICE, OPEN, READ, {"pk": "person"}),
    Line(
        "kansli/personer/<int:pk>/uppgifter/",
        THE_OFFICE,
        READ,
        may(ADMINISTRATOR),
        {"pk": "person"},
    ),
    Line(
        "kansli/personer/<int:pk>/avidentifiera/",
        THE_OFFICE,
        may(ADMINISTRATOR),
        may(ADMINISTRATOR),
        {"pk": "person"},
    ),
    Line("kansli/logg/", THE_OFFICE, OPEN, READ),
    Line("kansli/logg/logg.csv", THE_OFFICE, OPEN, READ),
    Line("kansli/logg/logg.json", THE_OFFICE, OPEN, READ),
    Line("kansli/utskick/", THE_OFFICE, OPEN, READ),
    Line("kansli/utskick/<int:pk>/igen/", THE_OFFICE, READ, may(SITE_PUBLISH), {"pk": "outbox"}),
    Line("personuppgifter/register/", PUBLIC, OPEN, READ),
    Line("halsa/", PUBLIC, OPEN, READ),
    Line("halsa/redo/", PUBLIC, OPEN, READ),
    Line("sok/", PUBLIC, OPEN, READ),
    Line("sok/forslag/", PUBLIC, OPEN, READ),
    Line("media/<path:name>", PUBLIC, OPEN, READ, {"name": "rendition"}),
    Line("dokument/<int:document_id>/<path:document_filename>", PUBLIC, OPEN, READ),
    Line("sprak/", PUBLIC, READ, OPEN),
    Line("^kommuner/(?P<code>[0-9]{4})/$", PUBLIC, OPEN, AS_GET, at="/kommuner/0182/"),
    Line("nyheter/flode.xml", PUBLIC, OPEN, AS_GET),
    Line("sitemap.xml", PUBLIC, OPEN, AS_GET),
    Line("robots.txt", PUBLIC, OPEN, READ),
    Line(".well-known/security.txt", PUBLIC, OPEN, READ),
    Line("tjanster/jamfor/", PUBLIC, OPEN, AS_GET),
    Line("tjanster/flode.xml", PUBLIC, OPEN, AS_GET),
    # Wagtail's own logins and passwords: allauth's is the only one.
    Line("_util/login/", PUBLIC, TO_LOGIN, TO_LOGIN),
    Line(
        "^_util/authenticate_with_password/",
        PUBLIC,
        GONE,
        GONE,
        at="/_util/authenticate_with_password/1/1/",
    ),
    Line(
        "^dokument/authenticate_with_password/",
        PUBLIC,
        GONE,
        GONE,
        at="/dokument/authenticate_with_password/1/",
    ),
    Line(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        PUBLIC,
        GONE,
        GONE,
        {"page_view_restriction_id": "one", "page_id": "one"},
    ),
    Line(
        "dokument/authenticate_with_password/<int:restriction_id>/",
        PUBLIC,
        GONE,
        GONE,
        {"restriction_id": "one"},
    ),
    # The catch-all is expanded to every page type and state in pages.py.
    Line(r"^((?:[\w\-]+/)*)$", PUBLIC, MISSING, MISSING, at="/finns-inte/"),
]
