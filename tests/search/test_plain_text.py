"""Running text of pages as plain text that reads well in a snippet."""

import pytest

from search.plain_text import joined, rich


@pytest.mark.parametrize(
    ("texts", "one"),
    [
        ((), ""),
        (("", "  ", "Ett"), "Ett."),
        (("Rubrik", "En mening."), "Rubrik.\nEn mening."),
        (("Vad?", "Så här:", "Slut…"), "Vad?\nSå här:\nSlut…"),
    ],
)
def test_texts_are_kept_apart(texts, one):
    assert joined(*texts) == one


def test_marks_of_rich_text_are_left_out():
    assert rich("<h2>Rubrik</h2><p>Text &amp; <b>mer</b></p>") == "Rubrik Text & mer"
    assert rich("") == ""
