"""Python programs that peers need in environments of their own: made once from the package index, kept in the cache.

Such a program must not share the hub's environment: its dependencies are not ours.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path


def python_with(*packages: str) -> Path:
    """Return the Python of an environment that holds these packages (`name==version`), making it if it is not there.

    The first time takes a minute or two; tests that call this carry a time limit to fit.
    """
    python = f"py{sys.version_info.major}.{sys.version_info.minor}"
    name = "-".join([*(package.replace("==", "-") for package in packages), python])
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "interaction-hub" / "peers"
    home.mkdir(parents=True, exist_ok=True)
    folder, made = home / name, home / name / ".made"
    with (home / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
            subprocess.run([*pip, "--quiet", *packages], check=True, stdin=subprocess.DEVNULL, capture_output=True)
            made.touch()
    return folder / "bin" / "python"
