"""What the clock sets off for people and roles."""

from celery import shared_task

from members.actions.cms_groups import apply_all_cms_groups


@shared_task(name="members.jobs.follow_roles")
def follow_roles() -> None:
    """Give and take CMS groups where a role began or ended by its date."""
    apply_all_cms_groups()
