"""load_demo: the real services with their sources, and examples that say so."""

import json
import stat
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from wagtail.models import Revision

from catalogue.models import LifecycleChange, ServicePage, StatedUse
from core import slots
from core.models import SiteDocument, SiteImage
from home.demo import content
from home.models import HomePage, MunicipalityIndexPage, NewsPage, StandardPage
from home.states import FIXED_STANDARD_SLUGS
from members.models import AssociationSettings, Membership, Organisation, User
from members.states import SECOND_FACTOR_ROLES, OrganisationKind, Role
from tests.catalogue.views.test_detail import queries
from tests.home.facts import told, unaccounted
from tests.home.site import text_of
from tests.members.accounts.conftest import code_of

SERVICES = set(content.services())
SITTING = {"chair", "vice_chair", "member", "substitute", "secretary of the body"}
STATED_USES = {
    ("provisum", "Östersund"),
    ("provisum", "Eskilstuna"),
    ("bibblix", "Malmö"),
    ("bibblix", "Stockholm"),
    ("bibblix", "Katrineholm"),
    ("bibblix", "Södertälje"),
    ("fixamingata", "Ockelbo"),
    ("fixamingata", "Forshaga"),
    ("boka-tid", "Sambruk"),
}


def logins(demo) -> list[dict[str, str]]:
    return json.loads((demo.folder / "demo-logins.json").read_text(encoding="utf-8"))


def service(slug: str) -> ServicePage:
    return ServicePage.objects.get(slug=slug)


def test_all_sixteen_services_are_there(demo) -> None:
    assert len(SERVICES) == 16
    assert set(ServicePage.objects.live().values_list("slug", flat=True)) == SERVICES


def test_a_second_run_changes_nothing(demo) -> None:
    models = (
        ServicePage,
        StatedUse,
        Membership,
        Organisation,
        User,
        NewsPage,
        SiteDocument,
        Revision,
    )
    before = [model.objects.count() for model in models]
    file = (demo.folder / "demo-logins.json").read_bytes()
    call_command("load_demo", seed=7, stdout=StringIO())
    assert [model.objects.count() for model in models] == before
    assert (demo.folder / "demo-logins.json").read_bytes() == file


def test_an_editors_change_survives(demo) -> None:
    page = service("egil")
    page.short_description = "Ändrad av en redaktör."
    page.save_revision().publish()
    call_command("load_demo", seed=7, stdout=StringIO())
    assert service("egil").short_description == "Ändrad av en redaktör."


@pytest.mark.parametrize("slug", sorted(SERVICES))
def test_every_fact_has_a_source_or_says_that_it_is_an_example(demo, slug) -> None:
    page = service(slug)
    assert unaccounted(page) == set()
    sourced = set(page.sources.values_list("field", flat=True))
    assert sourced & set(page.example_fields) == set()
    assert (sourced | set(page.example_fields)) - told(page) == set()


def test_an_unmarked_fact_would_be_found(demo) -> None:
    page = service("provisum")
    page.example_fields = [fact for fact in page.example_fields if fact != "hosting"]
    assert unaccounted(page) == {"hosting"}


def test_every_row_that_is_made_up_says_so(demo) -> None:
    for page in ServicePage.objects.all():
        rows = [*page.contracts.all(), *page.roadmap.all()]
        rows += [link.document for link in page.documents.all()]
        assert [row for row in rows if not row.is_example] == []
    for invented in (Membership, SiteImage, SiteDocument):
        assert not invented.objects.filter(is_example=False).exists()
    suppliers = Organisation.objects.filter(kind=OrganisationKind.SUPPLIER)
    assert suppliers.exists()
    assert not suppliers.filter(is_example=False).exists()


def test_only_sourced_users_are_attached(demo) -> None:
    uses = StatedUse.objects.select_related("service", "organisation")
    assert {(use.service.slug, use.organisation.name) for use in uses} == STATED_USES
    assert not uses.filter(is_example=True).exists()
    assert not uses.filter(citation="").exists()
    assert service("provisum").stated_user_count == 12
    assert service("provisum").stated_user_text == "tolv kommuner"


