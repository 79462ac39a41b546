"""Keeps a copy of a database as it was before an upgrade (docs/adr/0009)."""

import os
import sqlite3
from asyncio import to_thread
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.backup import make_backup
from storage.engine import database_url
from storage.errors import translated
from storage.schema import VERSIONS, schema_revision

KEPT = 3


async def copy_before_upgrade(
    url: str, folder: Path, *, version: str, now: datetime, versions: Sequence[Path] = VERSIONS
) -> Path:
    """Copy the database into a file of the folder and return it; of such copies the newest three stay.

    SQLite: a database file, to be put in the place of the other. PostgreSQL: an archive for `hub restore`, without
    the files: an upgrade touches none. Raises StorageError.
    """
    _make(folder)
    parsed = database_url(url)
    name = f"before-{await schema_revision(url)}-{now:%Y%m%d-%H%M%S}"
    if parsed.get_backend_name() == "postgresql":
        file = folder / f"{name}.zip"
        await make_backup(url, None, file, version=version, now=now, versions=versions)
    else:
        file = folder / f"{name}.db"
        with translated():
            await to_thread(_copy, Path(parsed.database or ""), file)
    _forget_old(folder, file.suffix)
    return file


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _copy(source: Path, target: Path) -> None:
    """Copy a SQLite database as of now, durably; a copy that breaks off leaves nothing."""
    try:
        with closing(sqlite3.connect(source, timeout=5)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        target.chmod(0o600)
        with target.open("rb") as file:
            os.fsync(file.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _forget_old(folder: Path, suffix: str) -> None:
    copies = sorted(folder.glob(f"before-*{suffix}"), key=lambda file: file.stem.rpartition("before-")[2][-15:])
    for file in copies[:-KEPT]:
        file.unlink()
