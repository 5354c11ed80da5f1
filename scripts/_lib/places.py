"""Where things lie in the project folder."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = Path(os.environ.get("SAMAGT_VENV") or ROOT / ".venv")
REQUIREMENTS = ROOT / "requirements"
VAR = Path(os.environ.get("SAMAGT_VAR_DIR") or ROOT / "var")
# What is fetched to test with is no data of a site, so it does not follow SAMAGT_VAR_DIR.
TOOLS = ROOT / "var" / "tools"
DEMO_LOGINS = VAR / "demo-logins.json"


def venv_python() -> str:
    """Return the interpreter of the project's own environment."""
    return str(VENV / "bin" / "python")
