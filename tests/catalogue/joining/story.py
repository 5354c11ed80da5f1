"""Drives a participation through its life by the product's own actions."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pikepdf
from django.utils import timezone

from catalogue.actions import agreements, dossier, leaving, participations, signing
from catalogue.actions.transitions import move_participation
from catalogue.joining_states import LegalBasis, ParticipationState
from catalogue.models import (
    Agreement,
    AgreementTemplate,
    JoiningDocument,
    OnboardingTemplateStep,
    Participation,
    ServicePage,
    SigningAuthority,
)
from catalogue.record_states import NEEDED_CONTACTS, AgreementKind, DocumentKind
from tests.factories.members import UserFactory, World, give

S = ParticipationState


def pdf_bytes() -> bytes:
    """Return a small PDF with one empty page."""
    document, buffer = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(buffer)
    return buffer.getvalue()


@dataclass
class Story:
    """The people and papers of a joining, and the ways on from each state."""

    world: World
    service: ServicePage
    start: date = field(default_factory=timezone.localdate)

    def __post_init__(self) -> None:
        people = self.world.people
        people["own:signatory2"] = UserFactory(email="signatory2@own.exempel.invalid")
        give(people["own:signatory2"], self.world.own, "signatory")
        people["office:signatory"] = UserFactory(email="signatory@office.exempel.invalid")
        give(people["office:signatory"], self.world.office, "signatory")
        for organisation, number in ((self.world.own, 2), (self.world.office, 1)):
            SigningAuthority.objects.create(
                organisation=organisation,
                ground="Delegationsordning",
                signatories=number,
                starts_on=date(2020, 1, 1),
            )
        for kind in (AgreementKind.ACCESSION, AgreementKind.DPA):
            AgreementTemplate.objects.create(
                kind=kind,
                title=str(kind.label),
                body="## Parter\n\nMellan **[kommun]** och [förening].",
                instruction="# Ändamål\n\nEnligt avtalet." if kind == AgreementKind.DPA else "",
            )
        for place, title in enumerate(("Utse kontakter", "Utbilda"), start=1):
            OnboardingTemplateStep.objects.create(
                position=place, title=title, side="municipality", offset_days=14 * place
            )

    @property
    def runner(self) -> Any:
        """The municipality's coordinator."""
        return self.world["own:coordinator"]

    @property
    def handler(self) -> Any:
        """The office's service manager."""
        return self.world["service_manager"]

    def interested(self) -> Participation:
        """Open the participation."""
        return participations.express_interest(
            by=self.runner, service=self.service, organisations=[self.world.own]
        )[0]

    def move(
        self, row: Participation, new: str, *, reason: str = "", by: Any = None
    ) -> Participation:
        """Take a step by hand, as the side that may."""
        office = new in (S.DIALOGUE, S.ONBOARDING, S.PRODUCTION, S.WINDING_UP, S.ENDED, S.DECLINED)
        actor = by or (self.handler if office else self.runner)
        return move_participation(by=actor, participation=row, new=new, reason=reason)

    def document(self, row: Participation, kind: str = DocumentKind.OTHER) -> JoiningDocument:
        """Put a PDF on the record."""
        return dossier.add_document(
            by=self.runner, participation=row, kind=kind, name="papper.pdf", content=pdf_bytes()
        )

    def in_dialogue(self) -> Participation:
        """Go to dialogue."""
        return self.move(self.interested(), S.DIALOGUE)

    def deciding(self) -> Participation:
        """Go to a decision under way."""
        return self.move(self.in_dialogue(), S.DECISION_PENDING)

    def register_decision(self, row: Participation, **more: Any) -> None:
        """Register the municipality's decision."""
        values = {
            "body": "Kommunstyrelsen",
            "decided_on": self.start - timedelta(days=60),
            "registry_number": "KFKS 2026/1",
            "announced_on": self.start - timedelta(days=55),
            "final_on": self.start - timedelta(days=30),
        }
        dossier.register_decision(
            by=self.runner,
            participation=row,
            document=self.document(row, DocumentKind.DECISION),
            **(values | more),
        )

    def decided(self) -> Participation:
        """Go to decided."""
        row = self.deciding()
        self.register_decision(row)
        return self.move(row, S.DECIDED)

    def decided_in_the_past(self) -> Participation:
        """Go to decided, when the agreement is to begin at a later day."""
        row = self.deciding()
        self.register_decision(
            row,
            decided_on=date(2026, 1, 10),
            announced_on=date(2026, 1, 12),
            final_on=date(2026, 2, 3),
        )
        return self.move(row, S.DECIDED)

    def prepare(self, row: Participation) -> None:
        """Record the legal basis and make both drafts."""
        participations.record_legal_basis(
            by=self.handler,
            participation=row,
            basis=LegalBasis.COOPERATION_AGREEMENT,
            reference="Avtal 2026/7",
        )
        for kind in (AgreementKind.ACCESSION, AgreementKind.DPA):
            start = self.start if kind == AgreementKind.ACCESSION else None
            agreements.draft_agreement(
                by=self.handler,
                participation=row,
                kind=kind,
                terms=agreements.Terms(agreed_start=start),
            )

    def sent(self) -> Participation:
        """Go to agreements sent."""
        row = self.decided()
        self.prepare(row)
        agreements.send_agreements(by=self.handler, participation=row)
        row.refresh_from_db()
        return row

    def sign(self, agreement: Agreement, who: str, organisation: Any) -> Any:
        """Sign as a person, with a fresh second factor."""
        return signing.sign_agreement(
            by=self.world[who],
            agreement=agreement,
            organisation=organisation,
            sha256=agreement.sha256,
            second_factor_at=timezone.now(),
        )

    def sign_all(self, row: Participation) -> None:
        """Let both sides sign both agreements."""
        for agreement in row.agreements.filter(state="sent"):
            self.sign(agreement, "own:signatory", self.world.own)
            self.sign(agreement, "own:signatory2", self.world.own)
            self.sign(agreement, "office:signatory", self.world.office)

    def signed(self) -> Participation:
        """Go to agreements signed."""
        row = self.sent()
        self.sign_all(row)
        row.refresh_from_db()
        return row

    def onboarding(self) -> Participation:
        """Go to the introduction."""
        return self.move(self.signed(), S.ONBOARDING)

    def equip(self, row: Participation) -> None:
        """Give what use needs: contacts and acceptance."""
        for role in NEEDED_CONTACTS:
            dossier.set_contact(
                by=self.runner,
                participation=row,
                role=role,
                function="Funktion",
                email="funktion@exempel.invalid",
            )
        dossier.accept_delivery(by=self.runner, participation=row, accepted_on=self.start)

    def in_use(self) -> Participation:
        """Go to use."""
        row = self.onboarding()
        self.equip(row)
        return self.move(row, S.PRODUCTION)

    def terminate(
        self, row: Participation, received_on: date | None = None, by: Any = None
    ) -> None:
        """Register a notice."""
        leaving.terminate_participation(
            by=by or self.runner,
            participation=row,
            received_on=received_on or self.start,
            notice=self.document(row, DocumentKind.NOTICE),
        )
        row.refresh_from_db()

    def terminated(self) -> Participation:
        """Go to terminated."""
        row = self.in_use()
        self.terminate(row)
        return row

    def winding_up(self) -> Participation:
        """Go to winding up."""
        return self.move(self.terminated(), S.WINDING_UP)

    def wind_up(self, row: Participation) -> None:
        """Do everything that must be done before the end."""
        by, on = self.handler, self.start
        leaving.note_left(by=by, participation=row, field="data_returned_on", on=on)
        leaving.certify_deletion(
            by=by, participation=row, certificate=self.document(row, DocumentKind.DELETION), on=on
        )
        leaving.note_left(by=by, participation=row, field="accounts_closed_on", on=on)
        leaving.settle(by=by, participation=row, amount=0, on=on)
