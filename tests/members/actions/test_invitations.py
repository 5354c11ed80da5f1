"""Invitations: the only way to an account."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.actions import SYSTEM, deliver_due
from core.exceptions import RuleBroken
from core.models import AuditEntry
from members.actions.invitations import (
    accept_invitation,
    find_invitation,
    hash_of,
    invite,
    open_account,
    renew_invitation,
    revoke_invitation,
)
from members.models import Invitation, User
from members.rules import has_role
from members.states import InvitationState
from tests.members.actions.test_roles import EVERYONE

NEW = "ny@nacka.exempel.invalid"


@pytest.fixture
def sent(world) -> tuple[Invitation, str]:
    return invite(
        by=world["own:coordinator"], email=NEW, organisation=world.own, roles=["signatory"]
    )


def open_new(invitation, **changed) -> User:
    fields = {"given_name": "Firmatecknare", "family_name": "(exempel)", "password": "x" * 14}
    return open_account(invitation=invitation, **fields | changed)


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("roles", [["signatory"], ["coordinator", "reader"]])
def test_invite(world, who, roles):
    if who in {"own:coordinator", "administrator"}:
        invitation, _ = invite(by=world[who], email=NEW, organisation=world.own, roles=roles)
        assert invitation.invited_by == world[who]
        assert [r.role for r in invitation.roles.all()] == roles
    else:
        with pytest.raises(PermissionDenied):
            invite(by=world[who], email=NEW, organisation=world.own, roles=roles)
        assert Invitation.objects.count() == 0


def test_coordinator_cannot_offer_a_role_of_the_office(world):
    with pytest.raises(PermissionDenied):
        invite(
            by=world["own:coordinator"],
            email=NEW,
            organisation=world.own,
            roles=["reader", "administrator"],
        )


def test_the_mail_carries_the_link_and_the_database_only_its_hash(sent, settings):
    invitation, token = sent
    deliver_due()
    (message,) = mail.outbox
    assert message.to == [NEW]
    assert f"{settings.BASE_URL}/inbjudan/{token}/" in message.body
    assert f'href="{settings.BASE_URL}/inbjudan/{token}/"' in message.alternatives[0].content
    stored = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert stored["token_hash"] == hash_of(token)
    assert token not in str(stored)


def test_open_account_verifies_the_address_and_gives_the_roles(world, sent):
    invitation, _ = sent
    user = open_new(invitation)
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (NEW, True, True)
    assert has_role(user, world.own, "signatory")
    assert not has_role(user, world.own, "coordinator")
    assert user.check_password("x" * 14)
    invitation.refresh_from_db()
    assert (invitation.state_at(), invitation.accepted_by) == (InvitationState.USED, user)


def test_open_account_when_the_address_has_one_is_refused(world):
    invitation, _ = invite(
        by=SYSTEM, email=world["nobody"].email, organisation=world.own, roles=["reader"]
    )
    with pytest.raises(RuleBroken):
        open_new(invitation)


def test_used_link_opens_no_second_account(sent):
    invitation, _ = sent
    open_new(invitation)
    with pytest.raises(RuleBroken):
        open_new(invitation)
    User.objects.filter(email=NEW).update(email="bytt@exempel.invalid")
    EmailAddress.objects.all().delete()
    with pytest.raises(RuleBroken):
        open_new(invitation)
    assert User.objects.filter(email=NEW).count() == 0


def test_existing_account_accepts(world):
    user = world["other:reader"]
    invitation, _ = invite(
        by=SYSTEM, email=user.email.upper(), organisation=world.own, roles=["signatory"]
    )
    accept_invitation(by=user, invitation=invitation)
    assert has_role(user, world.own, "signatory")
    assert has_role(user, world.other, "reader")


def test_accepting_adds_only_what_is_missing(world):
    user = world["own:reader"]
    invitation, _ = invite(
        by=SYSTEM, email=user.email, organisation=world.own, roles=["reader", "signatory"]
    )
    representative = accept_invitation(by=user, invitation=invitation)
    assert sorted(representative.roles.values_list("role", flat=True)) == ["reader", "signatory"]


def test_foreign_account_is_refused(world, sent):
    invitation, _ = sent
    with pytest.raises(RuleBroken):
        accept_invitation(by=world["other:reader"], invitation=invitation)
    assert not has_role(world["other:reader"], world.own, "signatory")


@pytest.mark.parametrize("state", [InvitationState.EXPIRED, InvitationState.REVOKED])
def test_dead_link_is_refused(world, sent, state):
    invitation, token = sent
    if state == InvitationState.EXPIRED:
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        revoke_invitation(by=world["own:coordinator"], invitation=invitation)
    found = find_invitation(token)
    assert found.state_at() == state
    with pytest.raises(RuleBroken):
        open_new(found)
    assert not User.objects.filter(email=NEW).exists()


def test_renewing_kills_the_old_link(world, sent):
    old, old_token = sent
    new, new_token = renew_invitation(by=world["own:coordinator"], invitation=old)
    assert find_invitation(old_token).state_at() == InvitationState.REVOKED
    assert find_invitation(new_token).state_at() == InvitationState.OPEN
    assert [r.role for r in new.roles.all()] == ["signatory"]


def test_inviting_again_kills_the_old_link(world, sent):
    _, old_token = sent
    invite(by=world["administrator"], email=NEW, organisation=world.own, roles=["reader"])
    assert find_invitation(old_token).state_at() == InvitationState.REVOKED


@pytest.mark.parametrize("action", [renew_invitation, revoke_invitation])
@pytest.mark.parametrize("who", ["other:coordinator", "own:signatory", "auditor", "editor"])
def test_others_neither_renew_nor_revoke(world, sent, action, who):
    with pytest.raises(PermissionDenied):
        action(by=world[who], invitation=sent[0])
    assert find_invitation(sent[1]).state_at() == InvitationState.OPEN


@pytest.mark.parametrize("action", [renew_invitation, revoke_invitation])
def test_accepted_invitation_is_neither_renewed_nor_revoked(world, sent, action):
    open_new(sent[0])
    with pytest.raises(RuleBroken):
        action(by=world["own:coordinator"], invitation=Invitation.objects.get(pk=sent[0].pk))


@pytest.mark.parametrize(
    "change",
    [lambda t: t[:-1], lambda t: t + "a", lambda t: "x" + t, lambda t: "", lambda t: "ö.ö"],
)
def test_tampered_link_is_unknown(sent, change):
    assert find_invitation(change(sent[1])) is None


@pytest.mark.parametrize(
    "address", ["", "nacka", "a@b", "аdmin@nacka.se", "namn@näcka.se", "a b@nacka.se", "a@b.se\nx"]
)
def test_address_that_cannot_be_used(world, address):
    with pytest.raises(RuleBroken) as refusal:
        invite(by=SYSTEM, email=address, organisation=world.own, roles=["reader"])
    assert refusal.value.field == "email"


def test_fullwidth_look_alike_becomes_the_same_address(world, sent):
    invitation, _ = invite(
        by=SYSTEM, email="ｎｙ@nacka.exempel.invalid", organisation=world.own, roles=["reader"]
    )
    assert invitation.email == NEW


@pytest.mark.parametrize("roles", [[], ["king"], ["reader", "king"]])
def test_roles_must_be_known(world, roles):
    with pytest.raises(RuleBroken) as refusal:
        invite(by=SYSTEM, email=NEW, organisation=world.own, roles=roles)
    assert refusal.value.field == "roles"


def test_roles_held_already_are_refused(world):
    with pytest.raises(RuleBroken):
        invite(by=SYSTEM, email=world["own:reader"].email, organisation=world.own, roles=["reader"])


def test_the_trail_tells_of_everything_without_name_or_address(world, sent):
    open_new(sent[0])
    rows = list(AuditEntry.objects.order_by("pk").values())
    assert [row["event"] for row in rows] == [
        "invited",
        "account_opened",
        "invitation_accepted",
        "representation_started",
        "role_given",
    ]
    assert NEW not in str(rows)
    assert "Firmatecknare" not in str(rows)


def test_the_database_keeps_one_waiting_invitation(world, sent):
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            email=NEW, organisation=world.own, token_hash="x", expires_at=timezone.now()
        )


def test_the_database_refuses_an_acceptance_after_the_last_moment(world, sent):
    late = sent[0].expires_at + timedelta(seconds=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(accepted_at=late, accepted_by=world["nobody"])
