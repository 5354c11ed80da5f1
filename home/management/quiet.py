"""Keeps the libraries' own running commentary out of a command's output."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

TALKATIVE = ("wagtail", "django_tasks", "members")


@contextmanager
def quiet_loggers(*, unless: bool) -> Iterator[None]:
    """Let these loggers tell of warnings only, unless the operator asked for more."""
    if unless:
        yield
        return
    loggers = [logging.getLogger(name) for name in TALKATIVE]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