def test_the_gifts_are_told_with_their_source(demo) -> None:
    gifts = {
        (page.slug, donor.display_name)
        for page in ServicePage.objects.all()
        for donor in page.donors.all()
        if "Britta Sandblom" in donor.citation
    }
    assert gifts == {
        ("provisum", "Västerås"),
        ("provisum", "Stockholm"),
        ("bibblix", "Stockholm"),
    }


def test_every_citation_of_the_files_is_stored_and_no_other(demo) -> None:
    wanted = {
        (slug, fact, content.source(key).citation)
        for slug, spec in content.services().items()
        for fact, keys in spec["sources"].items()
        for key in keys
    }
    stored = {
        (page.slug, row.field, row.citation)
        for page in ServicePage.objects.all()
        for row in page.sources.all()
    }
    assert stored == wanted
    assert len(stored) > 100


def test_texts_of_unknown_publishers_are_cited_as_the_associations_own(demo) -> None:
    unknown = [s for s in content.sources().values() if "utgivare" in s.citation]
    assert len(unknown) == 2
    assert all(s.citation.startswith("föreningens eget underlag") for s in unknown)


def test_the_life_of_a_service_is_dated_and_sourced(demo) -> None:
    page = service("fixamingata")
    assert (page.lifecycle, str(page.lifecycle_on)) == ("production", "2013-04-10")
    assert "10 april 2013" in page.lifecycle_citation
    ended = service("elektroniskt-bevarande")
    assert (ended.lifecycle, str(ended.lifecycle_on)) == ("ended", "2011-10-20")
    assert not ended.stated_uses.exists()
    changes = LifecycleChange.objects.filter(service__slug="stimma")
    assert [change.new for change in changes] == ["pre-study", "project"]
    assert {change.citation for change in changes} == {"exempel"}
    assert {change.recorded_by.email for change in changes} == {"tjansteansvarig@exempel.invalid"}


def test_services_lead_to_each_other(demo) -> None:
    other = {row.other.slug for row in service("egil").relations.all() if row.other}
    assert other == {"windermere"}
    assert {row.other.slug for row in service("windermere").relations.all() if row.other} == {
        "egil"
    }


def test_members_are_examples_with_their_fee_class(demo) -> None:
    members = Membership.objects.select_related("organisation__municipality")
    assert members.count() == 40
    named = {"Nacka", "Malmö", "Östersund", "Eskilstuna", "Stockholm", "Ockelbo", "Forshaga"}
    assert named <= {member.organisation.name for member in members}
    stockholm = members.get(organisation__name="Stockholm")
    assert (stockholm.fee_class, stockholm.source) == (7, "exempel")


def test_the_association_says_that_it_is_an_example(demo) -> None:
    said = AssociationSettings.objects.get()
    assert (said.name, said.is_example) == ("Föreningen Samägt (exempel)", True)
    assert said.email.endswith("exempel.invalid")
    assert said.organisation.name == "Föreningen Samägt (exempel)"


def test_news_without_a_source_are_examples(demo) -> None:
    items = list(NewsPage.objects.live())
    assert len(items) == 6
    for item in items:
        text = " ".join(block["value"] for block in item.body.raw_data)
        assert item.is_example == ("Källa:" not in text)
        assert item.is_example == item.title.endswith("(exempel)")


def test_documents_are_pdf_with_type_and_date(demo) -> None:
    for slug in ("provisum", "egil", "bibblix"):
        documents = [link.document for link in service(slug).documents.all()]
        assert len(documents) >= 3
        for document in documents:
            with document.open_file() as file:
                assert file.read(5) == b"%PDF-"
            assert document.document_type != "other"
            assert document.dated_on


def test_pictures_tell_what_they_show(demo) -> None:
    images = SiteImage.objects.all()
    assert images.count() == 5
    assert all(image.alt_text and (image.width, image.height) == (960, 540) for image in images)


def test_the_logins_are_for_their_owner_alone(demo) -> None:
    file = demo.folder / "demo-logins.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [set(row) for row in logins(demo)] == [
        {"email", "role", "organisation", "password", "totp_secret"}
    ] * len(logins(demo))
    for row in logins(demo):
        assert row["email"] in demo.said
        assert row["password"] in demo.said


