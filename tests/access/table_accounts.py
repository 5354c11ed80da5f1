"""Every address of the account pages (allauth)."""

from tests.access.audience import (
    MISSING,
    NOT_OFFERED,
    OPEN,
    PERSON,
    PUBLIC,
    TO_LOGIN,
    Line,
)

K = "konto/"
READ = NOT_OFFERED
NO_FACTOR = "404: the people of the test have no factor of their own"

LINES = [
    Line(K, PERSON, OPEN, READ),
    Line(f"{K}login/", PUBLIC),
    Line(f"{K}logout/", PUBLIC),
    Line(f"{K}inactive/", PUBLIC, OPEN, READ),
    Line(f"{K}signup/", PUBLIC, note="closed: says that an invitation is needed"),
    Line(f"{K}reauthenticate/", PERSON),
    Line(f"{K}email/", PERSON),
    Line(f"{K}confirm-email/", PUBLIC, OPEN, READ),
    Line(f"{K}password/change/", PERSON),
    Line(f"{K}password/set/", PERSON),
    Line(f"{K}password/reset/", PUBLIC),
    Line(
        f"{K}login/code/confirm/",
        PERSON,
        note="without a code on its way there is nothing to confirm",
    ),
    Line(
        f"{K}^confirm-email/(?P<key>[-:\\w]+)/$",
        PUBLIC,
        OPEN,
        MISSING,
        at="/konto/confirm-email/x:y:z/",
    ),
    Line(f"{K}password/reset/key/done/", PUBLIC, OPEN, READ),
    Line(
        f"{K}^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        PUBLIC,
        at="/konto/password/reset/key/1-x/",
    ),
    Line(f"{K}password/reset/done/", PUBLIC, OPEN, READ),
    Line(f"{K}2fa/", PERSON, OPEN, READ),
    Line(f"{K}2fa/authenticate/", PERSON, note="the second step, after the first"),
    Line(f"{K}2fa/reauthenticate/", PERSON),
    Line(f"{K}2fa/totp/activate/", PERSON),
    Line(f"{K}2fa/totp/deactivate/", PERSON, MISSING, MISSING, note=NO_FACTOR),
    Line(f"{K}2fa/recovery-codes/", PERSON, MISSING, READ, note=NO_FACTOR),
    Line(f"{K}2fa/recovery-codes/generate/", PERSON),
    Line(f"{K}2fa/recovery-codes/download/", PERSON, MISSING, MISSING, note=NO_FACTOR),
    Line(f"{K}2fa/webauthn/", PERSON, OPEN, READ),
    Line(f"{K}2fa/webauthn/add/", PERSON),
    Line(f"{K}2fa/webauthn/reauthenticate/", PERSON),
    Line(f"{K}2fa/webauthn/keys/<int:pk>/remove/", PERSON, MISSING, MISSING, {"pk": "one"}),
    Line(f"{K}2fa/webauthn/keys/<int:pk>/edit/", PERSON, MISSING, MISSING, {"pk": "one"}),
    Line(f"{K}2fa/webauthn/login/", PERSON, note="a page without script is led to the login"),
    Line(f"{K}3rdparty/login/cancelled/", PUBLIC, OPEN, READ),
    Line(f"{K}3rdparty/login/error/", PUBLIC, OPEN, READ),
    Line(f"{K}3rdparty/signup/", PUBLIC, TO_LOGIN, TO_LOGIN),
    Line(f"{K}3rdparty/", PERSON),
    Line(f"{K}social/login/cancelled/", PUBLIC, note="leads to the new address"),
    Line(f"{K}social/login/error/", PUBLIC, note="leads to the new address"),
    Line(f"{K}social/signup/", PUBLIC),
    Line(f"{K}social/connections/", PUBLIC, note="leads to the new address"),
    *(
        Line(
            f"{K}^saml/(?P<organization_slug>[^/]+)/{tail}/",
            PUBLIC,
            MISSING,
            MISSING,
            at=f"/konto/saml/finns-inte/{tail}/",
            note="404: no such login service is configured",
        )
        for tail in ("acs/finish", "sls", "metadata", "login")
    ),
    Line(
        f"{K}^saml/(?P<organization_slug>[^/]+)/acs/",
        PUBLIC,
        at="/konto/saml/finns-inte/acs/",
        note="an answer that nobody asked for leads to the page of failed logins",
    ),
    *(
        Line(
            f"{K}tjanst/^(?P<provider_id>[^/]+)/{tail}/",
            PUBLIC,
            MISSING,
            MISSING,
            at=f"/konto/tjanst/finns-inte/{tail}/",
            note="404: no such login service is configured",
        )
        for tail in ("login", "login/callback")
    ),
    Line(f"{K}sessions/", PERSON),
]
