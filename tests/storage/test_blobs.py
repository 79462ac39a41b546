"""Files: stored durably, read in parts, keys that stay inside."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.domain.errors import Invalid, NotFound
from storage import StorageError, open_blobs
from storage.blobs import ObjectBlobs


@pytest.fixture(params=["plain", "file url"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectBlobs:
    folder = tmp_path / "a folder with blanks"
    return open_blobs({"plain": str(folder), "file url": folder.as_uri()}[request.param])


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def names(keys: AsyncIterator[str]) -> list[str]:
    return [key async for key in keys]


async def content(stream: AsyncIterator[bytes]) -> bytes:
    return b"".join([part async for part in stream])


async def test_what_was_put_is_read_whole_and_in_parts(blobs: ObjectBlobs) -> None:
    big = bytes(range(256)) * 20_000
    assert await blobs.put("a/b.bin", pieces(big[:3_000_000], big[3_000_000:])) == len(big)
    assert await blobs.put("a/c", b"small") == 5
    assert await blobs.size("a/b.bin") == len(big)
    assert await content(blobs.read("a/b.bin")) == big
    assert await content(blobs.read("a/b.bin", start=1_048_570, end=1_048_590)) == big[1_048_570:1_048_590]
    assert await content(blobs.read("a/c", start=2)) == b"all"
    assert await content(blobs.read("a/c", start=2, end=99)) == b"all"
    await blobs.put("b/d", b"")
    assert sorted(await names(blobs.keys())) == ["a/b.bin", "a/c", "b/d"]
    assert sorted(await names(blobs.keys("a"))) == ["a/b.bin", "a/c"]
    assert await blobs.put("empty", pieces()) == 0
    assert await content(blobs.read("empty")) == b""


async def test_what_is_gone_is_not_found_and_deleting_twice_is_fine(blobs: ObjectBlobs) -> None:
    await blobs.put("x", b"1")
    await blobs.delete("x")
    await blobs.delete("x")
    with pytest.raises(NotFound):
        await blobs.size("x")
    with pytest.raises(NotFound):
        await content(blobs.read("x"))


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a\\b", "a\0b", "./a", "a/"])
async def test_a_key_that_leads_outside_is_refused(blobs: ObjectBlobs, key: str) -> None:
    with pytest.raises(Invalid):
        await blobs.put(key, b"x")
    with pytest.raises(Invalid):
        await blobs.size(key)


def test_a_store_we_cannot_open_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="HUB_BLOBS_URL"):
        open_blobs(str(tmp_path / "file" / "inside"))
    with pytest.raises(StorageError, match="HUB_BLOBS_URL"):
        open_blobs("ftp://example.org/x")
