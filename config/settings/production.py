"""Production: secrets come from the environment, everything is served over TLS."""

from django.core.exceptions import ImproperlyConfigured

from config.environment import names, read
from config.settings.base import *  # noqa: F403 - settings modules are merged

SECRET_KEY = read("SECRET_KEY", str, "")
if not SECRET_KEY:
    message = "SECRET_KEY: must be set in production"
    raise ImproperlyConfigured(message)
ALLOWED_HOSTS = read("ALLOWED_HOSTS", names, [])
if not ALLOWED_HOSTS:
    message = "ALLOWED_HOSTS: must name the host of the site in production"
    raise ImproperlyConfigured(message)

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Health checks come from the load balancer inside, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
