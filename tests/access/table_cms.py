"""Every address of the CMS. What each role may do there is written in home.states."""

from collections.abc import Iterable

from tests.access.audience import (
    ADMINISTRATOR,
    AREA_CHANGE,
    EDITORS,
    EDITORS_ASSETS,
    EVERYONE,
    FIRST_STEP,
    GONE,
    MISSING,
    NONE,
    NOT_OFFERED,
    OPEN,
    SITE_CHANGE,
    SITE_PUBLISH,
    TO_LOGIN,
    Act,
    Answer,
    Line,
    may,
)


def cms(address: str, get: Act, post: Act, **using: str) -> Line:
    """Return the line of an address under /cms/."""
    return Line(f"cms/{address}", EDITORS, get, post, using)


def pages_for(right: Iterable[str], *addresses: str, **using: str) -> list[Line]:
    """Return lines that are read and written by the same roles."""
    return [cms(address, may(right), may(right), **using) for address in addresses]


def reads_for(right: Iterable[str], *addresses: str, **using: str) -> list[Line]:
    """Return lines that are only read; who may not read them is refused before the method."""
    nothing = Act(frozenset(right), Answer.NOT_OFFERED)
    return [cms(address, may(right), nothing, **using) for address in addresses]


def writes_for(right: Iterable[str], *addresses: str, **using: str) -> list[Line]:
    """Return lines that are only written; reading is not offered to anybody."""
    return [cms(address, NOT_OFFERED, may(right), **using) for address in addresses]


def missing(*addresses: str, get: Act = MISSING, post: Act = MISSING) -> list[Line]:
    """Return lines of what the site does not have."""
    return [cms(address, get, post) for address in addresses]


FRAME = [
    *reads_for(EVERYONE, "", "dismissibles/"),
    *pages_for(
        EVERYONE,
        "account/",
        "tag-autocomplete/",
        "embeds/chooser/",
        "embeds/chooser/upload/",
    ),
    cms("logout/", NOT_OFFERED, TO_LOGIN),
    cms("login/", TO_LOGIN, TO_LOGIN),
    *missing("block-preview/", post=NOT_OFFERED),
    *missing("tag-autocomplete/<slug:app_name>/<slug:model_name>/"),
    *writes_for(EVERYONE, "editing-sessions/release/<int:session_id>/"),
    *missing(
        "editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/",
        get=NOT_OFFERED,
    ),
    *pages_for(NONE, "snippets/"),
    Line("cms/sprite/", EDITORS_ASSETS),
    Line("cms/jsi18n/", EDITORS_ASSETS, OPEN, NOT_OFFERED),
    # Passwords are allauth's alone; Wagtail's addresses lead there.
    Line("^cms/password_reset/", EDITORS_ASSETS, at="/cms/password_reset/"),
    *(
        Line(f"cms/password_reset/{tail}", EDITORS_ASSETS)
        for tail in ("", "done/", "confirm/<uidb64>/<token>/", "complete/")
    ),
    # Wagtail's pages for trying an error out.
    Line("cms/test404/", EDITORS_ASSETS, GONE, GONE),
    Line("cms/failwhale/", EDITORS_ASSETS, GONE, GONE),
    Line("cms/^.*/$", EDITORS, MISSING, MISSING, at="/cms/finns-inte/"),
]

API_PAGE = "api/main/^pages/<int:pk>/"
API = [
    *(
        line
        for kind in ("page", "document", "image")
        for line in (
            *reads_for(EVERYONE, f"api/main/^{kind}s/"),
            *missing(f"api/main/^{kind}s/find/", post=NOT_OFFERED),
        )
    ),
    *reads_for(EVERYONE, "api/main/^documents/<int:pk>/", pk="document"),
    *reads_for(EVERYONE, "api/main/^images/<int:pk>/", pk="image"),
    cms(API_PAGE, Act(hidden_from=FIRST_STEP), NOT_OFFERED, pk="page"),
    cms(
        f"{API_PAGE}action/<str:action_name>/",
        NOT_OFFERED,
        Act(SITE_PUBLISH, hidden_from=FIRST_STEP),
        pk="page",
        action_name="publish",
    ),
]

