"""Files and recordings in a local folder or in S3, by one interface (obstore)."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from hub.domain.errors import Invalid, NotFound
from storage.errors import StorageError

CHUNK = 1 << 20
"""Bytes read or written at once."""


class ObjectBlobs:
    """Implements hub.ports.BlobStore."""

    def __init__(self, store: ObjectStore, *, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    async def put(self, key: str, content: AsyncIterator[bytes] | bytes) -> int:
        path = _checked(key)
        size = 0

        async def counted() -> AsyncIterator[bytes]:
            nonlocal size
            if isinstance(content, bytes):
                size = len(content)
                yield content
                return
            async for piece in content:
                size += len(piece)
                yield piece

        try:
            if isinstance(content, bytes):
                size = len(content)
                await obstore.put_async(self._store, path, content)
            else:
                await obstore.put_async(self._store, path, counted(), chunk_size=5 * CHUNK)
            if self._folder is not None:
                await asyncio.to_thread(_sync, self._folder / path)
        except (BaseError, OSError) as error:
            raise _in_words(key, error) from error
        return size

    async def read(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        path = _checked(key)
        size = await self.size(key)
        end = size if end is None else min(end, size)
        place = start
        try:
            while place < end:
                upto = min(place + CHUNK, end)
                piece = await obstore.get_range_async(self._store, path, start=place, end=upto)
                yield bytes(piece)
                place = upto
        except (BaseError, OSError) as error:
            raise _in_words(key, error) from error

    async def size(self, key: str) -> int:
        try:
            meta = await obstore.head_async(self._store, _checked(key))
        except (BaseError, OSError) as error:
            raise _in_words(key, error) from error
        return meta["size"]

    async def delete(self, key: str) -> None:
        try:
            await obstore.delete_async(self._store, _checked(key))
        except (NotFoundError, FileNotFoundError):
            return  # gone already, as wanted
        except (BaseError, OSError) as error:
            raise _in_words(key, error) from error

    async def keys(self, prefix: str = "") -> AsyncIterator[str]:
        async for page in obstore.list(self._store, prefix=prefix or None):
            for meta in page:
                yield meta["path"]


def open_blobs(url: str) -> ObjectBlobs:
    """Open a folder (`/path`, `file:///path`) or a bucket (`s3://bucket/prefix`, credentials from AWS_* variables).

    Raises StorageError, in words.
    """
    scheme = urlsplit(url).scheme
    try:
        if scheme in ("", "file"):
            folder = Path(unquote(urlsplit(url).path) if scheme else url).absolute()
            folder.mkdir(parents=True, exist_ok=True)
            return ObjectBlobs(LocalStore(folder), folder=folder)
        if scheme == "s3":
            return ObjectBlobs(from_url(url))
    except (BaseError, OSError, ValueError) as error:
        raise StorageError(f"The store for files cannot be opened ({error}). Check HUB_BLOBS_URL.") from error
    raise StorageError(f"HUB_BLOBS_URL begins with {scheme}:, but files go to a folder or to s3://bucket.")


def _sync(file: Path) -> None:
    """Make a local file and its folder durable: the rename that finishes it is not, by itself."""
    for place in (file, file.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _checked(key: str) -> str:
    path = PurePosixPath(key)
    if not key or path.is_absolute() or ".." in path.parts or "\\" in key or "\0" in key or str(path) != key:
        raise Invalid("That is no key of a file.")
    return key


def _in_words(key: str, error: BaseException) -> NotFound | StorageError:
    if isinstance(error, (NotFoundError, FileNotFoundError)):
        return NotFound(f"The file {key} is not in the store.")
    said = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
    return StorageError(f"The store for files refused ({said}). Check its free space, rights and HUB_BLOBS_URL.")
