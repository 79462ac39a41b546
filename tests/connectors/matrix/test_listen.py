"""The endless sync: what it leaves out is read from the history, invitations are accepted, nothing is said twice."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from itertools import count
from typing import cast

import aiohttp
import pytest

from connectors.matrix.connector import MatrixAccount
from connectors.matrix.settings import Invites
from hub.contract import ConnectorError, ContactPointLearned, CredentialsRefused, InboundMessage, RawEvent
from tests.connectors.matrix.accounts import ANNA, INVITE, ROOM, account, member, room_told, said, synced
from tests.connectors.matrix.homeserver import US, FakeHomeserver

Heard = list[tuple[RawEvent | None, str | None]]


async def heard(bot: MatrixAccount, until: str, cursor: str | None = None) -> Heard:
    """Listen until a cursor has come."""
    found: Heard = []
    async with aclosing(cast("AsyncGenerator[tuple[RawEvent | None, str | None]]", bot.listen(cursor))) as listening:
        async for raw, reached in listening:
            found.append((raw, reached))
            if reached == until:
                break
    return found


def words(bot: MatrixAccount, found: Heard) -> list[str]:
    events = [event for raw, _ in found if raw is not None for event in bot.parse(raw)]
    return [event.text for event in events if isinstance(event, InboundMessage)]


async def test_the_first_start_begins_now_and_shows_the_connection(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    server.look = {"join": {ROOM: room_told(said(1, "said before we were connected"))}}
    bot = account(server, http)
    assert await heard(bot, "s0") == [(None, "s0")]


async def test_events_come_with_the_name_of_their_sender_and_the_cursor_after_them(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    server.look = {"join": {ROOM: room_told()}}
    server.syncs = [synced(8, join={ROOM: {"timeline": {"events": [said(1), said(2, "World")]}}})]
    bot = account(server, http)
    found = await heard(bot, "s8", cursor="s7")
    assert [cursor for _, cursor in found] == ["s7", None, None, "s8"]
    assert words(bot, found) == ["Hello", "World"]
    (first, _) = [bot.parse(raw)[0] for raw, _ in found if raw is not None]
    assert isinstance(first, InboundMessage)
    assert (first.sender.name, first.group, first.thread) == ("Anna Example", False, ROOM)
    assert ("sync", "s7") in server.asked


async def test_pictures_come_with_their_people_and_follow_their_changes(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    first, second = "mxc://hub.test/first", "mxc://hub.test/second"
    shown = member(0, ANNA, "join", name="Anna Example", picture=first)
    changed = member(2, ANNA, "join", before="join", name="Anna Example", picture=second)
    server.look = {"join": {ROOM: room_told(state=(shown,))}}
    server.syncs = [synced(8, join={ROOM: {"timeline": {"events": [said(1), changed, said(3)]}}})]
    bot = account(server, http)
    told = [bot.parse(raw)[0] for raw, _ in await heard(bot, "s8", cursor="s7") if raw is not None]
    said_by = [event.sender.portrait for event in told if isinstance(event, InboundMessage)]
    assert [event.known.portrait for event in told if isinstance(event, ContactPointLearned)] == [second]
    assert said_by[-1] == second


async def test_a_gap_is_filled_from_the_history_back_to_the_last_sync(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    server.look = {"join": {ROOM: room_told()}}
    server.pages = {
        "p9": {"chunk": [said(6, "six"), said(5, "five")], "end": "p8"},
        "p8": {"chunk": [said(4, "four")], "end": "p7"},
        "p7": {"chunk": []},
    }
    server.syncs = [synced(2, join={ROOM: room_told(said(7, "seven"), limited=True, prev="p9")})]
    bot = account(server, http)
    found = await heard(bot, "s2", cursor="s1")
    assert sorted(words(bot, found)) == ["five", "four", "seven", "six"]
    assert [asked for what, asked in server.asked if what == "messages"] == ["p9..s1", "p8..s1", "p7..s1"]


async def test_what_a_customer_wrote_between_the_invitation_and_our_joining_is_not_lost(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    joined = member(9, US, "join", before="invite")
    server.pages = {
        "p1": {"chunk": [said(4, "Hello?"), member(3, US, "invite", by=ANNA), said(2, "before our time")], "end": "p0"}
    }
    server.syncs = [synced(3, join={ROOM: room_told(joined, said(10, "Still there?"), prev="p1")})]
    bot = account(server, http)
    found = await heard(bot, "s3", cursor="s2")
    assert words(bot, found) == ["Hello?", "Still there?"]
    assert [asked for what, asked in server.asked if what == "messages"] == ["p1.."]


async def test_a_room_joined_without_an_invitation_begins_with_our_joining(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    events = [said(1, "old talk"), member(2, US, "join"), said(3, "new talk")]
    server.syncs = [synced(3, join={ROOM: room_told(*events, limited=True)})]
    bot = account(server, http)
    assert words(bot, await heard(bot, "s3", cursor="s2")) == ["new talk"]
    assert [what for what, _ in server.asked] == ["sync", "sync"]


async def test_a_history_that_is_not_ours_to_read_stops_nothing(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    gone = room_told(said(5, "bye"), member(6, US, "leave", before="join", by=ANNA), limited=True, prev="forbidden")
    server.syncs = [synced(3, leave={ROOM: gone})]
    bot = account(server, http)
    assert words(bot, await heard(bot, "s3", cursor="s2")) == ["bye"]


async def test_a_homeserver_that_forgot_where_we_were_costs_no_message_of_the_last_week(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    old = {**said(1, "a year ago"), "origin_server_ts": 1_763_800_000_000}
    server.forgotten = {"from another server"}
    server.look = {"join": {ROOM: room_told(said(9, "newest"), prev="p1")}}
    server.pages = {
        "p1": {"chunk": [said(8, "newer")], "end": "p0"},
        "p0": {"chunk": [said(7, "new"), old], "end": "p"},
    }
    server.syncs = [synced(1)]
    bot = account(server, http)
    found = await heard(bot, "s1", cursor="from another server")
    assert sorted(words(bot, found)) == ["new", "newer", "newest"]


async def test_receipts_are_heard(server: FakeHomeserver, http: aiohttp.ClientSession) -> None:
    receipt = {"type": "m.receipt", "content": {"$out1": {"m.read": {ANNA: {"ts": 1_795_338_000_000}}}}}
    server.syncs = [synced(3, join={ROOM: room_told(ephemeral={"events": [receipt]})})]
    bot = account(server, http)
    (raw,) = [raw for raw, _ in await heard(bot, "s3", cursor="s2") if raw is not None]
    assert [event.external_id for event in bot.parse(raw) if hasattr(event, "external_id")] == ["$out1"]


@pytest.mark.parametrize(
    ("accepted", "ignored", "joined"),
    [
        (Invites.everyone, "", ["!here:hub.test", "!there:hub.test"]),
        (Invites.own_server, "", ["!here:hub.test"]),
        (Invites.nobody, "", []),
        (Invites.everyone, "@anna:*", ["!there:hub.test"]),
    ],
)
async def test_invitations_are_accepted_as_the_settings_say(
    server: FakeHomeserver, http: aiohttp.ClientSession, accepted: Invites, ignored: str, joined: list[str]
) -> None:
    stranger = {"type": "m.room.member", "state_key": US, "sender": "@jan:other.test", "content": {}}
    server.look = {"invite": {"!here:hub.test": INVITE}}
    server.syncs = [
        synced(1, invite={"!there:hub.test": {"invite_state": {"events": [stranger]}}}),
        *(synced(n) for n in range(2, 40)),
    ]
    bot = account(server, http, invites=accepted, ignored=ignored)
    await heard(bot, "s39")
    assert sorted(server.joined) == joined


async def test_a_room_two_people_share_is_direct_until_a_third_comes(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    numbers = count(1)
    third = {"m.heroes": [ANNA, "@jan:other.test"], "m.joined_member_count": 3}
    server.look = {"join": {ROOM: room_told()}}
    server.syncs = [
        synced(1, join={ROOM: {"timeline": {"events": [said(next(numbers))]}}}),
        synced(2, join={ROOM: {"summary": third, "timeline": {"events": [said(next(numbers))]}}}),
        synced(3, join={ROOM: {"summary": {}, "timeline": {"events": [said(next(numbers))]}}}),
    ]
    bot = account(server, http)
    events = [bot.parse(raw)[0] for raw, _ in await heard(bot, "s3") if raw is not None]
    assert [event.group for event in events if isinstance(event, InboundMessage)] == [False, True, True]


async def test_a_wrong_token_stops_the_account_and_a_wrong_address_is_said(
    server: FakeHomeserver, http: aiohttp.ClientSession
) -> None:
    with pytest.raises(CredentialsRefused, match="new login"):
        await heard(account(server, http, token="another_token"), "s0")
    await server.stop()
    with pytest.raises(ConnectorError, match="Check its address"):
        await heard(account(server, http), "s0")


async def test_listening_ends_by_cancellation(server: FakeHomeserver, http: aiohttp.ClientSession) -> None:
    task = asyncio.ensure_future(heard(account(server, http), "never"))
    await server.polled.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
