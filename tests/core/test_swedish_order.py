"""The Swedish alphabetical order."""

import unicodedata

import pytest

from core.swedish_order import sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["Arboga", "Zebra", "Åmål", "Ängelholm", "Öckerö"],
        ["Ovanåker", "Oxelösund", "Pajala", "Vårgårda", "Ydre", "Ystad", "Åre"],
        ["Malmö", "Malung-Sälen", "Malå", "Mariestad", "Mark", "Mörbylånga"],
        ["Hällefors", "Härjedalen", "Härnösand", "Hässleholm", "Höganäs", "Högsby", "Hörby"],
        ["Grästorp", "Gullspång", "Gällivare", "Gävle", "Göteborg", "Götene"],
        ["Upplands-Bro", "Upplands Väsby", "Uppsala"],
        ["ide", "idé", "idea"],
        ["Müller", "Myrén"],
        ["1 tjänst", "2 tjänster", "a"],
    ],
)
def test_sort_key_orders_as_in_a_swedish_list(ordered):
    backwards = ordered[::-1]
    assert sorted(backwards, key=sort_key) == ordered


def test_sort_key_does_not_depend_on_case_or_on_how_letters_are_composed():
    assert sort_key("ÅMÅL")[0] == sort_key("åmål")[0]
    assert sort_key(unicodedata.normalize("NFD", "Åmål"))[0] == sort_key("Åmål")[0]


def test_sort_key_tells_every_text_apart():
    assert sort_key("Upplands-Bro") != sort_key("Upplands Bro")
