"""Signatures: in the system by a second factor, elsewhere and uploaded, and countersigning."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import notices
from catalogue.actions.agreements import preview
from catalogue.actions.completion import complete_agreement
from catalogue.actions.guards import latest_agreement
from catalogue.actions.transitions import locked
from catalogue.models import Agreement, Participation, Signature, SigningAuthority
from catalogue.record_states import AgreementKind, AgreementState, SigningMethod
from core.actions import require
from core.exceptions import RuleBroken
from members.models import Organisation
from members.rules import has_role
from members.states import Role

if TYPE_CHECKING:
    from catalogue.signed_pdf import FoundSignature

FRESH = timedelta(minutes=5)
"""How recent the second factor must be when a signature is given."""

REFUSED_FILE = {
    "unreadable": gettext_lazy("The file cannot be read as a signed PDF."),
    "not-the-sent-file": gettext_lazy("The file is not the document that was sent."),
    "unsigned": gettext_lazy("The file holds no signature."),
    "broken": gettext_lazy("A signature does not hold: the file was changed after signing."),
    "altered": gettext_lazy("The file was changed after a signature."),
    "partial": gettext_lazy("A signature does not cover the whole file."),
}


@transaction.atomic
def sign_agreement(
    *,
    by: Any,
    agreement: Agreement,
    organisation: Organisation,
    sha256: str,
    second_factor_at: datetime | None,
) -> Signature:
    """Sign one version of an agreement for one of its two parties, by a fresh second factor.

    `sha256` is the checksum that the person saw: what is signed is what was read.
    `second_factor_at` is when the session last proved a second factor. The party's registered
    authority says how many must sign; when both parties are complete the agreement is signed, and
    with the last one the participation too. Raises PermissionDenied unless `by` is a signatory of
    the party, or RuleBroken. Source: rules.md 2.1.
    """
    row = locked(agreement.participation)
    found = _open_agreement(row, agreement)
    side = _party(found, organisation)
    require(by, "catalogue.sign_for", side)
    _check_second_factor(second_factor_at)
    if sha256 != found.sha256:
        raise RuleBroken(_("The document is another than the one you read. Read it again."))
    authority = authority_for(found, side)
    if found.signatures.filter(signatory=by).exists():
        raise RuleBroken(_("You have already signed this agreement."))
    try:
        with transaction.atomic():
            signature = Signature.objects.create(
                agreement=found,
                organisation=side,
                signatory=by,
                authority=authority,
                ground=_ground(authority),
                signed_at=timezone.now(),
                sha256=found.sha256,
                method=SigningMethod.SYSTEM,
                evidence={
                    "second_factor_at": second_factor_at.isoformat(),  # type: ignore[union-attr]
                    "before_legal_force": _before_legal_force(row),
                },
            )
    except IntegrityError as error:
        raise RuleBroken(_("You have already signed this agreement.")) from error
    _after(by, side, row, found)
    return signature


def countersign(
    *, by: Any, agreements: Iterable[Agreement], second_factor_at: datetime | None
) -> tuple[list[Agreement], list[tuple[Agreement, str]]]:
    """Sign many agreements for the association; return those signed, and those refused with why.

    Each is a transaction of its own: one that is refused holds up no other. Only agreements that
    the municipality has signed in full are taken.
    """
    signed: list[Agreement] = []
    refused: list[tuple[Agreement, str]] = []
    for agreement in agreements:
        try:
            _check_municipality_has_signed(agreement)
            sign_agreement(
                by=by,
                agreement=agreement,
                organisation=agreement.counterparty,
                sha256=agreement.sha256,
                second_factor_at=second_factor_at,
            )
            signed.append(agreement)
        except RuleBroken as broken:
            refused.append((agreement, broken.message))
    return signed, refused


def _check_municipality_has_signed(agreement: Agreement) -> None:
    if not is_complete(agreement, agreement.participation.organisation):
        raise RuleBroken(_("The municipality has not signed in full yet."))


@transaction.atomic
def upload_signed_agreement(
    *,
    by: Any,
    agreement: Agreement,
    organisation: Organisation,
    content: bytes,
    identity_checked: bool = False,
) -> list[Signature]:
    """Take the sent document as it was signed elsewhere by one party.

    The file's own signatures are read: each must hold, cover what it must, and be on exactly the
    document that was sent. A certificate whose chain leads to no trusted root counts only when
    the office says that it has checked who signed (`identity_checked`). Raises PermissionDenied
    or RuleBroken in words.
    """
    row = locked(agreement.participation)
    found = _open_agreement(row, agreement)
    side = _party(found, organisation)
    require(by, "catalogue.upload_signed", row)
    if side.pk != row.organisation_id:
        require(by, "catalogue.handle_participation", row)
    signatures = _read(content, found)
    if not all(item.trusted for item in signatures):
        _check_identity(by, row, checked=identity_checked)
    rows = _keep(found, side, signatures, authority_for(found, side), by=by)
    found.signed_pdf.save("undertecknat.pdf", ContentFile(content), save=False)
    found.signed_sha256 = hashlib.sha256(content).hexdigest()
    found.save()
    _after(by, side, row, found)
    return rows


def _read(content: bytes, agreement: Agreement) -> list["FoundSignature"]:
    # Seconds to import and rarely used: no other command or page should wait for it.
    from catalogue import signed_pdf  # noqa: PLC0415

    roots = getattr(settings, "SIGNING_TRUST_ROOTS", ())
    try:
        return signed_pdf.read_signatures(content, sent=preview(agreement), trust_roots=roots)
    except signed_pdf.SignedPdfError as error:
        raise RuleBroken(str(REFUSED_FILE[error.code]), field="file") from error


def _check_identity(by: Any, row: Participation, *, checked: bool) -> None:
    """Let the office vouch for a certificate that no trusted root vouches for."""
    if not checked:
        raise RuleBroken(
            _(
                "The issuer of a certificate is not among those trusted. The office must check who"
                " signed, and upload the file."
            ),
            field="file",
        )
    require(by, "catalogue.handle_participation", row)


def _keep(
    agreement: Agreement,
    side: Organisation,
    signatures: list["FoundSignature"],
    authority: SigningAuthority,
    *,
    by: Any,
) -> list[Signature]:
    """Keep each new certificate's signature once."""
    known = set(
        agreement.signatures.filter(method=SigningMethod.UPLOADED).values_list(
            "evidence__fingerprint", flat=True
        )
    )
    fresh = {item.fingerprint: item for item in signatures if item.fingerprint not in known}
    if not fresh:
        raise RuleBroken(_("These signatures are already registered."), field="file")
    return [
        Signature.objects.create(
            agreement=agreement,
            organisation=side,
            signatory_text=item.signer[:200],
            authority=authority,
            ground=_ground(authority),
            signed_at=item.signed_at or timezone.now(),
            sha256=agreement.sha256,
            method=SigningMethod.UPLOADED,
            evidence={
                **asdict(item),
                "signed_at": item.signed_at and item.signed_at.isoformat(),
                "uploaded_by": getattr(by, "pk", None),
            },
        )
        for item in fresh.values()
    ]


