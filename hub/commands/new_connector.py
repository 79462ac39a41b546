"""`hub new-connector`: copies connectors/_template and its tests under a new name."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import typer

import connectors
from hub.domain.errors import Conflict, Invalid

_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
_SKIPPED = shutil.ignore_patterns("__pycache__")


def new_connector(key: str, *, into: Path | None) -> None:
    """Make connectors/KEY and tests/connectors/KEY in a checkout. Raises Invalid, Conflict."""
    if not _KEY.fullmatch(key):
        raise Invalid("A connector's key has 2 to 40 small letters, digits and underscores, such as acme_sms.")
    source = Path(connectors.__file__).parents[1]
    root = into or source
    code, tests = Path("connectors"), Path("tests") / "connectors"
    if not (root / code).is_dir() or not (root / tests / "conformance").is_dir():
        raise Invalid(
            f"{root.absolute()} is not a checkout of the hub: a connector is made together with its tests, which the"
            " installed package does not hold. Name a checkout with --into."
        )
    for place in (code, tests):
        if (root / place / key).exists():
            raise Conflict(f"{root / place / key} exists already.")
    for place in (code, tests):
        shutil.copytree(source / place / "_template", root / place / key, ignore=_SKIPPED)
        for file in _texts(root / place / key):
            file.write_text(_renamed(file.read_text(encoding="utf-8"), key), encoding="utf-8")
    typer.echo(f"Made {root / code / key} and {root / tests / key}.")
    typer.echo("Next: docs/writing-a-connector.md, step 2. See that all is well so far:")
    typer.echo(f"  pytest tests/connectors -k {key}")


def _texts(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())


def _renamed(text: str, key: str) -> str:
    words = key.split("_")
    title, name = " ".join(words).capitalize(), "".join(word.capitalize() for word in words)
    return text.replace("_template", key).replace("Template provider", title).replace("Template", name)
