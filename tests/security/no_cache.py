"""Settings of a control: nothing counts the login tries."""

from config.settings.dev import *  # noqa: F403 - settings modules are merged

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