PAGE = "pages/<int:page_id>"
TYPE = "<slug:content_type_app_name>/<slug:content_type_model_name>/"
MOVE = "pages/<int:page_to_move_id>/move/"
NO_BLOCKS = {"body-count": "0"}
PAGES = [
    *reads_for(
        EVERYONE,
        "pages/",
        "pages/<int:parent_page_id>/",
        "pages/<int:parent_page_id>/results/",
        "pages/search/",
        "pages/search/results/",
        f"pages/usage/{TYPE}",
        f"pages/usage/{TYPE}results/",
        "choose-page/",
        "choose-page/<int:parent_page_id>/",
        "choose-page/search/",
        "choose-page/chosen-multiple/",
    ),
    *pages_for(
        EVERYONE,
        "choose-email-link/",
        "choose-phone-link/",
        "choose-anchor-link/",
        "pages/create/<slug:app_label>/<slug:model_name>",
        # Leads to the history, which asks for the right.
        f"{PAGE}/revisions/",
    ),
    Line(
        "cms/choose-external-link/",
        EDITORS,
        data={
            "external-link-chooser-url": "https://exempel.invalid/",
            "external-link-chooser-link_text": "x",
        },
    ),
    *(
        Line(f"cms/{address}", EDITORS, may(SITE_CHANGE), may(SITE_CHANGE), data=NO_BLOCKS)
        for address in (
            f"pages/add/{TYPE}<int:parent_page_id>/",
            f"{PAGE}/edit/",
            f"{PAGE}/revisions/<int:revision_id>/revert/",
        )
    ),
    Line(
        f"cms/{PAGE}/copy/",
        EDITORS,
        may(SITE_CHANGE),
        may(SITE_CHANGE),
        data={"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": "{home}"},
    ),
    *pages_for(
        SITE_CHANGE,
        f"pages/add/{TYPE}<int:parent_page_id>/preview/",
        "pages/<int:parent_page_id>/add_subpage/",
        f"{PAGE}/edit/preview/",
        f"{PAGE}/view_draft/",
    ),
    *reads_for(
        SITE_CHANGE,
        f"{PAGE}/usage/",
        f"{PAGE}/revisions/<int:revision_id>/view/",
        f"{PAGE}/workflow_history/",
        f"{PAGE}/history/",
        f"{PAGE}/history/results/",
    ),
    # The history of a page in the workflow is for its step's approvers too.
    *reads_for(
        SITE_CHANGE | FIRST_STEP,
        f"{PAGE}/workflow_history/detail/<int:workflow_state_id>/",
        page_id="draft",
    ),
    Line(
        r"cms/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\."
        r"(?P<revision_id_b>live|latest|\d+)/$",
        EDITORS,
        may(SITE_CHANGE),
        Act(SITE_CHANGE, Answer.NOT_OFFERED),
        at="/cms/pages/{page}/revisions/compare/earliest...latest/",
    ),
    *missing("bulk/<str:app_label>/<str:model_name>/<str:action>/", f"{PAGE}/convert_alias/"),
    *pages_for(
        SITE_PUBLISH,
        f"{PAGE}/delete/",
        f"{PAGE}/unpublish/",
        f"{PAGE}/privacy/",
        f"{PAGE}/revisions/<int:revision_id>/unschedule/",
        MOVE,
    ),
    # Wagtail shows the question to every editor and asks for the right when it is answered.
    cms(f"{MOVE}<int:destination_id>/confirm/", OPEN, may(SITE_PUBLISH)),
    *writes_for(SITE_PUBLISH, "pages/<int:page_to_move_id>/set_position/"),
    *writes_for(ADMINISTRATOR, f"{PAGE}/lock/", f"{PAGE}/unlock/"),
    # The draft waits in the workflow's first step.
    *pages_for(
        FIRST_STEP,
        "pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        "pages/workflow/collect_action_data/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
        page_id="draft",
    ),
    *pages_for(EVERYONE, "pages/workflow/confirm_cancellation/<int:page_id>/", page_id="draft"),
    cms(
        "pages/workflow/preview/<int:page_id>/<int:task_id>/",
        may(FIRST_STEP),
        NOT_OFFERED,
        page_id="draft",
    ),
    *pages_for(AREA_CHANGE, "tjanster/<int:page_id>/skede/", page_id="service"),
]

