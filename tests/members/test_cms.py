"""Rights in the CMS follow from roles at the office, and from nothing else."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import UserViewSet

from members.actions.cms_groups import apply_all_cms_groups, apply_cms_groups
from members.checks import cms_groups
from members.jobs import follow_roles
from members.models import RepresentativeRole, User


@pytest.fixture
def settled(world):
    apply_all_cms_groups()
    access = Permission.objects.get(codename="access_admin")
    for group in Group.objects.all():
        group.permissions.add(access)
    return world


def run(**options) -> str:
    out = StringIO()
    call_command("check_cms_groups", stdout=out, **options)
    return out.getvalue()


def groups(user: User) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def test_roles_give_groups(settled):
    assert {who: groups(settled[who]) for who in settled.people if groups(settled[who])} == {
        "administrator": ["Administrators"],
        "editor": ["Editors"],
        "secretary": ["Secretaries"],
        "service_manager": ["Service managers"],
    }


def test_check_agrees_when_every_group_follows_from_a_role(settled):
    assert cms_groups(databases=["default"]) == []
    assert run() == "every group follows from a role\n"


@pytest.mark.parametrize("who", ["nobody", "own:coordinator", "auditor"])
def test_check_names_a_group_without_role(settled, who):
    settled[who].groups.add(Group.objects.get(name="Administrators"))
    (warning,) = cms_groups(databases=["default"])
    assert warning.id == "members.W001"
    assert f"Account {settled[who].pk}: lacks [], has too much ['Administrators']" == warning.msg
    with pytest.raises(CommandError, match="1 accounts differ"):
        run()


def test_check_names_a_role_without_group_and_a_superuser(settled):
    settled["editor"].groups.clear()
    User.objects.filter(pk=settled["nobody"].pk).update(is_superuser=True)
    assert User.objects.cms_group_differences() == {
        settled["editor"].pk: ({"Editors"}, set()),
        settled["nobody"].pk: (set(), {"(superuser)"}),
    }


def test_fix_lets_the_roles_decide(settled):
    settled["editor"].groups.clear()
    settled["nobody"].groups.add(Group.objects.get(name="Editors"))
    assert "2 corrected" in run(fix=True)
    assert (groups(settled["editor"]), groups(settled["nobody"])) == (["Editors"], [])


def test_a_role_that_ended_by_its_date_loses_its_group(settled):
    RepresentativeRole.objects.filter(role="editor").update(ends_on="2020-02-01")
    follow_roles()
    assert groups(settled["editor"]) == []


def test_a_role_that_ended_by_its_date_is_out_at_the_next_visit(client, settled):
    client.force_login(settled["editor"])
    RepresentativeRole.objects.filter(role="editor").update(ends_on="2020-02-01")
    assert client.get("/cms/").status_code == 403
    assert groups(settled["editor"]) == []


def test_apply_changes_nothing_that_is_right(settled, django_assert_num_queries):
    user = settled["editor"]
    with django_assert_num_queries(2):  # the roles, the groups
        apply_cms_groups(user=user)


def addresses() -> list[str]:
    """Return every address that Wagtail's own user and group screens would have."""
    found = []
    for prefix, viewset in (("users", UserViewSet), ("groups", GroupViewSet)):
        for pattern in viewset(prefix, url_prefix=prefix).get_urlpatterns():
            tail = str(pattern.pattern).replace("<int:pk>", "1").replace("<str:pk>", "1")
            found.append(f"/cms/{prefix}/{tail}")
    return found


def test_wagtails_user_and_group_screens_are_gone(client, settled):
    client.force_login(settled["administrator"])
    asked = addresses()
    assert len(asked) > 10
    wrong = {a: client.get(a).status_code for a in asked} | {
        f"POST {a}": client.post(a).status_code for a in asked
    }
    assert {a: status for a, status in wrong.items() if status != 404} == {}
