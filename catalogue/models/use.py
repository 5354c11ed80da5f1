"""Uses of a service that a source states."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from catalogue.querysets import StatedUseQuerySet
from members.models import Organisation


class StatedUse(Orderable):
    """A source says that an organisation uses a service; no right, seat or cost follows."""

    service = ParentalKey(
        "catalogue.ServicePage", on_delete=models.CASCADE, related_name="stated_uses"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="stated_uses",
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    citation = models.CharField(_("source"), max_length=300)
    url = models.URLField(_("address of the source"), blank=True, max_length=500)
    read_on = models.DateField(_("read on"), null=True, blank=True)
    is_example = models.BooleanField(_("example"), default=False)

    objects = StatedUseQuerySet.as_manager()

    panels = [
        FieldPanel("organisation"),
        FieldPanel("starts_on"),
        FieldPanel("ends_on"),
        FieldPanel("citation"),
        FieldPanel("url"),
        FieldPanel("read_on"),
        FieldPanel("is_example"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("stated use")
        verbose_name_plural = _("stated uses")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="catalogue_stateduse_period",
            ),
            models.UniqueConstraint(
                fields=("service", "organisation"), name="catalogue_stateduse_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.citation}"
