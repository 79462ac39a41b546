"""Bots look things up: JSON or text, bounded in size and time, never by a redirect, never in our own network."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hub.contract.errors import FetchFailed
from hub.domain.botflow.effects import CallHttp
from hub.runtime.fetch import GuardedHttp
from hub.runtime.lookups import LookUps


async def orders(request: web.Request) -> web.Response:
    return web.json_response(
        {"state": "on its way", "asked": request.headers.get("X-Key"), "body": await request.text()}
    )


async def many(_request: web.Request) -> web.Response:
    return web.json_response([{"name": "tent"}])


async def words(_request: web.Request) -> web.Response:
    return web.Response(text="all is well")


async def large(_request: web.Request) -> web.Response:
    return web.Response(body=b"x" * 300_000)


async def elsewhere(_request: web.Request) -> web.Response:
    raise web.HTTPFound("http://169.254.169.254/latest/meta-data")


async def gone(_request: web.Request) -> web.Response:
    raise web.HTTPNotFound


async def never(_request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    return web.Response()


@pytest.fixture
async def shop() -> AsyncIterator[TestServer]:
    app = web.Application()
    for handler in (orders, many, words, large, elsewhere, gone, never):
        app.router.add_route("*", f"/{handler.__name__}", handler)
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def look_up(shop: TestServer) -> AsyncIterator[LookUps]:
    guarded = GuardedHttp(allowed=[f"127.0.0.1:{shop.port}"])
    yield LookUps(guarded.ask)
    await guarded.close()


def call(shop: TestServer, path: str, **more: object) -> CallHttp:
    given = {"ask": 1, "method": "GET", "url": f"http://127.0.0.1:{shop.port}/{path}"}
    return CallHttp(**(given | more))  # type: ignore[arg-type]  # fields of the effect, by name


async def test_json_and_texts_are_read(shop: TestServer, look_up: LookUps) -> None:
    found = await look_up(call(shop, "orders", method="POST", headers={"X-Key": "k"}, body='{"id": 1}'))
    assert (found.status, found.body) == (200, {"state": "on its way", "asked": "k", "body": '{"id": 1}'})
    assert (await look_up(call(shop, "many"))).body == {"items": [{"name": "tent"}]}
    assert (await look_up(call(shop, "words"))).body == "all is well"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("gone", "status 404"),
        ("elsewhere", "status 302"),
        ("large", "larger than 256 kB"),
        ("never", "no answer within"),
    ],
)
async def test_what_is_no_answer_is_said_in_words(shop: TestServer, look_up: LookUps, path: str, words: str) -> None:
    with pytest.raises(FetchFailed, match=words):
        await look_up(call(shop, path, seconds=0.2))


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://10.0.0.1/x", "http://[::1]/x", "file:///etc/passwd"])
async def test_our_own_network_is_never_asked(look_up: LookUps, url: str) -> None:
    with pytest.raises(FetchFailed):
        await look_up(CallHttp(ask=1, method="GET", url=url))
