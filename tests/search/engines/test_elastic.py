"""How a search server is spoken with, and what happens when it is away."""

import os
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from elasticsearch import ApiError, Elasticsearch

from search.engines.contract import EngineDown
from search.engines.elastic import ElasticEngine
from search.engines.opensearch_node import PlainNode
from tests.search.engines.asking import asked, fill, thing
from tests.search.engines.conftest import VERSION

NOWHERE = "http://127.0.0.1:9"


def rebuild(engine):
    fill(engine, thing("a:1", "skola"))


QUESTIONS = {
    "is_ready": lambda engine: engine.is_ready(),
    "search": lambda engine: engine.search(asked("skola")),
    "write": lambda engine: engine.write([thing("a:1", "skola")], ["a:2"]),
    "keys": lambda engine: list(engine.keys()),
    "rebuild": rebuild,
}
READS = ("is_ready", "search")


@contextmanager
def answering_with(status, body=b"{}", asked_for=None):
    """Serve one and the same answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            if asked_for is not None:
                asked_for.append(dict(self.headers))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *args):
            pass

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_server_that_is_away_is_told_of(name):
    engine = ElasticEngine(NOWHERE, version=VERSION)
    with pytest.raises(EngineDown):
        QUESTIONS[name](engine)


@pytest.mark.parametrize("name", READS)
def test_a_server_that_never_answers_is_told_of(name):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = ElasticEngine(f"http://127.0.0.1:{silent.getsockname()[1]}", version=VERSION)
        with pytest.raises(EngineDown):
            QUESTIONS[name](engine)


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 502, 503])
def test_a_server_that_lets_nobody_in_is_told_of(status):
    with answering_with(status) as port:
        engine = ElasticEngine(f"http://127.0.0.1:{port}", version=VERSION)
        with pytest.raises(EngineDown):
            engine.search(asked("skola"))


def test_what_is_no_search_server_is_told_of():
    with answering_with(200, b"<!DOCTYPE html>") as port:
        engine = ElasticEngine(f"http://127.0.0.1:{port}", version=VERSION)
        with pytest.raises(EngineDown):
            engine.search(asked("skola"))


def test_a_question_that_is_wrong_is_a_fault_of_ours():
    with answering_with(400) as port:
        engine = ElasticEngine(f"http://127.0.0.1:{port}", version=VERSION)
        with pytest.raises(ApiError):
            engine.search(asked("skola"))


def test_the_name_and_password_of_the_address_are_used():
    asked_for = []
    with answering_with(200, asked_for=asked_for) as port:
        engine = ElasticEngine(f"http://sam:p%40ss@127.0.0.1:{port}", version=VERSION)
        assert engine.is_ready()
    assert [headers["authorization"] for headers in asked_for] == ["Basic c2FtOnBAc3M="]


def test_only_plain_media_types_are_named():
    asked_for = []
    with answering_with(200, b'{"items": []}', asked_for) as port:
        engine = ElasticEngine(f"http://127.0.0.1:{port}", version=VERSION)
        engine.is_ready()
        engine.write([thing("a:1", "skola")], [])
        assert list(engine.keys()) == []
    assert {headers["accept"] for headers in asked_for} == {"application/json"}
    sent = [headers["content-type"] for headers in asked_for if "content-type" in headers]
    assert sent == ["application/x-ndjson", "application/json"]


@pytest.mark.parametrize("url", ["https://sok.example.se", "http://[::1]:9200/under", NOWHERE])
def test_an_address_is_taken_without_asking_the_server(url):
    assert ElasticEngine(url, version=VERSION)._client.transport is not None


@pytest.mark.opensearch
def test_opensearch_is_refused_without_the_connection_of_ours():
    url = os.environ["TEST_OPENSEARCH_URL"]
    with Elasticsearch(url) as refused, pytest.raises(ApiError):
        refused.cluster.health()
    with Elasticsearch(url, node_class=PlainNode) as taken:
        assert taken.cluster.health()["number_of_nodes"] >= 1
