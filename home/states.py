"""Closed lists of the home app: fixed addresses, and what each office role may do in the CMS."""

from typing import Final

from members.states import Role

# Addresses that other parts of the product and the law's notices point at.
FIXED_STANDARD_SLUGS: Final = frozenset(
    {"om", "bli-medlem", "kontakt", "tillganglighet", "personuppgifter"}
)
JOIN_SLUG: Final = "bli-medlem"
HOME_SLUG: Final = "start"
CATALOGUE_SLUG: Final = "tjanster"
MUNICIPALITIES_SLUG: Final = "kommuner"
NEWS_SLUG: Final = "nyheter"

# Page rights per role: on the front page (and so on the whole site) or on the catalogue alone.
# `publish` belongs to the office: everybody else's work passes the two steps of the workflow.
# Nobody has `bulk_delete`: a page with pages under it is emptied first.
SITE_RIGHTS: Final[dict[Role, tuple[str, ...]]] = {
    Role.EDITOR: ("add", "change"),
    Role.SERVICE_MANAGER: (),
    Role.SECRETARY: ("add", "change", "publish"),
    Role.ADMINISTRATOR: ("add", "change", "publish", "lock", "unlock"),
}
CATALOGUE_RIGHTS: Final[dict[Role, tuple[str, ...]]] = {
    Role.EDITOR: (),
    Role.SERVICE_MANAGER: ("add", "change"),
    Role.SECRETARY: (),
    Role.ADMINISTRATOR: (),
}

# Rights on images and documents in every collection. Who may add may change what is one's own.
MEDIA_RIGHTS: Final[dict[Role, tuple[str, ...]]] = {
    Role.EDITOR: ("add", "change", "choose"),
    Role.SERVICE_MANAGER: ("add", "change", "choose"),
    Role.SECRETARY: ("add", "change", "choose"),
    Role.ADMINISTRATOR: ("add", "change", "delete", "choose"),
}

# Rights on the collections themselves, which Wagtail asks for per collection like those on media.
COLLECTION_RIGHTS: Final[dict[Role, tuple[str, ...]]] = {Role.ADMINISTRATOR: ("add", "change")}

# Rights on what is not a page, as `app.codename`.
# Who edits the texts of agreements and the checklists of introductions.
JOINING_RIGHTS: Final = (
    "catalogue.view_agreementtemplate",
    "catalogue.add_agreementtemplate",
    "catalogue.change_agreementtemplate",
    "catalogue.publish_agreementtemplate",
    "catalogue.view_onboardingtemplatestep",
    "catalogue.add_onboardingtemplatestep",
    "catalogue.change_onboardingtemplatestep",
    "catalogue.delete_onboardingtemplatestep",
)
MODEL_RIGHTS: Final[dict[Role, tuple[str, ...]]] = {
    Role.EDITOR: ("catalogue.view_area",),
    Role.SERVICE_MANAGER: (
        "catalogue.view_area",
        "catalogue.add_area",
        "catalogue.change_area",
        *JOINING_RIGHTS,
    ),
    Role.SECRETARY: ("catalogue.view_area",),
    Role.ADMINISTRATOR: (
        "catalogue.view_area",
        "catalogue.add_area",
        "catalogue.change_area",
        "catalogue.delete_area",
        *JOINING_RIGHTS,
        "members.change_associationsettings",
        "wagtailcore.add_workflow",
        "wagtailcore.change_workflow",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
}
CMS_ACCESS: Final = "wagtailadmin.access_admin"

# The moderation workflow: who approves in the first step, and who in the second.
SERVICE_STEP_ROLES: Final = (Role.SERVICE_MANAGER,)
OFFICE_STEP_ROLES: Final = (Role.SECRETARY, Role.ADMINISTRATOR)
