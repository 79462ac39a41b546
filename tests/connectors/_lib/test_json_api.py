"""What a JSON API's client makes of answers and failures, against a real server on loopback."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from connectors._lib.json_api import Answer, JsonApi, NoFile, NotSent, Patience, Unclear
from tests.peers.faulty_server import Fault, FaultyServer

SHORT = Patience(connect=0.5, answer=0.3)


class Server(FaultyServer):
    """Answers everything with the fault it was given."""

    def routes(self) -> list[web.RouteDef]:
        return [web.route("*", "/{path:.*}", self._any)]

    async def _any(self, request: web.Request) -> web.StreamResponse:
        await request.read()
        return await self.faulted(request, "any") or web.json_response({"ok": True})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with Server() as running:
        yield running


async def asked(server: Server) -> Answer:
    async with aiohttp.ClientSession() as http:
        return await JsonApi(http, "Acme", SHORT).call("POST", f"{server.origin}/x?secret=s3cret", json={"a": 1})


async def test_an_answer_is_handed_on_whatever_its_status(server: Server) -> None:
    assert (await asked(server)).body == {"ok": True}
    server.fail(Fault(status=418, body=b'{"error": "teapot"}'))
    answer = await asked(server)
    assert (answer.status, answer.readable, answer.body) == (418, True, {"error": "teapot"})


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b"\xff", b"[" * 100_000])
async def test_what_is_no_object_is_unreadable(server: Server, body: bytes) -> None:
    server.fail(Fault(status=200, body=body))
    answer = await asked(server)
    assert (answer.readable, answer.body) == (False, {})


@pytest.mark.parametrize(
    ("given", "wait"),
    [("7", timedelta(seconds=7)), ("9" * 40, timedelta(days=1)), ("soon", None), ("-1", None), ("", None)],
)
async def test_the_wait_a_server_asks_for_is_bounded(server: Server, given: str, wait: timedelta | None) -> None:
    server.fail(Fault(status=429, headers={"Retry-After": given}))
    assert (await asked(server)).wait == wait


@pytest.mark.parametrize("fault", [Fault(reset=True), Fault(hang=True)])
async def test_silence_is_unclear_and_tells_no_address(server: Server, fault: Fault) -> None:
    server.fail(fault)
    with pytest.raises(Unclear, match="Acme did not answer") as failed:
        await asked(server)
    told = f"{failed.value!r} {failed.value.__cause__!r} {failed.value.__context__!r}"
    assert "s3cret" not in told


async def test_nobody_there_means_nothing_was_sent(server: Server) -> None:
    await server.stop()
    with pytest.raises(NotSent, match="Acme could not be reached"):
        await asked(server)


async def test_a_redirect_is_not_followed(server: Server) -> None:
    server.fail(Fault(status=302, headers={"Location": "https://elsewhere.example.com/"}))
    assert (await asked(server)).status == 302


async def test_a_file_is_streamed_and_anything_else_is_none(server: Server) -> None:
    async with aiohttp.ClientSession() as http:
        api = JsonApi(http, "Acme", SHORT)
        assert b"".join([part async for part in api.stream(server.origin, headers={})]) == b'{"ok": true}'
        server.fail(Fault(status=404))
        with pytest.raises(NoFile) as missing:
            assert [part async for part in api.stream(server.origin, headers={})] == []
        assert missing.value.status == 404
        await server.stop()
        with pytest.raises(Unclear):
            assert [part async for part in api.stream(server.origin, headers={})] == []
