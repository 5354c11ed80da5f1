"""The catalogue in the CMS."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from catalogue.models import Area, LifecycleChange, ServicePage
from home.actions.cms_rights import set_up_cms_groups
from home.models import StandardPage
from tests.catalogue.test_actions import person
from tests.factories.catalogue import AreaFactory, make_full_service, make_service


@pytest.fixture
def rights(root, catalogue) -> None:
    """What each office role may do in the CMS, as the product sets it up."""
    set_up_cms_groups(by=person("administrator"), home=root, catalogue=catalogue)


@pytest.fixture
def administrator(rights):
    """An administrator at the office, who may publish."""
    return person("administrator")


@pytest.fixture
def manager(rights):
    """A service manager at the office."""
    return person("service_manager")


@pytest.fixture
def editor(rights):
    """An editor at the office."""
    return person("editor")


def form_at(client, address) -> QueryDict:
    """Return what the page's form would send; the StreamField is drawn by JavaScript."""
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    form["body-count"] = "0"
    return form


def test_the_form_has_a_tab_for_each_part_and_keeps_the_stage_out(client, catalogue, administrator):
    service = make_full_service(catalogue, slug="prov")
    client.force_login(administrator)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[service.pk])).content.decode()
    tabs = [re.sub(r"\s+", " ", t).strip() for t in re.findall(r'role="tab"[^>]*>([^<]*)', html)]
    assert [tab for tab in tabs if tab][:7] == [
        "Innehåll",
        "Fakta",
        "Personuppgifter och säkerhet",
        "Användare",
        "Dokument",
        "Källor",
        "Adress och publicering",
    ]
    assert "100 av 100" in html
    names = set(re.findall(r'name="([\w-]+)"', html))
    assert {"title", "owned_by", "sources-0-field", "example_fields", "areas", "slug"} <= names
    assert not names & {"lifecycle", "lifecycle_on", "lifecycle_citation"}
    fields = re.search(r'<select name="sources-0-field".*?</select>', html, re.DOTALL)[0]
    assert '<option value="hosting">Drift</option>' in fields


def test_an_editor_publishes_a_change_that_leaves_stage_and_rows_alone(
    client, catalogue, administrator
):
    service = make_full_service(catalogue, slug="prov")
    client.force_login(administrator)
    address = reverse("wagtailadmin_pages:edit", args=[service.pk])
    form = form_at(client, address)
    form["short_description"] = "En ny mening."
    form.setlist("example_fields", ["hosting", "need"])
    form["action-publish"] = "action-publish"
    assert client.post(address, dict(form.lists())).status_code == 302
    stored = ServicePage.objects.get(pk=service.pk)
    assert stored.short_description == "En ny mening."
    assert stored.example_fields == ["hosting", "need"]
    assert stored.lifecycle == "production"
    assert stored.sources.count() == 3
    assert [area.name for area in stored.areas.all()] == ["Skola"]


@pytest.mark.parametrize(("slug", "refused"), [("jamfor", True), ("jamfora", False)])
def test_a_reserved_slug_is_refused_at_its_field(client, catalogue, administrator, slug, refused):
    client.force_login(administrator)
    address = reverse("wagtailadmin_pages:add", args=["catalogue", "servicepage", catalogue.pk])
    form = form_at(client, address)
    form.update({"title": "Ny", "slug": slug, "short_description": "En mening."})
    form["action-publish"] = "action-publish"
    response = client.post(address, form)
    assert response.status_code == (200 if refused else 302)
    assert ServicePage.objects.exists() is not refused
    message = f"Adressen ”{slug}” används av en annan del av webbplatsen. Välj en annan."
    assert (message in response.content.decode()) is refused


def test_the_stage_is_changed_from_the_pages_menu(client, catalogue, manager):
    service = make_service(catalogue, slug="prov", lifecycle="pilot")
    client.force_login(manager)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[service.pk])).content.decode()
    address = reverse("catalogue_change_stage", args=[service.pk])
    assert address == f"/cms/tjanster/{service.pk}/skede/"
    assert f'href="{address}"' in edit
    html = client.get(address).content.decode()
    offered = re.findall(r'<option value="([\w-]+)"', html)
    assert offered == ["project", "production", "ended"]
    form = {"new": "production", "on": "2026-03-01", "citation": "Protokoll § 4"}
    assert client.post(address, form).status_code == 302
    assert ServicePage.objects.get().lifecycle == "production"
    assert "Protokoll § 4" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"new": "need"}, "need"),
        ({"on": "2999-01-01"}, "Dagen för ändringen kan inte ligga framåt i tiden."),
        ({"citation": ""}, "Det här fältet är obligatoriskt"),
    ],
)
def test_a_refused_change_of_stage_keeps_what_was_typed(client, catalogue, manager, form, message):
    service = make_service(catalogue, slug="prov", lifecycle="pilot")
    client.force_login(manager)
    address = reverse("catalogue_change_stage", args=[service.pk])
    typed = {"new": "production", "on": "2026-03-01", "citation": "Protokoll § 4"} | form
    response = client.post(address, typed)
    assert response.status_code == 422
    html = response.content.decode()
    assert message in html
    assert f'value="{typed["on"]}"' in html
    assert ServicePage.objects.get().lifecycle == "pilot"


def test_an_editor_neither_sees_nor_makes_the_change_of_stage(client, catalogue, editor):
    service = make_service(catalogue, slug="prov", lifecycle="pilot")
    client.force_login(editor)
    address = reverse("catalogue_change_stage", args=[service.pk])
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[service.pk])).content.decode()
    assert address not in edit
    form = {"new": "production", "on": "2026-03-01", "citation": "Protokoll § 4"}
    # Wagtail answers a missing right with a redirect and a message.
    assert client.post(address, form).status_code == 302
    assert not LifecycleChange.objects.exists()


