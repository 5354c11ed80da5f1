"""What each office role may do in the CMS: groups with exactly the listed rights."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)
from wagtail.permissions import policy_registry

from core.actions import require
from home.states import (
    CATALOGUE_RIGHTS,
    CMS_ACCESS,
    COLLECTION_RIGHTS,
    MEDIA_RIGHTS,
    MODEL_RIGHTS,
    SITE_RIGHTS,
)
from members.states import CMS_GROUPS, Role

SAMPLE_GROUP = "Moderators"


@transaction.atomic
def set_up_cms_groups(*, by: Any, home: Page, catalogue: Page) -> int:
    """Give the group of each office role exactly the rights of `home.states`; return the changes.

    Rights that a group has beside the listed ones are taken away: the list is the only source.
    Wagtail's sample group and workflow go. Raises PermissionDenied unless `by` may set up the
    site, KeyError when a listed right does not exist.
    """
    require(by, "home.set_up_site")
    _remove_samples()
    groups = {role: Group.objects.get_or_create(name=name)[0] for role, name in CMS_GROUPS.items()}
    known = _known_permissions()
    changes = _sync_pages(groups, known, home, catalogue)
    changes += _sync_media(groups, known)
    return changes + _sync_models(groups, known)


def _remove_samples() -> None:
    """Remove the group, task and workflow that come with an empty Wagtail."""
    group = Group.objects.filter(name=SAMPLE_GROUP).first()
    if not group:
        return
    tasks = GroupApprovalTask.objects.filter(groups=group)
    Workflow.objects.filter(workflow_tasks__task__in=tasks).delete()
    tasks.delete()
    group.delete()


def _known_permissions() -> dict[str, Permission]:
    """Return every permission that the lists name, by `app.codename`."""
    names = [CMS_ACCESS, *(name for listed in MODEL_RIGHTS.values() for name in listed)]
    names += [
        f"wagtailcore.{right}_{Page._meta.model_name}" for right in _all(SITE_RIGHTS.values())
    ]
    names += [_of(model, right) for right in _all(MEDIA_RIGHTS.values()) for model in _models()]
    names += [_of(Collection, right) for right in _all(COLLECTION_RIGHTS.values())]
    wanted = Q(pk__in=[])
    for name in set(names):
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = Permission.objects.filter(wanted).select_related("content_type")
    return {f"{item.content_type.app_label}.{item.codename}": item for item in found}


def _all(listed: Iterable[tuple[str, ...]]) -> set[str]:
    return {right for rights in listed for right in rights}


def _models() -> list[Any]:
    """Return the models whose rights Wagtail asks for: its own, whatever models a site uses."""
    own = (get_image_model(), get_document_model())
    return [policy_registry.get_by_type(model).auth_model for model in own]


def _of(model: Any, right: str) -> str:
    return f"{model._meta.app_label}.{right}_{model._meta.model_name}"


def _sync_pages(
    groups: dict[Role, Group], known: dict[str, Permission], home: Page, catalogue: Page
) -> int:
    """Give each group its rights on pages."""
    wanted = {
        (groups[role].pk, page.pk, known[f"wagtailcore.{right}_{Page._meta.model_name}"].pk)
        for page, listed in ((home, SITE_RIGHTS), (catalogue, CATALOGUE_RIGHTS))
        for role, rights in listed.items()
        for right in rights
    }
    return _sync(GroupPagePermission, ("group_id", "page_id", "permission_id"), groups, wanted)


def _sync_media(groups: dict[Role, Group], known: dict[str, Permission]) -> int:
    """Give each group its rights on images, documents and collections, from the root down."""
    root = Collection.get_first_root_node()
    listed = [(MEDIA_RIGHTS, model) for model in _models()] + [(COLLECTION_RIGHTS, Collection)]
    wanted = {
        (groups[role].pk, root.pk, known[_of(model, right)].pk)
        for rights, model in listed
        for role, held in rights.items()
        for right in held
    }
    fields = ("group_id", "collection_id", "permission_id")
    return _sync(GroupCollectionPermission, fields, groups, wanted)


def _sync_models(groups: dict[Role, Group], known: dict[str, Permission]) -> int:
    """Give each group access to the CMS and its rights on what is not a page."""
    wanted = {
        (groups[role].pk, known[name].pk)
        for role, names in MODEL_RIGHTS.items()
        for name in (CMS_ACCESS, *names)
    }
    return _sync(Group.permissions.through, ("group_id", "permission_id"), groups, wanted)


def _sync(
    model: Any,
    fields: tuple[str, ...],
    groups: dict[Role, Group],
    wanted: AbstractSet[tuple[int, ...]],
) -> int:
    """Make the rows of these groups be `wanted`; return how many were added and removed."""
    rows = model.objects.filter(group__in=groups.values())
    held = {row[1:]: row[0] for row in rows.values_list("pk", *fields)}
    surplus = [pk for key, pk in held.items() if key not in wanted]
    missing = sorted(wanted - held.keys())
    if surplus:
        model.objects.filter(pk__in=surplus).delete()
    if missing:
        model.objects.bulk_create(model(**dict(zip(fields, key, strict=True))) for key in missing)
    return len(surplus) + len(missing)
