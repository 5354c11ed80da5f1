"""A person sets up a passkey and an app, and logs in with each, under the strict policy."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import LOOKS, sideways, violations

pytestmark = pytest.mark.e2e

ACCOUNT_PAGES = (
    "/konto/",
    "/konto/email/",
    "/konto/password/change/",
    "/konto/2fa/",
    "/konto/2fa/totp/deactivate/",
    "/konto/2fa/webauthn/add/",
    "/konto/2fa/webauthn/",
    "/konto/2fa/recovery-codes/generate/",
    "/konto/sessions/",
    "/konto/3rdparty/",
    "/konto/logout/",
)
STRANGERS_PAGES = (
    "/konto/login/",
    "/konto/signup/",
    "/konto/password/reset/",
    "/konto/password/reset/done/",
    "/konto/password/reset/key/1-set-password/",
    "/konto/password/reset/key/done/",
    "/konto/confirm-email/",
    "/konto/confirm-email/gammal/",
    "/konto/inactive/",
    "/konto/3rdparty/login/cancelled/",
    "/konto/3rdparty/login/error/",
)


def code_of(secret: str, *, later: int = 0) -> str:
    """Return the code that an app shows now, or `later` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def two_step_logins(site) -> list[dict[str, str]]:
    """Return the demo logins that have an app, in a stable order; the administrator's stays."""
    rows = [row for _, row in sorted(site.logins().items()) if row["totp_secret"]]
    return [row for row in rows if row["role"] != "administrator"]


def log_in(page: Page, row: dict[str, str], code: str) -> None:
    """Log in with password and code."""
    page.goto("/konto/login/")
    page.get_by_label("E-post").fill(row["email"])
    page.get_by_label("Lösenord").fill(row["password"])
    page.get_by_role("button", name="Logga in med lösenord").click()
    page.get_by_label("Kod").fill(code)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page).not_to_have_url(re.compile("/konto/"))


def log_out(page: Page) -> None:
    """Log out from the account's menu."""
    page.goto("/konto/")
    page.get_by_role("button", name="Logga ut").click()
    expect(page).to_have_url(re.compile("/$"))


def add_authenticator(page: Page) -> None:
    """Give the browser a passkey store that says yes by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_passkey_then_app(open_page, site, width) -> None:
    # Their apps are new after this: no other test logs in as them.
    row = two_step_logins(site)[0 if width == "desktop" else 8]
    page = open_page(width)
    add_authenticator(page)
    log_in(page, row, code_of(row["totp_secret"]))

    page.goto("/konto/2fa/webauthn/add/")
    page.get_by_label("Nyckelns namn").fill("Provnyckel")
    page.get_by_role("button", name="Skapa nyckeln").click()
    expect(page.get_by_text("Nyckeln är skapad.")).to_be_visible()
    log_out(page)

    page.goto("/konto/login/?next=/konto/2fa/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggning i två steg")
    expect(page.get_by_text("Du har 1 nyckel.")).to_be_visible()

    page.goto("/konto/2fa/totp/deactivate/")
    page.get_by_role("button", name="Stäng av appen").click()
    page.goto("/konto/2fa/totp/activate/")
    secret = page.locator("code.hash").inner_text().strip()
    page.get_by_label("De sex siffrorna i appen").fill(code_of(secret))
    page.get_by_role("button", name="Koppla appen").click()
    expect(page.get_by_text("Kodappen är kopplad.")).to_be_visible()
    log_out(page)

    log_in(page, row, code_of(secret, later=1))
    page.goto("/konto/2fa/")
    expect(page.get_by_text("Du har 1 nyckel.")).to_be_visible()


def test_a_passkey_that_is_not_there_is_said_on_the_page(open_page) -> None:
    page = open_page()
    add_authenticator(page)
    page.goto("/konto/login/")

    page.get_by_role("button", name="Logga in med passnyckel").click()

    expect(page.get_by_text("Nyckeln gick inte att använda.")).to_be_visible()


def test_the_login_works_without_javascript(open_page, site) -> None:
    row = two_step_logins(site)[2]
    page = open_page(java_script_enabled=False)

    log_in(page, row, code_of(row["totp_secret"]))

    page.goto("/konto/sessions/")
    expect(page.get_by_text("Här", exact=True)).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_account_pages_have_no_violations(open_context, site, width, scheme) -> None:
    page = open_context(width, color_scheme=scheme, bypass_csp=True).new_page()
    found = {}
    for address in STRANGERS_PAGES:
        found[address] = faults(page, address)
    row = two_step_logins(site)[3 + LOOKS.index((width, scheme))]
    log_in(page, row, code_of(row["totp_secret"]))
    for address in ACCOUNT_PAGES:
        found[address] = faults(page, address)

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def faults(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page, one line each."""
    page.goto(address)
    wrong = violations(page)
    if sideways(page) > 0:
        wrong.append(f"{sideways(page)} px too wide")
    if "/konto/reauthenticate/" in page.url:
        wrong.append("led to the password")
    return wrong
