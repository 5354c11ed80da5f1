"""The two steps that a page passes before it is published: service manager, then the office."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from core.actions import require
from home.states import OFFICE_STEP_ROLES, SERVICE_STEP_ROLES
from members.states import CMS_GROUPS, Role

WORKFLOW_NAME = "Granskning i två steg"
STEPS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("Steg 1: tjänsteansvarig", SERVICE_STEP_ROLES),
    ("Steg 2: kansliet", OFFICE_STEP_ROLES),
)


@transaction.atomic
def set_up_moderation(*, by: Any, pages: tuple[Page, ...]) -> Workflow:
    """Let everything under `pages` pass the two steps before it is published.

    The workflow is made when it is missing; which pages it covers and whom its steps ask are set
    at every run. A page that the office has given a workflow of its own keeps it. Raises
    PermissionDenied unless `by` may set up the site.
    """
    require(by, "home.set_up_site")
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    for order, (name, roles) in enumerate(STEPS):
        _step(workflow, order, name, roles)
    covered = set(WorkflowPage.objects.filter(page__in=pages).values_list("page_id", flat=True))
    for page in pages:
        if page.pk not in covered:
            WorkflowPage.objects.create(page=page, workflow=workflow)
    return workflow


def _step(workflow: Workflow, order: int, name: str, roles: tuple[Role, ...]) -> None:
    """Make the step at its place ask exactly the groups of these roles."""
    task = GroupApprovalTask.objects.filter(name=name).first()
    if not task:
        task = GroupApprovalTask.objects.create(name=name)
    wanted = {CMS_GROUPS[role] for role in roles}
    if set(task.groups.values_list("name", flat=True)) != wanted:
        task.groups.set(Group.objects.filter(name__in=wanted))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
