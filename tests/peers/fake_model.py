"""An OpenAI-compatible endpoint on loopback that answers as a test wants, well or badly."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Behaviour = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class FakeModel:
    """What it was asked, and how it answers next."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    behave: Behaviour | None = None
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def endpoint(self) -> str:
        """`host:port`, as HUB_ALLOW_PRIVATE_FETCH names it."""
        return self.url.removeprefix("http://").partition("/")[0]

    def sent(self) -> str:
        """Return all that left the house with the newest question."""
        return "\n".join(message["content"] for message in self.asked[-1]["messages"])

    def says(self, text: str, **more: Any) -> None:
        self.behave = streams(text, **more)

    def answers(self, answer: str, *sources: str, refused: bool = False) -> None:
        self.says(json.dumps({"refused": refused, "sources": list(sources), "answer": answer}))


def frame(delta: dict[str, Any], finish: str | None = None) -> bytes:
    data = {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def streams(
    text: str,
    *,
    finish: str | None = "stop",
    usage: tuple[int, int] | None = (50, 10),
    cut_at: int = 7,
    end: bool = True,
) -> Behaviour:
    """Answer in a stream whose bytes are cut anywhere, also inside a character."""

    async def behave(request: web.Request) -> web.StreamResponse:
        response = await _stream(request)
        body = b": keep alive\n\n" + frame({"role": "assistant", "content": ""})
        body += b"".join(frame({"content": text[i : i + 3]}) for i in range(0, len(text), 3))
        body += frame({}, finish) if finish else b""
        if usage is not None:
            counted = {"choices": [], "usage": {"prompt_tokens": usage[0], "completion_tokens": usage[1]}}
            body += f"data: {json.dumps(counted)}\n\n".encode()
        body += b"data: [DONE]\n\n" if end else b""
        for start in range(0, len(body), cut_at * 50 + 1):
            await response.write(body[start : start + cut_at * 50 + 1])
        return response

    return behave


def raw_stream(body: bytes) -> Behaviour:
    async def behave(request: web.Request) -> web.StreamResponse:
        response = await _stream(request)
        await response.write(body)
        return response

    return behave


def replies(status: int, body: Any = "", **headers: str) -> Behaviour:
    """Answer with one body: JSON, unless it is bytes."""

    async def behave(_request: web.Request) -> web.StreamResponse:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, body=content, content_type="application/json", headers=named)

    return behave


def never_ends(piece: bytes) -> Behaviour:
    """Send the same piece for ever."""

    async def behave(request: web.Request) -> web.StreamResponse:
        response = await _stream(request)
        while True:
            await response.write(piece)
            await asyncio.sleep(0)

    return behave


def hangs() -> Behaviour:
    """Begin to answer and say no more until the other side goes."""

    async def behave(request: web.Request) -> web.StreamResponse:
        response = await _stream(request)
        await response.write(frame({"content": "Well"}))
        await asyncio.Event().wait()
        return response

    return behave


async def _stream(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
    await response.prepare(request)
    return response


@asynccontextmanager
async def fake_model() -> AsyncIterator[FakeModel]:
    """Serve it."""
    model = FakeModel()

    async def chat(request: web.Request) -> web.StreamResponse:
        model.asked.append(await request.json())
        model.keys.append(request.headers.get("Authorization", ""))
        model.was_asked.set()
        assert model.behave is not None
        return await model.behave(request)

    app = web.Application()
    app.router.add_post("/v1/chat/completions", chat)
    server = TestServer(app, handler_cancellation=True, shutdown_timeout=0.1)
    await server.start_server(shutdown_timeout=0.1)
    model.url = str(server.make_url("/v1"))
    try:
        yield model
    finally:
        await server.close()
