"""The limits that our pages are compared with: a bare Django view, and a static file on nginx."""

import shutil
from pathlib import Path

from scripts._lib.address import Address, free_port
from scripts._lib.places import venv_python
from scripts._lib.supervisor import Supervisor

BODY_BYTES = 30_000
NGINX = """
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/static;
  }}
}}
"""


def start_bare_django(supervisor: Supervisor) -> Address:
    """Serve one view without middleware, by the same server with as many workers."""
    address = Address("127.0.0.1", free_port())
    options = ["--interface=wsgi", "--workers=2", "--blocking-threads=4", "--log-level=warning"]
    place = ["--host=127.0.0.1", f"--port={address.port}"]
    command = [venv_python(), "-m", "granian", *options, *place, "benchmarks.bare:application"]
    supervisor.start("bar Django-vy", command)
    return address


def start_nginx(supervisor: Supervisor, folder: Path) -> Address | None:
    """Serve a file of the same size by nginx; None when nginx is not installed."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not program:
        return None
    address = Address("127.0.0.1", free_port())
    (folder / "static").mkdir()
    (folder / "static" / "index.html").write_text("x" * BODY_BYTES)
    for place in (folder, folder / "static", folder / "static" / "index.html"):
        place.chmod(0o755)
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=address.port))
    supervisor.start("nginx", [program, "-c", str(configuration), "-e", f"{folder}/nginx.log"])
    return address
