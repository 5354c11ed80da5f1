"""Chooses the settings of the environment named by SAMAGT_ENV (dev unless told)."""

from config.environment import environment_name, read

SAMAGT_ENV = read("SAMAGT_ENV", environment_name, "dev")

if SAMAGT_ENV == "production":
    from config.settings.production import *  # noqa: F403 - settings modules are merged
elif SAMAGT_ENV == "test":
    from config.settings.test import *  # noqa: F403 - settings modules are merged
else:
    from config.settings.dev import *  # noqa: F403 - settings modules are merged
