"""Walks the whole URLconf as every role, and says what kind of answer each request got."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.audience import ANONYMOUS, Answer, Line
from tests.access.faults import faults
from tests.access.place import Place
from tests.clients import TwoStepClient

LOGINS = ("/konto/login/", "/cms/login/")  # the second leads to the first
READINESS = "/halsa/redo/"  # 503 is its way of saying that a part is away
CMS = "/cms/"
METHODS = ("GET", "POST")
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


def patterns(
    tree: Iterable[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Yield every pattern of the URLconf with its whole address."""
    for item in get_resolver().url_patterns if tree is None else tree:
        address = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from patterns(item.url_patterns, address)
        else:
            yield address, item


def without_line(addresses: Iterable[str], lines: Iterable[str]) -> list[str]:
    """Return the addresses of the URLconf that the table forgot."""
    return sorted(set(addresses) - set(lines))


class Visitor(TwoStepClient):
    """A client that copies no template contexts: the walk asks for thousands of pages."""

    def request(self, **request: Any) -> HttpResponseBase:
        return self.handler(self._base_environ(**request))


def visitors(
    place: Place, roles: Iterable[str], *, second_factor: bool = True
) -> dict[str, Visitor]:
    """Return one visitor per role, logged in with two steps (or one) unless anonymous."""
    made = {}
    for role in roles:
        made[role] = Visitor(raise_request_exception=False)
        if role != ANONYMOUS:
            made[role].force_login(place.world[role], second_factor=second_factor)
    return made


def path_of(line: Line, place: Place) -> str:
    """Return a real path of the line's address on the test site."""
    if line.at:
        return line.at.format(**place.things)
    plain = line.address.replace("^", "").replace("$", "")
    path = _PLACE.sub(lambda m: _thing(line, place, m[1]), plain)
    return f"/{path}"


def _thing(line: Line, place: Place, name: str) -> str:
    """Return what stands in a place of the address: the thing of that name, or the word itself."""
    used = line.using.get(name, name)
    return place.things.get(used, used) if name in line.using else place.things[name]


def ask(visitor: Visitor, method: str, path: str, data: dict[str, str] | None = None) -> Answer:
    """Send one request whose effects are undone, and return the kind of answer."""
    with transaction.atomic():
        response = visitor.get(path) if method == "GET" else visitor.post(path, data or {})
        kind = kind_of(response, path)
        if kind is not Answer.BROKEN and faults(response, path):
            kind = Answer.FAULTY
        if getattr(response, "streaming", False):
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return kind


def entered(
    lines: Iterable[Line], place: Place, visiting: dict[str, Visitor], closed_by: str
) -> list[tuple[str, str, str, int]]:
    """Return (address, role, method, status) of every answer but a redirect to `closed_by`."""
    found = []
    for line in lines:
        path = path_of(line, place)
        for role, visitor in visiting.items():
            for method in METHODS:
                with transaction.atomic():
                    response = visitor.get(path) if method == "GET" else visitor.post(path)
                    transaction.set_rollback(True)
                if response.headers.get("Location") != closed_by:
                    found.append((line.address, role, method, response.status_code))
    return found


def kind_of(response: HttpResponseBase, path: str) -> Answer:
    """Return what an answer means for whoever asked."""
    status = response.status_code
    target = response.headers.get("Location", "")
    if target.partition("?")[0] in LOGINS:
        return Answer.LOGIN
    # Inside the CMS Wagtail refuses by sending back to its start with a message.
    if status == 302 and target == CMS and path.startswith(CMS):
        return Answer.NO
    if status >= 500 and path != READINESS:
        return Answer.BROKEN
    return {
        403: Answer.NO,
        404: Answer.HIDDEN,
        405: Answer.NOT_OFFERED,
        410: Answer.GONE,
    }.get(status, Answer.YES)


def surprises(
    lines: Iterable[Line], place: Place, visiting: dict[str, Visitor]
) -> list[tuple[str, str, str, str, str]]:
    """Return (address, role, method, expected, got) of every answer that the table forbids."""
    found = []
    for line in lines:
        path = path_of(line, place)
        data = {key: value.format(**place.things) for key, value in line.data.items()}
        for role, visitor in visiting.items():
            for method in METHODS:
                expected, got = line.expected(role, method), ask(visitor, method, path, data)
                if got != expected:
                    found.append((line.address, role, method, str(expected), str(got)))
    return found
