"""What failed requests tell: on real sockets, whether the request can have arrived, and in words without an address."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web

from connectors._lib.http import in_words, never_left, read_at_most

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SHORT = aiohttp.ClientTimeout(total=0.5, connect=2)


async def _hang(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    return web.Response()


async def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def _half(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b"half")
    assert request.transport is not None
    request.transport.close()
    return response


async def _long(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"x" * 5000)


@pytest.fixture
async def server() -> AsyncIterator[str]:
    app = web.Application()
    for name, handler in {"hang": _hang, "cut": _cut, "half": _half, "long": _long}.items():
        app.router.add_post(f"/{name}/secret", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def failure(url: str, limit: int = 1000) -> BaseException:
    """Make a request that fails, and return how."""
    async with aiohttp.ClientSession(timeout=SHORT) as http:
        with pytest.raises((aiohttp.ClientError, TimeoutError)) as raised:
            async with http.post(url, data=b"message") as response:
                await read_at_most(response, limit)
    return raised.value


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("hang", "took too long"),
        ("cut", "closed the connection without an answer"),
        ("half", "broke off"),
        ("long", "broke off"),
    ],
)
async def test_what_fails_after_the_request_left_may_have_arrived(server: str, path: str, words: str) -> None:
    error = await failure(f"{server}/{path}/secret")
    assert not never_left(error)
    assert words in in_words(error)
    assert "secret" not in in_words(error)


async def test_an_answer_within_the_limit_is_read_whole(server: str) -> None:
    async with aiohttp.ClientSession() as http, http.post(f"{server}/long/secret") as response:
        assert await read_at_most(response, 5000) == b"x" * 5000


async def test_a_port_nobody_listens_on_was_never_reached(unused_tcp_port: int) -> None:
    error = await failure(f"http://127.0.0.1:{unused_tcp_port}/secret")
    assert never_left(error)
    assert in_words(error) == "no connection could be made"


@pytest.mark.parametrize("url", ["http://", "http://[::1/secret", "gopher://127.0.0.1/secret"])
async def test_an_address_that_is_none_was_never_reached(url: str) -> None:
    error = await failure(url)
    assert never_left(error)
    assert "secret" not in in_words(error)


def test_a_failure_nobody_foresaw_is_named_by_its_kind() -> None:
    assert in_words(aiohttp.ClientError("https://host/secret")) == "the connection failed (ClientError)"
