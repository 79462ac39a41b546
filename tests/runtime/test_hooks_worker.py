"""Integrators are told each thing they asked for, signed, again until they take it, and dead ones are given up."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hub.domain.changes import ChangeKind
from hub.domain.errors import Conflict, Invalid
from hub.domain.hooks import Hook, HookDelivery
from hub.runtime.fetch import GuardedHttp
from hub.runtime.hooks_worker import HooksWorker
from hub.runtime.notices import Notices
from hub.services import hooks
from hub.services.hooks import ATTEMPTS, Edit, Teller, expand
from hub.services.ids import new_id
from tests.scripted import SmallHub, says, small_hub


@dataclass
class Receiver:
    """An integrator's server."""

    status: int = 200
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        self.told.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status)


@dataclass
class Bench:
    """A small hub, a receiver, and the loop between them."""

    hub: SmallHub
    receiver: Receiver
    url: str
    worker: HooksWorker

    async def hook(self, **changed: object) -> Hook:
        given = {"url": self.url, "kinds": (ChangeKind.interaction_added,), **changed}
        async with self.hub.storage.begin() as uow:
            made = await hooks.create(uow, id=new_id(), by=None, now=self.hub.clock.now(), **given)  # type: ignore[arg-type]  # a builder
        return made.record

    async def tell(self) -> None:
        while await expand(self.hub.storage, now=self.hub.clock.now()):
            pass
        while await self.worker.start_due():
            await self.worker.idle()

    async def log(self, hook: Hook) -> list[HookDelivery]:
        async with self.hub.storage.read() as uow:
            return list((await uow.hooks.deliveries(hook.id, None, 50)).items)


@pytest.fixture
async def bench(database_url: str, tmp_path: Path) -> AsyncIterator[Bench]:
    async with AsyncExitStack() as stack:
        hub = await stack.enter_async_context(small_hub(database_url, tmp_path))
        receiver = Receiver()
        app = web.Application()
        app.router.add_post("/hub", receiver.handle)
        server = await stack.enter_async_context(TestServer(app))
        http = GuardedHttp(allowed=[f"127.0.0.1:{server.port}"])
        stack.push_async_callback(http.close)
        teller = Teller(storage=hub.storage, post=http.post, now=hub.clock.now, chance=lambda: 0.0)
        yield Bench(hub, receiver, str(server.make_url("/hub")), HooksWorker(teller=teller, notices=Notices()))


async def test_a_hook_hears_what_it_asked_for_signed_and_with_the_record(bench: Bench) -> None:
    hook = await bench.hook()
    await bench.hub.hears(says("hello", at=bench.hub.clock.now()))
    await bench.tell()
    ((headers, body),) = bench.receiver.told
    told = json.loads(body)
    moment, digest = (part.partition("=")[2] for part in headers["X-Hub-Signature"].split(","))
    assert (told["kind"], told["record"]["text"]) == ("interaction_added", "hello")
    assert told["at"].endswith("Z")
    assert hmac.compare_digest(
        digest, hmac.new(hook.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    )
    assert int(moment) == int(bench.hub.clock.now().timestamp())
    assert [(one.state, one.attempts, one.status) for one in await bench.log(hook)] == [("sent", 1, 200)]


async def test_what_happened_before_a_hook_is_not_told_to_it(bench: Bench) -> None:
    await bench.hub.hears(says("before", at=bench.hub.clock.now()))
    bench.hub.clock.forward(seconds=1)
    hook = await bench.hook(kinds=())
    await bench.tell()
    assert await bench.log(hook) == []


async def test_a_receiver_that_fails_is_told_again_later(bench: Bench) -> None:
    hook = await bench.hook()
    bench.receiver.status = 500
    await bench.hub.hears(says("hello", at=bench.hub.clock.now()))
    await bench.tell()
    (waiting,) = await bench.log(hook)
    assert (waiting.state, waiting.next_at) == ("queued", bench.hub.clock.now() + timedelta(seconds=10))
    assert "status 500" in waiting.error
    bench.receiver.status = 204
    bench.hub.clock.forward(seconds=11)
    await bench.tell()
    (sent,) = await bench.log(hook)
    assert (sent.state, sent.attempts) == ("sent", 2)


async def test_a_receiver_that_is_gone_is_switched_off_and_a_person_may_try_again(bench: Bench) -> None:
    hook = await bench.hook()
    bench.receiver.status = 410
    await bench.hub.hears(says("hello", at=bench.hub.clock.now()))
    await bench.tell()
    (given_up,) = await bench.log(hook)
    assert given_up.state == "failed"
    assert "switched off" in given_up.error
    with pytest.raises(Conflict, match="switched off"):
        await retry(bench, given_up.id)
    async with bench.hub.storage.begin() as uow:
        assert (await hooks.change(uow, hook.id, Edit(active=True))).active
    bench.receiver.status = 200
    await retry(bench, given_up.id)
    await bench.tell()
    assert [one.state for one in await bench.log(hook)] == ["sent"]


async def retry(bench: Bench, delivery_id: UUID) -> None:
    async with bench.hub.storage.begin() as uow:
        await hooks.retry(uow, delivery_id, now=bench.hub.clock.now())


async def test_after_a_day_of_failures_the_hook_is_switched_off(bench: Bench) -> None:
    hook = await bench.hook()
    bench.receiver.status = 500
    await bench.hub.hears(says("hello", at=bench.hub.clock.now()))
    began = bench.hub.clock.now()
    await bench.tell()
    for _ in range(ATTEMPTS - 1):
        (waiting,) = await bench.log(hook)
        assert waiting.next_at is not None
        bench.hub.clock.time = waiting.next_at
        await bench.tell()
    (given_up,) = await bench.log(hook)
    async with bench.hub.storage.read() as uow:
        found = await uow.hooks.get(hook.id)
    assert (given_up.state, found and found.active) == ("failed", False)
    assert timedelta(hours=20) < bench.hub.clock.now() - began < timedelta(hours=28)


async def test_an_address_inside_our_network_is_never_told(bench: Bench) -> None:
    hook = await bench.hook(url="http://127.0.0.1/hub")
    await bench.hub.hears(says("hello", at=bench.hub.clock.now()))
    await bench.tell()
    (refused,) = await bench.log(hook)
    assert "not a public address" in refused.error


@pytest.mark.parametrize("url", ["ftp://example.com", "https://", "https://user:pw@example.com", "https://a b", "x"])
async def test_an_address_that_makes_no_sense_is_refused(bench: Bench, url: str) -> None:
    with pytest.raises(Invalid):
        await bench.hook(url=url)
