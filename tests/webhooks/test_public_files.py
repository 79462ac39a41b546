"""The door for providers that fetch what we send: one file by a signed link, in whole or in part, nothing else."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from hub.domain.ids import AttachmentId
from hub.domain.interaction import Attachment, AttachmentState
from hub.services.file_links import Form, sign
from hub.services.ids import new_id
from storage import open_blobs
from tests.scripted import T0, ManualClock
from webhooks.public_files import PublicFiles

KEY = b"k" * 32
Client = TestClient[web.Request, web.Application]

FILE = Attachment(
    id=AttachmentId(new_id()),
    interaction_id=None,
    name="Rechnung März.pdf",
    media_type="application/pdf",
    size=10,
    state=AttachmentState.ready,
    blob="file/one",
    converted="file/one.ogg",
    created_at=T0,
)
GONE = replace(FILE, id=AttachmentId(new_id()), blob="file/gone", converted=None)


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    blobs = open_blobs(tmp_path.as_uri())
    await blobs.put("file/one", b"0123456789")
    await blobs.put("file/one.ogg", b"OggS sound")

    async def find(attachment_id: AttachmentId) -> Attachment | None:
        return {FILE.id: FILE, GONE.id: GONE}.get(attachment_id)

    app = web.Application()
    app.add_routes(PublicFiles(find=find, blobs=blobs, clock=ManualClock(T0), keys=(KEY,)).routes())
    async with TestClient(TestServer(app)) as made:
        yield made


def link(file: Attachment = FILE, form: Form = Form.original, **span: float) -> str:
    return f"/files/{sign(file.id, form, T0 + timedelta(**(span or {'hours': 1})), KEY)}"


async def test_a_provider_fetches_a_file_without_a_session(client: Client) -> None:
    async with client.get(link()) as response:
        assert (response.status, await response.read()) == (200, b"0123456789")
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_name_may_follow_for_providers_that_look_at_the_ending(client: Client) -> None:
    async with client.get(f"{link()}/any%20name.pdf") as response:
        assert (response.status, await response.read()) == (200, b"0123456789")
    async with client.get("/files/a-guess/any.pdf") as response:
        assert response.status == 404


async def test_a_voice_note_is_given_as_its_channel_wants_it(client: Client) -> None:
    async with client.get(link(form=Form.converted)) as response:
        assert (response.headers["Content-Type"], await response.read()) == ("audio/ogg", b"OggS sound")


@pytest.mark.parametrize(
    ("asked", "given", "where"),
    [("bytes=2-4", b"234", "bytes 2-4/10"), ("bytes=-3", b"789", "bytes 7-9/10"), ("bytes=8-", b"89", "bytes 8-9/10")],
)
async def test_a_part_is_given_if_asked_for(client: Client, asked: str, given: bytes, where: str) -> None:
    async with client.get(link(), headers={"Range": asked}) as response:
        assert (response.status, await response.read()) == (206, given)
        assert response.headers["Content-Range"] == where


async def test_a_part_that_is_not_there_is_refused(client: Client) -> None:
    async with client.get(link(), headers={"Range": "bytes=10-"}) as response:
        assert (response.status, response.headers["Content-Range"]) == (416, "bytes */10")


async def test_only_the_size_is_told_if_only_that_is_asked(client: Client) -> None:
    async with client.head(link()) as response:
        assert (response.status, response.headers["Content-Length"]) == (200, "10")


@pytest.mark.parametrize(
    "path",
    [
        link(seconds=0),
        link(GONE),
        link(GONE, Form.converted),
        link(replace(FILE, id=AttachmentId(new_id()))),
        f"/files/{FILE.id}",
        "/files/",
        "/files",
    ],
    ids=["ended", "gone", "never converted", "unknown", "unsigned", "list", "folder"],
)
async def test_nothing_else_is_given(client: Client, path: str) -> None:
    response: aiohttp.ClientResponse
    async with client.get(path) as response:
        assert response.status == 404
