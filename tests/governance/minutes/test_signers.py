"""Who signs, when others must sign in their place, and when the term has ended since."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.actions import SYSTEM
from core.exceptions import RuleBroken
from governance.actions.minutes import signing
from governance.actions.minutes.signers import missing
from governance.choices import SignerRole
from governance.minutes_states import MinutesState
from governance.minutes_tasks import my_minutes_tasks
from governance.models import Mandate, Minutes, MinutesSigner, Office
from tests.factories.minutes import hold, send, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared():
    """Minutes where seat 1 adjusts all §§ but "Budget", which the substitute of seat 2 adjusts."""
    held = hold()
    version = send(held)
    budget = held.item("Budget").pk
    adjuster = version.signers.get(role=SignerRole.ADJUSTER)
    adjuster.items = [item for item in adjuster.items if item != budget]
    adjuster.save()
    MinutesSigner.objects.create(
        version=version, person=held.body.ordinary[2].name, role=SignerRole.ADJUSTER,
        items=[budget],
    )  # fmt: skip
    return held, version, adjuster


def replace(held, version, signer):
    return signing.replace_signer(
        by=SYSTEM, version=version, signer=signer, reason="Sjuk",
        substitute=held.body.ordinary[2].name,
    )  # fmt: skip


def test_a_substitute_keeps_the_paragraphs_that_were_the_substitutes_already(shared):
    held, version, adjuster = shared
    row = replace(held, version, adjuster)
    assert set(row.items) == {*adjuster.items, held.item("Budget").pk}
    for user in (held.body.secretary, held.body.ordinary[0], held.body.ordinary[2]):
        sign(version, user)
    assert held.minutes.state == MinutesState.ADJUSTED


def test_a_substitute_who_has_signed_signs_once_more_for_what_was_added(shared):
    held, version, adjuster = shared
    substitute = held.body.ordinary[2]
    for user in (held.body.secretary, held.body.ordinary[0], substitute):
        sign(version, user)
    assert not list(my_minutes_tasks(held.body.fresh(substitute)))
    replace(held, version, adjuster)
    assert [row.person_id for row in missing(version)] == [substitute.name_id]
    assert [task.source for task in my_minutes_tasks(held.body.fresh(substitute))] == [
        "minutes-sign"
    ]
    [again] = sign(version, substitute)
    assert again.items == adjuster.items
    assert held.minutes.state == MinutesState.ADJUSTED


def test_all_is_adjusted_when_the_last_who_has_not_signed_is_replaced_by_one_who_has(shared):
    held, version, adjuster = shared
    adjuster.items = [held.item("Budget").pk]
    adjuster.save()
    MinutesSigner.objects.filter(version=version, person=held.body.ordinary[2].name).update(
        items=[p["item"] for p in version.content["paragraphs"]]
    )
    for user in (held.body.secretary, held.body.ordinary[0], held.body.ordinary[2]):
        sign(version, user)
    assert held.minutes.state == MinutesState.IN_ADJUSTMENT
    replace(held, version, adjuster)
    assert held.minutes.state == MinutesState.ADJUSTED


def test_who_presided_over_a_paragraph_does_not_adjust_it(shared):
    held, version, adjuster = shared
    held.meeting.adjusters.filter(is_substitute=True).update(person=held.body.ordinary[0].name)
    with pytest.raises(RuleBroken, match="took part"):
        signing.replace_signer(
            by=SYSTEM, version=version, signer=adjuster, reason="Sjuk",
            substitute=held.body.ordinary[0].name,
        )  # fmt: skip


def test_one_whose_term_has_ended_still_reads_and_signs(client, root):
    held = hold(None, "Ett", closed=("Upphandling",))
    version = send(held)
    adjuster = held.body.ordinary[1]
    ended = timezone.localdate() - timedelta(days=1)
    Mandate.objects.filter(person=adjuster.name).update(ends_on=ended)
    Office.objects.filter(person=adjuster.name).update(ends_on=ended)
    client.force_login(held.body.fresh(adjuster))
    args = [held.meeting.council.slug, held.meeting.pk]
    page = client.get(reverse("governance:minutes", args=args))
    # What is signed is read in full, also what was decided behind closed doors.
    assert "godkänna upphandling" in page.content.decode()
    assert client.get(reverse("governance:minutes_file", args=args)).status_code == 200
    done = client.post(
        reverse("governance:minutes_command", args=[*args, "skriv-under"]),
        {"version": version.number, "sha256": version.sha256},
    )
    assert done.status_code == 302
    assert version.signatures.filter(person=adjuster.name).exists()
    signing.reject_minutes(by=held.body.ordinary[0], version=version, remark="Fel belopp.")
    assert not Minutes.objects.visible_to(held.body.fresh(adjuster)).exists()
