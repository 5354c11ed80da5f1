"""Who must sign a version of minutes, and for which §§ (rules.md 1.7)."""

from governance.actions.minutes.content import Source
from governance.choices import DecisionMethod, SignerRole
from governance.models import Adjuster, AgendaItem, Decision, MinutesSigner, MinutesVersion

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
    for item in source.items:
        if hasattr(item, "adjusted"):
            continue
        _add(wanted, source, item, adjusters)
    if not source.items:
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
    # Who answered without a meeting decided; those who were told of it at the meeting adjust.
    told = decision is not None and decision.method == DecisionMethod.PER_CAPSULAM
    there = source.presence.participants(item, None if told else decision)
    served = {person for __, person in there}
    able = [a for a in adjusters if a.person_id in served and a.person_id != presiding]
    chosen = [a for a in able if not a.is_substitute] or [a for a in able if a.is_substitute]
    for adjuster in chosen:
        wanted.setdefault((SignerRole.ADJUSTER, adjuster.person_id), []).append(item.pk)


def outcome_of(item: AgendaItem) -> Decision | None:
    """Return what a § came to, decisions on procedure left out."""
    rows = [row for row in item.decisions.all() if row.kind != "procedural"]
    return rows[-1] if rows else None


def missing(version: MinutesVersion) -> list[MinutesSigner]:
    """Return who has not signed this version yet."""
    signed = set(version.signatures.values_list("person", "role"))
    rows = version.signers.filter(is_excused=False).select_related("person")
    return [row for row in rows if (row.person_id, row.role) not in signed]


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
