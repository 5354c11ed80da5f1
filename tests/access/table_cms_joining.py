"""The CMS's addresses for the texts of agreements and the checklists of introductions."""

from tests.access.audience import (
    EDITORS,
    EDITORS_ASSETS,
    EVERYONE,
    GONE,
    NONE,
    Act,
    Answer,
    Line,
    may,
)
from tests.access.table_cms import pages_for, reads_for
from tests.access.table_joining import HANDLERS


def snippet(name: str, thing: str, deletes: frozenset[str]) -> list[Line]:
    """Return the lines that every kind of snippet has; `thing` is one of the kind."""
    own, choose = f"snippets/catalogue/{name}/", f"snippets/choose/catalogue/{name}/"
    return [
        *reads_for(HANDLERS, own, f"{own}results/"),
        *reads_for(
            HANDLERS,
            f"{own}usage/<int:pk>/",
            f"{own}history/<int:pk>/",
            f"{own}history-results/<int:pk>/",
            pk=thing,
        ),
        *pages_for(
            HANDLERS, f"{own}add/", f"{own}edit/<int:pk>/", f"{own}copy/<int:pk>/", pk=thing
        ),
        *pages_for(deletes, f"{own}delete/<int:pk>/", pk=thing),
        *reads_for(
            EVERYONE,
            choose,
            f"{choose}results/",
            f"{choose}chosen/<str:pk>/",
            f"{choose}chosen-multiple/",
            pk=thing,
        ),
        # Made in its own form; Wagtail's address here only breaks.
        Line(f"cms/{choose}create/", EDITORS_ASSETS, GONE, GONE),
    ]


TEMPLATE = "snippets/catalogue/agreementtemplate/"
VERSION = {"pk": "template", "revision_id": "template_revision"}
COMPARE = (
    r"history/(?P<pk>.+)/revisions/compare/"
    r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$"
)
LINES = [
    *snippet("agreementtemplate", "template", NONE),
    *snippet("onboardingtemplatestep", "template_step", HANDLERS),
    *pages_for(HANDLERS, f"{TEMPLATE}unpublish/<int:pk>/", pk="template"),
    *pages_for(
        HANDLERS,
        f"{TEMPLATE}history/<int:pk>/revisions/<int:revision_id>/revert/",
        f"{TEMPLATE}history/<int:pk>/revisions/<int:revision_id>/unschedule/",
        **VERSION,
    ),
    Line(
        f"cms/{TEMPLATE}{COMPARE}",
        EDITORS,
        may(HANDLERS),
        Act(HANDLERS, Answer.NOT_OFFERED),
        at=f"/cms/{TEMPLATE}history/{{template}}/revisions/compare/earliest...latest/",
    ),
]
