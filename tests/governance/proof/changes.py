"""Single changes of evidence: of one bit of one byte, and of one field."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from governance.canonical import canonical_json

Path = tuple[str | int, ...]


def byte_changes(content: bytes, count: int, dice: random.Random) -> Iterator[tuple[int, bytes]]:
    """Yield the place, and the content with one bit turned there."""
    for __ in range(count):
        place = dice.randrange(len(content))
        other = bytes([content[place] ^ (1 << dice.randrange(8))])
        yield place, content[:place] + other + content[place + 1 :]


def field_changes(content: bytes, count: int, dice: random.Random) -> Iterator[tuple[Path, bytes]]:
    """Yield the path of a field, and the content with another value there."""
    data = json.loads(content)
    paths = list(leaves(data))
    for path in dice.sample(paths, count):
        yield path, changed_at(data, path)


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every leaf of a JSON tree."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, (*path, key))
    elif isinstance(value, list):
        for place, child in enumerate(value):
            yield from leaves(child, (*path, place))
    else:
        yield path


def changed_at(data: Any, path: Path) -> bytes:
    """Return the tree with another value at a path, written as the product writes it."""
    copied = copy.deepcopy(data)
    node = copied
    for key in path[:-1]:
        node = node[key]
    old = node[path[-1]]
    new = {bool: lambda: not old, int: lambda: old + 1, type(None): lambda: "x"}
    node[path[-1]] = new.get(type(old), lambda: f"{old}x")()
    return canonical_json(copied)
