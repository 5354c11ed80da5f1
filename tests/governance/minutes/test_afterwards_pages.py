"""What follows adjustment, done from the pages: rectify, announce, destroy ballots, archive."""

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.actions import ledger
from governance.actions.minutes import announcing
from governance.models import Notice
from governance.models.ballot import SecretUrn
from tests.factories.minutes import adjust, adjusted, committee
from tests.governance.proof.real_polls import polled

pytestmark = pytest.mark.django_db


def desk(client, held):
    client.force_login(held.body.fresh(held.body.secretary))
    arguments = [held.meeting.council.slug, held.meeting.pk]
    page = reverse("governance:minutes", args=arguments)

    def command(name, **data):
        address = reverse("governance:minutes_command", args=[*arguments, name])
        return client.post(address, data)

    return page, command


def test_secret_ballots_are_destroyed_from_the_page(client, root):
    held = polled(behind=False)
    page, command = desk(client, held)
    assert "Gallra slutna röster" not in client.get(page).content.decode()
    refused = command("gallra", decision="§ 4/2026")
    assert (refused.status_code, SecretUrn.objects.get().ballots is None) == (422, False)
    adjust(held)
    page, command = desk(client, held)
    assert "Gallra slutna röster" in client.get(page).content.decode()
    refused = command("gallra", decision="")
    assert (refused.status_code, SecretUrn.objects.get().ballots is None) == (422, False)
    client.force_login(held.body.fresh(held.body.ordinary[2]))
    assert command("gallra", decision="§ 4/2026").status_code == 403
    page, command = desk(client, held)
    assert command("gallra", decision="§ 4/2026").status_code == 302
    assert SecretUrn.objects.get().ballots is None
    assert "Gallra slutna röster" not in client.get(page).content.decode()
    assert command("gallra", decision="§ 4/2026").status_code == 422
    assert ledger.verify().disposed == 1


def test_a_slip_is_rectified_and_the_minutes_archived_from_the_page(client, root):
    held = adjusted()
    page, command = desk(client, held)
    slip = {
        "item": held.item("Budget").pk, "stood": "1 000", "shall_stand": "10 000",
        "reason": "Skrivfel", "decided_by": "Ordföranden", "decided_on": timezone.localdate(),
    }  # fmt: skip
    refused = command("rattelse", **slip | {"reason": ""})
    assert (refused.status_code, "10 000" in refused.content.decode()) == (422, True)
    assert command("rattelse", **slip).status_code == 302
    assert "Rättat" in client.get(page).content.decode()
    assert command("arkivera").status_code == 302
    assert held.minutes.state == "archived"


def test_a_joint_committee_is_announced_board_by_board_from_the_page(client, root):
    held = adjusted(committee(3))
    page, command = desk(client, held)
    boards = announcing.boards_of(held.minutes)
    today = timezone.localdate()
    for board in boards:
        assert '/anslag/"' in client.get(page).content.decode()
        data = {"board": board.pk, "put_up_on": today, "kept_at": "Kansliet"}
        assert command("anslag", **data).status_code == 302
    assert Notice.objects.count() == len(boards) == 3
    assert '/anslag/"' not in client.get(page).content.decode()
    refused = command("ta-ned")
    assert (refused.status_code, held.minutes.state) == (422, "announced")
