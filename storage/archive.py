"""The file of a backup: a zip with one part for each table and each file, and a manifest of their hashes.

    manifest.json         what is inside, with the SHA-256 and size of every part; written last
    tables/<name>.jsonl   one row a line, as an array in the manifest's order of columns
    blobs/<key>           files and recordings

Reading trusts nothing: names, sizes and hashes are those of the manifest, or the archive is refused before anything
is changed. Sizes are counted while unpacking, so a small file that swells is stopped at the size it claims.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Literal, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - a class that zlib names like a variable

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from storage.errors import StorageError

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_LIMIT = 512 * 1024 * 1024
LINE_LIMIT = 512 * 1024 * 1024
"""Bytes of one row. The largest the hub stores is a mail of 50 MB, a third longer in base64."""
SWELLING_LIMIT = 250
"""How many times larger than in the zip a large part may be. Rows hold ids and times, which press far less."""
_SWELLING_FROM = 64 * 1024 * 1024
_CHUNK = 1 << 20
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip's times have no zone; the manifest says when the backup was made


class BadArchive(StorageError):
    """The file is no backup, or not a whole one. Nothing was changed."""


class Kind(StrEnum):
    """What a column holds, the same on every engine."""

    id = "id"
    time = "time"
    date = "date"
    text = "text"
    number = "number"
    float = "float"
    flag = "flag"
    bytes = "bytes"
    json = "json"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ColumnPart(_Record):
    """A column of a table in the archive."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")
    kind: Kind


class TablePart(_Record):
    """A table in the archive."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")
    columns: tuple[ColumnPart, ...]
    rows: int = Field(ge=0)
    size: int = Field(ge=0)
    sha256: str
    last_number: int | None = Field(default=None, ge=0)
    """The last number its sequence gave; None if it has none."""

    @property
    def path(self) -> str:
        """Its name in the zip."""
        return f"tables/{self.name}.jsonl"


class BlobPart(_Record):
    """A file in the archive."""

    key: str
    size: int = Field(ge=0)
    sha256: str

    @property
    def path(self) -> str:
        """Its name in the zip."""
        return f"blobs/{self.key}"


class Manifest(_Record):
    """What an archive holds."""

    format: Literal[1]
    version: str
    """Of the hub that made it."""
    revision: str
    """Of the database's schema."""
    engine: str
    made_at: datetime
    tables: tuple[TablePart, ...]
    blobs: tuple[BlobPart, ...]

    @property
    def parts(self) -> Sequence[TablePart | BlobPart]:
        """All parts with a hash."""
        return (*self.tables, *self.blobs)

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows of each table."""
        return {table.name: table.rows for table in self.tables}

    @property
    def digests(self) -> Mapping[str, str]:
        """SHA-256 of each table's rows."""
        return {table.name: table.sha256 for table in self.tables}


