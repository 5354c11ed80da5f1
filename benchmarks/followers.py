"""People who follow a meeting room: what their questions cost the web processes, and how many 304.

Each follower asks every third second whether the room has changed, as the page does; now and then
something happens in the room.
"""

import http.client
import json
import os
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from scripts._lib.address import Address
from scripts._lib.places import ROOT, venv_python

EVERY = 3.0
UNCHANGED = 304
SESSIONS = Path(__file__).with_name("follower_sessions.py")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Followed:
    """What the followers were answered, and the share of a core that it took."""

    answers: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    core: float = 0.0

    def line(self) -> str:
        """Return the result as a row."""
        total = sum(self.answers.values())
        share = 100 * self.answers[UNCHANGED] / total if total else 0.0
        failures = sum(n for status, n in self.answers.items() if status not in {200, UNCHANGED})
        return (
            f"mötesrum: {total} frågor, {share:.1f} % 304, {failures} fel,"
            f" {100 * self.core:.1f} % av en kärna, långsammast {1000 * self.slowest:.0f} ms"
        )


def follow(
    address: Address, web: int, environ: dict[str, str], *, followers: int, seconds: float
) -> Followed:
    """Let `followers` follow the demo's open meeting for so many seconds.

    `web` is the process id of the web server; its children are counted too.
    """
    made = subprocess.run(
        [venv_python(), str(SESSIONS)],
        cwd=ROOT,
        env=environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    room = json.loads(made.stdout.splitlines()[-1])
    result = Followed()
    lock = threading.Lock()
    stop_at = time.monotonic() + seconds + EVERY
    # The first answer of each is whole; it is asked before the clock starts.
    threads = [
        threading.Thread(
            target=_one,
            args=(address, room["path"], room["sessions"][n % len(room["sessions"])]),
            kwargs={"result": result, "lock": lock, "delay": EVERY * n / followers, "end": stop_at},
        )
        for n in range(followers)
    ]
    for thread in threads:
        thread.start()
    time.sleep(EVERY)
    before, started = _cpu(web), time.monotonic()
    with lock:
        result.answers.clear()
        result.slowest = 0.0
    while time.monotonic() < stop_at - EVERY:
        time.sleep(EVERY)
    result.core = (_cpu(web) - before) / (time.monotonic() - started)
    for thread in threads:
        thread.join()
    return result


def _one(
    address: Address,
    path: str,
    session: str,
    *,
    result: Followed,
    lock: threading.Lock,
    delay: float,
    end: float,
) -> None:
    """Ask every third second, with the mark of the last answer."""
    time.sleep(delay)
    mark = ""
    connection = http.client.HTTPConnection(address.reachable_host, address.port, timeout=20)
    while time.monotonic() < end:
        started = time.monotonic()
        headers = {"Cookie": f"sessionid={session}", "Host": f"localhost:{address.port}"}
        connection.request("GET", path, headers=headers | ({"If-None-Match": mark} if mark else {}))
        answer = connection.getresponse()
        answer.read()
        mark = answer.headers.get("ETag", mark)
        took = time.monotonic() - started
        with lock:
            result.answers[answer.status] += 1
            result.slowest = max(result.slowest, took)
        time.sleep(max(0.0, EVERY - took))
    connection.close()


def _cpu(pid: int) -> float:
    """Return the seconds of processor time that a process and its children have used."""
    total = 0.0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(entry.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total
