"""Every text is translated, and every translation is used."""

from pathlib import Path

from django.conf import settings

from core.message_catalogue import (
    extract_catalogue,
    merge,
    problems,
    write_catalogue,
)

PO = Path(settings.BASE_DIR, "locale", "sv", "LC_MESSAGES", "django.po")


def test_no_entry_is_new_obsolete_empty_or_fuzzy():
    assert problems(PO, extract_catalogue(Path(settings.BASE_DIR))) == []


def test_each_kind_of_problem_is_found(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "models.py").write_text(
        'from x import gettext as _\n_("Used")\n_("Empty")\n_("Fuzzy")\n'
    )
    found = extract_catalogue(tmp_path)
    po = tmp_path / "sv" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Empty"\nmsgstr ""\n\n#, fuzzy\nmsgid "Fuzzy"\nmsgstr "Luddig"\n\n'
        'msgid "Gone"\nmsgstr "Borta"\n'
    )
    assert problems(po, found) == ["new: Used", "obsolete: Gone", "empty: Empty", "fuzzy: Fuzzy"]


def test_extraction_reads_templates_and_merging_keeps_translations(tmp_path):
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text(
        '{% load i18n %}{% translate "One" %}{% blocktranslate trimmed count n=n %}'
        "\n  {{ n }} thing\n{% plural %}\n  {{ n }} things\n{% endblocktranslate %}"
    )
    found = extract_catalogue(tmp_path)
    po = tmp_path / "sv" / "LC_MESSAGES" / "django.po"
    write_catalogue(po, merge(po, found))
    text = po.read_text().replace('msgid "One"\nmsgstr ""', 'msgid "One"\nmsgstr "Ett"')
    po.write_text(text)
    write_catalogue(po, merge(po, found))
    assert 'msgid "One"\nmsgstr "Ett"' in po.read_text()
    assert 'msgid_plural "%(n)s things"' in po.read_text()
    assert problems(po, found) == ["empty: %(n)s thing"]
