"""The language that a person has chosen."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import require
from core.exceptions import RuleBroken
from members.models import User


@transaction.atomic
def set_language(*, by: Any, language: str) -> None:
    """Keep the language of the person's own account, one of those that the site speaks.

    It is not written to the audit trail: it changes neither who someone is nor what they may do.
    Raises RuleBroken for a language that the site does not speak.
    """
    require(by, "members.change_language", by)
    if language not in dict(settings.LANGUAGES):
        raise RuleBroken(_("The site does not speak that language."), field="language")
    User.objects.filter(pk=by.pk).update(language=language)
