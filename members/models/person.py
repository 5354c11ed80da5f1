"""A person and the account the person logs in with."""

from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped
from members.querysets import UserQuerySet
from members.standing import Standing


class PersonName(models.Model):
    """The one place where a person's name is kept.

    Every record points here, so that anonymisation blanks the name once and leaves the records
    intact. Those named in adjusted minutes are kept (GDPR art. 17.3 d).
    """

    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    anonymised_at = models.DateTimeField(_("anonymised"), null=True, blank=True)

    class Meta:
        verbose_name = _("person's name")
        verbose_name_plural = _("persons' names")

    def __str__(self) -> str:
        if self.anonymised_at:
            return str(_("Anonymised person"))
        return f"{self.given_name} {self.family_name}".strip()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates accounts; everything else about people goes through actions."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account with a PersonName; without a password none can be used to log in."""
        names = {key: fields.pop(key, "") for key in ("given_name", "family_name")}
        fields.setdefault("name", None)
        if fields["name"] is None:
            fields["name"] = PersonName.objects.create(**names)
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin, TimeStamped):
    """An account: one person who logs in with an e-mail address.

    `is_superuser` is never used: rights come from the roles of the person's representations.
    """

    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.OneToOneField(
        PersonName, verbose_name=_("name"), on_delete=models.PROTECT, related_name="user"
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("sv", _("Swedish")), ("en", _("English"))],
        default="sv",
    )
    is_active = models.BooleanField(_("active"), default=True)
    session_generation = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Raised to end every session of the account at once."),
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="members_user_email_unique")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """Return the person's name."""
        return str(self.name)

    def get_short_name(self) -> str:
        """Return the given name."""
        return self.name.given_name

    @property
    def first_name(self) -> str:
        """The given name, by the name that Wagtail's sidebar asks for."""
        return self.name.given_name

    @property
    def last_name(self) -> str:
        """The family name, by the name that Wagtail asks for."""
        return self.name.family_name

    @property
    def standing(self) -> Standing:
        """The roles that the person holds today, read once for this instance (one query).

        A request loads its own instance, so that a role given or taken counts from the next
        request on; actions that change a person's roles call `forget_standing`.
        """
        # An underscore keeps it out of what allauth writes to the session of a pending login.
        if "_standing" not in self.__dict__:
            roles = apps.get_model("members", "RepresentativeRole").objects
            self._standing = roles.standing(self)
        return self._standing

    def forget_standing(self) -> None:
        """Let the next question about the person's roles ask the database anew."""
        self.__dict__.pop("_standing", None)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie sessions to the password and to the generation, so that raising it ends them."""
        return salted_hmac(
            "members.models.User.get_session_auth_hash",
            f"{self.password}{self.session_generation}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
