"""The live WebSocket: what is committed reaches every screen, in order, and nothing is missing after a cut."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from hub.api.live.hub import MISSED_LIMIT
from hub.domain.changes import Change, ChangeKind
from hub.domain.user import Action, Role
from hub.services import users
from hub.services.ids import new_id
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import says

WITHIN = 10.0


class Screen:
    """A screen's WebSocket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def frame(self) -> dict[str, Any]:
        """Return the next frame."""
        frame: dict[str, Any] = await self.socket.receive_json(timeout=WITHIN)
        return frame

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """Return the frames up to the first that is wanted."""
        frames = [await self.frame()]
        while not wanted(frames[-1]):
            frames.append(await self.frame())
        return frames

    async def ended(self) -> int | None:
        """Wait for the end and return the close code."""
        while not self.socket.closed:
            await self.socket.receive(timeout=WITHIN)
        return self.socket.close_code


@asynccontextmanager
async def watching(client: Client, after: int | None = None, **more: Any) -> AsyncIterator[Screen]:
    query = "" if after is None else f"?after={after}"
    headers = {"Origin": client.origin, **client.headers, **more.pop("headers", {})}
    async with client.http.ws_connect(f"{client.origin}/api/v1/live{query}", headers=headers, **more) as socket:
        yield Screen(socket)


def is_changes(frame: dict[str, Any]) -> bool:
    return bool(frame["type"] == "changes")


def shows(text: str) -> Callable[[dict[str, Any]], bool]:
    """Tell whether a frame brings an entry with this text."""
    return lambda frame: any(entry["text"] == text for entry in frame.get("interactions", ()))


def texts(frames: list[dict[str, Any]]) -> list[str]:
    return [entry["text"] for frame in frames for entry in frame.get("interactions", ())]


async def test_what_a_customer_says_reaches_every_screen(either: Workspace) -> None:
    ann, ben = await either.person(), await either.person()
    async with watching(ann) as one, watching(ben) as other:
        assert (await one.frame())["type"] == (await other.frame())["type"] == "hello"
        await either.hears(says("Hello"))
        first, second = (await one.until(shows("Hello")))[-1], (await other.until(shows("Hello")))[-1]
        assert first == second
        (row,) = first["conversations"]
        assert (row["contact_name"], row["last_preview"], row["unread"]) == ("Ann", "Hello", None)
        assert first["contacts"] == [row["contact_id"]]


async def test_a_screen_that_comes_back_is_told_what_it_missed_once(either: Workspace) -> None:
    client = await either.person()
    async with watching(client) as screen:
        await screen.frame()
        await either.hears(says("one"))
        seen = (await screen.until(shows("one")))[-1]["seq"]
    await either.hears(says("two"))
    await either.hears(says("three"))
    async with watching(client, after=seen) as screen:
        assert await screen.frame() == {"type": "hello", "seq": seen}
        await either.hears(says("four"))
        frames = await screen.until(shows("four"))
    assert [text for text in texts(frames) if text != "one"] == ["two", "three", "four"]
    assert [frame["seq"] for frame in frames] == sorted(frame["seq"] for frame in frames)


async def test_who_asks_from_the_beginning_is_told_everything(hub: Workspace) -> None:
    for n in range(3):
        await hub.hears(says(f"m{n}"))
    async with watching(await hub.person(), after=0) as screen:
        frames = await screen.until(shows("m2"))
    assert sorted(texts(frames)) == ["m0", "m1", "m2"]


@pytest.mark.parametrize("after", [10_000, 2**62])
async def test_a_place_that_cannot_be_is_answered_with_resync(hub: Workspace, after: int) -> None:
    await hub.hears(says("Hello"))
    _, newest = await hub.deps.storage.queries.notice_bounds()
    async with watching(await hub.person(), after=after) as screen:
        assert (await screen.frame())["type"] == "hello"
        assert await screen.frame() == {"type": "resync", "seq": newest}
        await hub.hears(says("again"))
        assert texts(await screen.until(shows("again"))) == ["again"]


async def test_who_missed_too_much_reloads(hub: Workspace) -> None:
    team = Change(kind=ChangeKind.users_changed, subject_id=new_id())
    async with hub.deps.storage.begin() as uow:
        uow.note(*[team] * (MISSED_LIMIT + 2))
    async with watching(await hub.person(), after=1) as screen:
        await screen.frame()
        assert (await screen.frame())["type"] == "resync"


async def test_signing_out_ends_the_screen(hub: Workspace) -> None:
    client = await hub.person()
    async with watching(client) as screen:
        await screen.frame()
        assert (await client.delete("/session"))[0] == 204
        assert await screen.ended() == 1008


async def test_somebody_who_is_sent_away_is_disconnected(either: Workspace) -> None:
    user = await either.user()
    leaving, staying = await either.signed_in(user), await either.person()
    async with watching(leaving) as gone, watching(staying) as stays:
        await gone.frame()
        await stays.frame()
        async with either.deps.storage.begin() as uow:
            await users.change(uow, user.id, users.Edit(active=False))
        assert await gone.ended() == 1008
        assert (await stays.until(is_changes))[-1]["users"] is True


async def test_stopping_the_hub_tells_screens_to_come_back(hub: Workspace) -> None:
    async with watching(await hub.person()) as screen:
        await screen.frame()
        stopping = asyncio.create_task(hub.stop())
        assert await screen.ended() == 1001
        await stopping


