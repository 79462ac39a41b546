"""The providers' door: verified, stored, answered; nothing unsigned, too large or from a page's preflight is stored."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, cast

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import BaseModel

from hub.contract import (
    Manifest,
    OutboundMessage,
    RawEvent,
    ReceivesWebhooks,
    SendReceipt,
    WebhookRejected,
    WebhookRequest,
    WebhookResponse,
)
from hub.contract.connector import Connector
from hub.contract.events import InboundEvent
from hub.domain.channel import Capabilities, ChannelKind
from hub.runtime.accounts import Accounts
from hub.runtime.metrics import Metrics
from hub.runtime.registry import Registry
from hub.runtime.secrets_box import SecretBox
from storage import open_storage
from storage.database import SqlStorage
from tests.scripted import ManualClock, NoSettings, channel
from webhooks.ingress import Door, Ingress

ORIGIN = {"Access-Control-Allow-Origin": "https://shop.example"}


class Form(Connector, ReceivesWebhooks):
    """Takes what says `word: right`, and a browser's preflight."""

    keep_headers = frozenset({"x-kept"})
    keep_query = frozenset({"kept"})

    def __init__(self) -> None:
        self.asked: list[WebhookRequest] = []

    async def check(self) -> str:
        return "form"

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:  # noqa: ARG002 - never read here
        return ()

    async def send(self, message: OutboundMessage) -> SendReceipt:
        raise NotImplementedError(message)

    def verify(self, request: WebhookRequest) -> None:
        self.asked.append(request)
        if request.method != "OPTIONS" and request.headers.get("word") != "right":
            raise WebhookRejected("The word is wrong.")

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        hello = request.query.get("hello")
        return WebhookResponse(status=int(hello or 200), body=b"thanks", headers=ORIGIN, store=hello is None)


@dataclass
class Site:
    """The door with one channel, and who knocks."""

    client: TestClient[web.Request, web.Application]
    ingress: Ingress
    form: Form
    storage: SqlStorage
    key: str
    metrics: Metrics

    def counted(self, outcome: str) -> float:
        labels = {"connector": "form", "outcome": outcome}
        return self.metrics.registry.get_sample_value("hub_received_total", labels) or 0.0

    async def bodies(self) -> Sequence[tuple[bytes, Any]]:
        events = await self.storage.queries.unread_events(100)
        return [(event.body, event.headers) for event in events]


@pytest.fixture(params=[False, True], ids=["by the routes", "before the application"])
async def site(sqlite_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Site]:
    clock, metrics, form, ours, nothing = ManualClock(), Metrics(), Form(), channel(connector="form"), cast("Any", None)
    storage = await open_storage(sqlite_url, secrets=SecretBox({"k": bytes(32)}), doorbell=None, clock=clock)
    async with storage.begin() as uow:
        await uow.channels.add(ours, {}, ())
    manifest = Manifest(
        key="form",
        title="Form",
        kind=ChannelKind("form"),
        capabilities=Capabilities(),
        settings=cast("type[BaseModel]", NoSettings),
        create=lambda _settings, _tools: form,
        icon="<svg/>",
    )
    accounts = Accounts(storage, Registry({"form": manifest}), lambda _id, _key: nothing)
    await accounts.refresh()
    ingress = Ingress(
        Door(
            accounts=accounts,
            journal=storage.journal,
            clock=clock,
            metrics=metrics,
            public_url="https://hub.example",
            max_body=100,
            trusts=lambda peer: ip_address(peer).is_loopback,
        )
    )
    app = web.Application()
    app.add_routes(ingress.routes())
    server = TestServer(app)
    await server.start_server()
    assert server.runner is not None
    assert server.runner.server is not None
    plain = server.runner.server.request_handler
    takes: dict[bool, Callable[[web.Server], None]] = {True: ingress.stand_before, False: lambda _server: None}
    takes[request.param](server.runner.server)
    assert (server.runner.server.request_handler is plain) is not request.param
    async with TestClient(server) as client:
        yield Site(client, ingress, form, storage, ours.webhook_key, metrics)
    await accounts.close()
    await storage.close()


