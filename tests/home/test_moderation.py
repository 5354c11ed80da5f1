"""The way of a page to the public: two steps, by groups alone, with nobody as superuser."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from catalogue.models import CataloguePage, ServicePage
from home.models import NewsIndexPage, NewsPage
from members.models import User
from members.states import CMS_GROUPS, Role
from tests.factories.catalogue import make_service
from tests.factories.members import UserFactory
from tests.home.site import make_officer


@pytest.fixture
def staff(site) -> dict[Role, User]:
    """One account per office role that has a place in the CMS, with rights from its group alone."""
    return {role: make_officer(role) for role in CMS_GROUPS}


@pytest.fixture
def draft(staff) -> ServicePage:
    """A service that the editor has written and nobody has seen."""
    page = make_service(CataloguePage.objects.get(), owner=staff[Role.EDITOR], live=False)
    page.save_revision(user=staff[Role.EDITOR])
    return page


def submit(page: Page, by: User) -> None:
    page.get_workflow().start(page, by)


def approve(page: Page, by: User) -> None:
    page.current_workflow_task.on_action(page.current_workflow_task_state, by, "approve")
    page.refresh_from_db()


def may_approve(page: Page, user: User) -> bool:
    fresh = Page.objects.get(pk=page.pk).specific
    actions = fresh.current_workflow_task.get_actions(fresh, user)
    return "approve" in {action[0] for action in actions}


def let_time_pass(page: Page) -> None:
    """Move the scheduled time of the approved revision to a minute ago."""
    past = timezone.now() - timedelta(minutes=1)
    revision = Revision.objects.get(approved_go_live_at__isnull=False, object_id=str(page.pk))
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()


def rights(page: Page, user: User) -> dict[str, bool]:
    tester = page.permissions_for_user(User.objects.get(pk=user.pk))
    return {
        "edit": tester.can_edit(),
        "publish": tester.can_publish(),
        "add": tester.can_add_subpage(),
        "lock": tester.can_lock(),
    }


def test_what_each_role_may_do_with_a_service(draft, staff) -> None:
    assert {role: rights(draft, person) for role, person in staff.items()} == {
        Role.EDITOR: {"edit": True, "publish": False, "add": False, "lock": False},
        Role.SERVICE_MANAGER: {"edit": True, "publish": False, "add": False, "lock": False},
        Role.SECRETARY: {"edit": True, "publish": True, "add": False, "lock": False},
        Role.ADMINISTRATOR: {"edit": True, "publish": True, "add": False, "lock": True},
    }
    assert not User.objects.filter(is_superuser=True).exists()


def test_what_each_role_may_do_with_news(staff) -> None:
    index = NewsIndexPage.objects.get()
    assert {role: rights(index, person)["add"] for role, person in staff.items()} == {
        Role.EDITOR: True,
        Role.SERVICE_MANAGER: False,
        Role.SECRETARY: True,
        Role.ADMINISTRATOR: True,
    }


def test_a_service_goes_live_after_two_approvals(draft, staff, client) -> None:
    address = draft.get_url()
    submit(draft, staff[Role.EDITOR])
    assert {role: may_approve(draft, person) for role, person in staff.items()} == {
        Role.EDITOR: False,
        Role.SERVICE_MANAGER: True,
        Role.SECRETARY: False,
        Role.ADMINISTRATOR: False,
    }
    approve(draft, staff[Role.SERVICE_MANAGER])
    assert draft.live is False
    assert {role: may_approve(draft, person) for role, person in staff.items()} == {
        Role.EDITOR: False,
        Role.SERVICE_MANAGER: False,
        Role.SECRETARY: True,
        Role.ADMINISTRATOR: True,
    }
    assert client.get(address).status_code == 404
    approve(draft, staff[Role.ADMINISTRATOR])
    assert draft.live is True
    assert draft.workflow_states.get().status == "approved"
    assert client.get(address).status_code == 200


def test_the_secretary_may_take_the_second_step(draft, staff) -> None:
    submit(draft, staff[Role.EDITOR])
    approve(draft, staff[Role.SERVICE_MANAGER])
    approve(draft, staff[Role.SECRETARY])
    assert draft.live is True


def test_news_pass_the_same_two_steps(staff) -> None:
    page = NewsPage(
        title="Nytt", published_on=timezone.localdate(), introduction="Något.", live=False
    )
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=staff[Role.EDITOR])
    submit(page, staff[Role.EDITOR])
    assert may_approve(page, staff[Role.SERVICE_MANAGER])
    approve(page, staff[Role.SERVICE_MANAGER])
    approve(page, staff[Role.SECRETARY])
    assert page.live is True


def test_a_rejected_service_stays_a_draft(draft, staff) -> None:
    submit(draft, staff[Role.EDITOR])
    task_state = draft.current_workflow_task_state
    draft.current_workflow_task.on_action(
        task_state, staff[Role.SERVICE_MANAGER], "reject", comment="Källa saknas."
    )
    draft.refresh_from_db()
    assert (draft.live, draft.current_workflow_state.status) == (False, "needs_changes")


def test_a_change_of_a_live_page_waits_for_its_approvals(draft, staff) -> None:
    submit(draft, staff[Role.EDITOR])
    approve(draft, staff[Role.SERVICE_MANAGER])
    approve(draft, staff[Role.ADMINISTRATOR])
    draft.short_description = "Bättre beskrivning."
    draft.save_revision(user=staff[Role.EDITOR])
    submit(draft, staff[Role.EDITOR])
    live = ServicePage.objects.get(pk=draft.pk)
    assert (live.short_description, live.has_unpublished_changes) == ("En tjänst för prov.", True)


def test_the_office_publishes_at_a_time_to_come(draft, staff) -> None:
    draft.go_live_at = timezone.now() + timedelta(days=2)
    draft.save_revision(user=staff[Role.EDITOR])
    submit(draft, staff[Role.EDITOR])
    approve(draft, staff[Role.SERVICE_MANAGER])
    approve(draft, staff[Role.ADMINISTRATOR])
    assert (draft.live, draft.approved_schedule) == (False, True)
    call_command("publish_scheduled")
    draft.refresh_from_db()
    assert draft.live is False
    let_time_pass(draft)
    call_command("publish_scheduled")
    draft.refresh_from_db()
    assert draft.live is True


@pytest.mark.parametrize("role", list(CMS_GROUPS))
def test_every_role_reaches_the_cms_and_the_draft(draft, staff, client, role) -> None:
    client.force_login(staff[role])
    assert client.get("/cms/").status_code == 200
    assert client.get(f"/cms/pages/{draft.pk}/edit/").status_code == 200
    preview = client.get(f"/cms/pages/{draft.pk}/view_draft/")
    assert (preview.status_code, "En tjänst för prov." in preview.text) == (200, True)


def test_others_do_not_reach_the_cms(site, client) -> None:
    client.force_login(UserFactory())
    assert client.get("/cms/").status_code == 403


def test_the_editor_submits_in_the_cms_and_cannot_publish(draft, staff, client) -> None:
    client.force_login(staff[Role.EDITOR])
    page = client.get(f"/cms/pages/{draft.pk}/edit/").text
    assert "action-submit" in page
    assert "action-publish" not in page
    client.force_login(staff[Role.ADMINISTRATOR])
    assert "action-publish" in client.get(f"/cms/pages/{draft.pk}/edit/").text


def test_a_page_with_pages_under_it_is_not_deleted_at_once(draft, staff) -> None:
    catalogue = CataloguePage.objects.get()
    administrator = staff[Role.ADMINISTRATOR]
    assert not catalogue.permissions_for_user(administrator).can_delete()
    assert draft.permissions_for_user(administrator).can_delete()
