"""A site that has been set up, with two municipalities' people and one of each thing."""

from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.signing import Signer
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.tmp_storages import TempFolderStorage
from wagtail.models import Collection, Page, Site, Task, TaskState, Workflow

from catalogue.models import Area, CataloguePage, ServicePage
from core.actions import SYSTEM
from core.models import OutboxMessage, SiteDocument, SiteImage
from home.models import HomePage, StandardPage
from members.actions.cms_groups import apply_all_cms_groups
from members.actions.invitations import invite
from members.models import AssociationSettings, Municipality
from notifications.models import Notification
from tests.access.bodies import make_things
from tests.access.cost_things import make_costs
from tests.access.joinings import make_joinings
from tests.factories.files import picture
from tests.factories.members import World, make_world

PARAMS = {"role": "x", "organisation": "x", "starts_on": "x"}


@dataclass
class Place:
    """The people, and what stands in the places of an address, by name."""

    world: World
    things: dict[str, str]
    media: Path = Path()


def make_place() -> Place:
    """Set up the site and make one of each thing that an address may name."""
    call_command("init_site", admin_email="admin@exempel.invalid", stdout=StringIO())
    own, other = (Municipality.objects.get(code=code).organisation for code in ("0182", "1281"))
    office = AssociationSettings.objects.get().organisation
    world = make_world(own, other, office)
    apply_all_cms_groups()
    things = {**_people(world), **_pages(world), **_media(), **_rest(), **make_things()}
    return Place(world, things | make_joinings(world) | make_costs(world))


def _people(world: World) -> dict[str, str]:
    invitation, token = invite(
        by=SYSTEM, email="ny@exempel.invalid", organisation=world.own, roles=["reader"]
    )
    told = Notification.objects.create(
        user=world["own:reader"], kind="role-given", params=PARAMS, url="/min-sida/"
    )
    sent = OutboxMessage.objects.latest("pk")
    return {
        "code": "0182",
        "organisation": str(world.own.pk),
        "representative": str(world.representative("own:signatory").pk),
        "invitation": str(invitation.pk),
        "token": token,
        "person": str(world["nobody"].pk),
        "notification": str(told.pk),
        "outbox": str(sent.pk),
    }


def _pages(world: World) -> dict[str, str]:
    page = StandardPage.objects.get(slug="om")
    revision = page.save_revision()
    draft = StandardPage(title="Utkast", slug="utkast", live=False, owner=world["editor"])
    HomePage.objects.get().add_child(instance=draft)
    draft.save_revision()
    state = draft.get_workflow().start(draft, world["editor"])
    service = ServicePage(title="Provtjänst", short_description="Prov.")
    CataloguePage.objects.get().add_child(instance=service)
    return {
        "home": str(HomePage.objects.get().pk),
        "parent_page_id": str(HomePage.objects.get().pk),
        "destination_id": str(StandardPage.objects.get(slug="kontakt").pk),
        "page_id": str(page.pk),
        "page_to_move_id": str(page.pk),
        "page": str(page.pk),
        "draft": str(draft.pk),
        "service": str(service.pk),
        "revision_id": str(revision.pk),
        "workflow_state_id": str(state.pk),
        "task_state_id": str(TaskState.objects.get().pk),
        "task_id": str(state.current_task_state.task_id),
        "content_type_app_name": "home",
        "content_type_model_name": "standardpage",
    }


def _media() -> dict[str, str]:
    image = SiteImage.objects.create(title="Bild", file=ContentFile(picture(), "bild.png"))
    document = SiteDocument.objects.create(title="Plan", file=ContentFile(b"text", "plan.txt"))
    return {
        "image": str(image.pk),
        "image_id": str(image.pk),
        "document": str(document.pk),
        "document_id": str(document.pk),
        "doc_id": str(document.pk),
        "document_filename": document.filename,
        "rendition": image.get_rendition("width-20").file.name,
        "filter_spec": "original",
    }


def _rest() -> dict[str, str]:
    collection = Collection.get_first_root_node().add_child(name="Prov")
    redirect = Redirect.add_redirect("/gammal/", "/om/")
    return {
        "area": str(Area.objects.create(name="Prov", slug="prov").pk),
        "collection": str(collection.pk),
        "collection_id": str(collection.pk),
        "redirect_id": str(redirect.pk),
        "workflow": str(Workflow.objects.first().pk),
        "task": str(Task.objects.first().pk),
        "site": str(Site.objects.get().pk),
        "app_label": "home",
        "model_name": "standardpage",
        "app_name": "home",
        "object_id": str(Page.objects.first().pk),
        "session_id": "1",
        "uploaded_file_id": "1",
        "one": "1",
        "action": "publish",
        "action_name": "approve",
        "uidb64": "x",
        "input_format": Signer().sign("0"),
        "import_file_name": Signer().sign(_import_file()),
    }


def _import_file() -> str:
    """Return the name of a file of redirects that waits for its columns to be chosen."""
    storage = TempFolderStorage()
    storage.save(b"from,to\n/gammal/,/om/\n", "w+b")
    return storage.name
