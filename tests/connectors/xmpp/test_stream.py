"""The stream: where listening goes on, what the archive gives back, resumption, receipts, lost words."""

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import cast

import aiohttp
import pytest

from connectors.xmpp.connector import XmppAccount
from connectors.xmpp.cursor import read_position
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    InboundMessage,
    OutcomeUnknown,
    RawEvent,
    Rejected,
    RetryLater,
)
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import attachment, outbound, seen, tools_for
from tests.connectors.xmpp.conformance import ANNA, SHORT, US, listening, settings_for
from tests.connectors.xmpp.server import PASSWORD, FakeXmpp
from tests.e2e.waiting import until

Heard = list[tuple[RawEvent | None, str | None]]


@pytest.fixture
async def server() -> AsyncIterator[FakeXmpp]:
    async with FakeXmpp() as fake:
        yield fake


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def account(server: FakeXmpp, http: aiohttp.ClientSession) -> XmppAccount:
    return XmppAccount(settings_for(server.port), tools_for(http, Path("unused")), patience=SHORT)


async def eventually(look: Callable[[], object]) -> None:
    """Wait until something is so."""

    async def looked() -> bool:
        return bool(look())

    await until(looked, within=5, every=0.01)


def said(text: str, named: str = "x1", archived: str = "") -> str:
    sid = f"<stanza-id xmlns='urn:xmpp:sid:0' by='{US}' id='{archived}'/>" if archived else ""
    start = f"<message xmlns='jabber:client' type='chat' from='{ANNA}/p' to='{US}' id='{named}'>"
    return f"{start}<body>{text}</body>{sid}<request xmlns='urn:xmpp:receipts'/></message>"


async def heard(account: XmppAccount, cursor: str | None, many: int) -> Heard:
    """Listen until so many things were yielded."""
    found: Heard = []
    async with aclosing(cast("AsyncGenerator[tuple[RawEvent | None, str | None]]", account.listen(cursor))) as stream:
        async for pair in stream:
            found.append(pair)
            if len(found) == many:
                break
    return found


def words(account: XmppAccount, found: Heard) -> list[str]:
    events = [event for raw, _ in found if raw is not None for event in account.parse(raw)]
    return [event.text for event in events if isinstance(event, InboundMessage)]


def cursor_at(last: str, at: str = "2026-11-22T09:00:00Z") -> str:
    return json.dumps({"last": last, "at": at})


async def test_the_first_start_begins_at_the_archives_end(server: FakeXmpp, account: XmppAccount) -> None:
    server.archive = [("1", said("long ago"))]
    assert [(raw, read_position(cursor).last) for raw, cursor in await heard(account, None, 1)] == [(None, "1")]


async def test_what_was_said_while_we_were_away_is_read_from_the_archive(
    server: FakeXmpp, account: XmppAccount
) -> None:
    server.archive = [(str(n), said(f"number {n}", f"x{n}")) for n in range(1, 6)]
    found = await heard(account, cursor_at("2"), 4)
    assert words(account, found) == ["number 3", "number 4", "number 5"]
    assert [read_position(cursor).last for _, cursor in found] == ["3", "4", "5", "5"]
    assert server.asked == [("after", "2")]


async def test_an_archive_that_forgot_where_we_were_is_asked_by_time(server: FakeXmpp, account: XmppAccount) -> None:
    server.archive = [("8", said("since then"))]
    server.forgets = {"2"}
    assert words(account, await heard(account, cursor_at("2"), 2)) == ["since then"]
    assert server.asked == [("after", "2"), ("start", "2026-11-21T09:00:00Z")]


async def test_a_server_without_an_archive_is_listened_to_all_the_same(server: FakeXmpp, account: XmppAccount) -> None:
    server.keeps_archive = False
    ((_, cursor),) = await heard(account, None, 1)
    assert read_position(cursor).last is None


async def test_a_message_is_confirmed_once_it_is_stored_and_typing_is_not_kept(
    server: FakeXmpp, account: XmppAccount
) -> None:
    found: list[RawEvent] = []
    typing = "<composing xmlns='http://jabber.org/protocol/chatstates'/>"
    async with listening(account, found):
        await server.online.wait()
        server.say(f"<message type='chat' from='{ANNA}/p' to='{US}'>{typing}</message>")
        server.say(said("Hello", "m7", "arc-1"))
        await eventually(lambda: [one for one in server.heard if one.find("{urn:xmpp:receipts}received") is not None])
    assert words(account, [(raw, None) for raw in found]) == ["Hello"]
    (receipt,) = [one for one in server.heard if one.find("{urn:xmpp:receipts}received") is not None]
    assert receipt.get("to") == f"{ANNA}/p"
    assert receipt[0].get("id") == "m7"


