"""Settings shared by every environment. With nothing in the environment all parts are embedded."""

import os
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import (
    database_address,
    environment_name,
    index_prefix,
    mail_folder,
    mail_transport,
    read,
    url,
    web_address,
)
from config.settings.login import *  # noqa: F403 - settings modules are merged

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("SAMAGT_VAR_DIR") or BASE_DIR / "var")

SAMAGT_ENV = read("SAMAGT_ENV", environment_name, "dev")
BASE_URL = read("BASE_URL", web_address, "http://localhost:8000")
REDIS_URL = read("REDIS_URL", url("redis", "rediss", "unix"), "")
ELASTICSEARCH_URL = read("ELASTICSEARCH_URL", url("http", "https"), "")
SENTRY_DSN = read("SENTRY_DSN", url("https", "http"), "")

DEBUG = False
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

INSTALLED_APPS = [
    "home",
    "search",
    "governance",
    "networks",
    "catalogue",
    "notifications",
    "members",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "members.apps.CmsUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Before all else: a 304 to a device that follows a meeting carries nothing to protect.
    "governance.middleware.RoomMarkMiddleware",
    # First, so that refusals of those below (a bad Host, say) carry the headers too.
    "csp.middleware.CSPMiddleware",
    "core.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "core.middleware.CleanInputMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "members.middleware.ActingForMiddleware",
    "members.middleware.SecondFactorMiddleware",
    "members.middleware.LoginServiceFaultMiddleware",
    "members.middleware.FormStatusMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context_processors.site_frame",
                "members.context_processors.acting_for",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------
# Measured: only IMMEDIATE + WAL + FULL + a long timeout keeps parallel writers free of
# "database is locked"; recursive_triggers makes INSERT OR REPLACE fire the delete triggers.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;"
        "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
    ),
}
DATABASE_URL = read("DATABASE_URL", database_address, f"sqlite:///{VAR_DIR / 'samagt.sqlite3'}")
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    # Opened anew for each request the file costs 5 ms: ten times what a followed room costs else.
    DATABASES["default"].update(OPTIONS=SQLITE_OPTIONS, CONN_MAX_AGE=600)
else:
    DATABASES["default"].update(CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)

# --- Cache, queue ---------------------------------------------------------------------------
# The database's cache is shared by all processes. With Redis, what may be lost lies there and the
# counters of login tries stay in the database (core/cache.py says why).
DATABASE_CACHE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "django_cache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
CACHES = {
    "default": DATABASE_CACHE,
    "database": DATABASE_CACHE,
    # Wagtail writes a rendition to this cache each time a page shows it, also when the page has
    # read it along with the picture: a write on every GET, for a lookup that is not made.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "core.cache.ResilientCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "samagt",
    }
CELERY_BROKER_URL = REDIS_URL or f"sqla+sqlite:///{VAR_DIR / 'queue.sqlite3'}"
if REDIS_URL:
    # A frozen broker must not hold a request: beat looks at the outbox anyway.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
# Where the heads of the ledger are written at the close of each meeting (docs/operations.md).
LEDGER_HEADS_DIR = VAR_DIR / "heads"
# An authority that timestamps them (RFC 3161); unset, none is asked.
TIMESTAMP_URL = read("TIMESTAMP_URL", url("https", "http"), "")
CELERY_BEAT_SCHEDULE = {
    "clear-expired-sessions": {
        "task": "core.jobs.clear_expired_sessions",
        "schedule": crontab(hour="3", minute="30"),
    },
    "follow-roles": {
        "task": "members.jobs.follow_roles",
        "schedule": crontab(hour="0", minute="1"),
    },
    "blank-addresses": {
        "task": "core.jobs.blank_addresses",
        "schedule": crontab(hour="3", minute="10"),
    },
    "deliver-outbox": {"task": "core.jobs.deliver_outbox", "schedule": 20.0},
    "daily-digests": {
        "task": "notifications.jobs.send_daily_digests",
        "schedule": crontab(hour="7", minute="0"),
    },
    "remind-of-days": {
        "task": "catalogue.jobs.remind_of_days",
        "schedule": crontab(hour="6", minute="30"),
    },
    "watch-terms": {
        "task": "governance.jobs.watch_terms",
        "schedule": crontab(hour="6", minute="40"),
    },
    "watch-summonses": {"task": "governance.jobs.watch_summonses", "schedule": 60.0},
    "watch-per-capsulam": {"task": "governance.jobs.watch_per_capsulam", "schedule": 300.0},
    "remind-of-minutes": {
        "task": "governance.jobs.remind_of_minutes",
        "schedule": crontab(hour="6", minute="45"),
    },
    "stamp-heads": {
        "task": "governance.jobs.stamp_heads",
        "schedule": crontab(minute="20"),
    },
    "update-index": {"task": "search.jobs.update_index", "schedule": 20.0},
    "compare-index": {
        "task": "search.jobs.compare_index",
        "schedule": crontab(hour="4", minute="10"),
    },
    "publish-scheduled-pages": {"task": "home.jobs.publish_scheduled_pages", "schedule": 60.0},
}

# --- People: config/settings/login.py, imported above ------------------------------------------
# --- Search ---------------------------------------------------------------------------------
# The embedded engine's folder: on a local disk, for it is locked and mapped into memory.
SEARCH_DIR = VAR_DIR / "search"
# What names of indexes begin with, on a server that several sites may share.
SEARCH_PREFIX = read("ELASTICSEARCH_PREFIX", index_prefix, "samagt")
# --- Language -------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Off, so that keys and years in templates stay as they are (a select's value of "17 320" is no
# key). What people count is grouped where it is shown, with the filter |thousands.
USE_THOUSAND_SEPARATOR = False

# --- Files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STORAGE_URL = read("STORAGE_URL", url("s3", "https", "http"), "")
if STORAGE_URL:
    from config.settings.storage import object_storage

    STORAGES["default"] = object_storage(STORAGE_URL)

# --- Wagtail --------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Samägt"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "/konto/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/konto/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "core.SiteDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.forms.uploads.CheckedDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.forms.uploads.CheckedImageForm"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# --- Headers --------------------------------------------------------------------------------
SELF_AND_DATA = [SELF, "data:"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": SELF_AND_DATA,
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- E-mail ---------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL") or "samagt@localhost"
EMAIL_SUBJECT_PREFIX = ""
# Django, allauth and Wagtail write outbox rows; the worker sends them by the transport.
EMAIL_BACKEND = "core.mail.OutboxEmailBackend"
EMAIL_TRANSPORT = read("EMAIL_URL", mail_transport, mail_folder(VAR_DIR / "mail"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # The one tells of its own start at every command, the other of every request.
    "loggers": {"pikepdf": {"level": "WARNING"}, "elastic_transport": {"level": "WARNING"}},
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# E-mail is unique on Lower("email"), which the check does not see.
# The CMS shows previews of its own pages in frames, so X-Frame-Options is SAMEORIGIN, not DENY.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "security.W019"]
