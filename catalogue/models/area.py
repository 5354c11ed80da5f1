"""The association's own tree of areas."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.querysets import AreaQuerySet


class Area(models.Model):
    """An area of municipal work that services belong to; two levels by a parent key."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        limit_choices_to={"parent__isnull": True},
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ("position", "name")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="catalogue_area_parent"
            ),
            models.UniqueConstraint(fields=("parent", "name"), name="catalogue_area_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a third level."""
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": _("Areas have two levels: choose a main area.")})
        if self.parent and self.pk and self.children.exists():
            raise ValidationError({"parent": _("This area has areas of its own.")})
