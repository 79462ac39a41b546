"""Files through the visitors' door: in bounded and looked at, out by signed addresses of one thread."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from tests.webhooks.browser import Browser, Said, message
from tests.webhooks.visiting import FILE_LIMIT, Visiting
from webhooks.visitors import forget_uploads

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8ffff3f0005fe02fea7"
    "9d8d0f0000000049454e44ae426082"
)


async def shown_file(visitor: Browser) -> Said:
    """Return the first file of the thread, once it is ready."""
    async with visitor.socket() as line:
        while True:
            await line.until("items")
            for item in line.items.values():
                for file in item["files"]:
                    if file["state"] == "ready":
                        return dict(file)


async def test_a_visitors_file_arrives_on_the_timeline_byte_for_byte(small_hub: Visiting) -> None:
    content = bytes(range(256)) * 3000
    async with small_hub.browser() as visitor:
        await visitor.hello()
        status, got = await visitor.upload(content, "zażółć 보고서.bin", "application/x-thing")
        assert (status, got["size"], got["name"]) == (201, len(content), "zażółć 보고서.bin")
        await visitor.post(message("See the file", files=[got]))
        file = await shown_file(visitor)
        assert (file["name"], file["size"]) == ("zażółć 보고서.bin", len(content))
        async with visitor.http.get(file["url"]) as answer:
            assert await answer.read() == content
            assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''za%C5%BC")
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_an_agents_picture_is_shown_and_can_be_read_in_parts(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor:
        await visitor.hello()
        await small_hub.said_before(visitor, "Hello")
        await small_hub.answer("Here", await small_hub.keeps(PNG, "a.png", "image/png"))
        file = await shown_file(visitor)
        async with visitor.http.get(file["url"], headers={"Range": "bytes=1-3"}) as answer:
            assert (answer.status, await answer.read()) == (206, b"PNG")
            assert answer.headers["Content-Range"] == f"bytes 1-3/{len(PNG)}"
            assert answer.headers["Content-Type"] == "image/png"
        async with visitor.http.get(file["url"], headers={"Range": "bytes=900-"}) as answer:
            assert answer.status == 416


async def test_a_page_sent_as_a_file_is_only_ever_saved(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor:
        await visitor.hello()
        _, got = await visitor.upload(b"<!doctype html><script>alert(1)</script>", "a.png", "image/png")
        await visitor.post(message("", files=[got]))
        file = await shown_file(visitor)
        async with visitor.http.get(file["url"]) as answer:
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def stored(hub: Visiting) -> list[str]:
    """Return the keys of all files in the store."""
    keys = hub.blobs.keys("")
    return [key async for key in keys]


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"x" * (FILE_LIMIT + 1), "big.bin", 413, "too_large"),
        (b"", "empty.txt", 400, "empty"),
        (b"MZ\x90\x00", "holiday.jpg", 415, "file_refused"),
        (b"\x7fELF", "a", 415, "file_refused"),
        (b"#!/bin/sh", "a.txt", 415, "file_refused"),
        (b"anything", "invoice.pdf.EXE ", 415, "file_refused"),
    ],
)
async def test_what_is_not_taken_is_said_and_not_kept(
    small_hub: Visiting, content: bytes, name: str, status: int, code: str
) -> None:
    async with small_hub.browser() as visitor:
        await visitor.hello()
        got, said = await visitor.upload(content, name)
    assert (got, said["code"]) == (status, code)
    assert await stored(small_hub) == []


async def test_a_file_that_turns_out_larger_than_it_said_is_not_kept(small_hub: Visiting) -> None:
    async def endless() -> object:
        for _ in range(40):
            yield b"x" * 65536

    async with small_hub.browser() as visitor:
        await visitor.hello()
        headers = {**visitor.bearer, "Content-Type": "text/plain"}
        async with visitor.http.post("files", data=endless(), headers=headers) as answer:
            assert answer.status == 411
    assert await stored(small_hub) == []


async def test_another_visitors_upload_cannot_be_claimed(small_hub: Visiting) -> None:
    async with small_hub.browser() as one, small_hub.browser() as two:
        await one.hello()
        await two.hello()
        _, got = await one.upload(b"private words", "a.txt", "text/plain")
        async with two.socket() as line:
            await line.say("mine!", files=[got])
            await line.until_texts("mine!")
            while {file["state"] for item in line.items.values() for file in item["files"]} != {"failed"}:
                await line.until("items")


async def test_an_address_opens_one_file_of_one_thread_for_a_day_or_two(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor, small_hub.browser(small_hub.channels[1]) as docs:
        await visitor.hello()
        _, got = await visitor.upload(b"private words", "a.txt", "text/plain")
        await visitor.post(message("", files=[got]))
        url = (await shown_file(visitor))["url"]
        path, _, query = url.partition("?")
        ticket = query.rpartition("ticket=")[2]
        forged = [
            path,
            f"{path}?{urlencode({'thread': 'v-other', 'ticket': ticket})}",
            f"{path}?{urlencode({'thread': visitor.thread, 'ticket': f'9{ticket}'})}",
            f"{path}?{urlencode({'thread': visitor.thread, 'ticket': f'{ticket}x'})}",
            f"{path}?{urlencode({'thread': visitor.thread, 'ticket': 'é.ü'})}",
            f"files/{small_hub.channels[0].id}?{query}",
        ]
        assert {await _status(visitor, one) for one in forged} == {403}
        assert await _status(docs, url) == 403
        assert await _status(visitor, url) == 200
        small_hub.clock.shift = timedelta(days=2)
        assert await _status(visitor, url) == 403


async def _status(visitor: Browser, path: str) -> int:
    async with visitor.http.get(path) as answer:
        return answer.status


async def test_uploads_nobody_needs_any_more_are_forgotten(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor:
        await visitor.hello()
        await visitor.upload(b"never sent", "a.txt")
    now = small_hub.clock.now()
    assert await forget_uploads(small_hub.blobs, now - timedelta(hours=1)) == 0
    assert await forget_uploads(small_hub.blobs, now + timedelta(hours=1)) == 1
    assert await stored(small_hub) == []
