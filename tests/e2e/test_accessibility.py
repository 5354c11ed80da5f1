"""Every page type is accessible, in light and dark, on screen and phone."""

import pytest

from tests.e2e.accessibility import LOOKS, sideways, violations

pytestmark = pytest.mark.e2e

PAGES = {
    "home": "/",
    "catalogue": "/tjanster/",
    "catalogue, filtered": "/tjanster/?skede=4&q=skola",
    "catalogue, nothing found": "/tjanster/?q=finnsinte",
    "service": "/tjanster/provisum/",
    "comparison": "/tjanster/jamfor/?tjanst=provisum&tjanst=egil",
    "municipalities": "/kommuner/",
    "municipality": "/kommuner/1280/",
    "news": "/nyheter/",
    "standard page": "/bli-medlem/",
    "accessibility statement": "/tillganglighet/",
    "search": "/sok/",
    "search, hits": "/sok/?q=skola",
    "search, filtered": "/sok/?q=provisum&typ=decision&typ=council",
    "search, almost alike": "/sok/?q=biblotek",
    "search, nothing found": "/sok/?q=qqqqq",
    "not found": "/finns/inte/",
    "login": "/konto/login/",
    "password reset": "/konto/password/reset/",
}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_public_pages_have_no_violations(open_context, width, scheme):
    page = open_context(width, color_scheme=scheme, bypass_csp=True).new_page()
    found = {}
    for name, address in PAGES.items():
        page.goto(address)
        wrong = violations(page)
        if sideways(page) > 0:
            wrong.append(f"{sideways(page)} px too wide")
        if wrong:
            found[name] = wrong
    assert found == {}


def test_axe_finds_a_planted_fault(open_context):
    page = open_context(bypass_csp=True).new_page()
    page.goto("/")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x><button></button>'")
    assert {line.split(":")[0] for line in violations(page)} >= {"image-alt", "button-name"}
