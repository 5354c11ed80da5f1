"""Logging in by OpenID Connect and SAML, with a real provider on the other side."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from config.settings.login_services import SAFE_ROLES, login_services
from core.actions import deliver_due
from members.models import User
from tests.factories.members import OrganisationFactory
from tests.members.accounts.conftest import PASSWORD, app_of, code_of, give, person
from tests.members.accounts.identity_provider import ENTITY_ID, SSO_URL, IdentityProvider
from tests.processes import free_port, wait_for_port

pytestmark = pytest.mark.django_db
NUMBER = "212000-0142"
OIDC_CLAIMS = {
    "email": "anstalld@exempel.invalid",
    "email_verified": True,
    "given_name": "Anställd",
    "family_name": "ett (exempel)",
    "https://id.oidc.se/claim/orgNumber": "2120000142",
    "roles": ["reader"],
    "amr": ["pwd", "mfa"],
}
SAML_ATTRIBUTES = {
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress": [
        "anstalld@exempel.invalid"
    ],
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname": ["Anställd"],
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname": ["ett (exempel)"],
    "urn:oid:2.5.4.97": ["2120000142"],
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/role": ["reader"],
    "http://schemas.microsoft.com/claims/authnmethodsreferences": [
        "http://schemas.microsoft.com/claims/multipleauthn"
    ],
}


def signed_in(client) -> User | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None


def roles_of(user: User) -> set[str]:
    return {held.role for held in User.objects.get(pk=user.pk).standing.held}


@pytest.fixture
def configure(settings, monkeypatch):
    """Return a function that sets variables of the environment and reads them as at start."""

    def configured(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        settings.LOGIN_SERVICES = login_services()
        settings.SOCIALACCOUNT_PROVIDERS = settings.LOGIN_SERVICES.providers

    return configured


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Start an OpenID Connect provider as a program of its own and return its address."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        wait_for_port(port)
        yield f"http://localhost:{port}"
        run.terminate()


@pytest.fixture
def oidc(client, provider, configure):
    """Return a function that logs in through the provider and returns the last answer."""
    configure(OIDC_ISSUER=provider, OIDC_CLIENT_ID="samagt", OIDC_CLIENT_SECRET="hemlig")

    def log_in(address: str = "/konto/tjanst/oidc/login/", sub: str = "1", **changes):
        claims = {k: v for k, v in (OIDC_CLAIMS | changes).items() if v is not None}
        requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()
        leave = client.get(address)
        assert leave.status_code == 302, leave.content.decode()
        allowed = requests.post(
            leave["Location"], data={"sub": sub}, allow_redirects=False, timeout=5
        )
        back = urlsplit(allowed.headers["Location"])
        assert back.netloc == "testserver"
        return client.get(f"{back.path}?{back.query}")

    return log_in


def test_the_login_page_offers_the_service(client, configure) -> None:
    configure(
        OIDC_ISSUER="https://login.exempel.invalid",
        OIDC_CLIENT_ID="samagt",
        OIDC_CLIENT_SECRET="hemlig",
        OIDC_NAME="kommunens inloggning",
    )

    page = client.get("/konto/login/?next=/nyheter/").content.decode()

    assert "Logga in med kommunens inloggning" in page
    assert "/konto/tjanst/oidc/login/?process=login&amp;next=%2Fnyheter%2F" in page


def test_oidc_opens_an_account_in_an_organisation_that_exists(client, oidc) -> None:
    OrganisationFactory(org_number=NUMBER)

    answer = oidc()

    user = signed_in(client)
    assert answer["Location"] == "/min-sida/"
    assert (user.email, str(user)) == ("anstalld@exempel.invalid", "Anställd ett (exempel)")
    assert not user.has_usable_password()
    assert roles_of(user) == {"reader"}


def test_oidc_roles_follow_at_the_next_login(client, oidc) -> None:
    OrganisationFactory(org_number=NUMBER)
    oidc()
    user = signed_in(client)
    client.logout()

    oidc(roles=["finance_contact"])

    assert signed_in(client) == user
    assert roles_of(user) == {"finance_contact"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"https://id.oidc.se/claim/orgNumber": "2120000167"}, "deltar inte här"),
        ({"https://id.oidc.se/claim/orgNumber": "Nacka"}, "deltar inte här"),
        ({"https://id.oidc.se/claim/orgNumber": None}, "nämner ingen roll"),
        ({"roles": ["administrator"]}, "nämner ingen roll"),
        ({"roles": ["coordinator"]}, "nämner ingen roll"),
        ({"email": "ansta\u0456lld@exempel.invalid"}, "nämner ingen e-postadress"),
    ],
)
def test_oidc_refuses_in_plain_words(client, oidc, changes, said) -> None:
    OrganisationFactory(org_number=NUMBER)

    answer = oidc(**changes)

    assert answer.status_code == 403
    assert said in answer.content.decode()
    assert signed_in(client) is None
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_oidc_confirms_an_address_that_the_service_has_not_checked(client, oidc) -> None:
    OrganisationFactory(org_number=NUMBER)

    answer = oidc(email_verified=False)

    assert answer["Location"] == "/konto/confirm-email/"
    assert signed_in(client) is None
    deliver_due()
    assert mail.outbox[-1].to == ["anstalld@exempel.invalid"]


def test_oidc_takes_over_no_account_by_its_address(client, oidc) -> None:
    OrganisationFactory(org_number=NUMBER)
    person(email="anstalld@exempel.invalid")

    answer = oidc()

    assert answer.status_code == 403
    assert "Det finns redan ett konto" in answer.content.decode()
    assert signed_in(client) is None


def test_oidc_finds_the_account_by_its_address_in_a_trusted_domain(client, oidc, configure) -> None:
    configure(OIDC_EMAIL_DOMAINS="exempel.invalid")
    OrganisationFactory(org_number=NUMBER)
    user = person(email="anstalld@exempel.invalid")

    oidc(email_verified=False)
    assert signed_in(client) is None
    oidc()

    assert signed_in(client) == user


def test_a_person_connects_the_service_to_the_own_account(client, oidc) -> None:
    OrganisationFactory(org_number=NUMBER)
    user = person(email="anstalld@exempel.invalid")
    client.post("/konto/login/", {"login": user.email, "password": PASSWORD})

    oidc("/konto/tjanst/oidc/login/?process=connect")
    assert SocialAccount.objects.get().user == user
    client.post("/konto/logout/")
    oidc()

    assert signed_in(client) == user
    assert roles_of(user) == {"reader"}


def test_the_services_word_on_a_second_factor_counts_only_when_told_so(
    client, oidc, configure
) -> None:
    OrganisationFactory(org_number=NUMBER)
    configure(OIDC_ALLOWED_ROLES="coordinator")

    oidc(roles=["coordinator"])
    assert client.get("/konto/")["Location"] == "/konto/2fa/"
    client.post("/konto/logout/")

    configure(OIDC_SECOND_FACTOR_VALUES="mfa")
    oidc(roles=["coordinator"])
    assert client.get("/konto/").status_code == 200
    client.post("/konto/logout/")

    oidc(roles=["coordinator"], amr=["pwd"])
    assert client.get("/konto/")["Location"] == "/konto/2fa/"


def test_a_second_factor_of_the_account_is_asked_for_unless_the_services_counts(
    client, oidc, configure
) -> None:
    OrganisationFactory(org_number=NUMBER)
    oidc()
    user = signed_in(client)
    client.post("/konto/logout/")
    secret = app_of(user)

    assert oidc()["Location"] == "/konto/2fa/authenticate/"
    assert signed_in(client) is None
    client.post("/konto/2fa/authenticate/", {"code": code_of(secret)})
    assert signed_in(client) == user
    client.post("/konto/logout/")

    configure(OIDC_SECOND_FACTOR_VALUES="mfa")
    assert oidc()["Location"] == "/min-sida/"


def test_an_old_word_of_the_service_leads_back_to_it_from_the_cms(
    client, oidc, configure, settings
) -> None:
    configure(OIDC_SECOND_FACTOR_VALUES="mfa", OIDC_EMAIL_DOMAINS="exempel.invalid")
    OrganisationFactory(org_number=NUMBER)
    association = OrganisationFactory()
    editor = person(email="anstalld@exempel.invalid")
    give(editor, "editor", association)
    oidc()
    settings.CMS_SECOND_FACTOR_AGE = -1

    answer = client.get("/cms/")

    assert answer["Location"] == "/konto/tjanst/oidc/login/?process=login&next=%2Fcms%2F"


def test_a_forged_answer_of_the_provider_is_refused(client, oidc) -> None:
    OrganisationFactory(org_number=NUMBER)
    oidc()
    client.post("/konto/logout/")

    answer = client.get("/konto/tjanst/oidc/login/callback/?code=stolen&state=made-up")

    assert answer.status_code == 401
    assert "Inloggningen fungerade inte" in answer.content.decode()


def test_a_provider_that_does_not_answer_is_said_so(client, configure) -> None:
    configure(
        OIDC_ISSUER="http://localhost:9", OIDC_CLIENT_ID="samagt", OIDC_CLIENT_SECRET="hemlig"
    )

    answer = client.get("/konto/tjanst/oidc/login/")

    assert answer.status_code == 503
    assert "Inloggningen fungerade inte" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["tjanst/oidc/login", "saml/tjanst/login", "saml/tjanst/acs/finish"]
)
def test_without_services_their_addresses_are_not_there(client, address) -> None:
    assert client.get(f"/konto/{address}/").status_code == 404


@pytest.fixture
def idp() -> IdentityProvider:
    """A SAML identity provider with a key of its own."""
    return IdentityProvider()


@pytest.fixture
def saml(client, idp, configure):
    """Return a function that logs in through the identity provider."""
    configure(SAML_ENTITY_ID=ENTITY_ID, SAML_SSO_URL=SSO_URL, SAML_CERTIFICATE=idp.certificate)

    def log_in(by: IdentityProvider = idp, attributes=None, next_url="", **options):
        query = f"?process=login&next={next_url}" if next_url else ""
        client.defaults["HTTP_HOST"] = "localhost"
        leave = client.get(f"/konto/saml/tjanst/login/{query}")
        assert leave["Location"].startswith(SSO_URL)
        form = by.answer(
            leave["Location"],
            name_id="person-1",
            attributes=SAML_ATTRIBUTES | (attributes or {}),
            **options,
        )
        posted = client.post("/konto/saml/tjanst/acs/", form)
        return client.get(posted["Location"])

    return log_in


def test_saml_opens_an_account_and_confirms_the_address(client, saml) -> None:
    OrganisationFactory(org_number=NUMBER)

    assert saml(next_url="/nyheter/")["Location"] == "/konto/confirm-email/"
    deliver_due()
    link = re.search(r"http://localhost:8000(/konto/confirm-email/\S+/)", mail.outbox[-1].body)
    client.post(link[1])
    assert saml(next_url="/nyheter/")["Location"] == "/nyheter/"

    user = signed_in(client)
    assert (user.email, roles_of(user)) == ("anstalld@exempel.invalid", {"reader"})


@pytest.mark.parametrize(
    "options",
    [
        {"sign": False},
        {"by": IdentityProvider()},
        {"audience": "https://another.exempel.invalid"},
        {"age": timedelta(minutes=20)},
    ],
    ids=["unsigned", "another key", "meant for another", "too old"],
)
def test_saml_refuses_what_is_not_the_providers_word(client, saml, options) -> None:
    OrganisationFactory(org_number=NUMBER)

    answer = saml(**options)

    assert answer.status_code == 401
    assert "Inloggningen fungerade inte" in answer.content.decode()
    assert not User.objects.exists()


def test_saml_takes_an_answer_once_and_only_when_asked_for(client, saml, idp) -> None:
    OrganisationFactory(org_number=NUMBER)
    client.defaults["HTTP_HOST"] = "localhost"
    leave = client.get("/konto/saml/tjanst/login/")
    form = idp.answer(leave["Location"], name_id="person-1", attributes=SAML_ATTRIBUTES)
    for expected in (302, 403):
        posted = client.post("/konto/saml/tjanst/acs/", form)
        assert client.get(posted["Location"]).status_code == expected
    assert User.objects.count() == 1


def test_saml_refuses_an_unknown_organisation(client, saml) -> None:
    answer = saml()

    assert answer.status_code == 403
    assert "deltar inte här" in answer.content.decode()


def test_saml_word_on_a_second_factor(client, saml, configure) -> None:
    configure(
        SAML_SECOND_FACTOR_VALUES="http://schemas.microsoft.com/claims/multipleauthn",
        SAML_ALLOWED_ROLES="signatory",
    )
    OrganisationFactory(org_number=NUMBER)
    role = {"http://schemas.microsoft.com/ws/2008/06/identity/claims/role": ["signatory"]}
    saml(attributes=role)
    User.objects.get().emailaddress_set.update(verified=True)
    saml(attributes=role)

    assert signed_in(client) is not None
    assert client.get("/konto/").status_code == 200


def test_saml_tells_the_operator_what_the_provider_needs(client, saml) -> None:
    answer = client.get("/konto/saml/tjanst/metadata/", headers={"host": "localhost"})

    assert answer.status_code == 200
    assert "http://localhost/konto/saml/tjanst/acs/" in answer.content.decode()


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"OIDC_CLIENT_ID": "a"}, "OIDC_CLIENT_ID: needs OIDC_ISSUER and OIDC_CLIENT_SECRET"),
        ({"SAML_SSO_URL": "https://a.se"}, "SAML_SSO_URL: needs SAML_ENTITY_ID and SAML_CERT"),
        ({"SAML_METADATA_URL": "http://a.se"}, "SAML_METADATA_URL: an address starting with https"),
        (
            {"SAML_METADATA_URL": "https://a.se", "SAML_ALLOWED_ROLES": "chef"},
            "SAML_ALLOWED_ROLES: 'chef' is not one of",
        ),
        (
            {"SAML_METADATA_URL": "https://a.se", "SAML_ROLE_NAMES": "chef"},
            "SAML_ROLE_NAMES: pairs such as",
        ),
    ],
)
def test_names_the_variable_that_is_wrong(configure, variables, named) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(named)):
        configure(**variables)


def test_what_claims_may_give_without_being_told() -> None:
    assert sorted(SAFE_ROLES) == [
        "business_owner",
        "data_protection_officer",
        "finance_contact",
        "reader",
        "security_contact",
        "technical_contact",
    ]
