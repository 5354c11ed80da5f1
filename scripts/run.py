"""`make run`: installs what is missing, prepares the database, and serves until Ctrl-C."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping

from scripts._lib.address import Address
from scripts._lib.console import StartRefused, Steps, fail
from scripts._lib.demo_logins import read_logins, table
from scripts._lib.places import DEMO_LOGINS, ROOT, VAR, venv_python
from scripts._lib.prepared import is_prepared
from scripts._lib.supervisor import Supervisor, interrupt_on_signals
from scripts.bootstrap import ensure_environment

STEPS = 9
PREPARE_STEPS = 6
START_SECONDS = 120.0


def main() -> int:
    """Prepare, serve, and return the exit code."""
    interrupt_on_signals()
    # With the output in a file or a pipe the lines must still come when they are printed.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    try:
        address = Address.from_environment()
        address.refuse_if_busy()
        environ = child_environment(address, os.environ)
        steps = Steps(STEPS)
        prepare(steps, environ)
        return serve(steps, address, environ)
    except StartRefused as refused:
        fail(str(refused))
    except KeyboardInterrupt:
        fail("Avbrutet.", 130)


def child_environment(address: Address, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of every process of the product."""
    return {
        "BASE_URL": address.url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **{name: value for name, value in environ.items() if value or name != "BASE_URL"},
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
    }


def prepare(steps: Steps, environ: Mapping[str, str]) -> None:
    """Do what must be done before serving; unchanged parts are skipped."""
    ensure_environment("runtime", steps)
    run_step(
        [venv_python(), "scripts/build_assets.py"],
        steps,
        "Typsnitt, stilmallar och skript",
        environ,
    )
    if is_prepared(environ):
        steps.done += PREPARE_STEPS - 1
        steps.skip("Översättningar, databas, innehåll, sökindex och statiska filer", "oförändrade")
        return
    command = [venv_python(), "-m", "scripts.prepare", "--done", str(steps.done)]
    run_quietly([*command, "--total", str(steps.total)], environ)
    steps.done += PREPARE_STEPS


def run_step(command: list[str], steps: Steps, title: str, environ: Mapping[str, str]) -> None:
    """Run a command as a step of its own."""
    with steps.work(title):
        run_quietly(command, environ)


def run_quietly(command: list[str], environ: Mapping[str, str]) -> None:
    """Run a command; when it fails it has said why itself, and one line is enough."""
    finished = subprocess.run(command, cwd=ROOT, env=dict(environ), check=False)
    if finished.returncode:
        raise SystemExit(1)


def serve(steps: Steps, address: Address, environ: Mapping[str, str]) -> int:
    """Run web, worker and beat until asked to stop (0) or until one of them ends (1)."""
    supervisor = Supervisor(environ, ROOT)
    try:
        with steps.work("Startar webb, bakgrundsarbete och schemaläggare"):
            start_all(supervisor, address)
        for line in greeting(address, environ):
            print(line)
        child = supervisor.watch()
        raise StartRefused(f"{child.name} avslutades oväntat (kod {child.process.returncode}).")
    except KeyboardInterrupt:
        print("\nStoppar …")
        return 0
    finally:
        supervisor.stop()


def start_all(supervisor: Supervisor, address: Address) -> None:
    """Start the web first, so that its address answers as soon as it can."""
    supervisor.start("webb", web_command(address))
    if not supervisor.wait_until(address.is_alive, START_SECONDS):
        raise StartRefused("Webben svarar inte på /halsa/: se raderna ovanför.")
    supervisor.start("arbete", celery_command("worker", "--pool=threads", "--concurrency=2"))
    schedule = str(VAR / "celerybeat-schedule")
    supervisor.start("klocka", celery_command("beat", "--pidfile=", f"--schedule={schedule}"))


def web_command(address: Address) -> list[str]:
    """Return the command of the web server."""
    options = ["--interface=wsgi", "--workers=2", "--blocking-threads=4"]
    options += ["--no-ws", "--log-level=warning"]
    place = [f"--host={address.host}", f"--port={address.port}"]
    return [venv_python(), "-m", "granian", *options, *place, "config.wsgi:application"]


def celery_command(part: str, *options: str) -> list[str]:
    """Return the command of the worker or of beat."""
    # As root (in a container) Celery warns at length; who starts the product has chosen that.
    quiet = "-Wignore:You're running the worker with superuser privileges"
    command = [venv_python(), quiet, "-m", "celery", "-A", "config", "--quiet", part]
    return [*command, "--loglevel=WARNING", *options]


def greeting(address: Address, environ: Mapping[str, str]) -> Iterable[str]:
    """Return the lines that tell where to go and how to sign in."""
    yield f"\nSamägt är igång: {address.url}\nAvsluta med Ctrl-C."
    own_database = not environ.get("DATABASE_URL") and environ.get("SAMAGT_ENV") != "production"
    logins = list(table(read_logins(DEMO_LOGINS))) if own_database else []
    if logins:
        yield f"\nDemokonton ({DEMO_LOGINS.name}):"
        yield from logins


if __name__ == "__main__":
    sys.exit(main())
