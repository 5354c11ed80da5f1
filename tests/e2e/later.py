"""The site as it answers on a later day: its clock stands SAMAGT_TEST_DAYS_LATER days ahead.

Only Django's own clock is moved. Sessions of today have run out there, so people log in anew.
"""

import os
from datetime import timedelta

from django.utils import timezone

_ahead = timedelta(days=int(os.environ["SAMAGT_TEST_DAYS_LATER"]))
_now = timezone.now
timezone.now = lambda: _now() + _ahead

from config.wsgi import application  # noqa: E402 - the clock is set before anything reads it

__all__ = ["application"]
