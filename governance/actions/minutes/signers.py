"""Who must sign a version of minutes, and for which §§ (rules.md 1.7)."""

from collections.abc import Iterable

from governance.actions.minutes.content import Source
from governance.actions.minutes.presence import Presence
from governance.choices import DecisionMethod, SignerRole
from governance.models import (
    Adjuster,
    AgendaItem,
    Decision,
    MinutesSignature,
    MinutesSigner,
    MinutesVersion,
)

Wanted = dict[tuple[str, int], list[int]]


def name_signers(version: MinutesVersion, source: Source) -> None:
    """Write down who signs: the secretary, who presided over each §, adjusters who took part.

    An adjuster signs for the §§ the person took part in and did not preside over. Where none of
    those chosen did, the chosen substitutes who took part sign instead; where none of them did
    either, only the next meeting can adjust.
    """
    wanted: Wanted = {}
    if source.minutes.secretary_id:
        wanted[SignerRole.SECRETARY, source.minutes.secretary_id] = []
    adjusters = list(source.meeting.adjusters.all())
    left = [item for item in source.items if not hasattr(item, "adjusted")]
    for item in left:
        _add(wanted, source, item, adjusters)
    if not left:
        opened = source.meeting.opened_at
        chair = source.presence.room_at(opened).presiding if opened else None
        if chair:
            wanted[SignerRole.PRESIDING, chair] = []
    MinutesSigner.objects.bulk_create(
        MinutesSigner(version=version, person_id=person, role=role, items=items)
        for (role, person), items in wanted.items()
    )


def _add(wanted: Wanted, source: Source, item: AgendaItem, adjusters: list[Adjuster]) -> None:
    decision = outcome_of(item)
    presiding = source.presence.presiding(item, decision)
    if presiding:
        wanted.setdefault((SignerRole.PRESIDING, presiding), []).append(item.pk)
    served = served_in(source.presence, item, decision)
    able = [a for a in adjusters if a.person_id in served and a.person_id != presiding]
    chosen = [a for a in able if not a.is_substitute] or [a for a in able if a.is_substitute]
    for adjuster in chosen:
        wanted.setdefault((SignerRole.ADJUSTER, adjuster.person_id), []).append(item.pk)


def served_in(presence: Presence, item: AgendaItem, decision: Decision | None) -> set[int]:
    """Return who served when a § was handled, and so may adjust it.

    Who answered without a meeting decided; those who were told of it at the meeting adjust.
    """
    told = decision is not None and decision.method == DecisionMethod.PER_CAPSULAM
    pairs = presence.participants(item, None if told else decision)
    return {person for __, person in pairs}


def outcome_of(item: AgendaItem) -> Decision | None:
    """Return what a § came to, decisions on procedure left out."""
    rows = [row for row in item.decisions.all() if row.kind != "procedural"]
    return rows[-1] if rows else None


def missing(version: MinutesVersion) -> list[MinutesSigner]:
    """Return who has not signed this version yet."""
    signatures = list(version.signatures.all())
    rows = version.signers.filter(is_excused=False).select_related("person")
    return [row for row in rows if unsigned(row, signatures) is not None]


def unsigned(signer: MinutesSigner, signatures: Iterable[MinutesSignature]) -> list[int] | None:
    """Return the items that a signer still has to sign for; None when nothing is left.

    Who signed and then stepped in for another signs once more, for the §§ that were added. The
    secretary signs for all of them, so for the secretary the list is empty.
    """
    mine = [s for s in signatures if (s.person_id, s.role) == (signer.person_id, signer.role)]
    done = {item for signature in mine for item in signature.items}
    left = [item for item in signer.items if item not in done]
    return left if left or not mine else None


def unadjustable(version: MinutesVersion) -> set[int]:
    """Return the items of a version that no adjuster can sign: the next meeting must."""
    items = {p["item"] for p in version.content["paragraphs"]}
    done = AgendaItem.objects.filter(pk__in=items, adjusted__isnull=False)
    rows = version.signers.filter(role=SignerRole.ADJUSTER, is_excused=False)
    covered = {item for row in rows for item in row.items}
    return items - covered - set(done.values_list("pk", flat=True))


def is_complete(version: MinutesVersion) -> bool:
    """Return whether everyone has signed the same text (vector M8)."""
    if missing(version) or unadjustable(version):
        return False
    return all(row.sha256 == version.sha256 for row in version.signatures.all())
