"""Servers that live as long as one test run, each on a free loopback port."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from scripts._lib.address import free_port

START_SECONDS = 30.0
STOP_SECONDS = 15.0
# Both servers refuse to run, or should not run, as root.
UNPRIVILEGED = ("postgres", "nobody")


class ServerMissing(Exception):  # noqa: N818 - a reason shown to the person, not a fault
    """The server cannot be used here; the text says why."""


def postgres_programs() -> Path:
    """Return the folder of `initdb` and `postgres`; Debian keeps them outside PATH."""
    on_path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    for folder in [*reversed(folders), *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise ServerMissing("PostgreSQL saknas (på Debian: apt install postgresql)")


def redis_program() -> str:
    """Return the Redis server's program."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        raise ServerMissing("redis-server saknas (på Debian: apt install redis-server)")
    return program


def unprivileged() -> pwd.struct_passwd | None:
    """Return the account to start servers under, None when this account is fit itself."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerMissing("som root behövs ett konto utan rättigheter (postgres eller nobody)")


def account_options(account: pwd.struct_passwd | None) -> dict[str, object]:
    """Return what subprocess needs to run a program under the account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextmanager
def private_folder(account: pwd.struct_passwd | None) -> Iterator[Path]:
    """Give a temporary folder that belongs to the account."""
    with tempfile.TemporaryDirectory(prefix="samagt-", ignore_cleanup_errors=True) as name:
        if account is not None:
            os.chown(name, account.pw_uid, account.pw_gid)
        yield Path(name)


@contextmanager
def postgres() -> Iterator[str]:
    """Make a cluster, serve it, and give the address of its database server."""
    programs = postgres_programs()
    account = unprivileged()
    with private_folder(account) as folder:
        password = secrets.token_hex(16)
        make_cluster(programs, folder, password, account)
        port = free_port()
        options = [f"-p{port}", f"-k{folder}", "-clisten_addresses=127.0.0.1"]
        # The data is thrown away: nothing is gained by waiting for the disk.
        options += ["-cfsync=off", "-csynchronous_commit=off", "-cfull_page_writes=off"]
        # The test server takes a thread, and so a connection, for each of 200 voters at once.
        options += ["-cmax_connections=300"]
        command = [str(programs / "postgres"), "-D", str(folder / "data"), *options]
        with serving(command, folder, port, account, signal.SIGINT):
            yield f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"


def make_cluster(
    programs: Path, folder: Path, password: str, account: pwd.struct_passwd | None
) -> None:
    """Run `initdb` with a password of its own."""
    secret = folder / "password"
    secret.touch(0o600)
    secret.write_text(password, encoding="utf-8")
    if account is not None:
        os.chown(secret, account.pw_uid, account.pw_gid)
    command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "--no-sync"]
    command += ["-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(  # type: ignore[call-overload]
        command, cwd=folder, capture_output=True, text=True, check=False, **account_options(account)
    )
    if made.returncode:
        raise ServerMissing(f"PostgreSQL kunde inte starta: {made.stderr.strip()[-200:]}")


@contextmanager
def redis() -> Iterator[str]:
    """Serve an empty Redis that writes nothing, and give its address."""
    program = redis_program()
    account = unprivileged()
    with private_folder(account) as folder:
        port = free_port()
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--appendonly", "no", "--dir", str(folder)]
        with serving(command, folder, port, account, signal.SIGTERM):
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def serving(
    command: Sequence[str],
    folder: Path,
    port: int,
    account: pwd.struct_passwd | None,
    stop_signal: signal.Signals,
    *,
    is_up: Callable[[], bool] | None = None,
    patience: float = START_SECONDS,
) -> Iterator[None]:
    """Run the server until the block ends.

    The block begins when `is_up` says so, else when the port takes connections. Raises
    ServerMissing with the server's last words when it ends or that takes too long.
    """
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(  # type: ignore[call-overload]
            command,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **account_options(account),
        )
    try:
        wait_for(server, is_up or (lambda: takes_connections(port)), log, patience)
        yield
    finally:
        stop(server, stop_signal)


def takes_connections(port: int) -> bool:
    """Return whether something listens on the loopback port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def wait_for(
    server: "subprocess.Popen[bytes]", is_up: Callable[[], bool], log: Path, patience: float
) -> None:
    """Wait until the server is up."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and server.poll() is None:
        if is_up():
            return
        time.sleep(0.1)
    said = log.read_text(errors="replace").strip()[-300:]
    raise ServerMissing(f"servern svarar inte: {said}")


def stop(server: "subprocess.Popen[bytes]", stop_signal: signal.Signals) -> None:
    """Ask the server to stop, then end it."""
    server.send_signal(stop_signal)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