async def test_another_site_cannot_listen(hub: Workspace) -> None:
    client = await hub.person()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with watching(client, headers={"Origin": "http://evil.example"}):
            pass
    assert refused.value.status == 403


async def test_a_plain_request_is_told_to_upgrade(hub: Workspace) -> None:
    status, body = await (await hub.person()).call("GET", "/api/v1/live")
    assert (status, body["type"]) == (426, "/problems/upgrade-required")


async def test_a_program_listens_by_header_or_by_protocol(hub: Workspace) -> None:
    program = await hub.program(Action.conversations_read)
    async with watching(program) as screen:
        assert (await screen.frame())["type"] == "hello"
    secret = program.headers.pop("Authorization").removeprefix("Bearer ")
    async with watching(program, protocols=("hub.v1", f"bearer.{secret}")) as screen:
        assert screen.socket.protocol == "hub.v1"
        assert (await screen.frame())["type"] == "hello"


@pytest.mark.parametrize("said", ["{", '{"type":"dance"}', '{"type":"viewing"}', "[]", '{"type":"ping","x":1}'])
async def test_a_frame_nobody_understands_ends_the_connection(hub: Workspace, said: str) -> None:
    async with watching(await hub.person()) as screen:
        await screen.frame()
        await screen.socket.send_str(said)
        assert await screen.ended() == 1008


async def test_bytes_too_much_and_too_often_end_the_connection(hub: Workspace) -> None:
    client = await hub.person()
    async with watching(client) as screen:
        await screen.socket.send_bytes(b"x")
        assert await screen.ended() == 1003
    async with watching(client) as screen:
        await screen.socket.send_str('{"type":"ping"}' + " " * 5000)
        assert await screen.ended() == 1009
    async with watching(client) as screen:
        for _ in range(30):
            await screen.socket.send_str('{"type":"ping"}')
        assert await screen.ended() == 1008


async def test_a_ping_is_answered(hub: Workspace) -> None:
    async with watching(await hub.person()) as screen:
        await screen.frame()
        await screen.socket.send_json({"type": "ping"})
        assert await screen.frame() == {"type": "pong"}


async def test_colleagues_see_who_has_a_conversation_open_and_who_replies(hub: Workspace) -> None:
    ann, ben = await hub.person(name="Ann"), await hub.person(name="Ben")
    conversation = str(new_id())
    viewing = {"type": "viewing", "conversation_id": conversation}
    async with watching(ben) as other:
        await other.frame()
        async with watching(ann) as one:
            await one.frame()
            await one.socket.send_json(viewing)
            assert names(await other.frame()) == [("Ann", False)]
            await one.socket.send_json({**viewing, "replying": True})
            assert names(await other.frame()) == [("Ann", True)]
            await other.socket.send_json(viewing)
            assert names(await other.frame()) == [("Ben", False), ("Ann", True)]
            async with watching(await hub.person()) as late:
                assert [names(f) for f in (await late.frame(), await late.frame())] == [
                    [],
                    [("Ben", False), ("Ann", True)],
                ]
        assert names(await other.frame()) == [("Ben", False)]


def names(frame: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(user["name"], user["replying"]) for user in frame.get("users", ())]


async def test_typing_reaches_colleagues_and_the_customers_side(hub: Workspace) -> None:
    await hub.hears(says("Hello"))
    (row,) = await hub.rows()
    client = await hub.person(name="Ben")
    async with watching(client) as screen:
        await screen.frame()
        assert (await client.post(f"/conversations/{row.id}/typing"))[0] == 204
        frame = await screen.frame()
    assert (frame["type"], frame["name"], frame["who"]) == ("typing", "Ben", "agent")
    assert frame["until"] == "2026-03-02T10:00:06.000Z"
    async with asyncio.timeout(WITHIN):
        assert await hub.signs.get() == ("typing", "ann")


async def test_a_sign_of_another_version_is_left_out(hub: Workspace) -> None:
    async with watching(await hub.person()) as screen:
        await screen.frame()
        for sign in ({"type": "typing", "who": "?"}, {"type": "viewing"}, {"type": "new"}, {}):
            hub.deps.notices.sign(sign)
        await hub.hears(says("Hello"))
        assert shows("Hello")((await screen.until(is_changes))[-1])


async def test_a_change_of_a_channel_and_an_unreadable_event_are_told(hub: Workspace) -> None:
    admin = await hub.person(Role.admin)
    async with watching(admin) as screen:
        await screen.frame()
        await admin.patch(f"/channels/{hub.channel.id}", {"name": "Letters"})
        assert (await screen.frame())["channels"] == [str(hub.channel.id)]
        await hub.hears(body=b"gibberish")
        assert (await screen.until(lambda frame: frame.get("ledger", False)))[-1]["ledger"] is True


async def test_a_reply_and_a_note_reach_the_screens(hub: Workspace) -> None:
    await hub.hears(says("Hello"))
    (row,) = await hub.rows()
    client = await hub.person()
    async with watching(client) as screen:
        await screen.frame()
        await client.post(f"/conversations/{row.id}/replies", {"id": fresh(), "text": "Good day"})
        (entry,) = (await screen.until(shows("Good day")))[-1]["interactions"]
        assert (entry["direction"], entry["delivery"]["state"]) == ("outbound", "queued")
