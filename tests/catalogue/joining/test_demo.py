"""The demo's joinings: several states, agreements, two years' costs, all marked as examples."""

from collections import Counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.demo import load_joinings
from catalogue.models import (
    Agreement,
    CostModel,
    CostRow,
    Participation,
    ParticipationChange,
    ServicePage,
)
from members.models import Membership, Municipality, User
from tests.factories.catalogue import make_service
from tests.factories.members import MembershipFactory, MunicipalityFactory


def state_counts():
    return Counter(Participation.objects.values_list("state", flat=True))


def prepare(story, members=14):
    """Give the world's people the addresses of the demo, and the service members to choose from."""
    for key, name in (
        ("own:coordinator", "samordnare.nacka"),
        ("own:signatory", "firmatecknare.nacka"),
        ("own:signatory2", "firmatecknare2.nacka"),
        ("office:signatory", "firmatecknare.foreningen"),
    ):
        User.objects.filter(pk=story.world.people[key].pk).update(email=f"{name}@exempel.invalid")
    ServicePage.objects.update(lifecycle="production")
    for number in range(members):
        municipality = MunicipalityFactory(code=f"{9_000 + number}")
        MembershipFactory(organisation=municipality.organisation)


def test_the_demo_is_loaded_once_and_says_what_it_is(story):
    prepare(story)
    made = load_joinings(manager=story.handler, seed=1)
    rows = Participation.objects.all()
    assert rows.count() == made
    assert not rows.filter(is_example=False).exists()
    assert not CostModel.objects.filter(is_example=False).exists()
    assert CostModel.objects.count() == 3
    assert CostRow.objects.exists()
    nacka = Participation.objects.get(organisation=story.world.own)
    assert nacka.state == "agreement-sent"
    assert Agreement.objects.filter(state="sent").count() == 2
    assert load_joinings(manager=story.handler, seed=1) == 0
    assert Participation.objects.count() == made


def test_each_way_out_has_an_example_that_says_so(story):
    prepare(story, members=30)
    catalogue = story.service.get_parent()
    second = make_service(catalogue, title="Zeta", slug="zeta", open_for_new_members=True)
    ServicePage.objects.update(lifecycle="production")
    User.objects.filter(pk=story.world["other:coordinator"].pk).update(
        email="samordnare.malmo@exempel.invalid"
    )
    Municipality.objects.filter(organisation=story.world.other).update(code="1280")
    made = load_joinings(manager=story.handler, seed=1)
    found = state_counts()
    assert found["withdrawn"] == 1
    for state in ("winding-up", "paused", "declined"):
        assert found[state] == 2, state
    assert found["ended"] == 4
    returns = Participation.objects.filter(previous__isnull=False).order_by("pk")
    back, __ = returns
    assert {(row.state, row.previous.state) for row in returns} == {("dialogue", "ended")}
    assert sum(found.values()) == made
    assert not Participation.objects.filter(is_example=False).exists()
    steps = ParticipationChange.objects.filter(participation__state="ended", field="state")
    assert [row.new for row in steps.filter(participation=back.previous)] == [
        "terminated",
        "winding-up",
        "ended",
    ]
    assert second.participations.exists()
    assert load_joinings(manager=story.handler, seed=1) == 0
    assert state_counts() == found


def test_the_crowd_is_the_same_each_time_and_written_by_few_queries(story):
    prepare(story, members=30)
    with CaptureQueriesContext(connection) as few:
        made = load_joinings(manager=story.handler, seed=1, most=None)
    crowd = Participation.objects.filter(taken_over=True)
    everyone = Membership.objects.exclude(organisation=story.world.own).count()
    assert crowd.count() == everyone == 31
    assert made == Participation.objects.count()
    assert ParticipationChange.objects.filter(participation__in=crowd).count() == everyone
    assert not crowd.filter(is_example=False).exists()
    assert {row.state for row in crowd} <= {
        "production",
        "onboarding",
        "agreement-signed",
        "terminated",
    }
    for row in crowd:
        assert row.onboarding.exists() == (row.state in {"onboarding", "agreement-signed"})
        assert row.terminations.exists() == (row.state == "terminated")
    assert CostRow.objects.exists()
    assert len(few) < 30 * 10
    assert load_joinings(manager=story.handler, seed=1, most=None) == 0
