"""`make bench`: serves the demo content from a database of its own and measures the main pages."""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.baselines import start_bare_django, start_nginx
from benchmarks.followers import follow
from benchmarks.load import OK, Result, client, measure
from scripts._lib.address import Address, free_port
from scripts._lib.console import StartRefused, fail
from scripts._lib.places import ROOT, venv_python
from scripts._lib.supervisor import Supervisor, interrupt_on_signals
from scripts.run import child_environment, web_command

PAGES = ("/", "/tjanster/", "/tjanster/provisum/", "/kommuner/1280/", "/sok/?q=skola")
EMBEDDED = {"DATABASE_URL": "", "REDIS_URL": "", "ELASTICSEARCH_URL": ""}
START_SECONDS = 120.0
ROOM_SECONDS = 30.0
# What 100 followers of a room may take of one core.
ROOM_CORE = 0.25


def main(arguments: list[str]) -> int:
    """Prepare, serve, measure; 1 when a page answered with anything but 200."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--pages", nargs="+", default=PAGES, help="addresses to fetch")
    parser.add_argument("--readers", nargs="+", type=int, default=[1, 8], help="at the same time")
    parser.add_argument("--seconds", type=float, default=3.0, help="for each page")
    parser.add_argument(
        "--large",
        action="store_true",
        help="costs and portfolios where 290 municipalities have joined 200 services each",
    )
    parser.add_argument("--followers", type=int, default=100, help="who follow a meeting room")
    options = parser.parse_args(arguments)
    interrupt_on_signals()
    try:
        with tempfile.TemporaryDirectory(prefix="samagt-bench-") as folder:
            return run(Path(folder), options)
    except StartRefused as refused:
        fail(str(refused))
    except KeyboardInterrupt:
        fail("Avbrutet.", 130)


def run(folder: Path, options: argparse.Namespace) -> int:
    """Fill a fresh database with demo content, serve it and print the table."""
    address = Address("127.0.0.1", free_port())
    environ = child_environment(address, {**os.environ, "SAMAGT_VAR_DIR": str(folder), **EMBEDDED})
    command = [venv_python(), "-m", "scripts.prepare"]
    if subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode:
        raise StartRefused("Databasen kunde inte förberedas: se raderna ovanför.")
    if options.large:
        command = [venv_python(), "-m", "benchmarks.large"]
        return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
    supervisor = Supervisor(environ, ROOT)
    try:
        web = supervisor.start("webb", web_command(address))
        if not supervisor.wait_until(address.is_alive, START_SECONDS):
            raise StartRefused("Webben svarar inte på /halsa/.")
        limits = {"bar Django-vy": start_bare_django(supervisor)}
        if nginx := start_nginx(supervisor, folder):
            limits["statisk fil, nginx"] = nginx
        for limit in limits.values():
            supervisor.wait_until(lambda limit=limit: limit.status_of("/") == OK, START_SECONDS)
        failed = print_table(address, limits, options)
        room = follow(
            address, web.process.pid, environ, followers=options.followers, seconds=ROOM_SECONDS
        )
        print(room.line(), flush=True)
        return failed or int(room.core > ROOM_CORE)
    finally:
        supervisor.stop()


def print_table(address: Address, limits: dict[str, Address], options: argparse.Namespace) -> int:
    """Measure limits and pages with each number of readers, after one fetch that warms up."""
    if "statisk fil, nginx" not in limits:
        print("Utelämnat: nginx är inte installerat (på Debian: apt install nginx-light)")
    print(f"Last från: {client()}. Två arbetare (granian).")
    print(f"{'page':<28} {'c':>4} {'req/s':>9}  {'p50':>7}  {'p95':>7}  {'p99 ms':>7}  {'fail':>5}")
    failures = 0
    for readers in options.readers:
        for name, limit in limits.items():
            failures += show(measure(limit, "/", readers=readers, duration=options.seconds), name)
        for page in options.pages:
            address.status_of(page)
            failures += show(
                measure(address, page, readers=readers, duration=options.seconds), page
            )
    return 1 if failures else 0


def show(result: Result, name: str) -> int:
    """Print one row and return its failures."""
    print(replace(result, page=name).line(), flush=True)
    return result.failures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
