"""Chooses the settings of the environment named by SAMAGT_ENV (dev unless told).

A module below that is named by DJANGO_SETTINGS_MODULE itself (the tests do) is left to itself:
importing it imports this package first, and another environment must not be read then.
"""

import os

from config.environment import environment_name, read

if os.environ.get("DJANGO_SETTINGS_MODULE", __name__) == __name__:
    SAMAGT_ENV = read("SAMAGT_ENV", environment_name, "dev")
    if SAMAGT_ENV == "production":
        from config.settings.production import *  # noqa: F403 - settings modules are merged
    elif SAMAGT_ENV == "test":
        from config.settings.test import *  # noqa: F403 - settings modules are merged
    else:
        from config.settings.dev import *  # noqa: F403 - settings modules are merged
