"""A bounded load on one address, and what it showed: by wrk when it is there, else by threads."""

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts._lib.address import Address

OK = 200


REPORT = Path(__file__).with_name("report.lua")


@dataclass(frozen=True)
class Result:
    """What one page did under one number of simultaneous readers; times in seconds."""

    page: str
    readers: int
    rate: float
    p50: float
    p95: float
    p99: float
    failures: int

    def line(self) -> str:
        """Return the result as a row: requests a second, and percentiles in milliseconds."""
        points = "  ".join(f"{point * 1000:7.1f}" for point in (self.p50, self.p95, self.p99))
        return f"{self.page:<28} {self.readers:>4} {self.rate:9.1f}  {points}  {self.failures:>5}"


def client() -> str:
    """Return which load generator is used."""
    return "wrk" if shutil.which("wrk") else "python"


def measure(address: Address, page: str, *, readers: int, duration: float) -> Result:
    """Let the readers fetch the page again and again for the given seconds."""
    by = _by_wrk if client() == "wrk" else _by_threads
    return by(address, page, readers, duration)


def _by_wrk(address: Address, page: str, readers: int, duration: float) -> Result:
    url = f"http://{address.reachable_host}:{address.port}{page}"
    command = [
        "wrk",
        "-t1",
        f"-c{readers}",
        f"-d{max(1, round(duration))}s",
        "--timeout=20s",
        "-s",
        str(REPORT),
    ]
    printed = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    found = json.loads(printed.rsplit("JSON ", 1)[1])
    return Result(
        page,
        readers,
        found["requests"] / (found["micros"] / 1e6),
        *(found[point] / 1e6 for point in ("p50", "p95", "p99")),
        failures=found["errors"],
    )


def _by_threads(address: Address, page: str, readers: int, duration: float) -> Result:
    durations: list[float] = []
    failures: list[int | None] = []
    stop_at = time.monotonic() + duration

    def read() -> None:
        while time.monotonic() < stop_at:
            started = time.monotonic()
            status = address.status_of(page)
            # An error page is often the fastest of all, so it must not count as an answer.
            if status == OK:
                durations.append(time.monotonic() - started)
            else:
                failures.append(status)

    started = time.monotonic()
    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(durations) / (time.monotonic() - started)
    points = (percentile(durations, share) for share in (0.5, 0.95, 0.99))
    return Result(page, readers, rate, *points, failures=len(failures))


def percentile(durations: Sequence[float], share: float) -> float:
    """Return the duration that this share of the answers kept within."""
    ordered = sorted(durations)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