def authority_for(agreement: Agreement, organisation: Organisation) -> SigningAuthority:
    """Return the registered authority that covers the agreement today for one party.

    The amount is the accession agreement's, also for the agreements that go with it. Where
    several cover it, the one that asks for the fewest signatories holds. Raises RuleBroken when
    there is none.
    """
    rows = SigningAuthority.objects.covering(
        organisation.pk, timezone.localdate(), _amount_of(agreement)
    )
    found = rows.order_by("signatories", "-starts_on").first()
    if found is None:
        message = _("No signing authority of %(name)s covers this agreement today.")
        raise RuleBroken(message % {"name": organisation.name})
    return found


def _amount_of(agreement: Agreement) -> int | None:
    """Return the öre per year that the agreement binds to, None when none is agreed on."""
    if agreement.kind == AgreementKind.ACCESSION:
        return agreement.amount
    accession = latest_agreement(agreement.participation, AgreementKind.ACCESSION)
    return accession.amount if accession else None


def is_complete(agreement: Agreement, organisation: Organisation) -> bool:
    """Return whether as many have signed for the party as its authority demands."""
    every = agreement.signatures.all()
    if "signatures" not in getattr(agreement, "_prefetched_objects_cache", {}):
        every = every.select_related("authority")
    rows = [row for row in every if row.organisation_id == organisation.pk]
    needed = [row.authority.signatories for row in rows if row.authority]
    return bool(rows) and len(rows) >= max(needed, default=1)


