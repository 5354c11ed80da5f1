"""Where the lines and bars of the pictures stand."""

from __future__ import annotations

import pytest

from catalogue.charts import BASE, TOP, WIDTH, bars, curve, lengths, pairs


def test_the_highest_value_reaches_the_top_and_zero_the_axis() -> None:
    found = curve([100, 50, 0], ["1", "2", "3"], ["a", "b", "c"])
    assert [dot.y for dot in found.dots] == [TOP, (TOP + BASE) // 2, BASE]
    assert [dot.over for dot in found.dots] == ["a", "", "c"]
    assert found.line.count(" ") == 2


def test_few_of_many_labels_are_written_and_the_last_always() -> None:
    found = curve([1] * 51, [str(n) for n in range(51)], [""] * 51)
    told = [dot.under for dot in found.dots if dot.under]
    assert (told[0], told[-1]) == ("0", "50")
    assert len(told) <= 9


def test_parts_of_a_bar_stand_on_each_other() -> None:
    bar = bars([[50, 50], [100, 0]], ["x", "y"], ["1", "2"])[0]
    low, high = bar.boxes
    assert high.y + high.height < low.y
    assert (low.kind, high.kind) == (0, 1)
    assert high.y == TOP


@pytest.mark.parametrize("draw", [bars, lambda c, u, o: pairs([tuple(x) for x in c], u)])
def test_nothing_and_only_zeros_draw_no_boxes(draw) -> None:  # type: ignore[no-untyped-def]
    assert draw([], [], []) == ()
    assert [bar.boxes for bar in draw([[0, 0]], ["x"], [""])] == [()]


def test_pairs_stand_beside_each_other() -> None:
    left, right = pairs([(100, 50)], ["x"])[0].boxes
    assert left.x + left.width < right.x
    assert left.height == 2 * right.height


def test_lying_bars_fill_the_room() -> None:
    assert lengths([10, 5, 0], 300) == (300, 150, 0)
    assert lengths([]) == ()
    assert max(lengths([7])) == WIDTH
