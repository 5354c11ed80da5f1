"""An amendment as its difference to the proposal."""

from hypothesis import given
from hypothesis import strategies as st

from governance.wording_diff import Change, difference

WORDS = st.lists(
    st.sampled_from(["att", "höja", "sänka", "avgiften", "med", "5", "10", "procent"]), max_size=12
)


def test_what_is_kept_removed_and_added():
    pieces = difference("höja avgiften med 5 procent", "höja avgiften med 10 procent i år")
    assert [(p.change.value, p.text) for p in pieces] == [
        ("kept", "höja avgiften med"),
        ("removed", "5"),
        ("added", "10"),
        ("kept", "procent"),
        ("added", "i år"),
    ]


@given(old=WORDS, new=WORDS)
def test_both_texts_can_be_read_out_of_the_difference(old, new):
    pieces = difference(" ".join(old), " ".join(new))
    before = [p.text for p in pieces if p.change is not Change.ADDED]
    after = [p.text for p in pieces if p.change is not Change.REMOVED]
    assert " ".join(before).split() == old
    assert " ".join(after).split() == new
