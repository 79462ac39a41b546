"""Files up and down: bounded, sniffed, in ranges, and never run by a browser as anything but what they are."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hub.api.attachments import content_disposition
from hub.contract import InboundAttachment
from hub.domain.ids import AttachmentId, ExternalId
from hub.domain.interaction import AttachmentState
from tests import media
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import says


def png(size: int = 600) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (size, size), "teal").save(stream, "PNG")
    return stream.getvalue()


async def upload(client: Client, content: Any, *, name: str = "a.txt", kind: str = "text/plain", at: str = "") -> Any:
    path = f"/api/v1/attachments?id={at or fresh()}&name={name}"
    return await client.call("POST", path, data=content, headers={"Content-Type": kind})


async def test_an_uploaded_file_comes_back_byte_for_byte(either: Workspace) -> None:
    client = await either.person()
    status, made = await upload(client, b"hello world")
    assert (status, made["name"], made["size"], made["state"]) == (201, "a.txt", 11, "ready")
    answer, body = await client.full("GET", f"/api/v1/attachments/{made['id']}")
    assert (answer.status, body) == (200, b"hello world")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


async def test_the_same_upload_again_is_the_stored_file_and_another_persons_a_conflict(hub: Workspace) -> None:
    one, other = await hub.person(), await hub.person()
    at = fresh()
    first, again = await upload(one, b"one", at=at), await upload(one, b"one", at=at)
    assert (first[0], again[0], again[1]) == (201, 200, first[1])
    assert (await upload(other, b"two", at=at))[0] == 409


async def test_a_picture_is_shown_and_has_a_small_version(either: Workspace) -> None:
    client = await either.person()
    _, made = await upload(client, BytesIO(png()), name="photo.bin", kind="application/octet-stream")
    assert (made["media_type"], made["width"], made["thumbnail"]) == ("image/png", 600, True)
    answer, _ = await client.full("GET", f"/api/v1/attachments/{made['id']}")
    assert answer.headers["Content-Disposition"].startswith("inline; ")
    answer, _ = await client.full("GET", f"/api/v1/attachments/{made['id']}?download=1")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    answer, small = await client.full("GET", f"/api/v1/attachments/{made['id']}/thumbnail")
    assert (answer.content_type, Image.open(BytesIO(small)).format) == ("image/webp", "WEBP")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("x.html", b"<!doctype html><script>alert(1)</script>"),
        ("x.png", b"<!doctype html><script>alert(1)</script>"),
        ("x.xml", b'<?xml version="1.0"?><x/>'),
    ],
)
async def test_what_can_hold_scripts_is_always_a_download(hub: Workspace, name: str, content: bytes) -> None:
    client = await hub.person()
    _, made = await upload(client, content, name=name, kind="image/png")
    answer, _ = await client.full("GET", f"/api/v1/attachments/{made['id']}")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


RANGES = [
    ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
    ("bytes=7-", 206, b"789", "bytes 7-9/10"),
    ("bytes=-2", 206, b"89", "bytes 8-9/10"),
    ("bytes=4-99", 206, b"456789", "bytes 4-9/10"),
    ("bytes=-99", 200, b"0123456789", None),
    ("bytes=5-2", 200, b"0123456789", None),
    ("bytes=0-1,4-5", 200, b"0123456789", None),
    ("lines=1-2", 200, b"0123456789", None),
]


@pytest.mark.parametrize(("wanted", "status", "content", "said"), RANGES)
async def test_ranges(hub: Workspace, wanted: str, status: int, content: bytes, said: str | None) -> None:
    client = await hub.person()
    _, made = await upload(client, b"0123456789")
    answer, body = await client.full("GET", f"/api/v1/attachments/{made['id']}", headers={"Range": wanted})
    assert (answer.status, body, answer.headers.get("Content-Range")) == (status, content, said)
    assert answer.headers["Accept-Ranges"] == "bytes"


async def test_a_range_behind_the_end_is_a_problem(hub: Workspace) -> None:
    client = await hub.person()
    _, made = await upload(client, b"0123456789")
    answer, body = await client.full("GET", f"/api/v1/attachments/{made['id']}", headers={"Range": "bytes=10-"})
    assert (answer.status, answer.headers["Content-Range"], body["status"]) == (416, "bytes */10", 416)


async def test_what_the_browser_has_is_not_sent_again(hub: Workspace) -> None:
    client = await hub.person()
    _, made = await upload(client, b"0123456789")
    path = f"/api/v1/attachments/{made['id']}"
    tag = (await client.full("GET", path))[0].headers["ETag"]
    answer, body = await client.full("GET", path, headers={"If-None-Match": f'"other", {tag}'})
    assert (answer.status, body) == (304, None)
    answer, body = await client.full("GET", path, headers={"Range": "bytes=0-1", "If-Range": '"old"'})
    assert (answer.status, body) == (200, b"0123456789")
    answer, body = await client.full("GET", path, headers={"Range": "bytes=0-1", "If-Range": tag})
    assert (answer.status, body) == (206, b"01")


async def test_a_head_tells_the_size_without_the_bytes(hub: Workspace) -> None:
    client = await hub.person()
    _, made = await upload(client, b"0123456789")
    answer, body = await client.full("HEAD", f"/api/v1/attachments/{made['id']}")
    assert (answer.status, body, answer.headers["Content-Length"]) == (200, None, "10")


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield b"x" * 65536


async def test_a_file_that_is_too_large_is_refused_while_it_comes(sqlite_url: str, tmp_path: Path) -> None:
    async with Workspace.open(sqlite_url, tmp_path, attachment_max_bytes=300_000) as hub:
        client = await hub.person()
        async with asyncio.timeout(20):
            status, body = await upload(client, BytesIO(b"x" * 300_001))
        assert (status, body["type"]) == (413, "/problems/too-large")
        assert (await upload(client, BytesIO(b"x" * 300_000)))[0] == 201


@pytest.mark.parametrize(("language", "words"), [("ko", "빈 파일입니다."), ("pl", "Plik jest pusty.")])
async def test_what_is_refused_is_said_in_the_readers_language(hub: Workspace, language: str, words: str) -> None:
    status, body = await upload(await hub.person(language=language), b"")
    assert (status, body["detail"]) == (422, words)


async def test_an_empty_file_is_refused_in_words(hub: Workspace) -> None:
    status, body = await upload(await hub.person(), b"")
    assert (status, body["detail"]) == (422, "The file is empty.")


async def test_a_file_goes_with_a_message_once(either: Workspace) -> None:
    await either.hears(says("Hello"))
    (row,) = await either.rows()
    client = await either.person()
    _, made = await upload(client, b"0123456789", name="../../etc/pass%22wd%0A.txt")
    assert made["name"] == "pass_wd.txt"
    reply = {"id": fresh(), "text": "see file", "attachment_ids": [made["id"]]}
    status, entry = await client.post(f"/conversations/{row.id}/replies", reply)
    assert (status, [a["id"] for a in entry["attachments"]]) == (201, [made["id"]])
    status, body = await client.post(f"/conversations/{row.id}/replies", {**reply, "id": fresh()})
    assert (status, "belongs to another message" in body["detail"]) == (409, True)
    assert (await client.delete(f"/attachments/{made['id']}"))[0] == 409


async def test_an_upload_can_be_thrown_away_by_who_made_it(hub: Workspace) -> None:
    mine, other = await hub.person(), await hub.person()
    _, made = await upload(mine, b"x")
    path = f"/attachments/{made['id']}"
    assert [(await c.delete(path))[0] for c in (other, mine, mine)] == [403, 204, 404]


async def test_a_customers_file_is_served_and_one_still_at_the_provider_is_not_there_yet(hub: Workspace) -> None:
    here = InboundAttachment(name="a.txt", media_type="text/plain", content=b"hi")
    there = InboundAttachment(name="b.txt", media_type="text/plain", source=ExternalId("far"))
    await hub.hears(says("files", attachments=(here, there)))
    (row,) = await hub.rows()
    client = await hub.person()
    (entry,) = (await client.get(f"/conversations/{row.id}/interactions"))["items"]
    first, second = entry["attachments"]
    assert (await client.call("GET", f"/api/v1/attachments/{first['id']}")) == (200, b"hi")
    status, body = await client.call("GET", f"/api/v1/attachments/{second['id']}")
    assert (status, "still at the provider" in body["detail"]) == (404, True)


async def test_why_a_file_did_not_come_is_said_in_the_readers_language_with_its_values(hub: Workspace) -> None:
    there = InboundAttachment(name="b.txt", media_type="text/plain", source=ExternalId("far"))
    await hub.hears(says("file", attachments=(there,)))
    (row,) = await hub.rows()
    (entry,) = (await (await hub.person()).get(f"/conversations/{row.id}/interactions"))["items"]
    (file,) = entry["attachments"]
    why = "The name files.example is not known. Given up after 24 h."
    async with hub.deps.storage.begin() as uow:
        kept = await uow.timeline.attachment(AttachmentId(UUID(file["id"])))
        assert kept is not None
        await uow.timeline.update_attachment(replace(kept, state=AttachmentState.failed, error=why), look_at=None)
    path = f"/attachments/{file['id']}/trouble"
    told = {
        language: (await (await hub.person(language=language)).get(path))["words"] for language in ("en", "ko", "pl")
    }
    assert told == {
        "en": why,
        "ko": "이름 files.example을(를) 찾을 수 없습니다. 24시간 뒤 포기했습니다.",
        "pl": "Nazwa files.example nie jest znana. Zaniechano po 24 godz.",
    }


@given(st.text(min_size=1, max_size=60))
def test_a_file_name_cannot_break_out_of_its_header(name: str) -> None:
    header = content_disposition(name, inline=False)
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith('attachment; filename="')
    assert header.count('"') == 2


@pytest.mark.parametrize("content", [media.webm(), media.amr()], ids=["webm", "amr"])
async def test_a_recording_plays_in_every_browser(content: bytes, either: Workspace) -> None:
    client = await either.person()
    path = f"/api/v1/attachments?id={fresh()}&name=voice.webm&voice=true"
    status, made = await client.call("POST", path, data=content, headers={"Content-Type": "audio/webm"})
    assert (status, made["voice"]) == (201, True)
    for _ in range(2):  # made once, then kept
        answer, played = await client.full("GET", f"/api/v1/attachments/{made['id']}/playable")
        assert (answer.status, answer.content_type) == (200, "audio/mpeg")
    assert media.read_back(played)[0].startswith("mp3")
    answer, part = await client.full(
        "GET", f"/api/v1/attachments/{made['id']}/playable", headers={"Range": "bytes=0-9"}
    )
    assert (answer.status, part) == (206, played[:10])


async def test_what_has_no_sound_is_not_played(either: Workspace) -> None:
    client = await either.person()
    _, text = await upload(client, b"hello world")
    _, broken = await upload(client, media.ogg()[:120], name="a.ogg", kind="audio/ogg")
    for made, words in ((text, "no sound"), (broken, "damaged")):
        answer, body = await client.full("GET", f"/api/v1/attachments/{made['id']}/playable")
        assert (answer.status, words in body["detail"]) == (404, True)
