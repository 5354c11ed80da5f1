"""A bounded load on one address, and what it showed."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from scripts._lib.address import Address

OK = 200


@dataclass(frozen=True)
class Result:
    """What one page did under one number of simultaneous readers."""

    page: str
    readers: int
    durations: Sequence[float]
    failures: int
    elapsed: float

    def line(self) -> str:
        """Return the result as a row: requests a second, and percentiles in milliseconds."""
        rate = len(self.durations) / self.elapsed
        points = "  ".join(f"{self.percentile(share) * 1000:7.1f}" for share in (0.5, 0.95, 0.99))
        return f"{self.page:<28} {self.readers:>4} {rate:9.1f}  {points}  {self.failures:>5}"

    def percentile(self, share: float) -> float:
        """Return the duration in seconds that this share of the answers kept within."""
        ordered = sorted(self.durations)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def measure(address: Address, page: str, *, readers: int, duration: float) -> Result:
    """Let the readers fetch the page again and again for the given seconds."""
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
    return Result(page, readers, durations, len(failures), time.monotonic() - started)
