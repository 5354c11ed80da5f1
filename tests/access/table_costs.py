"""Every address of costs, membership fees, portfolios and the association's view."""

from tests.access.audience import (
    COLLEAGUE,
    NOT_OFFERED,
    OPEN,
    PERSON,
    PUBLIC,
    THE_OFFICE,
    Act,
    Line,
    may,
)

READ = NOT_OFFERED
HANDLE = may({"service_manager", "administrator"})
MODEL = {"pk": "cost_model"}
YEAR = {"year": "cost_year"}
COSTS = "kansli/kostnader/"
FEES = "kansli/medlemsavgifter/"

LINES = [
    Line("medlemsavgifter/", PUBLIC, OPEN, READ),
    Line(
        "anslutningar/kostnader/",
        PERSON,
        Act(hidden_from=frozenset({"nobody"})),
        READ,
        note="the person's own organisations' alone",
    ),
    Line("kommuner/<str:code>/portfolj/", COLLEAGUE, OPEN, READ),
    Line("kommuner/<str:code>/portfolj.xlsx", COLLEAGUE, OPEN, READ),
    Line("kommuner/<str:code>/portfolj.ics", COLLEAGUE, OPEN, READ),
    Line("kansli/anslutningar/spridning/", THE_OFFICE, OPEN, READ),
    Line("kansli/anslutningar/spridning.xlsx", THE_OFFICE, OPEN, READ),
    Line(COSTS, THE_OFFICE, OPEN, READ),
    Line(f"{COSTS}ny/", PERSON, HANDLE, HANDLE),
    Line(f"{COSTS}<int:pk>/", THE_OFFICE, OPEN, READ, MODEL),
    Line(f"{COSTS}<int:pk>/gor/<slug:deed>/", PERSON, READ, HANDLE, MODEL | {"deed": "utfarda"}),
    Line(f"{COSTS}<int:pk>/prognos/", THE_OFFICE, OPEN, READ, MODEL),
    Line(f"{COSTS}<int:pk>/<str:form>", THE_OFFICE, OPEN, READ, MODEL | {"form": "faktura.csv"}),
    Line(f"{COSTS}ar/<int:year>/", THE_OFFICE, OPEN, READ, YEAR),
    Line(
        f"{COSTS}ar/<int:year>/<str:form>",
        THE_OFFICE,
        OPEN,
        READ,
        YEAR | {"form": "lista.xlsx"},
    ),
    Line(f"{FEES}<int:year>/", THE_OFFICE, OPEN, READ, YEAR),
    Line(f"{FEES}<int:year>/utfarda/", PERSON, READ, HANDLE, YEAR),
    Line(f"{FEES}<int:year>/<str:form>", THE_OFFICE, OPEN, READ, YEAR | {"form": "faktura.csv"}),
    Line(f"{FEES}rader/<int:pk>/", PERSON, HANDLE, HANDLE, {"pk": "fee_row"}),
    Line(f"{COSTS}rader/<int:pk>/", PERSON, HANDLE, HANDLE, {"pk": "cost_row"}),
]
