"""What the site says of the association that runs it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from members.models.organisation import Organisation


@register_setting(icon="home")
class AssociationSettings(BaseSiteSetting):
    """The association's own name, logo text and contact: the product's name is not the brand."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The association as an organisation: its office runs the site."),
    )
    name = models.CharField(
        _("name of the association"), max_length=120, default="Föreningen Samägt (exempel)"
    )
    logo_text = models.CharField(_("text beside the logo"), max_length=40, default="Samägt")
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    security_contact = models.EmailField(_("e-mail for security reports"), blank=True)
    is_example = models.BooleanField(_("demo content"), default=False)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("logo_text"), FieldPanel("tagline")]),
        MultiFieldPanel(
            [
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("address"),
                FieldPanel("security_contact"),
            ],
            heading=_("Contact"),
        ),
        FieldPanel("is_example"),
    ]

    class Meta:
        verbose_name = _("the association")

    def __str__(self) -> str:
        return self.name

    @property
    def brand(self) -> str:
        """The text beside the logo."""
        return self.logo_text

    @property
    def notice(self) -> str:
        """What the footer says on a site with demo content."""
        return (
            str(_("Demo content: what is marked as an example is made up."))
            if self.is_example
            else ""
        )
