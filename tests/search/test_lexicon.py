from concurrent.futures import ThreadPoolExecutor

import pytest

from search import lexicon
from search.lexicon import is_name, is_noun_in_a, is_word, keep_in, lemma


@pytest.fixture
def shelf(monkeypatch):
    """A dictionary that is not open yet."""
    lexicon._lemma.cache_clear()
    monkeypatch.setattr(lexicon._Shelf, "trie", None)
    monkeypatch.setattr(lexicon._Shelf, "folder", None)
    return lexicon._Shelf


def kept(folder):
    return folder / lexicon.edition / "sv.dic"


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("skolor", "skola"),
        ("beslutet", "beslut"),
        ("besluten", "beslut"),
        ("policyn", "policy"),
        ("nämnd", "nämnd"),
        ("avgift", "avgift"),
        ("plan", "plan"),
        ("bank", "bank"),
        ("skeden", "skede"),
        ("kommunalt", "kommunal"),
        ("större", "stor"),
        ("stockholms", "stockholm"),
        ("qwxz", None),
        ("", None),
    ],
)
def test_a_form_has_its_base(form, base):
    assert lemma(form) == base


def test_what_is_a_word():
    assert [is_word(word) for word in ("skolorna", "policyn", "stockholm", "qwxz", "")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_name_is_a_word_only_with_a_capital():
    assert [is_name(word) for word in ("stockholm", "skola", "qwxz")] == [True, False, False]


def test_a_noun_in_a_is_no_verb():
    assert [is_noun_in_a(word) for word in ("skola", "lista", "ställa")] == [True, True, False]


def test_the_compact_file_is_made_once_and_read_again(shelf, tmp_path):
    keep_in(tmp_path)
    assert lemma("skolor") == "skola"
    made = kept(tmp_path).stat().st_mtime_ns
    shelf.trie = None
    lexicon._lemma.cache_clear()
    assert lemma("skolor") == "skola"
    assert kept(tmp_path).stat().st_mtime_ns == made
    assert list(kept(tmp_path).parent.iterdir()) == [kept(tmp_path)]


def test_a_damaged_file_is_made_anew(shelf, tmp_path):
    keep_in(tmp_path)
    kept(tmp_path).parent.mkdir()
    kept(tmp_path).write_bytes(b"half a file")
    assert lemma("skolor") == "skola"
    assert kept(tmp_path).stat().st_size > 1_000_000


def test_a_folder_that_cannot_be_written_costs_no_answer(shelf, tmp_path):
    (tmp_path / "file").write_text("")
    keep_in(tmp_path / "file")
    assert lemma("skolor") == "skola"


def test_two_who_make_the_file_at_once_do_not_meet(shelf, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        tries = list(pool.map(lexicon._make, [kept(tmp_path)] * 2))
    assert [len(trie) for trie in tries] == [len(tries[0])] * 2
    assert list(kept(tmp_path).parent.iterdir()) == [kept(tmp_path)]


def test_threads_open_the_dictionary_once(shelf, monkeypatch):
    opened = []
    build = lexicon._build
    monkeypatch.setattr(lexicon, "_build", lambda folder: opened.append(folder) or build(folder))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lemma, ["skolor"] * 4)) == ["skola"] * 4
    assert opened == [None]
