"""The register of processing: what this app and the libraries under it keep about people."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.processing import Dataset, Processing, declare, declare_impersonal

PUBLIC_TASK = _("Task of public interest (GDPR art. 6.1 e)")
SECURITY = _("Legitimate interest: the security of the site (GDPR art. 6.1 f and art. 32)")
REPRESENTATIVES = _("Representatives of member organisations and the office's staff")
NOBODY_ELSE = _("Nobody outside the association and its suppliers under agreement")


def of_user(user: Any) -> Q:
    """Rows with the account in a field `user`."""
    return Q(user=user)


def by(*paths: str) -> Any:
    """Return the condition for rows whose one of `paths` leads to the account."""

    def about(user: Any) -> Q:
        condition = Q()
        for path in paths:
            condition |= Q(**{path: user})
        return condition

    return about


PEOPLE = Processing(
    name=_("People, assignments and roles"),
    purpose=_("To know who acts for which organisation, with which right, and to reach them."),
    ground=PUBLIC_TASK,
    people=REPRESENTATIVES,
    kinds=_("Name, e-mail address, language, organisation, roles and their periods"),
    recipients=_("Colleagues and the office; that an organisation is a member is public"),
    retention=_(
        "As long as the person acts for an organisation; after that the name stands in records"
        " until the person asks to be anonymised. Names in adjusted minutes are kept."
    ),
    datasets=(
        Dataset(
            "members.User",
            lambda user: Q(pk=user.pk),
            ("email", "language", "is_active", "created_at", "last_login"),
        ),
        Dataset(
            "members.PersonName",
            lambda user: Q(user=user),
            ("given_name", "family_name", "anonymised_at"),
        ),
        Dataset(
            "members.Representative",
            of_user,
            ("organisation__name", "starts_on", "ends_on", "ended_at"),
        ),
        Dataset(
            "members.RepresentativeRole",
            by("representative__user"),
            ("representative__organisation__name", "role", "starts_on", "ends_on", "ended_at"),
        ),
    ),
)

INVITATIONS = Processing(
    name=_("Invitations"),
    purpose=_("To let the right person open an account."),
    ground=PUBLIC_TASK,
    people=_("Whoever was invited, and whoever invited"),
    kinds=_("E-mail address, organisation, roles offered, times"),
    recipients=_("Coordinators of the organisation and the office"),
    retention=_("Kept as evidence of who gave access; the address is erased at anonymisation."),
    datasets=(
        Dataset(
            "members.Invitation",
            lambda user: Q(email=user.email) | Q(accepted_by=user) | Q(invited_by=user),
            (
                "email",
                "organisation__name",
                "created_at",
                "expires_at",
                "accepted_at",
                "revoked_at",
            ),
        ),
    ),
)

LOGIN = Processing(
    name=_("Login"),
    purpose=_("To make sure that a person is who they say, and to let them log out elsewhere."),
    ground=SECURITY,
    people=REPRESENTATIVES,
    kinds=_("E-mail addresses, login methods, IP address and browser of sessions"),
    recipients=NOBODY_ELSE,
    retention=_("Until the person removes them or is anonymised; sessions until logout."),
    datasets=(
        Dataset("account.EmailAddress", of_user, ("email", "verified", "primary")),
        Dataset(
            "account.EmailConfirmation",
            by("email_address__user"),
            ("email_address__email", "created", "sent"),
        ),
        Dataset("mfa.Authenticator", of_user, ("type", "created_at", "last_used_at")),
        Dataset("socialaccount.SocialAccount", of_user, ("provider", "uid", "date_joined")),
        Dataset(
            "usersessions.UserSession",
            of_user,
            ("created_at", "last_seen_at", "ip", "user_agent"),
        ),
        Dataset(
            "sessions.Session",
            withheld=_("Session data is not exported: it is the key to the account."),
        ),
        Dataset(
            "socialaccount.SocialToken",
            withheld=_("Login services' tokens are not exported: they are keys."),
        ),
    ),
)

AUDIT = Processing(
    name=_("Audit trail"),
    purpose=_("To show afterwards who was given which right, by whom, and who logged in."),
    ground=SECURITY,
    people=_("Everyone with an account"),
    kinds=_("Account numbers, events, codes of roles, IP address; no names or e-mail addresses"),
    recipients=_("The office and the auditor"),
    retention=_("The trail cannot be changed; IP addresses are erased after twelve months."),
    datasets=(
        Dataset(
            "core.AuditEntry",
            lambda user: Q(actor_id=user.pk) | Q(subject_id=user.pk),
            ("happened_at", "event", "actor_id", "subject_id", "old", "new", "ip_address"),
        ),
    ),
)

OUTBOX = Processing(
    name=_("Outgoing mail"),
    purpose=_("To deliver invitations, notifications and mail about the account."),
    ground=PUBLIC_TASK,
    people=_("Recipients of mail"),
    kinds=_("E-mail address, kind of mail, time; the text is encrypted and erased on delivery"),
    recipients=_("The association's mail provider"),
    retention=_("The text until delivery; recipient and state as long as the log of mail is kept."),
    datasets=(
        Dataset(
            "core.OutboxMessage",
            lambda user: Q(recipient__iexact=user.email),
            ("kind", "recipient", "state", "created_at"),
        ),
    ),
)

CMS = Processing(
    name=_("Editing of content"),
    purpose=_("To know who wrote, changed and published what."),
    ground=PUBLIC_TASK,
    people=_("The office's staff"),
    kinds=_("Account, time and kind of change, comments, uploaded files"),
    recipients=_("The office"),
    retention=_("As long as the content is kept."),
    datasets=(
        Dataset(
            "wagtailcore.Page", by("owner", "locked_by"), ("title", "slug", "first_published_at")
        ),
        Dataset("wagtailcore.Revision", of_user, ("object_str", "created_at")),
        Dataset("wagtailcore.PageLogEntry", of_user, ("label", "action", "timestamp")),
        Dataset("wagtailcore.ModelLogEntry", of_user, ("label", "action", "timestamp")),
        Dataset("wagtailcore.Comment", of_user, ("text", "created_at")),
        Dataset("wagtailcore.CommentReply", of_user, ("text", "created_at")),
        Dataset("wagtailcore.PageSubscription", of_user, ("page__title", "comment_notifications")),
        Dataset("wagtailcore.WorkflowState", by("requested_by"), ("status", "created_at")),
        Dataset("wagtailcore.TaskState", by("finished_by"), ("status", "finished_at", "comment")),
        Dataset("wagtailadmin.EditingSession", of_user, ("last_seen_at",)),
        Dataset("wagtailadmin.FormState", of_user, ("last_updated_at",)),
        Dataset("wagtailcore.APIToken", of_user, ("name", "created", "revoked_at", "last_used_at")),
        Dataset("wagtailcore.UploadedFile", by("uploaded_by_user"), ("file",), ("file",)),
        Dataset("wagtailusers.UserProfile", of_user, ("preferred_language",), ("avatar",)),
        Dataset(
            "core.SiteDocument",
            by("uploaded_by_user"),
            ("title", "created_at", "file"),
            ("file",),
        ),
        Dataset(
            "core.SiteImage", by("uploaded_by_user"), ("title", "created_at", "file"), ("file",)
        ),
    ),
)


def declare_all() -> None:
    """Add this app's activities, and those of core and the libraries, to the register."""
    declare(PEOPLE, INVITATIONS, LOGIN, AUDIT, OUTBOX, CMS)
    declare_impersonal(
        ["members.AssociationSettings"], "the association's own addresses, shown to everyone"
    )
    declare_impersonal(
        ["members.User_groups", "members.User_user_permissions"],
        "follow from the roles, which are declared",
    )
    declare_impersonal(
        ["wagtaildocs.Document", "wagtailimages.Image"],
        "empty: core.SiteDocument and core.SiteImage stand in their place",
    )
