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
    # The first answer of each is whole; it is asked before the clock starts.
    marks = {session: _ask(address, room["path"], session)[1] for session in room["sessions"]}
    command = [venv_python(), str(SESSIONS), "--pulse", str(round(seconds))]
    pulse = subprocess.Popen(
        command, cwd=ROOT, env=environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
    )
    pulse.stdout.readline()  # it has loaded the product, and counts from now
    stop_at = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=_one,
            args=(address, room["path"], room["sessions"][n % len(room["sessions"])], marks),
            kwargs={"result": result, "lock": lock, "delay": EVERY * n / followers, "end": stop_at},
        )
        for n in range(followers)
    ]
    before, started = _cpu(web), time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.core = (_cpu(web) - before) / (time.monotonic() - started)
    pulse.communicate()
    return result


def _one(
    address: Address,
    path: str,
    session: str,
    marks: dict[str, str],
    *,
    result: Followed,
    lock: threading.Lock,
    delay: float,
    end: float,
) -> None:
    """Ask every third second, with the mark of the last answer."""
    time.sleep(delay)
    mark = marks[session]
    while time.monotonic() < end:
        started = time.monotonic()
        status, mark = _ask(address, path, session, mark)
        took = time.monotonic() - started
        with lock:
            result.answers[status] += 1
            result.slowest = max(result.slowest, took)
        time.sleep(max(0.0, EVERY - took))


def _ask(address: Address, path: str, session: str, mark: str = "") -> tuple[int, str]:
    """Ask once whether the room has changed; return the status and the mark to send next."""
    connection = http.client.HTTPConnection(address.reachable_host, address.port, timeout=20)
    headers = {"Cookie": f"sessionid={session}", "Host": f"localhost:{address.port}"}
    connection.request("GET", path, headers=headers | ({"If-None-Match": mark} if mark else {}))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers.get("ETag", mark)


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
