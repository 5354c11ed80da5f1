"""How indexes lie on a search server: one is read, and none is left over."""

import os
import subprocess
import sys

import pytest
from elasticsearch.helpers import BulkIndexError

from search.engines.contract import EngineDown
from search.engines.elastic import ElasticEngine
from tests.scripts.repository import ROOT
from tests.search.engines.asking import fill, found, thing
from tests.search.engines.conftest import VERSION


def build(engine):
    fill(engine, thing("a:1", "skola"))


@pytest.fixture
def own(server, prefix):
    """Makes engines of the test's own, and removes their indexes."""
    made = []

    def make(version=VERSION, *, name=prefix):
        made.append(ElasticEngine(server, version=version, prefix=name))
        return made[-1]

    yield make
    for engine in made:
        engine.discard()


def indexes(engine):
    """Return the indexes of the engine's prefix and their aliases."""
    told = engine._client.indices.get_alias(index=f"{engine._prefix}-*")
    return {name: list(each["aliases"]) for name, each in told.items()}


def test_one_index_is_kept_and_no_name_of_one_half_built(own, prefix):
    engine = own()
    for __ in range(2):
        build(engine)
    assert list(indexes(engine).values()) == [[f"{prefix}-v{VERSION}"]]


def test_a_failed_rebuild_leaves_nothing(own):
    engine = own()
    with pytest.raises(RuntimeError), engine.rebuild() as builder:
        builder.add([thing("a:1", "skola")])
        raise RuntimeError
    assert indexes(engine) == {}


def test_a_new_version_takes_the_place_of_the_old_and_leaves_other_sites_alone(own, prefix):
    old, new, other = own(), own("1-2"), own(name=f"{prefix}-other")
    build(old)
    build(other)
    assert not new.is_ready()
    build(new)
    assert (old.is_ready(), new.is_ready(), other.is_ready()) == (False, True, True)


def test_when_two_rebuild_at_once_the_first_to_end_wins(own):
    first, second = own(), own()
    with pytest.raises(EngineDown), second.rebuild() as late:
        late.add([thing("a:2", "skola")])
        build(first)
        late.add([thing("a:3", "skola")])
    assert found(first, "skola") == ["a:1"]
    assert len(indexes(first)) == 1


def test_no_text_is_kept(own):
    engine = own()
    fill(engine, thing("a:1", "skola", "möte"))
    told = engine._client.search(index=engine._alias, source=True)
    assert [hit.get("_source") for hit in told["hits"]["hits"]] == [None]


def test_what_does_not_fit_the_fields_is_refused(own):
    engine = own()
    build(engine)
    with pytest.raises(BulkIndexError):
        engine.write([thing("a:2", "skola", nowhere=("x",))], [])
    assert found(engine, "skola") == ["a:1"]


FORKS = """
import os, sys
from tests.search.engines.asking import found
from search.engines.elastic import ElasticEngine

engine = ElasticEngine(sys.argv[1], version=sys.argv[2], prefix=sys.argv[3])
found(engine, "skola")
children = []
for __ in range(2):
    child = os.fork()
    if not child:
        break
    children.append(child)
asked = (("skola", ["a:1"]), ("finns", []))
is_right = all(found(engine, word) == keys for __ in range(40) for word, keys in asked)
if not child:
    os._exit(not is_right)
codes = [os.waitpid(each, 0)[1] for each in children]
sys.exit(not is_right or any(codes))
"""


def test_forked_processes_do_not_read_each_others_answers(own, server, prefix):
    build(own())
    command = [sys.executable, "-c", FORKS, server, VERSION, prefix]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode == 0
