"""Two people at once: one effect, and words instead of a fault."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from wagtail.models import Locale, Page, Site

from catalogue.actions import leaving, participations, signing
from catalogue.models import Participation, Signature, Termination
from catalogue.record_states import DocumentKind
from core.exceptions import RuleBroken
from home.models import HomePage
from tests.catalogue.joining.story import Story
from tests.factories.catalogue import make_catalogue, make_service
from tests.factories.members import make_world

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 4


@pytest.fixture
def story(transactional_db) -> Story:
    Locale.objects.get_or_create(language_code="sv")
    site = Site.objects.filter(is_default_site=True).first()
    top = Page.get_first_root_node() or Page.add_root(title="Root")
    page = HomePage(title="Samägt", slug="start")
    top.add_child(instance=page)
    if site:
        site.root_page = page
        site.save()
    else:
        Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    service = make_service(
        make_catalogue(page),
        title="Provisum",
        slug="provisum",
        open_for_new_members=True,
        personal_data="yes",
    )
    return Story(make_world(), service)


def at_once(act):
    """Run `act` in several threads from the same moment; return what each came to."""
    barrier = Barrier(TIMES)

    def run(_number):
        try:
            barrier.wait()
            act()
        except RuleBroken as broken:
            return str(broken)
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TIMES) as pool:
        found = sorted(pool.map(run, range(TIMES)))
    connection.close()
    return found


def test_joining_at_once_opens_one(story):
    runner = story.runner
    found = at_once(
        lambda: participations.express_interest(
            by=runner, service=story.service, organisations=[story.world.own]
        )
    )
    assert found.count("done") == 1
    assert Participation.objects.count() == 1


def test_signing_at_once_signs_once(story):
    agreement = story.sent().agreements.get(kind="accession")
    found = at_once(lambda: story.sign(agreement, "own:signatory", story.world.own))
    assert found.count("done") == 1
    assert Signature.objects.count() == 1


def test_terminating_at_once_terminates_once(story):
    row = story.in_use()
    notice = story.document(row, DocumentKind.NOTICE)
    runner = story.runner
    found = at_once(
        lambda: leaving.terminate_participation(
            by=runner, participation=row, received_on=story.start, notice=notice
        )
    )
    assert found.count("done") == 1
    assert Termination.objects.count() == 1
    row.refresh_from_db()
    assert row.state == "terminated"


def test_the_last_two_signatures_at_once_agree_once(story):
    row = story.sent()
    first, second = row.agreements.order_by("kind")
    for agreement in (first, second):
        story.sign(agreement, "own:signatory", story.world.own)
        story.sign(agreement, "own:signatory2", story.world.own)
    waiting = iter([first, second, first, second])
    found = at_once(lambda: story.sign(next(waiting), "office:signatory", story.world.office))
    assert found.count("done") == 2
    row.refresh_from_db()
    assert (row.state, row.onboarding.count()) == ("agreement-signed", 2)
    assert signing.is_complete(first, story.world.office)
