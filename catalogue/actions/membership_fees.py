"""Membership fees are issued as rows that stand; a correction is a new row."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.fee_lists import FeeDue, fees_due
from catalogue.models import FeeRow
from catalogue.record_states import FeeRowKind, JoiningEvent, VatCategory
from core.actions import log, require
from core.exceptions import RuleBroken


@transaction.atomic
def issue_fees(*, by: Any, year: int) -> list[FeeRow]:
    """Issue a year's membership fees: every fee that is due and not issued (`fees_due`).

    What is issued stands; a second call issues only what is new. A membership fee of a non-profit
    association lies outside the scope of VAT. Raises PermissionDenied unless the office asks, or
    RuleBroken when nothing is due or somebody issues at the same moment.
    """
    require(by, "catalogue.manage_costs")
    due = fees_due(year)
    if not due:
        raise RuleBroken(_("Nothing is left to issue for the year."))
    rows = [_row(by, fee, year) for fee in due]
    try:
        with transaction.atomic():
            issued = FeeRow.objects.bulk_create(rows)
    except IntegrityError as error:
        raise RuleBroken(_("This is already done.")) from error
    log(JoiningEvent.FEES_ISSUED, by=by, new={"year": year, "rows": len(issued)})
    return issued


def _row(by: Any, fee: FeeDue, year: int) -> FeeRow:
    return FeeRow(
        membership=fee.membership,
        organisation_id=fee.membership.organisation_id,
        kind=fee.kind,
        year=year,
        amount=fee.amount,
        vat_category=VatCategory.OUTSIDE,
        vat_rate=0,
        vat=0,
        basis=fee.basis,
        issued_at=timezone.now(),
        issued_by=getattr(by, "pk", None) and by,
        is_example=fee.membership.is_example,
    )


@transaction.atomic
def correct_fee(*, by: Any, row: FeeRow, amount: int, reason: str) -> FeeRow:
    """Correct an issued fee by a new row of `amount` öre (negative: given back), with a reason.

    The row that is corrected stands. Raises PermissionDenied, or RuleBroken.
    """
    require(by, "catalogue.manage_costs")
    if not reason.strip():
        raise RuleBroken(_("Give the reason."), field="reason")
    if amount == 0:
        raise RuleBroken(_("A correction of nothing corrects nothing."), field="amount")
    return FeeRow.objects.create(
        membership_id=row.membership_id,
        organisation_id=row.organisation_id,
        kind=FeeRowKind.CORRECTION,
        year=row.year,
        amount=amount,
        vat_category=row.vat_category,
        vat_rate=row.vat_rate,
        vat=0,
        basis={"corrects": row.pk},
        reason=reason.strip(),
        origin=row,
        issued_at=timezone.now(),
        issued_by=getattr(by, "pk", None) and by,
        is_example=row.is_example,
    )
