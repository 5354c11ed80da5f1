"""What `make run` writes after it compiled the translations is in Swedish, the first time too."""

from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "A word that no other catalogue has"
msgstr "Ett ord som ingen annan katalog har"
"""


def test_a_process_that_has_translated_reads_what_was_compiled(settings, tmp_path) -> None:
    folder = tmp_path / "locale" / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf-8")
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]

    with translation.override("sv"):
        before = gettext("A word that no other catalogue has")
    call_command("compile_translations", verbosity=0)
    with translation.override("sv"):
        after = gettext("A word that no other catalogue has")

    assert before == "A word that no other catalogue has"
    assert after == "Ett ord som ingen annan katalog har"
