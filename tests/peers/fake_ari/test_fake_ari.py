"""The fake Asterisk is true to the api-docs, and behaves as the real one in what the connector relies on."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.peers.fake_ari import AriSpec, FakeAri
from tests.peers.fake_ari.operations import OPERATIONS

needs_docs = pytest.mark.skipif(AriSpec.load() is None, reason="the api-docs are not beside the checkout")


@pytest.fixture
async def ari() -> AsyncIterator[FakeAri]:
    async with FakeAri() as server:
        yield server
        assert server.pbx.problems == []


class App:
    """An ARI application by hand."""

    def __init__(self, ari: FakeAri, http: aiohttp.ClientSession, name: str = "hub") -> None:
        self._ari, self._http, self._name = ari, http, name
        self.auth = {"Authorization": aiohttp.encode_basic_auth(ari.user, ari.password)}
        self.socket: aiohttp.ClientWebSocketResponse

    async def connect(self) -> "App":
        url = f"{self._ari.url}/ari/events?app={self._name}"
        self.socket = await self._http.ws_connect(url, headers=self.auth)
        return self

    async def ask(self, method: str, path: str, **query: str) -> tuple[int, Any]:
        async with self._http.request(
            method, f"{self._ari.url}/ari{path}", params=query, headers=self.auth
        ) as response:
            return response.status, (await response.json()) if response.content_length else None

    async def events(self, *, until: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        async with asyncio.timeout(5):
            while not found or found[-1]["type"] != until:
                found.append(await self.socket.receive_json())
        return found


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def app(ari: FakeAri, http: aiohttp.ClientSession) -> App:
    return await App(ari, http).connect()


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"] for event in events]


@needs_docs
def test_every_operation_is_one_of_the_api_docs() -> None:
    spec = AriSpec.load()
    assert spec is not None
    assert [key for key in OPERATIONS if key not in spec.operations] == []


@needs_docs
def test_the_check_sees_what_is_wrong() -> None:
    spec = AriSpec.load()
    assert spec is not None
    assert spec.event_problems({"type": "Telepathy"}) != []
    assert spec.event_problems({"type": "StasisEnd", "application": "hub", "timestamp": "yesterday"}) != []
    assert spec.request_problems("POST", "/channels", {"app": "hub", "colour": "red"}) == [
        "POST /channels: unknown parameter colour",
        "POST /channels: missing parameter endpoint",
    ]
    assert spec.answer_problems("GET", "/channels", 200, [{"id": 1}]) != []
    assert spec.answer_problems("GET", "/channels/{channelId}", 418, {"message": "tea"}) != []


async def test_a_call_comes_in_and_ends_in_asterisks_order(ari: FakeAri, app: App) -> None:
    caller = ari.call("+48221234567", "100")
    assert (await app.ask("POST", f"/channels/{caller.id}/answer"))[0] == 204
    caller.press("5")
    caller.hang_up()
    events = await app.events(until="ChannelDestroyed")
    assert kinds(events) == [
        *("StasisStart", "ChannelStateChange", "ChannelDtmfReceived", "ChannelHangupRequest", "StasisEnd"),
        "ChannelDestroyed",
    ]
    assert events[0]["args"] == ["100"]


async def test_a_device_rings_answers_and_is_bridged(ari: FakeAri, app: App) -> None:
    ari.phone("PJSIP/1001", "auto")
    status, made = await app.ask("POST", "/channels", endpoint="PJSIP/1001", app="hub", channelId="ours")
    assert (status, made["id"]) == (200, "ours")
    assert (await app.ask("POST", "/channels", endpoint="PJSIP/1001", app="hub", channelId="ours"))[0] == 409
    events = await app.events(until="StasisStart")
    assert [e.get("dialstatus", e["type"]) for e in events] == [
        *("", "ChannelStateChange", "RINGING", "ChannelStateChange", "ANSWER", "StasisStart"),
    ]
    assert (await app.ask("POST", "/bridges", bridgeId="b"))[0] == 200
    assert (await app.ask("POST", "/bridges/b/addChannel", channel="ours"))[0] == 204
    assert (await app.ask("POST", "/channels/ours/record", name="r", format="wav"))[0] == 409
    assert kinds(await app.events(until="ChannelEnteredBridge")) == ["BridgeCreated", "ChannelEnteredBridge"]


async def test_a_device_that_refuses_never_enters_the_application(ari: FakeAri, app: App) -> None:
    ari.phone("PJSIP/1001", "busy")
    await app.ask("POST", "/channels", endpoint="PJSIP/1001", app="hub", channelId="ours")
    events = await app.events(until="ChannelDestroyed")
    assert events[-1]["cause"] == 17
    assert "StasisStart" not in kinds(events)
    assert (await app.ask("GET", "/channels/ours"))[0] == 404


async def test_a_live_recording_becomes_a_stored_one(ari: FakeAri, app: App) -> None:
    caller = ari.call()
    await app.ask("POST", f"/channels/{caller.id}/record", name="r", format="wav", terminateOn="#")
    await app.events(until="RecordingStarted")
    assert (await app.ask("GET", "/recordings/stored/r"))[0] == 404
    ari.pbx.clock.pass_time(4)
    caller.press("#")
    done = (await app.events(until="RecordingFinished"))[-1]["recording"]
    assert (done["state"], done["duration"]) == ("done", 4)
    assert (await app.ask("GET", "/recordings/live/r"))[0] == 404
    assert (await app.ask("GET", "/recordings/stored/r"))[1] == {"name": "r", "format": "wav"}


async def test_one_socket_for_each_application_and_the_newer_wins(
    ari: FakeAri, app: App, http: aiohttp.ClientSession
) -> None:
    newer = await App(ari, http).connect()
    assert kinds(await app.events(until="ApplicationReplaced")) == ["ApplicationReplaced"]
    ari.call()
    assert kinds(await newer.events(until="StasisStart")) == ["StasisStart"]


async def test_what_happens_while_nobody_listens_is_never_told(
    ari: FakeAri, app: App, http: aiohttp.ClientSession
) -> None:
    caller = ari.call()
    await app.events(until="StasisStart")
    await ari.cut()
    caller.press("1")
    caller.hang_up()
    assert ari.call().heard_fallback
    again = await App(ari, http).connect()
    ari.call()
    assert kinds(await again.events(until="StasisStart")) == ["StasisStart"]


async def test_a_listener_in_the_call_goes_with_it(ari: FakeAri, app: App) -> None:
    caller = ari.call()
    await app.ask("POST", f"/channels/{caller.id}/snoop", spy="in", app="hub", snoopId="spy", appArgs="x")
    await app.events(until="StasisStart")
    started = (await app.events(until="StasisStart"))[-1]
    assert (started["channel"]["id"], started["args"]) == ("spy", ["x"])
    caller.hang_up()
    events = await app.events(until="ChannelDestroyed")
    assert events[-1]["channel"]["id"] == "spy"
