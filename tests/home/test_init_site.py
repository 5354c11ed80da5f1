"""init_site: the way into production."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Site, Workflow

from catalogue.models import CataloguePage
from core.models import OutboxMessage
from home.models import HomePage, MunicipalityIndexPage, NewsIndexPage, StandardPage
from home.states import CATALOGUE_RIGHTS, MODEL_RIGHTS, SITE_RIGHTS
from members.actions.invitations import open_account
from members.models import AssociationSettings, Invitation, Municipality, Organisation, User
from members.states import CMS_GROUPS, OrganisationKind, Role
from tests.home.site import ADMIN, make_officer, run_init_site, text_of

SECOND_RUN_QUERIES = 60


def rows() -> dict[str, int]:
    """Return the number of rows of every table of the product and of Wagtail."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in {"sessions", "contenttypes"}
    }


def test_it_makes_the_tree_of_pages(site) -> None:
    home = Site.objects.get(is_default_site=True).root_page.specific
    assert type(home) is HomePage
    pages = {page.slug: type(page) for page in home.get_children().live().specific()}
    assert pages == {
        "tjanster": CataloguePage,
        "kommuner": MunicipalityIndexPage,
        "nyheter": NewsIndexPage,
        "om": StandardPage,
        "bli-medlem": StandardPage,
        "kontakt": StandardPage,
        "tillganglighet": StandardPage,
        "personuppgifter": StandardPage,
    }
    assert list(Page.objects.filter(depth=2).values_list("pk", flat=True)) == [home.pk]
    assert [found for kind in Page.find_problems() for found in kind] == []


def test_a_second_run_adds_nothing_and_asks_little(site, django_assert_max_num_queries) -> None:
    before = rows()
    with django_assert_max_num_queries(SECOND_RUN_QUERIES):
        said = run_init_site()
    assert rows() == before
    assert "290 unchanged" in said


def test_the_second_run_asks_the_same_for_more_pages(site, django_assert_max_num_queries) -> None:
    with CaptureQueriesContext(connection) as few:
        run_init_site()
    home = HomePage.objects.get()
    for number in range(20):
        home.add_child(instance=StandardPage(title=f"Sida {number}"))
    with django_assert_max_num_queries(len(few)):
        run_init_site()


def test_an_edited_page_and_setting_survive(site) -> None:
    page = StandardPage.objects.get(slug="om")
    page.title = "Om samarbetet"
    page.save_revision().publish()
    AssociationSettings.objects.update(name="Kommunerna i samverkan")
    run_init_site()
    assert StandardPage.objects.get(slug="om").title == "Om samarbetet"
    assert AssociationSettings.objects.get().name == "Kommunerna i samverkan"
    association = Organisation.objects.get(kind=OrganisationKind.ASSOCIATION)
    assert association.name == "Kommunerna i samverkan"


def test_a_missing_page_comes_back(site) -> None:
    StandardPage.objects.get(slug="tillganglighet").delete()
    said = run_init_site()
    assert StandardPage.objects.get(slug="tillganglighet").live
    assert "Tillgänglighetsredogörelse" in said


def test_it_loads_the_municipalities_and_the_association(site) -> None:
    assert Municipality.objects.count() == 290
    assert AssociationSettings.objects.get().organisation == Organisation.objects.get(
        kind=OrganisationKind.ASSOCIATION
    )
    assert Organisation.objects.get(kind=OrganisationKind.ASSOCIATION).name == "Föreningen Samägt"


def test_each_group_has_exactly_the_listed_rights(site) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(CMS_GROUPS.values())
    home, catalogue = HomePage.objects.get(), CataloguePage.objects.get()
    held = {
        (row.group.name, row.page_id, row.permission.codename.removesuffix("_page"))
        for row in GroupPagePermission.objects.select_related("group", "permission")
    }
    assert held == {
        (CMS_GROUPS[role], page.pk, right)
        for page, listed in ((home, SITE_RIGHTS), (catalogue, CATALOGUE_RIGHTS))
        for role, rights in listed.items()
        for right in rights
    }
    for role, name in CMS_GROUPS.items():
        labels = {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in Group.objects.get(name=name).permissions.all()
        }
        assert labels == {"wagtailadmin.access_admin", *MODEL_RIGHTS[role]}


