"""What members owe the association for their membership, as issued."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.querysets_costs import FeeRowQuerySet
from catalogue.record_states import ContactRole, FeeRowKind, VatCategory
from core import triggers
from members.models import Membership, Organisation


class FeeRow(models.Model):
    """A member's annual fee or entry contribution of a year, as issued; never changed or deleted.

    `amount` and `vat` are öre; a correction is a row of its own with its reason and the row that
    it corrects (`origin`). `basis` keeps what the amount was computed from: inhabitants with
    source and reference date, class, months, and whether the member returned (rules.md 2.3).
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="fee_rows")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="fee_rows"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=FeeRowKind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.BigIntegerField(_("amount without VAT (öre)"))
    vat_category = models.CharField(_("VAT category"), max_length=1, choices=VatCategory.choices)
    vat_rate = models.PositiveSmallIntegerField(_("VAT rate (hundredths of a percent)"))
    vat = models.BigIntegerField(_("VAT (öre)"))
    basis = models.JSONField(_("computed from"), default=dict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    origin = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="consequences"
    )
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_example = models.BooleanField(_("example"), default=False)

    objects = FeeRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee row")
        verbose_name_plural = _("fee rows")
        ordering = ("year", "organisation", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "year"),
                condition=Q(kind=FeeRowKind.ANNUAL),
                name="catalogue_feerow_one_a_year",
            ),
            models.UniqueConstraint(
                fields=("membership",),
                condition=Q(kind=FeeRowKind.ENTRY),
                name="catalogue_feerow_one_entry",
            ),
            models.CheckConstraint(
                condition=(~Q(kind=FeeRowKind.CORRECTION) & Q(amount__gte=0))
                | (Q(kind=FeeRowKind.CORRECTION, origin__isnull=False) & ~Q(reason="")),
                name="catalogue_feerow_correction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}: {self.amount}"

    @property
    def item_name(self) -> str:
        """What is invoiced, as the line of an invoice names it."""
        return gettext("Membership fee %(year)d") % {"year": self.year}

    @property
    def invoice_contact(self) -> Any:
        """Who takes the member's invoices in some participation; None when nobody is named."""
        contacts = (
            contact
            for participation in self.organisation.participations.all()
            for contact in participation.contacts.all()
        )
        return next((one for one in contacts if one.role == ContactRole.INVOICE), None)


triggers.guard("catalogue_feerow")