class Part:
    """A part being written: counts and hashes what goes in."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = sha256()
        self.size = 0

    def write(self, content: bytes) -> None:
        """Append."""
        self._file.write(content)
        self._hash.update(content)
        self.size += len(content)

    @property
    def sha256(self) -> str:
        """The hash of what was written so far."""
        return self._hash.hexdigest()


class ArchiveWriter:
    """Writes an archive. Nobody but its owner may read the file: it holds every conversation."""

    def __init__(self, file: Path) -> None:
        self._stream = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._zip = ZipFile(self._stream, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=1)

    @contextmanager
    def part(self, path: str, *, packed: bool = True) -> Iterator[Part]:
        """Write one part. Files are mostly packed already: `packed=False` stores them as they are."""
        info = ZipInfo(path, date_time=_LONG_AGO)
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as file:
            yield Part(file)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and close; the file is durable afterwards."""
        with self.part(MANIFEST) as part:
            part.write(manifest.model_dump_json(indent=1).encode())
        self._zip.close()
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def __enter__(self) -> Self:
        """Write inside the block; without `finish` the file is not a backup."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        try:
            self._zip.close()
        except (OSError, ValueError):
            if error is None:
                raise
        finally:
            self._stream.close()


class ArchiveReader:
    """Reads an archive. Opening checks names and sizes; `check` reads everything and compares the hashes."""

    def __init__(self, file: Path) -> None:
        """Raise BadArchive, in words, if the file is no whole backup."""
        self.file = file
        with _in_words(file):
            self._zip = ZipFile(file)
        try:
            self.manifest = self._read_manifest()
            self._check_names()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        """Read inside the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._zip.close()

    @property
    def unpacked(self) -> int:
        """Bytes of all parts, unpacked."""
        return sum(part.size for part in self.manifest.parts)

    def check(self) -> None:
        """Read every part and compare size and hash. Raises BadArchive."""
        for part in self.manifest.parts:
            for _ in self._content(part):
                pass

    def lines(self, table: TablePart) -> Iterator[bytes]:
        """Return a table's rows. Raises BadArchive."""
        rest = b""
        for chunk in self._content(table):
            *whole, rest = (rest + chunk).split(b"\n")
            if len(rest) > LINE_LIMIT:
                raise BadArchive(f"A row of {table.name} in {self.file} is too long for a backup. Nothing was changed.")
            yield from whole
        if rest:
            raise BadArchive(f"The last row of {table.name} in {self.file} is cut. Nothing was changed.")

    def blob(self, blob: BlobPart) -> Iterator[bytes]:
        """Return a file's content in pieces. Raises BadArchive."""
        return self._content(blob)

    def _read_manifest(self) -> Manifest:
        with _in_words(self.file):
            names = self._zip.namelist()
            if names.count(MANIFEST) != 1:
                raise BadArchive(f"{self.file} is not a backup of the hub: it has no {MANIFEST}.")
            if self._zip.getinfo(MANIFEST).file_size > MANIFEST_LIMIT:
                raise BadArchive(f"{self.file} is not a backup of the hub: its {MANIFEST} is too large.")
            with self._zip.open(MANIFEST) as file:
                text = file.read(MANIFEST_LIMIT)
        try:
            return Manifest.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise BadArchive(
                f"{self.file} is not a backup this version understands ({MANIFEST}: {place}: {first['msg']})."
                " If it was made by a newer hub, restore it with that version."
            ) from None

    def _check_names(self) -> None:
        expected = [MANIFEST, *(part.path for part in self.manifest.parts)]
        for path in self._zip.namelist():
            if not _is_plain(path):
                raise BadArchive(f"{self.file} names a part {path[:100]!r}, which could leave its folder. Refused.")
        if sorted(expected) != sorted(self._zip.namelist()):
            odd = sorted({*expected} ^ {*self._zip.namelist()}) or ["one twice"]
            raise BadArchive(f"{self.file} does not hold what its manifest lists: {odd[0][:100]}. Nothing was changed.")
        for part in self.manifest.parts:
            info = self._zip.getinfo(part.path)
            if info.file_size != part.size:
                raise BadArchive(
                    f"{part.path} in {self.file} has another size than its manifest says. Nothing was changed."
                )
            if part.size > _SWELLING_FROM and part.size > SWELLING_LIMIT * info.compress_size:
                raise BadArchive(
                    f"{part.path} in {self.file} would swell to {part.size // 1_000_000} MB from almost nothing."
                    " No backup does that. Nothing was changed."
                )

    def _content(self, part: TablePart | BlobPart) -> Iterator[bytes]:
        digest, size = sha256(), 0
        with _in_words(self.file), self._zip.open(part.path) as file:
            while size <= part.size and (chunk := file.read(_CHUNK)):
                digest.update(chunk)
                size += len(chunk)
                yield chunk
        if size != part.size or digest.hexdigest() != part.sha256:
            raise BadArchive(
                f"{part.path} in {self.file} is damaged: its content does not have the hash in the manifest."
                " Nothing was changed. Take another backup."
            )


def _is_plain(path: str) -> bool:
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and "\\" not in path and str(pure) == path


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise BadArchive(f"There is no file {file}.") from error
    except (BadZipFile, LargeZipFile, EOFError, ZlibError, NotImplementedError, RuntimeError) as error:
        raise BadArchive(
            f"{file} is damaged or not a backup of the hub ({error}). Nothing was changed. Take another backup."
        ) from error
    except OSError as error:
        raise BadArchive(f"{file} cannot be read ({error.strerror or error}).") from error


class Nowhere:
    """Takes the place of a writer where only counts and hashes are wanted."""

    @contextmanager
    def part(self, _path: str, *, packed: bool = True) -> Iterator[Part]:  # noqa: ARG002 - a writer's signature
        """Count and hash one part."""
        with Path(os.devnull).open("wb") as file:
            yield Part(file)
