"""No page holds a hard-coded text: every word is translated or marked as Swedish content."""

import pytest

from tests.pseudo import hard_coded, pseudo_language


def test_a_hard_coded_word_is_found():
    page = (
        '<p>⟦Services⟧ 12 <b title="Titel">x</b></p><p lang="sv">Innehåll</p>'
        "<script>var kod = 1</script><p>Hårdkodat</p>"
    )
    assert hard_coded(page) == ["Titel", "Hårdkodat"]


def test_nested_translations_count_as_translated():
    assert hard_coded("<p>⟦of ⟦Malmö⟧ and⟧ 5 ⟦tkr⟧</p>") == []