async def test_a_signed_call_is_stored_and_answered_with_the_connectors_own_headers(site: Site) -> None:
    headers = {"word": "right", "X-Kept": "1", "X-Other": "2"}
    async with site.client.post(f"/webhooks/{site.key}?a=b", data=b"hi", headers=headers) as response:
        assert (response.status, await response.text()) == (200, "thanks")
        assert response.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    assert await site.bodies() == [(b"hi", {"x-kept": "1"})]
    assert site.form.asked[0].url == f"https://hub.example/webhooks/{site.key}?a=b"


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [("", {"word": "wrong"}, b"hi", 403), ("", {"word": "right"}, b"x" * 101, 413), ("x", {"word": "right"}, b"", 404)],
    ids=["unsigned", "too large", "unknown address"],
)
async def test_what_is_refused_is_not_stored(
    site: Site, path: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    async with site.client.post(f"/webhooks/{site.key}{path}", data=body, headers=headers) as response:
        assert response.status == status
    assert await site.bodies() == []


async def test_of_the_address_only_what_the_connector_names_is_stored_and_no_more_than_a_little(site: Site) -> None:
    path = f"/webhooks/{site.key}?kept=ours&token=secret&kept2=no"
    await site.client.post(path, data=b"hi", headers={"word": "right"})
    await site.client.post(f"/webhooks/{site.key}?kept={'x' * 501}", data=b"hi", headers={"word": "right"})
    events = await site.storage.queries.unread_events(100)
    assert [event.query for event in events] == [{"kept": "ours"}, {"kept": "x" * 500}]


@pytest.mark.parametrize(("method", "path"), [("OPTIONS", ""), ("GET", "?hello=200")])
async def test_a_preflight_and_a_handshake_are_answered_and_not_stored(site: Site, method: str, path: str) -> None:
    async with site.client.request(method, f"/webhooks/{site.key}{path}", headers={"word": "right"}) as response:
        assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (200, "https://shop.example")
    assert await site.bodies() == []


@pytest.mark.parametrize(("status", "outcome"), [(200, "answered"), (422, "rejected"), (503, "refused")])
async def test_what_a_connector_does_not_store_is_counted_by_its_answer(site: Site, status: int, outcome: str) -> None:
    path = f"/webhooks/{site.key}?hello={status}"
    async with site.client.post(path, data=b"hi", headers={"word": "right"}) as response:
        assert response.status == status
    counted = {name: site.counted(name) for name in ("stored", "answered", "rejected", "refused")}
    assert counted == {"stored": 0, "answered": 0, "rejected": 0, "refused": 0, outcome: 1}
    assert await site.bodies() == []


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [("", "127.0.0.1"), ("203.0.113.9", "203.0.113.9"), ("6.6.6.6, 203.0.113.9, 127.0.0.1", "203.0.113.9")],
)
async def test_a_connector_learns_who_calls_as_far_as_our_proxies_vouch(
    site: Site, forwarded: str, client: str
) -> None:
    headers = {"word": "right"} | ({"X-Forwarded-For": forwarded} if forwarded else {})
    await site.client.post(f"/webhooks/{site.key}", headers=headers)
    assert site.form.asked[0].client == client


async def test_a_made_up_provider_comes_through_the_same_door(site: Site) -> None:
    call = WebhookRequest(method="POST", url="https://hub.example", headers={"word": "right"}, query={}, body=b"hi")
    assert (await site.ingress.tell(site.key, call)).status == 200
    forged = WebhookRequest(method="POST", url="https://hub.example", headers={}, query={}, body=b"forged")
    assert (await site.ingress.tell(site.key, forged)).status == 403
    assert (await site.ingress.tell("nobody", call)).status == 404
    assert [body for body, _ in await site.bodies()] == [b"hi"]


async def test_a_body_announced_by_expect_is_asked_for_and_stored(site: Site) -> None:
    headers = {"word": "right"}
    async with site.client.post(f"/webhooks/{site.key}", data=b"big", headers=headers, expect100=True) as response:
        assert (response.status, await response.text()) == (200, "thanks")
    assert await site.bodies() == [(b"big", {})]


@pytest.mark.parametrize("path", ["/elsewhere", "/webhooks/a/b", "/webhooks/"])
async def test_what_is_not_a_channels_address_is_left_to_the_application(site: Site, path: str) -> None:
    async with site.client.post(path, data=b"hi") as response:
        assert response.status == 404