async def test_a_cut_stream_is_resumed_and_nothing_is_asked_twice(server: FakeXmpp, account: XmppAccount) -> None:
    server.resumable = True
    found: list[RawEvent] = []
    async with listening(account, found):
        await server.online.wait()
        await account.send(outbound(ANNA))
        server.cut()
        await eventually(lambda: server.resumed)
        assert (await account.send(outbound(ANNA))).external_id
    assert len(server.taken) == 2
    assert len(server.asked) == 1


async def test_a_stream_that_cannot_be_resumed_begins_anew_from_the_archive(
    server: FakeXmpp, account: XmppAccount
) -> None:
    found: list[RawEvent] = []
    async with listening(account, found):
        await server.online.wait()
        await account.send(outbound(ANNA))
        server.archive = [("1", said("said in between"))]
        server.cut()
        await eventually(lambda: found)
    assert words(account, [(raw, None) for raw in found]) == ["said in between"]


async def test_without_stream_management_a_later_answer_proves_the_message(
    server: FakeXmpp, account: XmppAccount
) -> None:
    server.manages = False
    async with listening(account):
        await server.online.wait()
        assert (await account.send(outbound(ANNA))).external_id
        server.silent = True
        with pytest.raises(OutcomeUnknown):
            await account.send(outbound(ANNA))


async def test_a_wrong_password_is_for_a_person_to_mend(server: FakeXmpp, http: aiohttp.ClientSession) -> None:
    wrong = XmppAccount(settings_for(server.port, password="another one"), tools_for(http, Path("x")), patience=SHORT)
    with pytest.raises(CredentialsRefused, match="address and password"):
        await wrong.check()
    with pytest.raises(CredentialsRefused):
        await heard(wrong, None, 1)
    with pytest.raises(CredentialsRefused):
        await wrong.send(outbound(ANNA))


async def test_the_password_never_travels_in_the_open_unless_allowed(
    server: FakeXmpp, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    careful = XmppAccount(settings_for(server.port, plain_login=False), tools_for(http, Path("x")), patience=SHORT)
    with caplog.at_level(logging.DEBUG), pytest.raises(CredentialsRefused, match="TLS and SCRAM"):
        await careful.check()
    assert server.logins == 0
    assert PASSWORD not in caplog.text


async def test_a_server_that_is_not_there_is_said_so(server: FakeXmpp, account: XmppAccount) -> None:
    await server.stop()
    with pytest.raises(ConnectorError, match="cannot be used"):
        await account.check()
    with pytest.raises(RetryLater, match="not connected"):
        await account.send(outbound(ANNA))


@pytest.mark.parametrize(
    ("answer", "error", "unreachable"),
    [
        (("cancel", "service-unavailable"), Rejected, True),
        (("auth", "forbidden"), Rejected, False),
        (("wait", "resource-constraint"), RetryLater, None),
    ],
)
async def test_what_comes_back_is_sorted(
    server: FakeXmpp, account: XmppAccount, answer: tuple[str, str], error: type[Exception], unreachable: bool | None
) -> None:
    async with listening(account):
        await server.online.wait()
        server.answer = answer
        with pytest.raises(error) as told:
            await account.send(outbound(ANNA))
    assert getattr(told.value, "unreachable", None) == unreachable
    assert server.taken == []


async def test_a_text_goes_out_with_what_it_answers(server: FakeXmpp, account: XmppAccount) -> None:
    async with listening(account):
        await server.online.wait()
        await account.send(outbound(ANNA, "Noon.\x0b", reply_to=f"{ANNA}|m7"))
        await account.mark_read(seen(ANNA, f"{ANNA}|m7"))
        await account.show_typing(ExternalId(ANNA))
        await eventually(lambda: len([one for one in server.heard if one.tag == "{jabber:client}message"]) >= 3)
    message, marker, typing = [one for one in server.heard if one.tag == "{jabber:client}message"]
    assert message.findtext("{jabber:client}body") == "Noon."
    assert message.find("{urn:xmpp:reply:0}reply[@id='m7'][@to='anna@other.example']") is not None
    assert marker.find("{urn:xmpp:chat-markers:0}displayed[@id='m7']") is not None
    assert typing.find("{http://jabber.org/protocol/chatstates}composing") is not None


async def test_a_server_without_a_place_for_files_says_so(server: FakeXmpp, account: XmppAccount) -> None:
    async with listening(account):
        await server.online.wait()
        with pytest.raises(Rejected, match="XEP-0363"):
            await account.send(outbound(ANNA, attachments=(attachment("a.pdf", b"%PDF", "application/pdf"),)))
        steps = await account.setup()
    assert [step.done for step in steps] == [True, True, False]


@pytest.mark.parametrize("cursor", [None, "", "{", "[]", "7", '{"last": 7, "at": "never"}', '{"at": 1}'])
def test_a_cursor_of_another_time_is_no_trouble(cursor: str | None) -> None:
    assert read_position(cursor).last is None
