"""The states that a page may be in, and who is answered what."""

from tests.access.audience import MISSING, PERSON, PUBLIC, Line

LINES = {
    "live": Line("live page", PUBLIC),
    "draft": Line("draft", PUBLIC, MISSING, MISSING),
    "restricted": Line("page for the signed in", PERSON),
    "scheduled": Line("page that is to be published later", PUBLIC, MISSING, MISSING),
}
STATES = tuple(LINES)