def signing_warning(participation: Participation) -> str:
    """Return what to tell a signatory before the decision has gained legal force, else nothing."""
    if _before_legal_force(participation):
        return _("The municipality's decision has not gained legal force yet.")
    return ""


def _before_legal_force(participation: Participation) -> bool:
    decision = participation.decisions.order_by("-pk").first()
    if decision is None:
        return False
    return decision.final_on is None or decision.final_on > timezone.localdate()


def _open_agreement(row: Participation, agreement: Agreement) -> Agreement:
    """Return the agreement as it is now; raise RuleBroken unless it waits for signatures."""
    found = row.agreements.select_related("counterparty").get(pk=agreement.pk)
    found.participation = row
    if found.state == AgreementState.SIGNED:
        raise RuleBroken(_("The agreement is already signed by both sides."))
    if found.state != AgreementState.SENT:
        raise RuleBroken(_("The agreement is not sent for signing."))
    return found


def _party(agreement: Agreement, organisation: Organisation) -> Organisation:
    for party in (agreement.participation.organisation, agreement.counterparty):
        if party.pk == organisation.pk:
            return party
    raise PermissionDenied(_("Your roles do not allow this."))


def is_fresh(moment: datetime) -> bool:
    """Return whether a second factor shown then still counts for a signature now."""
    return timezone.now() - moment <= FRESH


def number_needed(agreement: Agreement, organisation: Organisation) -> int | None:
    """Return how many must sign for the party today, or None without a covering authority."""
    try:
        return authority_for(agreement, organisation).signatories
    except RuleBroken:
        return None


def _check_second_factor(moment: datetime | None) -> None:
    if moment is None or not is_fresh(moment):
        raise RuleBroken(_("Confirm with your second factor, then sign."))


def _ground(authority: SigningAuthority) -> str:
    return " ".join(part for part in (authority.ground, authority.registry_number) if part)


def _after(by: Any, side: Organisation, row: Participation, agreement: Agreement) -> None:
    """Tell the association when the municipality is complete; finish when both sides are."""
    municipality = is_complete(agreement, row.organisation)
    association = is_complete(agreement, agreement.counterparty)
    if municipality and association:
        complete_agreement(by=by, party_id=side.pk, participation=row, agreement=agreement)
    elif municipality:
        notices.tell_signatories(
            row, notices.TO_COUNTERSIGN, organisation_id=agreement.counterparty_id
        )


def may_sign(user: Any, agreement: Agreement) -> list[Organisation]:
    """Return the parties for which the person may sign now, the municipality first."""
    if agreement.state != AgreementState.SENT:
        return []
    if any(row.signatory_id == user.pk for row in agreement.signatures.all()):
        return []
    return _signs_for(user, agreement)


def is_signatory(user: Any, agreement: Agreement) -> bool:
    """Return whether the person is signatory of one of the two parties, signed already or not."""
    return bool(_signs_for(user, agreement))


def _signs_for(user: Any, agreement: Agreement) -> list[Organisation]:
    parties = (agreement.participation.organisation, agreement.counterparty)
    return [party for party in parties if has_role(user, party, Role.SIGNATORY)]
