"""Issued rows as the basis of invoices, by the business terms of Peppol BIS Billing 3.

The invoice's own number (BT-1) and due date (BT-9) are given by whoever invoices. Amounts are
kronor with a decimal point, as Peppol wants them; a price is never negative (BR-27), so what is
given back has the quantity -1. A buyer whose lines sum below zero gets a credit note (381), and
there the signs turn.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import timezone

from catalogue.cost_years import vat_of
from catalogue.models import CostRow, FeeRow
from catalogue.record_states import VatCategory
from core.swedish_order import sort_key
from members.models import AssociationSettings

Issued = CostRow | FeeRow
CUSTOMISATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
INVOICE, CREDIT_NOTE = "380", "381"
SWEDISH_ORGANISATION = "0007"
EXEMPTION = {
    VatCategory.EXEMPT: "Undantaget från moms",
    VatCategory.OUTSIDE: "Utanför momsens tillämpningsområde",
}
HEADER = (
    "BT-24 Specification identifier",
    "BT-23 Business process type",
    "BT-2 Invoice issue date",
    "BT-3 Invoice type code",
    "BT-5 Invoice currency code",
    "BT-10 Buyer reference",
    "BT-27 Seller name",
    "BT-30 Seller legal registration identifier",
    "BT-31 Seller VAT identifier",
    "BT-34 Seller electronic address",
    "BT-40 Seller country code",
    "BT-44 Buyer name",
    "BT-47 Buyer legal registration identifier",
    "BT-49 Buyer electronic address",
    "BT-55 Buyer country code",
    "BT-73 Invoicing period start date",
    "BT-74 Invoicing period end date",
    "BT-106 Sum of invoice line net amount",
    "BT-109 Invoice total amount without VAT",
    "BT-110 Invoice total VAT amount",
    "BT-112 Invoice total amount with VAT",
    "BT-115 Amount due for payment",
    "BT-116 VAT category taxable amount",
    "BT-117 VAT category tax amount",
    "BT-118 VAT category code",
    "BT-119 VAT category rate",
    "BT-120 VAT exemption reason text",
    "BT-126 Invoice line identifier",
    "BT-129 Invoiced quantity",
    "BT-130 Invoiced quantity unit of measure code",
    "BT-131 Invoice line net amount",
    "BT-146 Item net price",
    "BT-151 Invoiced item VAT category code",
    "BT-152 Invoiced item VAT rate",
    "BT-153 Item name",
    "BT-154 Item description",
)


def decimal_of(hundredths: int) -> Decimal:
    """Return a whole number of hundredths as a decimal, exactly: 2500 is 25.00."""
    return Decimal(hundredths).scaleb(-2)


@dataclass(frozen=True)
class Totals:
    """What a buyer's lines come to in öre: without VAT, and taxable by (category, rate)."""

    net: int
    taxable: dict[tuple[str, int], int]

    @property
    def vat(self) -> int:
        """The VAT: of each category's taxable amount, as EN 16931 counts it."""
        return sum(vat_of(amount, rate) for (__, rate), amount in self.taxable.items())

    @property
    def sign(self) -> int:
        """1 for an invoice, -1 for a credit note."""
        return -1 if self.net < 0 else 1


def totals_of(rows: Sequence[Issued]) -> Totals:
    """Return what the rows of one buyer come to."""
    taxable: dict[tuple[str, int], int] = {}
    for row in rows:
        key = (row.vat_category, row.vat_rate)
        taxable[key] = taxable.get(key, 0) + row.amount
    return Totals(sum(row.amount for row in rows), taxable)


def invoice_rows(rows: Any) -> Iterator[list[Any]]:
    """Yield issued rows (a queryset of costs or of fees) as lines of invoices, buyer by buyer."""
    seller = AssociationSettings.objects.select_related("organisation").first()
    loaded = (
        rows.for_invoice()
        .order_by("organisation__name", "organisation_id", "pk")
        .iterator(chunk_size=2000)
    )
    for __, group in groupby(loaded, key=lambda row: row.organisation_id):
        lines = list(group)
        totals = totals_of(lines)
        for number, row in enumerate(lines, start=1):
            yield _line(seller.organisation if seller else None, totals, row, number)


def _line(seller: Any, totals: Totals, row: Issued, number: int) -> list[Any]:
    sign = totals.sign
    taxable = totals.taxable[(row.vat_category, row.vat_rate)]
    # Outside the scope of VAT there is no rate at all (BR-O-05).
    rate = "" if row.vat_category == VatCategory.OUTSIDE else decimal_of(row.vat_rate)
    net = decimal_of(sign * totals.net)
    due = decimal_of(sign * (totals.net + totals.vat))
    return [
        *_document(seller, totals, row),
        net,
        net,
        decimal_of(sign * totals.vat),
        due,
        due,
        decimal_of(sign * taxable),
        decimal_of(sign * vat_of(taxable, row.vat_rate)),
        row.vat_category,
        rate,
        EXEMPTION.get(VatCategory(row.vat_category), ""),
        str(number),
        -1 if sign * row.amount < 0 else 1,
        "C62",
        decimal_of(sign * row.amount),
        decimal_of(abs(row.amount)),
        row.vat_category,
        rate,
        row.item_name,
        row.reason or str(row.get_kind_display()),
    ]


def _document(seller: Any, totals: Totals, row: Issued) -> list[str]:
    """Return what concerns the whole invoice: seller, buyer, period."""
    contact = row.invoice_contact
    own, theirs = _number(seller), _number(row.organisation)
    return [
        CUSTOMISATION,
        PROFILE,
        timezone.localdate(row.issued_at).isoformat(),
        CREDIT_NOTE if totals.sign < 0 else INVOICE,
        "SEK",
        contact.reference if contact else "",
        seller.name if seller else "",
        own,
        f"SE{own}01" if own else "",
        f"{SWEDISH_ORGANISATION}:{own}" if own else "",
        "SE",
        row.organisation.name,
        theirs,
        contact.peppol_id if contact else "",
        "SE",
        date(row.year, 1, 1).isoformat(),
        date(row.year, 12, 31).isoformat(),
    ]


def _number(organisation: Any) -> str:
    return (getattr(organisation, "org_number", None) or "").replace("-", "")


def without_reference(rows: Iterable[Issued]) -> list[str]:
    """Return the names of buyers that lack an invoice reference or an electronic address.

    The rows are loaded with their organisation and the contacts of their participation.
    """
    return sorted(
        {
            row.organisation.name
            for row in rows
            if not ((contact := row.invoice_contact) and contact.reference and contact.peppol_id)
        },
        key=sort_key,
    )
