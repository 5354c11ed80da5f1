"""How people log in: allauth's settings. Login services come from the environment.

OpenID Connect and SAML are read in `login_services`; with none set, e-mail and password, passkeys
and authenticator apps are what there is.
"""

from config.environment import read, whole_number
from config.settings.login_services import SLUG, login_services

# Number of proxies in front that add to X-Forwarded-For; 0: the header is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = read("TRUSTED_PROXY_COUNT", whole_number, 0)

AUTH_USER_MODEL = "members.User"
# Only allauth checks passwords; it also answers for the permissions of groups (the CMS).
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/min-sida/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

ACCOUNT_ADAPTER = "members.adapters.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_FORMS = {
    "login": "members.forms.account.LoginForm",
    "signup": "members.forms.account.SignupForm",
    "add_email": "members.forms.account.AddEmailForm",
    "change_password": "members.forms.account.ChangePasswordForm",
    "set_password": "members.forms.account.SetPasswordForm",
    "reset_password": "members.forms.account.ResetPasswordForm",
    "reset_password_from_key": "members.forms.account.ResetPasswordKeyForm",
    "reauthenticate": "members.forms.account.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# The browser keeps the cookie until it is closed; the server for SESSION_COOKIE_AGE at most.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

MFA_ADAPTER = "members.adapters.SecondFactorAdapter"
# Accounts are opened by invitation to a known address, so nobody can block another's address by
# putting a second factor on it; and whoever has one must still be able to change address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "members.forms.second_factor.AuthenticateForm",
    "reauthenticate": "members.forms.second_factor.ReauthenticateForm",
    "activate_totp": "members.forms.second_factor.ActivateTOTPForm",
    "add_webauthn": "members.forms.second_factor.AddWebAuthnForm",
    "edit_webauthn": "members.forms.second_factor.EditWebAuthnForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A phone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# Under /cms/ a second factor must have been shown within a working day; who is in the middle of
# writing may still save for an hour more, so that nothing typed is lost.
CMS_SECOND_FACTOR_AGE = 8 * 3600
CMS_SECOND_FACTOR_GRACE = 3600

SOCIALACCOUNT_ADAPTER = "members.adapters.LoginServiceAdapter"
# No form stands in between: `form-action 'self'` would stop its way to the login service, and the
# answer is tied to the session by allauth's state in any case.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = SLUG
SOCIALACCOUNT_STORE_TOKENS = False
LOGIN_SERVICES = login_services()
SOCIALACCOUNT_PROVIDERS = LOGIN_SERVICES.providers
