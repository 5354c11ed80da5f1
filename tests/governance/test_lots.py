"""Lots that anybody can check."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.lots import LotInputError, commit, draw, is_genuine

SEED = "ab" * 32
NAMES = ["P", "Q", "R"]


def test_the_same_seed_and_words_draw_the_same():
    first = draw(seed=SEED, witness_words="17", names=NAMES, places=2)
    assert first == draw(seed=SEED, witness_words="17", names=NAMES[::-1], places=2)
    assert len(first) == 2
    assert list(first) == sorted(first)


def test_both_the_seed_and_the_words_decide():
    drawn = {draw(seed=SEED, witness_words=str(n), names=NAMES, places=1) for n in range(40)}
    assert drawn == {("P",), ("Q",), ("R",)}
    seeds = [f"{n:064x}" for n in range(40)]
    assert len({draw(seed=s, witness_words="17", names=NAMES, places=1) for s in seeds}) == 3


def test_every_name_has_the_same_chance():
    falls = Counter(
        draw(seed=f"{n:064x}", witness_words="17", names=NAMES, places=1)[0] for n in range(3000)
    )
    assert all(900 < count < 1100 for count in falls.values())


def test_a_published_lot_is_checked():
    drawn = draw(seed=SEED, witness_words="17", names=NAMES, places=1)
    lot = {"commitment": commit(SEED), "seed": SEED, "witness_words": "17", "names": NAMES}
    assert is_genuine(**lot, drawn=drawn)
    other = next(name for name in NAMES if (name,) != drawn)
    assert not is_genuine(**lot, drawn=[other])
    assert not is_genuine(**lot | {"commitment": commit("cd" * 32)}, drawn=drawn)
    assert not is_genuine(**lot | {"witness_words": "x" * 3}, drawn=[other])
    assert not is_genuine(**lot | {"seed": "x"}, drawn=drawn)
    assert not is_genuine(**lot, drawn=[])


@pytest.mark.parametrize(
    ("names", "places", "seed"),
    [(["P"], 1, SEED), (["P", "P"], 1, SEED), (NAMES, 0, SEED), (NAMES, 3, SEED),
     (NAMES, 1, "AB" * 32), (NAMES, 1, "ab")],
)  # fmt: skip
def test_a_lot_that_cannot_be_drawn(names, places, seed):
    with pytest.raises(LotInputError):
        draw(seed=seed, witness_words="17", names=names, places=places)


@given(names=st.sets(st.text(min_size=1, max_size=9), min_size=2, max_size=9), data=st.data())
def test_as_many_as_the_places_are_drawn_from_the_names(names, data):
    try:
        "".join(names).encode()
    except UnicodeEncodeError:
        return
    places = data.draw(st.integers(1, len(names) - 1))
    drawn = draw(seed=SEED, witness_words="å", names=names, places=places)
    assert len(set(drawn)) == places
    assert set(drawn) <= names
