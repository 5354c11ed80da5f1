"""From the office to the signatory: appointed, invited, logged in in two steps, at the own desk.

The mail is read as it comes to a real SMTP server.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_accounts import add_authenticator, code_of, log_in, log_out

pytestmark = pytest.mark.e2e

OWN, OTHER = "0184", "0180"  # Solna and Stockholm, for which the demo has nobody
PASSWORD = "fyra ord på en rad"
LINK = re.compile(r"http://localhost:\d+/inbjudan/\S+")


def invite(page: Page, address: str, role: str) -> None:
    """Invite somebody from the municipality's own desk."""
    page.goto(f"/kommuner/{OWN}/kollegor/bjud-in/")
    page.get_by_label("E-post").fill(address)
    page.get_by_label(role, exact=True).check()
    page.get_by_role("button", name="Skicka inbjudan").click()
    expect(page.get_by_text("Inbjudan är på väg.")).to_be_visible()


def open_account(page: Page, site, address: str, name: str) -> None:
    """Follow the link of the mail and open an account; the role then demands a second factor."""
    mail = site.mailbox.wait_for(address)
    assert "Solna" in mail["Subject"]
    html = mail.get_body(("html",)).get_content()
    (link,) = set(LINK.findall(mail.get_body(("plain",)).get_content()))
    assert link in html
    page.goto(link)
    page.get_by_label("Förnamn").fill(name)
    page.get_by_label("Efternamn").fill("(exempel)")
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_label("Samma lösenord igen").fill(PASSWORD)
    page.get_by_role("button", name="Öppna kontot och tacka ja").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggning i två steg")
    expect(page.get_by_text("Din roll kräver inloggning i två steg.")).to_be_visible()
    page.goto("/min-sida/")
    expect(page).to_have_url(re.compile("/konto/2fa/$"))


def connect_app(page: Page) -> str:
    """Connect an app for codes and return its secret."""
    page.goto("/konto/2fa/totp/activate/")
    secret = page.locator("code.hash").inner_text().strip()
    page.get_by_label("De sex siffrorna i appen").fill(code_of(secret))
    page.get_by_role("button", name="Koppla appen").click()
    expect(page.get_by_text("Kodappen är kopplad.")).to_be_visible()
    return secret


def assert_own_desk_alone(page: Page, role: str) -> None:
    """See the own municipality's desk, and of another one nothing."""
    page.goto("/min-sida/")
    expect(page.locator(".facts")).to_contain_text(role)
    assert page.goto(f"/kommuner/{OWN}/kollegor/").status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("Kollegor och roller")
    assert page.goto(f"/kommuner/{OTHER}/kollegor/").status == 404
    page.goto(f"/kommuner/{OTHER}/")
    expect(page.get_by_text("Kollegor och roller")).to_have_count(0)
    assert page.goto("/kansli/").status == 403


def test_from_the_office_to_the_signatory(open_page, site) -> None:
    office, coordinator = open_page(), open_page()
    row = site.logins()["administrator@exempel.invalid"]
    log_in(office, row, code_of(row["totp_secret"]))
    invite(office, "samordnare.solna@exempel.invalid", "Samordnare")

    open_account(coordinator, site, "samordnare.solna@exempel.invalid", "Samordnare")
    connect_app(coordinator)
    assert_own_desk_alone(coordinator, "Samordnare")
    for address in ("nyckel.solna@exempel.invalid", "app.solna@exempel.invalid"):
        invite(coordinator, address, "Undertecknare")

    with_passkey = open_page("phone")
    add_authenticator(with_passkey)
    open_account(with_passkey, site, "nyckel.solna@exempel.invalid", "Nyckel")
    with_passkey.goto("/konto/2fa/webauthn/add/")
    with_passkey.get_by_label("Nyckelns namn").fill("Provnyckel")
    with_passkey.get_by_role("button", name="Skapa nyckeln").click()
    expect(with_passkey.get_by_text("Nyckeln är skapad.")).to_be_visible()
    log_out(with_passkey)
    with_passkey.goto("/konto/login/")
    with_passkey.get_by_role("button", name="Logga in med passnyckel").click()
    expect(with_passkey).to_have_url(re.compile("/min-sida/$"))
    assert_own_desk_alone(with_passkey, "Undertecknare")

    with_app = open_page()
    address = "app.solna@exempel.invalid"
    open_account(with_app, site, address, "App")
    secret = connect_app(with_app)
    log_out(with_app)
    log_in(with_app, {"email": address, "password": PASSWORD}, code_of(secret, later=1))
    assert_own_desk_alone(with_app, "Undertecknare")

    mail = site.mailbox.wait_for(address)
    (link,) = set(LINK.findall(mail.get_body(("plain",)).get_content()))
    assert open_page().goto(link).status == 410

    coordinator.goto(f"/kommuner/{OWN}/kollegor/")
    for name in ("Nyckel (exempel)", "App (exempel)"):
        expect(coordinator.get_by_role("rowheader", name=name)).to_be_visible()
