"""Real search servers, one node each, that live as long as a test run or a trial.

Both are published as Maven artefacts, so neither Docker nor an account is needed. A site in use
has the official images or a hosted cluster; nothing here is needed to run the product.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts._lib.address import free_port
from scripts._lib.java import java
from scripts._lib.places import TOOLS
from scripts._lib.throwaway import ServerMissing, private_folder, serving

FILES = Path(__file__).resolve().parent / "search_server"
START_SECONDS = 120.0
ANSWER_SECONDS = 5.0
READY = ("green", "yellow")
HEAP = ("-Xms512m", "-Xmx512m")
NETTY = "transport-netty4"


@dataclass(frozen=True)
class Product:
    """A search server: its name, its version, and the oldest Java it runs on."""

    name: str
    version: str
    oldest_java: int

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


ELASTICSEARCH = Product("Elasticsearch", "8.19.21", 17)
OPENSEARCH = Product("OpenSearch", "3.8.0", 21)


@contextmanager
def elasticsearch() -> Iterator[str]:
    """Start an empty Elasticsearch and give its address.

    Raises ServerMissing with one line when Java or Maven is missing, or it does not start.
    """
    program = java(ELASTICSEARCH.oldest_java)
    jars = library(ELASTICSEARCH)
    outer = [str(jar) for jar in sorted(jars.glob("*.jar")) if not is_netty(jar)]
    with private_folder(None) as folder:
        lay_out_home(folder, jars)
        with node([program, "-cp", os.pathsep.join(outer)], "ElasticsearchNode", folder) as url:
            yield url


@contextmanager
def opensearch() -> Iterator[str]:
    """Start an empty OpenSearch and give its address.

    Raises JavaTooOld without Java 21, else ServerMissing as `elasticsearch` does.
    """
    program = java(OPENSEARCH.oldest_java)
    jars = library(OPENSEARCH)
    command = [program, "-cp", f"{jars}/*"]
    with private_folder(None) as folder, node(command, "OpenSearchNode", folder) as url:
        yield url


@contextmanager
def node(java_command: list[str], starter: str, folder: Path) -> Iterator[str]:
    """Run a node until the block ends; the block begins when the cluster is in order."""
    port = free_port()
    command = [*java_command, *HEAP, f"-Djava.io.tmpdir={folder}", str(FILES / f"{starter}.java")]
    command += [str(folder), str(port), str(free_port())]
    url = f"http://127.0.0.1:{port}"

    def is_up() -> bool:
        return is_in_order(url)

    stop = signal.SIGTERM
    with serving(command, folder, port, None, stop, is_up=is_up, patience=START_SECONDS):
        yield url


def is_in_order(url: str) -> bool:
    """Return whether the cluster at the address answers and can be used."""
    try:
        asked = f"{url}/_cluster/health"
        with urllib.request.urlopen(asked, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - our own
            return json.load(answer).get("status") in READY
    except (OSError, ValueError):
        return False


def library(product: Product) -> Path:
    """Return the folder of the server's jars, fetched by Maven the first time.

    Processes that start at once wait for the one that fetches. Raises ServerMissing.
    """
    name = product.name.lower()
    folder = TOOLS / f"{name}-{product.version}"
    complete = folder / ".complete"
    if complete.exists():
        return folder
    maven = shutil.which("mvn")
    if not maven:
        raise ServerMissing(f"mvn saknas och behövs för att hämta {product}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not complete.exists():
            # Maven leaves alone what is there, even half a file of an interrupted run.
            shutil.rmtree(folder, ignore_errors=True)
            print(f"Hämtar {product} med Maven …", flush=True)
            fetch(maven, FILES / f"{name}.pom.xml", folder)
            complete.touch()
    return folder


def fetch(maven: str, pom: Path, folder: Path) -> None:
    """Let Maven copy everything the file asks for into the folder."""
    command = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"]
    command.append(f"-DoutputDirectory={folder}")
    fetched = subprocess.run(command, capture_output=True, text=True, check=False)
    if fetched.returncode:
        said = next((line for line in fetched.stdout.splitlines() if "ERROR" in line), "")
        raise ServerMissing(f"mvn kunde inte hämta servern: {said.strip()[:200]}")


def is_netty(jar: Path) -> bool:
    """Return whether the jar belongs to the part that speaks HTTP."""
    return jar.name.startswith(("netty-", NETTY))


def lay_out_home(home: Path, jars: Path) -> None:
    """Make the folders Elasticsearch wants: all empty but for the module that speaks HTTP."""
    module = home / "modules" / NETTY
    for folder in (home / "config", home / "plugins", home / "lib", module):
        folder.mkdir(parents=True)
    for jar in filter(is_netty, jars.glob("*.jar")):
        shutil.copy(jar, module)
    with zipfile.ZipFile(jars / f"{NETTY}-{ELASTICSEARCH.version}.jar") as packed:
        told = packed.read(f"META-INF/es-plugins/{NETTY}/plugin-descriptor.properties").decode()
    # Named as a Java module it would look for others, and there are none on a plain class path.
    lines = [line for line in told.splitlines() if not line.startswith("modulename=")]
    (module / "plugin-descriptor.properties").write_text("\n".join(lines), encoding="utf-8")