def test_nobody_outside_the_cms_reaches_its_screens(client, catalogue):
    service = make_service(catalogue, slug="prov")
    for address in (f"/cms/tjanster/{service.pk}/skede/", "/cms/reports/tjanster/"):
        assert client.get(address).status_code == 302
        assert client.get(address)["Location"].startswith("/konto/login/")


def test_the_report_lists_the_least_told_service_first(client, catalogue, administrator):
    make_full_service(catalogue, "Allt sagt")
    make_service(catalogue, "Knappt något")
    client.force_login(administrator)
    html = client.get(reverse("catalogue_completeness")).content.decode()
    rows = re.findall(r'<td class="title"><a[^>]*>(.*?)</a></td><td>(\d+)</td><td>(.*?)</td>', html)
    assert [row[0] for row in rows] == ["Knappt något", "Allt sagt"]
    assert rows[1][1:] == ("100", "")
    assert "Behovet som tjänsten svarar mot" in rows[0][2]


def test_areas_have_two_levels_in_the_cms(client, administrator):
    main = AreaFactory(name="Skola", slug="skola")
    AreaFactory(name="Läromedel", slug="laromedel", parent=main)
    client.force_login(administrator)
    address = reverse("wagtailsnippets_catalogue_area:add")
    html = client.get(address).content.decode()
    parents = re.search(r'<select name="parent".*?</select>', html, re.DOTALL)[0]
    assert "Skola" in parents
    assert "Läromedel" not in parents
    form = {"name": "Prov", "slug": "prov", "parent": main.pk, "position": 0}
    assert client.post(address, form).status_code == 302
    assert Area.objects.get(slug="prov").parent == main
    listing = client.get(reverse("wagtailsnippets_catalogue_area:list")).content.decode()
    assert "Läromedel" in listing


def test_a_renamed_service_leaves_a_permanent_redirect(
    client, catalogue, administrator, django_capture_on_commit_callbacks
):
    service = make_service(catalogue, slug="gammal")
    client.force_login(administrator)
    address = reverse("wagtailadmin_pages:edit", args=[service.pk])
    form = form_at(client, address)
    form["slug"] = "ny"
    form["action-publish"] = "action-publish"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, form).status_code == 302
    response = client.get("/tjanster/gammal/?skede=drift")
    assert response.status_code == 301
    assert response["Location"] == "/tjanster/ny/"
    assert client.get("/tjanster/ny/").status_code == 200


def test_the_pages_below_a_renamed_page_are_redirected_too(
    client, root, django_capture_on_commit_callbacks
):
    parent = root.add_child(instance=StandardPage(title="Om", slug="om-oss"))
    parent.add_child(instance=StandardPage(title="Under", slug="under"))
    parent.slug = "vi"
    with django_capture_on_commit_callbacks(execute=True):
        parent.save_revision().publish()
    for old, new in (("/om-oss/", "/vi/"), ("/om-oss/under/", "/vi/under/")):
        response = client.get(old)
        assert response.status_code == 301
        assert response["Location"] == new


def test_a_service_is_published_when_its_time_comes(client, catalogue):
    for slug, ahead in (("nu", timedelta(minutes=-1)), ("sedan", timedelta(days=1))):
        service = make_service(catalogue, slug=slug, live=False)
        service.go_live_at = timezone.now() + ahead
        service.save_revision(approved_go_live_at=service.go_live_at)
        assert client.get(f"/tjanster/{slug}/").status_code == 404
    call_command("publish_scheduled")
    assert client.get("/tjanster/nu/").status_code == 200
    assert client.get("/tjanster/sedan/").status_code == 404
    assert "Provtjänst" in client.get("/tjanster/").content.decode()


def test_a_service_is_taken_down_when_its_time_is_over(client, catalogue):
    service = make_service(catalogue, slug="prov")
    ServicePage.objects.filter(pk=service.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert client.get("/tjanster/prov/").status_code == 404


@pytest.mark.parametrize(("slug", "stopped"), [("konto", True), ("konton", False)])
def test_a_page_is_not_moved_to_where_its_address_is_taken(
    client, root, administrator, slug, stopped
):
    parent = root.add_child(instance=StandardPage(title="Om", slug="om-oss"))
    page = parent.add_child(instance=StandardPage(title="Sida", slug=slug))
    client.force_login(administrator)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, root.pk]))
    page.refresh_from_db()
    assert (page.get_parent().pk == parent.pk) is stopped


@pytest.mark.parametrize(("slug", "stopped"), [("konto", True), ("konton", False)])
def test_a_page_is_not_copied_to_an_address_that_is_taken(
    client, root, administrator, slug, stopped
):
    page = root.add_child(instance=StandardPage(title="Sida", slug="sida"))
    client.force_login(administrator)
    form = {"new_title": "Kopia", "new_slug": slug, "new_parent_page": root.pk}
    response = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert response.status_code == 302
    assert StandardPage.objects.filter(slug=slug).exists() is not stopped


def test_an_editor_previews_what_is_typed(client, catalogue, administrator):
    service = make_full_service(catalogue, slug="prov")
    client.force_login(administrator)
    form = form_at(client, reverse("wagtailadmin_pages:edit", args=[service.pk]))
    form["short_description"] = "Bara i förhandsvisningen."
    form["features-0-text"] = "Ny funktion"
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[service.pk])
    answer = client.post(address, dict(form.lists()))
    assert answer.json()["is_valid"] is True
    html = client.get(address).content.decode()
    assert "Bara i förhandsvisningen." in html
    assert "Ny funktion" in html
    assert "Avtal 1" in html
    assert ServicePage.objects.get().short_description == "En tjänst för prov."