def test_every_role_has_a_login_and_passwords_differ(demo) -> None:
    roles = {role for row in logins(demo) for role in row["role"].split(", ")}
    assert roles == set(Role.values) | SITTING
    assert len({row["password"] for row in logins(demo)}) == len(logins(demo)) >= 16
    assert not User.objects.filter(is_superuser=True).exists()
    assert all(user.email.endswith("exempel.invalid") for user in User.objects.all())
    assert all(user.get_full_name().endswith("(exempel)") for user in User.objects.all())


def test_a_second_factor_is_there_where_a_role_needs_one(demo) -> None:
    for row in logins(demo):
        needed = bool((SECOND_FACTOR_ROLES | SITTING) & set(row["role"].split(", ")))
        held = set(
            Authenticator.objects.filter(user__email=row["email"]).values_list("type", flat=True)
        )
        assert held == ({"totp", "recovery_codes"} if needed else set())
        assert bool(row["totp_secret"]) == needed


def test_everyone_can_log_in(demo, client) -> None:
    for row in logins(demo):
        cache.clear()
        client.logout()
        answer = client.post("/konto/login/", {"login": row["email"], "password": row["password"]})
        assert answer.status_code == 302
        if row["totp_secret"]:
            assert answer["Location"].startswith("/konto/2fa/authenticate/")
            answer = client.post(answer["Location"], {"code": code_of(row["totp_secret"])})
        assert (answer.status_code, answer["Location"]) == (302, "/min-sida/")
        assert client.session["_auth_user_id"]


def test_a_lost_file_gives_new_passwords_to_the_same_accounts(demo) -> None:
    before = logins(demo)
    content_before = (demo.folder / "demo-logins.json").read_bytes()
    (demo.folder / "demo-logins.json").unlink()
    accounts = User.objects.count()
    call_command("load_demo", seed=7, stdout=StringIO())
    after = logins(demo)
    (demo.folder / "demo-logins.json").write_bytes(content_before)
    assert User.objects.count() == accounts
    assert [row["email"] for row in after] == [row["email"] for row in before]
    assert not {row["password"] for row in after} & {row["password"] for row in before}
    user = User.objects.get(email=after[0]["email"])
    assert user.check_password(after[0]["password"])


@pytest.mark.parametrize("slug", sorted(SERVICES))
def test_a_service_page_shows_its_sources_and_marks(demo, client, slug) -> None:
    page = service(slug)
    answer = client.get(f"/tjanster/{slug}/")
    assert answer.status_code == 200
    assert page.title in answer.text
    assert ("Exempel" in answer.text) == bool(page.example_fields)
    citations = {row.citation for row in page.sources.all()}
    shown = answer.text.replace('<span class="nowrap">', "").replace("</span>", "")
    assert {citation for citation in citations if citation not in shown} == set()


def test_the_fixed_pages_say_that_it_is_a_demonstration(demo) -> None:
    pages = StandardPage.objects.filter(depth=3)
    assert {page.slug for page in pages if page.is_example} == FIXED_STANDARD_SLUGS
    about = StandardPage.objects.get(slug="om")
    assert "Föreningen Samägt (exempel) finns inte." in text_of(about)
    assert "5 000 kr" in text_of(StandardPage.objects.get(slug="bli-medlem"))
    assert "exempel" in HomePage.objects.get().introduction
    assert "exempel" in MunicipalityIndexPage.objects.get().introduction


def test_rows_keep_the_order_of_the_file(demo) -> None:
    spec = content.services()["provisum"]
    page = service("provisum")
    assert [row.text for row in page.features.all()] == spec["features"]
    assert [link.document.title for link in page.documents.all()] == [
        document["title"] for document in spec["documents"]
    ]
    assert [row.sort_order for row in page.roadmap.all()] == [0, 1, 2]


def test_the_fullest_service_keeps_to_its_budget(demo, client) -> None:
    """The service page may cost 12 queries and what its slots declare, the list 15.

    Four more are for the signed in, eight for editors.
    """
    filled = sum(slots.budget(name) for name in ("service_actions", "service_main", "service_side"))
    person = User.objects.get(email="samordnare.nacka@exempel.invalid")
    editor = User.objects.get(email="redaktor@exempel.invalid")
    for address, most in (("/tjanster/provisum/", 12 + filled), ("/tjanster/", 15)):
        assert queries(client, address) <= most
        for user, more in ((person, 4), (editor, 8)):
            client.force_login(user)
            assert queries(client, address) <= most + more
            client.logout()