def test_a_right_beside_the_list_is_taken_away(site) -> None:
    editors = Group.objects.get(name=CMS_GROUPS[Role.EDITOR])
    GroupPagePermission.objects.create(
        group=editors, page=HomePage.objects.get(), permission_type="publish"
    )
    assert "1 right changed" in run_init_site()
    assert not GroupPagePermission.objects.filter(
        group=editors, permission__codename="publish_page"
    ).exists()


def test_wagtails_samples_are_gone(site) -> None:
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Granskning i två steg"]
    assert [task.name for task in GroupApprovalTask.objects.order_by("pk")] == [
        "Steg 1: tjänsteansvarig",
        "Steg 2: kansliet",
    ]


def test_it_invites_the_first_administrator_once(site) -> None:
    invitation = Invitation.objects.get()
    assert invitation.email == ADMIN
    assert [offer.role for offer in invitation.roles.all()] == [Role.ADMINISTRATOR]
    assert OutboxMessage.objects.count() == 1
    assert "waits for an answer" in run_init_site()
    assert Invitation.objects.get() == invitation
    assert OutboxMessage.objects.count() == 1


def test_another_address_is_invited_while_nobody_has_answered(site) -> None:
    run_init_site(email="annan@exempel.invalid")
    assert Invitation.objects.count() == 2


def test_nobody_is_invited_once_there_is_an_administrator(site) -> None:
    open_account(
        invitation=Invitation.objects.get(),
        given_name="Administratör",
        family_name="(exempel)",
        password="en lång mening för prov",
    )
    assert "there is one already" in run_init_site(email="annan@exempel.invalid")
    assert Invitation.objects.count() == 1


def test_nobody_is_superuser_or_made_without_an_invitation(site) -> None:
    assert User.objects.count() == 0
    assert EmailAddress.objects.count() == 0


@pytest.mark.parametrize(
    "told",
    [
        "Föreningen Samägt",
        "http://localhost:8000",
        "delvis förenlig",
        "Brister mot lagkraven",
        "Oskäligt betungande",
        "omfattas",
        "Alternativ:",
        "axe",
        "Senaste bedömningen gjordes den",
        "Senaste översynen gjordes den",
        "Kontakta kansliet",
        "https://www.digg.se/tdosanmalan",
    ],
)
def test_the_accessibility_statement_tells_what_the_law_asks_for(site, told) -> None:
    assert told in text_of(StandardPage.objects.get(slug="tillganglighet"))


@pytest.mark.parametrize(
    "slug", ["tjanster", "kommuner", "nyheter", "om", "bli-medlem", "kontakt", "tillganglighet"]
)
def test_a_fixed_address_cannot_be_changed(site, slug) -> None:
    page = HomePage.objects.get().get_children().get(slug=slug).specific
    page.slug = f"{slug}-ny"
    with pytest.raises(ValidationError) as refused:
        page.save()
    assert list(refused.value.message_dict) == ["slug"]


def test_the_editors_form_says_so_at_the_field(site, client) -> None:
    client.force_login(make_officer(Role.ADMINISTRATOR))
    page = StandardPage.objects.get(slug="kontakt")
    answer = client.post(
        f"/cms/pages/{page.pk}/edit/",
        {
            "title": page.title,
            "slug": "hor-av-dig",
            "introduction": page.introduction,
            "body-count": "0",
            "action-publish": "1",
        },
    )
    assert "kontakt" in str(answer.context["form"].errors["slug"])
    assert StandardPage.objects.get(pk=page.pk).slug == "kontakt"


def test_other_pages_may_be_renamed(site) -> None:
    home = HomePage.objects.get()
    page = home.add_child(instance=StandardPage(title="Nätverk", slug="om-natverken"))
    page.slug = "om-vara-natverk"
    page.save()
    child = StandardPage.objects.get(slug="om").add_child(
        instance=StandardPage(title="Kontakt", slug="kontakt")
    )
    child.slug = "kontakt-oss"
    child.save()
    assert StandardPage.objects.get(pk=child.pk).slug == "kontakt-oss"
