"""What is put in is found at once, and a rebuilt index takes the old one's place in one step."""

import pytest

from search.engines.contract import EngineDown
from tests.search.engines.asking import asked, fill, found, thing


def test_without_an_index_an_engine_is_down_but_can_build_one(engine):
    assert not engine.is_ready()
    with pytest.raises(EngineDown):
        engine.search(asked("skola"))
    with pytest.raises(EngineDown):
        list(engine.keys())
    with pytest.raises(EngineDown):
        engine.write([thing("a:1", "skola")], [])
    with pytest.raises(EngineDown):
        engine.write([], ["a:1"])
    assert not engine.is_ready()
    fill(engine)
    assert engine.is_ready()
    assert found(engine, "skola") == list(engine.keys()) == []


def test_what_is_written_is_found_at_once_also_by_others(engine, opened):
    fill(engine)
    other = opened()
    assert found(other, "skola") == []
    engine.write([thing("a:1", "skola"), thing("a:2", "skola")], [])
    assert found(engine, "skola") == ["a:1", "a:2"]


def test_a_thing_written_again_is_replaced(engine):
    fill(engine, thing("a:1", "skola", year=("2025",)))
    engine.write([thing("a:1", "möte", year=("2026",))], [])
    assert found(engine, "skola") == []
    assert found(engine, "möte") == ["a:1"]
    hits = engine.search(asked())
    assert (hits.total, hits.facets["year"]) == (1, (("2026", 1),))


def test_a_thing_that_may_no_longer_be_read_is_not_found(engine):
    fill(engine, thing("a:1", "skola"))
    engine.write([thing("a:1", "skola", audiences=("member",))], [])
    assert found(engine, "skola") == []
    assert found(engine, "skola", audiences=("member",)) == ["a:1"]


def test_what_is_taken_out_is_gone_and_what_was_not_there_is_no_fault(engine):
    fill(engine, thing("a:1", "skola"), thing("a:2", "skola"))
    engine.write([thing("a:3", "skola")], ["a:1", "a:unknown"])
    assert found(engine, "skola") == ["a:2", "a:3"]
    engine.write([], ["a:2"])
    engine.write([], ["a:2"])
    engine.write([], [])
    assert found(engine, "skola") == ["a:3"]
    assert list(engine.keys()) == ["a:3"]


def test_what_is_both_taken_out_and_put_in_is_there(engine):
    fill(engine, thing("a:1", "skola"))
    engine.write([thing("a:1", "möte")], ["a:1"])
    assert found(engine) == found(engine, "möte") == ["a:1"]


def test_every_key_is_listed_once(engine):
    keys = [f"a:{n}" for n in range(2_300)]
    fill(engine, *(thing(key, "skola", audiences=("member",)) for key in keys))
    assert sorted(engine.keys()) == sorted(keys)


def test_keys_of_any_form_are_kept(engine):
    keys = ["a:å", "a:with space", 'a:"', "a:1:2", "a:" + "x" * 200]
    fill(engine, *(thing(key, "skola") for key in keys))
    assert sorted(engine.keys()) == sorted(found(engine, "skola")) == sorted(keys)
    engine.write([], keys[:4])
    assert list(engine.keys()) == keys[4:]


def test_an_index_is_read_when_it_is_whole(engine, opened):
    fill(engine, thing("a:1", "skola"))
    other = opened()
    with engine.rebuild() as builder:
        builder.add([thing("a:2", "skola")])
        builder.add(iter([thing("a:3", "skola")]))
        assert found(engine, "skola") == found(other, "skola") == ["a:1"]
    assert found(engine, "skola") == found(other, "skola") == ["a:2", "a:3"]
    engine.write([], ["a:2"])
    assert found(engine, "skola") == ["a:3"]


def test_a_rebuild_that_fails_leaves_the_old_index(engine, opened):
    fill(engine, thing("a:1", "skola"))
    with pytest.raises(RuntimeError, match="no more"), engine.rebuild() as builder:
        builder.add([thing("a:2", "skola")])
        raise RuntimeError("no more")
    assert found(engine, "skola") == found(opened(), "skola") == ["a:1"]
    engine.write([thing("a:3", "skola")], [])
    assert found(engine, "skola") == ["a:1", "a:3"]


def test_a_first_rebuild_that_fails_leaves_no_index(engine):
    with pytest.raises(RuntimeError), engine.rebuild():
        raise RuntimeError
    assert not engine.is_ready()


def test_an_index_can_be_built_again_and_again(engine):
    for number in range(3):
        fill(engine, thing(f"a:{number}", "skola"))
        assert list(engine.keys()) == [f"a:{number}"]