COLLECTIONS = [
    *reads_for(ADMINISTRATOR, "collections/"),
    *pages_for(ADMINISTRATOR, "collections/add/", "collections/<int:pk>/", pk="collection"),
    *pages_for(ADMINISTRATOR, "collections/<int:collection_id>/privacy/"),
    # Nobody deletes collections, so there is none to delete.
    cms("collections/<int:pk>/delete/", MISSING, MISSING, pk="collection"),
]

CHOOSER = "workflows/task_chooser/"
WORKFLOWS = [
    *reads_for(
        ADMINISTRATOR,
        "workflows/list/",
        "workflows/list/results/",
        "workflows/usage/<int:pk>/",
        "workflows/usage/<int:pk>/results/",
        pk="workflow",
    ),
    *pages_for(ADMINISTRATOR, "workflows/add/", "workflows/edit/<int:pk>/", pk="workflow"),
    *writes_for(
        ADMINISTRATOR,
        "workflows/enable/<int:pk>/",
        "workflows/remove/<int:page_pk>/",
        "workflows/remove/<int:page_pk>/<int:workflow_pk>/",
        pk="workflow",
        page_pk="home",
        workflow_pk="workflow",
    ),
    *pages_for(NONE, "workflows/disable/<int:pk>/", pk="workflow"),
    *pages_for(
        NONE,
        "workflows/tasks/add/<str:app_label>/<str:model_name>/",
        "workflows/tasks/select_type/",
        "workflows/tasks/index/",
        "workflows/tasks/index/results/",
        "workflows/tasks/edit/<int:pk>/",
        "workflows/tasks/disable/<int:pk>/",
        app_label="wagtailcore",
        model_name="groupapprovaltask",
        pk="task",
    ),
    *writes_for(NONE, "workflows/tasks/enable/<int:pk>/", pk="task"),
    # The names of the steps are no secret in the CMS; creating one is refused within the form.
    *reads_for(EVERYONE, CHOOSER, f"{CHOOSER}results/"),
    *pages_for(EVERYONE, f"{CHOOSER}create/", f"{CHOOSER}<int:task_id>/"),
]

REPORTS = [
    *reads_for(ADMINISTRATOR, "reports/locked/", "reports/locked/results/"),
    *reads_for(
        EVERYONE,
        *(
            f"reports/{name}/{tail}"
            for name in (
                "workflow",
                "workflow_tasks",
                "site-history",
                "aging-pages",
                "page-types-usage",
            )
            for tail in ("", "results/")
        ),
    ),
    *pages_for(EVERYONE, "reports/tjanster/"),
]

CHOOSING = ("chooser/", "chooser/results/", "chooser/chosen/<str:pk>/", "chooser/chosen-multiple/")
# Every role of the CMS may add and change pictures and documents; to Wagtail, who may change one
# may delete it.
MEDIA = [
    *reads_for(
        EVERYONE,
        "documents/",
        "documents/results/",
        "documents/usage/<int:document_id>/",
        *(f"documents/{address}" for address in CHOOSING),
        pk="document",
    ),
    *pages_for(
        EVERYONE,
        "documents/add/",
        "documents/edit/<int:document_id>/",
        "documents/delete/<int:document_id>/",
        "documents/multiple/add/",
        "documents/chooser/create/",
    ),
    *writes_for(
        EVERYONE, "documents/multiple/<int:doc_id>/", "documents/multiple/<int:doc_id>/delete/"
    ),
    *missing(
        "documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/",
        "documents/multiple/delete_upload/<int:uploaded_file_id>/",
        get=NOT_OFFERED,
    ),
    *reads_for(
        EVERYONE,
        "images/",
        "images/results/",
        "images/usage/<int:image_id>/",
        *(f"images/{address}" for address in CHOOSING),
        pk="image",
    ),
    *pages_for(
        EVERYONE,
        "images/<int:image_id>/",
        "images/<int:image_id>/delete/",
        "images/<int:image_id>/preview/<str:filter_spec>/",
        "images/add/",
        "images/multiple/add/",
        "images/chooser/create/",
        "images/chooser/<int:image_id>/select_format/",
    ),
    *writes_for(
        EVERYONE, "images/multiple/<int:image_id>/", "images/multiple/<int:image_id>/delete/"
    ),
    *missing(
        "images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/",
        "images/multiple/delete_upload/<int:uploaded_file_id>/",
        get=NOT_OFFERED,
    ),
    *missing(
        "images/<int:image_id>/generate_url/",
        "images/<int:image_id>/generate_url/output/",
        post=NOT_OFFERED,
    ),
]

