"""Media files are looked into and converted apart from the hub; what is broken or hostile breaks nothing."""

import asyncio
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from hub.domain.channel import VoiceFormat
from hub.ports import BlobStore, MediaLook, MediaUnreadable
from hub.runtime.media import MediaWork
from storage import open_blobs
from tests import media as made


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return open_blobs(tmp_path.as_uri())


@pytest.fixture
def media(blobs: BlobStore) -> MediaWork:
    return MediaWork(blobs)


@pytest.mark.parametrize("content", [made.webm(), made.ogg(), made.amr()], ids=["webm", "ogg", "amr"])
async def test_sound_gets_its_length_and_a_waveform(content: bytes, blobs: BlobStore, media: MediaWork) -> None:
    await blobs.put("file", content)
    found = await media.look("file", "audio/x")
    assert found.duration == pytest.approx(2.0, abs=0.1)
    assert 90 <= len(found.peaks) <= 100
    assert max(found.peaks) == 100
    assert found.peaks[5] < found.peaks[50] < found.peaks[-5]
    assert found.preview is None


async def test_film_gets_a_poster(blobs: BlobStore, media: MediaWork, tmp_path: Path) -> None:
    await blobs.put("file", made.film())
    found = await media.look("file", "video/mp4")
    assert (found.width, found.height, found.duration) == (320, 240, 2.0)
    assert found.preview is not None
    poster = tmp_path / "poster.webp"
    await asyncio.to_thread(poster.write_bytes, found.preview)
    with Image.open(poster) as image:
        assert (image.format, image.size) == ("WEBP", (320, 240))


async def test_a_document_shows_its_first_page(blobs: BlobStore, media: MediaWork, tmp_path: Path) -> None:
    await blobs.put("file", made.paper())
    found = await media.look("file", "application/pdf")
    assert found.preview is not None
    page = tmp_path / "page.webp"
    await asyncio.to_thread(page.write_bytes, found.preview)
    with Image.open(page) as image:
        assert image.size == (360, 480)


@pytest.mark.parametrize(
    ("kind", "codec"),
    [
        (VoiceFormat.ogg_opus, "opus"),
        (VoiceFormat.m4a, "aac"),
        (VoiceFormat.mp3, "mp3"),
        (VoiceFormat.amr, "amrnb"),
    ],
)
async def test_a_recording_becomes_what_the_channel_wants(
    kind: VoiceFormat, codec: str, blobs: BlobStore, media: MediaWork
) -> None:
    await blobs.put("file", made.webm())
    name, channels, seconds = made.read_back(await media.convert("file", kind))
    assert name.startswith(codec)
    assert channels == 1
    assert seconds == pytest.approx(2.0, abs=0.15)


LIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
CONCAT = b"ffconcat version 1.0\nfile /etc/passwd\n"


@pytest.mark.parametrize("content", [b"", b"garbage", LIST, CONCAT, made.ogg()[:200]])
@pytest.mark.parametrize("kind", ["audio/ogg", "video/mp4", "application/pdf"])
async def test_what_is_no_media_is_refused_in_words(
    content: bytes, kind: str, blobs: BlobStore, media: MediaWork
) -> None:
    await blobs.put("file", content)
    with pytest.raises(MediaUnreadable, match="damaged"):
        await media.look("file", kind)


async def test_damaged_bytes_never_do_more_than_fail(blobs: BlobStore, media: MediaWork) -> None:
    chance = Random(7)  # noqa: S311 - damages files, no secret
    for whole, kind in ((made.ogg(), "audio/ogg"), (made.film(), "video/mp4"), (made.paper(), "application/pdf")):
        for _ in range(3):
            damaged = bytearray(whole)
            for _ in range(20):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            await blobs.put("file", bytes(damaged))
            (result,) = await asyncio.gather(media.look("file", kind), return_exceptions=True)
            assert isinstance(result, MediaLook | MediaUnreadable)


async def test_what_takes_too_long_is_given_up(blobs: BlobStore) -> None:
    await blobs.put("file", made.ogg())
    with pytest.raises(MediaUnreadable, match="too long"):
        await MediaWork(blobs, within=0.0).look("file", "audio/ogg")
