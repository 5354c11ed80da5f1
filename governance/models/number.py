"""Numbers without gaps: § per body and year, registry numbers per series and year."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number given in a series and a year (rules.md 1.6).

    A number is taken by locking the row in the transaction that uses it, so that two at once get
    different numbers and a rolled back transaction leaves no gap.
    """

    code = models.CharField(_("series"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(fields=("code", "year"), name="governance_numberseries_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}: {self.last}"