AREA = "snippets/catalogue/area/"
CHOOSE_AREA = "snippets/choose/catalogue/area/"
SNIPPETS = [
    *reads_for(EVERYONE, AREA, f"{AREA}results/"),
    *reads_for(
        AREA_CHANGE,
        f"{AREA}usage/<int:pk>/",
        f"{AREA}history/<int:pk>/",
        f"{AREA}history-results/<int:pk>/",
        pk="area",
    ),
    *pages_for(
        AREA_CHANGE, f"{AREA}add/", f"{AREA}edit/<int:pk>/", f"{AREA}copy/<int:pk>/", pk="area"
    ),
    *pages_for(ADMINISTRATOR, f"{AREA}delete/<int:pk>/", pk="area"),
    *reads_for(
        EVERYONE,
        CHOOSE_AREA,
        f"{CHOOSE_AREA}results/",
        f"{CHOOSE_AREA}chosen/<str:pk>/",
        f"{CHOOSE_AREA}chosen-multiple/",
        pk="area",
    ),
    # An area is made in its own form; Wagtail's address here only breaks.
    Line(f"cms/{CHOOSE_AREA}create/", EDITORS_ASSETS, GONE, GONE),
]

SETTINGS = "settings/<slug:app_name>/<slug:model_name>/"
ASSOCIATION = {"app_name": "members", "model_name": "associationsettings", "pk": "site"}
REST = [
    *pages_for(ADMINISTRATOR, SETTINGS, f"{SETTINGS}<int:pk>/", **ASSOCIATION),
    cms(
        f"{SETTINGS}<int:pk>/preview/",
        Act(ADMINISTRATOR, Answer.HIDDEN),
        Act(ADMINISTRATOR, Answer.HIDDEN),
        **ASSOCIATION,
    ),
    *reads_for(ADMINISTRATOR, "redirects/", "redirects/results/"),
    *pages_for(
        ADMINISTRATOR,
        "redirects/add/",
        "redirects/<int:redirect_id>/",
        "redirects/<int:redirect_id>/delete/",
        "redirects/import/",
    ),
    Line(
        "cms/redirects/import/process/",
        EDITORS,
        Act(ADMINISTRATOR, Answer.NOT_OFFERED),
        may(ADMINISTRATOR),
        data={"input_format": "{input_format}", "import_file_name": "{import_file_name}"},
    ),
    *pages_for(
        NONE,
        "sites/",
        "sites/results/",
        "sites/new/",
        "sites/edit/<int:pk>/",
        "sites/delete/<int:pk>/",
        "sites/history/<int:pk>/",
        "sites/history-results/<int:pk>/",
        "sites/usage/<int:pk>/",
        "sites/copy/<int:pk>/",
        pk="site",
    ),
    *reads_for(EVERYONE, "forms/", "forms/results/"),
    *missing("forms/submissions/<int:page_id>/", "forms/submissions/<int:page_id>/results/"),
    *pages_for(NONE, "forms/submissions/<int:page_id>/delete/"),
]

LINES = [*FRAME, *API, *PAGES, *COLLECTIONS, *WORKFLOWS, *REPORTS, *MEDIA, *SNIPPETS, *REST]
