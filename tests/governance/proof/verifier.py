"""The stand-alone verifier as a module, and evidence chained anew as a forger would."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

SCRIPT = Path(__file__).parents[3] / "static" / "verktyg" / "kontrollera.py"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kontrollera", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFIER: Any = _load()
BROKEN = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


def refused(content: bytes, heads: bytes | None = None) -> bool:
    """Return whether the program says no, in whatever way."""
    try:
        VERIFIER.verify(content, heads)
    except (VERIFIER.Refused, VERIFIER.Unreadable, *BROKEN):
        return True
    return False


def rechained(data: dict[str, Any]) -> None:
    """Chain a changed ledger anew, as whoever owns the server could."""
    previous = data["previous_hash"]
    for entry in data["ledger"]:
        payload = VERIFIER.entry_payload(data["body"], entry)
        previous = entry["hash"] = VERIFIER.sha256(
            bytes.fromhex(previous), VERIFIER.canonical(payload).encode()
        )
