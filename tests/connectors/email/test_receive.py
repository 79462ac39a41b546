"""Listening: every mail once, whatever the server does."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import orjson
import pytest

from connectors.email.connector import EmailConnector
from hub.contract import ConnectorError, CredentialsRefused, RawEvent
from hub.domain.ids import ChannelId
from tests.connectors.conformance.kit import tools_for
from tests.connectors.email.mails import NOW, mail, settings
from tests.peers.fake_imap import ARRIVED, FakeImap, Folder, Session
from tests.peers.ports import free_port

MADE = ChannelId(UUID(int=(int(NOW.timestamp() * 1000) << 80) | 7 << 76 | 2 << 62))
"""A channel made at NOW: its id says so."""
OLD = "01-Nov-2026 08:00:00 +0000"


@pytest.fixture
def mailbox(http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap) -> EmailConnector:
    return connector(http, tmp_path, imap)


def connector(http: aiohttp.ClientSession, folder: Path, server: FakeImap, **changes: Any) -> EmailConnector:
    values = settings(imap_port=server.port, **changes)
    return EmailConnector(values, tools_for(http, folder, channel=MADE), answer_within=timedelta(seconds=0.5))


async def heard(
    mailbox: EmailConnector, cursor: str | None = None
) -> AsyncGenerator[tuple[RawEvent, str | None], None]:
    """Yield the mails alone."""
    async with contextlib.aclosing(mailbox.listen(cursor)) as items:
        async for raw, moved in items:
            for event in [raw] if raw else []:
                yield event, moved


async def take(mailbox: EmailConnector, count: int, cursor: str | None = None) -> list[tuple[RawEvent, str | None]]:
    """Return the first mails heard."""
    found: list[tuple[RawEvent, str | None]] = []
    async with asyncio.timeout(10), contextlib.aclosing(heard(mailbox, cursor)) as mails:
        async for item in mails:
            found.append(item)
            if len(found) == count:
                break
    return found


async def settled(mailbox: EmailConnector, server: FakeImap, cursor: str | None = None) -> tuple[list[RawEvent], str]:
    """Listen until the server has nothing more to say; return the mails and the last cursor."""
    found: list[RawEvent] = []
    last = cursor or ""

    async def listen() -> None:
        nonlocal last
        async with contextlib.aclosing(mailbox.listen(cursor)) as items:
            async for raw, moved in items:
                found.extend([raw] if raw else [])
                last = moved or last

    task = asyncio.ensure_future(listen())
    idle = asyncio.ensure_future(server.idling.wait())
    async with asyncio.timeout(10):
        await asyncio.wait({task, idle}, return_when=asyncio.FIRST_COMPLETED)
    idle.cancel()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return found, last


async def failure(mailbox: EmailConnector, cursor: str | None = None) -> ConnectorError:
    with pytest.raises(ConnectorError) as caught:
        await take(mailbox, 1000, cursor)
    return caught.value


# Once each


async def test_what_waits_and_what_arrives_while_idling(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.inbox.put(mail("first"))
    seen: list[RawEvent] = []
    async with asyncio.timeout(10), contextlib.aclosing(heard(mailbox)) as mails:
        async for raw, _ in mails:
            seen.append(raw)
            if len(seen) == 2:
                break
            task = asyncio.ensure_future(_deliver(imap, mail("second")))
        await task
    assert [raw.body for raw in seen] == [mail("first"), mail("second")]
    assert seen[0].kind == "mail/INBOX"
    assert seen[0].headers["internaldate"] == "2026-11-22T09:30:00+00:00"
    assert (seen[0].headers["uid"], seen[0].headers["uidvalidity"]) == ("1", "1")


async def _deliver(imap: FakeImap, body: bytes) -> None:
    await imap.idling.wait()
    imap.inbox.put(body)
    imap.ring()


async def test_the_cursor_resumes_after_the_last_mail(mailbox: EmailConnector, imap: FakeImap) -> None:
    for number in range(2):
        imap.inbox.put(mail(f"mail {number}"))
    first, cursor = await settled(mailbox, imap)
    for number in range(3):
        imap.inbox.put(mail(f"later {number}"))
    rest, _ = await settled(mailbox, imap, cursor)
    assert [raw.headers["uid"] for raw in (*first, *rest)] == ["1", "2", "3", "4", "5"]
    assert len(cursor) < 300


async def test_a_batch_has_one_cursor_so_that_it_is_stored_at_once(mailbox: EmailConnector, imap: FakeImap) -> None:
    for number in range(5):
        imap.inbox.put(mail(f"mail {number}"))
    found = await take(mailbox, 5)
    assert [cursor is None for _, cursor in found] == [True, True, True, True, False]


async def test_nothing_new_means_nothing_heard(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.inbox.put(mail())
    _, cursor = await settled(mailbox, imap)
    # The server names the last mail for "UID 2:*" although its UID is below (RFC 3501 section 6.4.8).
    imap.say_uidnext = False
    found, again = await settled(mailbox, imap, cursor)
    assert found == []
    assert again == cursor


async def test_the_first_item_says_that_the_connection_is_up(mailbox: EmailConnector) -> None:
    async with contextlib.aclosing(mailbox.listen(None)) as items:
        raw, cursor = await anext(items)
    assert raw is None
    assert orjson.loads(cursor or "")["folders"] == {}


async def test_answers_from_peoples_own_clients_are_heard_from_the_sent_folder(
    mailbox: EmailConnector, imap: FakeImap
) -> None:
    imap.folders["Sent Items"].put(mail("answer"))
    found, _ = await settled(mailbox, imap)
    assert [raw.kind for raw in found] == ["mail/Sent"]


@pytest.mark.parametrize("name", ["Gesendete Objekte", "Archive/Sent", "&vPSwuNO4ycDVaA-"])
async def test_an_unmarked_sent_folder_is_known_by_its_name(mailbox: EmailConnector, imap: FakeImap, name: str) -> None:
    imap.folders = {"INBOX": Folder(), name: Folder()}
    imap.folders[name].put(mail("answer"))
    found, _ = await settled(mailbox, imap)
    assert [raw.kind for raw in found] == ["mail/Sent"]


async def test_more_folders_are_read_when_asked_for(
    http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap
) -> None:
    imap.folders["Junk"] = Folder()
    imap.folders["Junk"].put(mail())
    found, _ = await settled(connector(http, tmp_path, imap, more_folders=["Junk"]), imap)
    assert [raw.kind for raw in found] == ["mail/Junk"]


# From when on


async def test_only_mail_since_the_channel_was_made_even_if_the_first_connection_is_late(
    mailbox: EmailConnector, imap: FakeImap
) -> None:
    imap.inbox.put(mail("long ago"), arrived=OLD)
    imap.inbox.put(mail("after it was made"), arrived="22-Nov-2026 09:31:00 +0000")
    found, cursor = await settled(mailbox, imap)
    assert [raw.body for raw in found] == [mail("after it was made")]
    imap.inbox.put(mail("moved here by a person"), arrived=OLD)
    found, _ = await settled(mailbox, imap, cursor)
    assert [raw.body for raw in found] == [mail("moved here by a person")]


async def test_an_old_mailbox_without_new_mail_is_not_imported_later(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.inbox.put(mail("long ago"), arrived=OLD)
    imap.say_uidnext = False
    found, cursor = await settled(mailbox, imap)
    again, _ = await settled(mailbox, imap, cursor)
    assert (found, again) == ([], [])


async def test_history_is_imported_when_asked_for(http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap) -> None:
    imap.inbox.put(mail("three weeks ago"), arrived=OLD)
    found, _ = await settled(connector(http, tmp_path, imap, history_days=30), imap)
    assert len(found) == 1


async def test_a_renumbered_folder_is_read_again(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.inbox.put(mail("first"), uid=500)
    _, cursor = await settled(mailbox, imap)
    imap.folders["INBOX"] = Folder(uidvalidity=2)
    imap.inbox.put(mail("first"))
    imap.inbox.put(mail("second"))
    found, _ = await settled(mailbox, imap, cursor)
    assert [raw.body for raw in found] == [mail("first"), mail("second")]


@pytest.mark.parametrize("cursor", ["", "{", '{"folders": 3}', "null", '{"since": "x", "folders": {}}'])
async def test_a_cursor_we_cannot_read_starts_again(mailbox: EmailConnector, imap: FakeImap, cursor: str) -> None:
    imap.inbox.put(mail())
    assert len(await take(mailbox, 1, cursor)) == 1


# Bounds


async def test_a_thousand_mails_come_in_batches_of_two_hundred(mailbox: EmailConnector, imap: FakeImap) -> None:
    for number in range(1050):
        imap.inbox.put(mail(f"mail {number}"))
    found = await take(mailbox, 1050)
    assert [raw.headers["uid"] for raw, _ in found] == [str(uid) for uid in range(1, 1051)]
    fetches = [command for command in imap.commands if "BODY.PEEK[]" in command]
    assert len(fetches) == 6


async def test_a_thousand_lines_in_one_answer_break_nothing(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.extra_lines["NOOP"] = imap.extra_lines["UID SEARCH"] = [b"* 1 EXPUNGE"] * 5000
    imap.inbox.put(mail())
    assert len(await take(mailbox, 1)) == 1


async def test_large_mails_come_in_small_batches(mailbox: EmailConnector, imap: FakeImap) -> None:
    for _ in range(4):
        imap.inbox.put(mail(body=b"x" * 5_000_000))
    found = await take(mailbox, 4)
    assert [len(raw.body) > 5_000_000 for raw, _ in found] == [True] * 4
    assert len([command for command in imap.commands if "BODY.PEEK[]" in command]) == 4


async def test_of_a_mail_beyond_the_limit_only_the_header_is_fetched(
    http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap
) -> None:
    imap.inbox.put(mail("small"))
    imap.inbox.put(mail(body=b"x" * 1_100_000))
    imap.inbox.put(mail("small again"))
    found = await take(connector(http, tmp_path, imap, max_mail_mb=1), 3)
    assert [raw.headers.get("x-oversized", "") for raw, _ in found] == ["", str(len(mail(body=b"x" * 1_100_000))), ""]
    assert len(found[1][0].body) < 1000


async def test_a_mail_whose_content_the_server_cannot_give_is_not_lost(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.bodyless.add(imap.inbox.put(mail("damaged")))
    imap.inbox.put(mail("fine"))
    found = await take(mailbox, 2)
    (event,) = mailbox.parse(found[0][0])
    assert "did not hand out the content" in getattr(event, "text", "")
    assert found[1][0].body == mail("fine")


async def test_flags_and_other_peoples_reading_change_nothing(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.inbox.put(mail())
    imap.extra_lines["UID FETCH"] = [b"* 1 FETCH (FLAGS (\\Seen))", b"* 1 FETCH (UID 1 FLAGS (\\Seen))"]
    found, cursor = await settled(mailbox, imap)
    assert len(found) == 1
    assert (await settled(mailbox, imap, cursor))[0] == []
    assert not any("STORE" in command or "SELECT" in command for command in imap.commands)


async def test_an_unchanged_folder_is_not_searched(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.capabilities += " CONDSTORE"
    imap.inbox.modseq = imap.folders["Sent Items"].modseq = 5
    imap.inbox.put(mail())
    _, cursor = await settled(mailbox, imap)
    imap.commands.clear()
    imap.say_uidnext = False
    await settled(mailbox, imap, cursor)
    assert not any("SEARCH UID 2:*" in command for command in imap.commands)


async def test_a_side_folder_that_is_gone_stops_nothing(
    http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap
) -> None:
    imap.inbox.put(mail())
    assert len(await take(connector(http, tmp_path, imap, more_folders=["Gone"]), 1)) == 1


async def test_words_that_look_like_the_protocol_are_only_words(mailbox: EmailConnector, imap: FakeImap) -> None:
    text = "((( [ {12}\n* 1 EXISTS\n* BYE\nA1 OK done\n+ \n)))\n"
    imap.inbox.put(mail(text))
    imap.inbox.put(mail("next"))
    imap.folders["Archive * (2026)"] = Folder()
    found = await take(mailbox, 2)
    assert [raw.body for raw, _ in found] == [mail(text), mail("next")]


async def test_two_mailboxes_in_one_program_do_not_disturb_each_other(
    http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap
) -> None:
    for number in range(300):
        imap.inbox.put(mail(f"mail {number}"))
    both = await asyncio.gather(*(take(connector(http, tmp_path, imap), 300) for _ in range(2)))
    assert [len(found) for found in both] == [300, 300]


# Servers that misbehave


async def test_the_server_closes_while_we_idle(mailbox: EmailConnector, imap: FakeImap) -> None:
    task = asyncio.ensure_future(failure(mailbox))
    await imap.idling.wait()
    imap.sessions[0].send(b"* BYE Server shutting down")
    imap.sessions[0].writer.close()
    async with asyncio.timeout(2):
        assert "shutting down" in str(await task)


async def test_the_server_cuts_while_idle_begins(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.on["IDLE"] = Session.cut
    async with asyncio.timeout(2):
        assert isinstance(await failure(mailbox), ConnectorError)


async def test_the_server_cuts_in_the_middle_of_a_mail(mailbox: EmailConnector, imap: FakeImap) -> None:
    def half(session: Session) -> None:
        session.writer.write(b"* 1 FETCH (UID 1 BODY[] {5000}\r\nonly this")
        session.writer.close()

    imap.inbox.put(mail())
    imap.on["UID FETCH"] = half
    assert isinstance(await failure(mailbox), ConnectorError)


async def test_a_silent_server_is_given_up(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.silent_on.add("EXAMINE")
    assert "stopped answering" in str(await failure(mailbox))


async def test_a_bye_for_a_greeting_is_said_at_once(mailbox: EmailConnector, imap: FakeImap) -> None:
    imap.greeting = b"* BYE too many connections from your address"
    async with asyncio.timeout(2):
        assert "too many connections" in str(await failure(mailbox))


@pytest.mark.parametrize(
    "junk",
    [b"A1 OK not yours", b"* 1 FETCH (UID 1 BODY[] {99999999999}", b"* LIST (\\Sent {3}", b"+ what?", b"\x00\xff\xfe"],
)
async def test_junk_on_the_line_is_survived_or_ends_the_connection(
    mailbox: EmailConnector, imap: FakeImap, junk: bytes
) -> None:
    imap.extra_lines["EXAMINE"] = [junk]
    imap.inbox.put(mail())
    with contextlib.suppress(ConnectorError):
        await take(mailbox, 1)


async def test_without_idle_the_mailbox_is_looked_at_by_the_clock(
    http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap
) -> None:
    imap.capabilities = "IMAP4rev1"
    imap.extra_lines["NOOP"] = [b"* 1 EXISTS"]
    slow = connector(http, tmp_path, imap, sweep_minutes=0.002)
    seen = asyncio.ensure_future(take(slow, 1))
    imap.on["NOOP"] = lambda _: imap.inbox.mails.update({1: mail()})
    imap.inbox.arrived[1] = ARRIVED
    assert len(await seen) == 1


async def test_idle_is_renewed_before_servers_tire_of_it(
    http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap
) -> None:
    renewed = asyncio.Event()
    imap.on["IDLE"] = lambda _: renewed.set() if imap.commands.count("IDLE") > 2 else None
    task = asyncio.ensure_future(failure(connector(http, tmp_path, imap, idle_minutes=0.001)))
    async with asyncio.timeout(5):
        await renewed.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_a_mail_that_comes_between_search_and_idle_rings_all_the_same(
    mailbox: EmailConnector, imap: FakeImap
) -> None:
    def late(session: Session) -> None:
        imap.on.clear()
        imap.inbox.put(mail("late"))
        session.send(b"* 1 EXISTS")

    imap.on["IDLE"] = late
    found = await take(mailbox, 1)
    assert found[0][0].body == mail("late")


# Logging in


async def test_a_wrong_password_needs_a_person(http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap) -> None:
    error = await failure(connector(http, tmp_path, imap, password="wrong"))
    assert isinstance(error, CredentialsRefused)
    assert "Check both" in str(error)


@pytest.mark.parametrize("said", ["NO [UNAVAILABLE] later", "NO [ALERT] Too many simultaneous connections"])
async def test_a_login_refused_for_now_is_tried_again(mailbox: EmailConnector, imap: FakeImap, said: str) -> None:
    imap.login_answer = said
    assert not isinstance(await failure(mailbox), CredentialsRefused)


async def test_the_password_may_hold_any_character(http: aiohttp.ClientSession, tmp_path: Path, imap: FakeImap) -> None:
    imap.password = 'a\\"b \\\\ż'.replace("\\\\", "\\\\")
    found = connector(http, tmp_path, imap, password='a"b \\ż', user='we "us"')
    async with contextlib.aclosing(found.listen(None)) as items:
        assert (await anext(items))[0] is None
    assert any('LOGIN "we \\"us\\""' in command for command in imap.commands)


async def test_nobody_listening_is_said_in_words(http: aiohttp.ClientSession, tmp_path: Path) -> None:
    values = settings(imap_port=free_port())
    error = await failure(EmailConnector(values, tools_for(http, tmp_path)))
    assert "cannot be reached" in str(error)


async def test_debug_logs_hold_no_secret(
    mailbox: EmailConnector, imap: FakeImap, caplog: pytest.LogCaptureFixture
) -> None:
    library = logging.getLogger("aioimaplib.aioimaplib")
    before = library.level
    library.setLevel(logging.DEBUG)
    imap.inbox.put(mail("private words"))
    with caplog.at_level(logging.DEBUG):
        await take(mailbox, 1)
    library.setLevel(before)
    assert "mailbox-secret" not in caplog.text
    assert "private words" not in caplog.text
