"""The demo's joinings: several states, agreements, two years' costs, all marked as examples."""

from catalogue.demo import load_joinings
from catalogue.models import Agreement, CostModel, CostRow, Participation, ServicePage
from members.models import User
from tests.factories.members import MembershipFactory, MunicipalityFactory


def prepare(story):
    """Give the world's people the addresses of the demo, and the service members to choose from."""
    for key, name in (
        ("own:coordinator", "samordnare.nacka"),
        ("own:signatory", "firmatecknare.nacka"),
        ("own:signatory2", "firmatecknare2.nacka"),
        ("office:signatory", "firmatecknare.foreningen"),
    ):
        User.objects.filter(pk=story.world.people[key].pk).update(email=f"{name}@exempel.invalid")
    ServicePage.objects.update(lifecycle="production")
    for number in range(14):
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
