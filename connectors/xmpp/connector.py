"""One XMPP account: what the hub calls, over the stream that listening holds open."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from connectors.xmpp import archive, upload, xml
from connectors.xmpp.cards import Card, card_of, note_of, owner_of
from connectors.xmpp.cursor import Position, read_position
from connectors.xmpp.envelope import archive_id_of, is_passing_sign
from connectors.xmpp.ids import author_of, of_ours, of_sender, stanza_id_of
from connectors.xmpp.outcomes import (
    Gone,
    LoginRefused,
    NotUp,
    Patience,
    Refused,
    Unclear,
    account_error,
    send_error,
)
from connectors.xmpp.parse import parse_stanza
from connectors.xmpp.render import displayed, received, render, typing
from connectors.xmpp.settings import XmppSettings
from connectors.xmpp.xml import Element
from hub.contract import (
    ChecksSetup,
    Connector,
    ConnectorError,
    CredentialsRefused,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    Listens,
    MarksRead,
    NamesPeople,
    OutboundMessage,
    OutcomeUnknown,
    RawEvent,
    Rejected,
    SeenMessage,
    SendReceipt,
    SetupStep,
    ShowsTyping,
    Tools,
)
from hub.domain.ids import ExternalId
from hub.domain.phrase import Phrase

if TYPE_CHECKING:
    from connectors.xmpp.stream import Stream

_FETCH_LIMIT = 2 * 1024**3
"""Bytes of a customer's file; the hub's own limit is far below and stops the stream."""


class XmppAccount(Connector, Listens, FetchesAttachments, NamesPeople, MarksRead, ShowsTyping, ChecksSetup):
    """One account on one server."""

    asks_about_named = True  # a message names them at best; the picture stands on their card

    def __init__(self, settings: XmppSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._settings = settings
        self._tools = tools
        self._patience = patience or Patience()
        self._stream: Stream | None = None
        self._up = asyncio.Event()
        self._problem: CredentialsRefused | None = None
        self._upload_service: str | None = None

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Log in and out again; return our address."""
        from connectors.xmpp.stream import Stream

        stream = Stream(self._settings, self._patience)
        try:
            await stream.open()
        except (Gone, LoginRefused) as error:
            raise account_error(error) from None
        finally:
            await stream.close()
        return self._settings.jid

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one stanza."""
        return parse_stanza(raw)

    # -- receiving

    async def listen(self, cursor: str | None) -> AsyncIterator[tuple[RawEvent | None, str | None]]:
        """Log in, read what the archive has since the cursor, then follow the stream; a lost one is resumed once."""
        from connectors.xmpp.stream import Stream

        position = read_position(cursor)
        start = position
        stream = Stream(self._settings, self._patience)
        try:
            await stream.open()
            async for message, position in self._begin(stream, start):
                yield self._raw(message) if message is not None else None, position.write()
            while True:
                message = await self._next(stream, position)
                if message is None or is_passing_sign(message):
                    continue
                if message is _ANEW:
                    start = position
                    async for missed, position in self._begin(stream, start):
                        yield self._raw(missed) if missed is not None else None, position.write()
                    continue
                position = position.heard(self._archive_id(message), self._tools.now())
                yield self._raw(message), position.write()
                self._confirm(stream, message)
        except LoginRefused as error:
            told = account_error(error)
            self._problem = told if isinstance(told, CredentialsRefused) else None
            raise told from None
        except (Gone, Refused) as error:
            raise account_error(error) from None
        finally:
            self._up.clear()
            self._stream = None
            await stream.close()

    async def _begin(self, stream: "Stream", position: Position) -> AsyncIterator[tuple[Element | None, Position]]:
        """Go online and yield what was said since the position; then messages may be sent."""
        stream.online()
        # without copies what another client of ours says is read from the archive at the next login
        with suppress(Refused):
            await stream.ask(xml.make(xml.CARBONS, "enable"), kind="set")
        self._stream, self._problem = stream, None
        self._up.set()
        rooms_since = position.rooms_since
        if position.last is None:
            position = Position(await archive.newest(stream), position.at or self._tools.now())
        else:
            async for message, archive_id in archive.since(stream, position.last, position.at):
                position = position.heard(archive_id)
                yield message, position
        for room in self._settings.room_list:
            stream.join(room, self._settings.room_nick, rooms_since)
        yield None, position

    async def _next(self, stream: "Stream", position: Position) -> Element | None:
        """Return the next message; None after a quiet while, `_ANEW` if the stream had to begin anew."""
        try:
            message = await stream.next()
            if message is None:
                await stream.alive()
                for room, problem in stream.rooms.items():
                    if problem:
                        stream.join(room, self._settings.room_nick, position.rooms_since)
            return message
        except Gone:
            resumed = await stream.open()
            return None if resumed else _ANEW

    def _raw(self, message: Element) -> RawEvent:
        from connectors.xmpp.stream import written

        headers = {"us": self._settings.jid, "nick": self._settings.room_nick}
        return RawEvent(kind="message", body=written(message), headers=headers, received_at=self._tools.now())

    def _archive_id(self, message: Element) -> str:
        """Return our archive's id of a message just heard: its own, or that of the copy in a carbon."""
        return archive_id_of(message, self._settings.jid)

    def _confirm(self, stream: "Stream", message: Element) -> None:
        """Give the receipt a customer's program asked for, now that the message is stored."""
        asked = xml.child(message, xml.RECEIPTS, "request") is not None
        sender, named = xml.attribute(message, "from"), xml.attribute(message, "id")
        if asked and named and sender and xml.attribute(message, "type") in ("chat", "normal", ""):
            stream.post(received(sender, named))

    # -- sending

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Upload the files, then send one stanza for the text and one for each file."""
        stream = await self._ready()
        to = message.thread
        group = to in self._settings.room_list
        links = [await self._uploaded(stream, message, index) for index in range(len(message.attachments))]
        stanzas = render(message, to, group=group, links=links)
        if not stanzas:
            raise Rejected("There is nothing to send: the message has neither text nor files.")
        ids: list[ExternalId] = []
        in_room: list[ExternalId] = []
        for stanza in stanzas:
            try:
                numbered = await stream.send(stanza, reflected=group)
            except (NotUp, Unclear, Refused) as error:
                if ids:
                    words = f"Only a part went out: {len(ids)} of {len(stanzas)} messages. {send_error(error)}"
                    raise OutcomeUnknown(words) from None
                raise send_error(error) from None
            ids.append(of_ours(stanza.get("id", "")))
            in_room += [of_sender(to, numbered)] if numbered else []
        return SendReceipt(external_id=ids[0], further_ids=(*ids[1:], *in_room))

    async def _ready(self) -> "Stream":
        """Return the stream, waiting a moment for it. Raises CredentialsRefused, RetryLater."""
        try:
            async with asyncio.timeout(self._patience.ready):
                await self._up.wait()
                if self._stream is not None:
                    await self._stream.up()
        except TimeoutError:
            if self._problem is not None:
                raise CredentialsRefused(str(self._problem)) from None
            raise send_error(NotUp()) from None
        if self._stream is None:
            raise send_error(NotUp())
        return self._stream

    async def _uploaded(self, stream: "Stream", message: OutboundMessage, index: int) -> str:
        try:
            if not self._upload_service:
                self._upload_service = await upload.find_service(stream, self._settings.jid.partition("@")[2])
        except Gone:
            raise send_error(NotUp()) from None
        if not self._upload_service:
            raise Rejected("The XMPP server has no place for files (XEP-0363). Nothing was sent.")
        return await upload.put_file(
            stream,
            self._tools.http,
            self._upload_service,
            message.attachments[index],
            in_the_open=self._settings.in_the_open,
        )

    async def mark_read(self, message: SeenMessage) -> None:
        """Show the customer that their message was seen (XEP-0333)."""
        if self._stream is None or not author_of(message.id):
            return
        group = message.thread in self._settings.room_list
        self._stream.post(displayed(message.thread, stanza_id_of(message.id), group=group))

    async def show_typing(self, thread: ExternalId) -> None:
        """Show "typing" (XEP-0085)."""
        if self._stream is not None:
            self._stream.post(typing(thread, group=thread in self._settings.room_list))

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file from the address a customer gave, by the guarded way; a picture from its owner's card."""
        if owner := owner_of(source):
            yield await self._picture_of(owner)
            return
        async for part in self._tools.fetch(source, _FETCH_LIMIT):
            yield part

    async def who_is(self, address: str) -> RawEvent | None:
        """Ask for somebody's card, which has their name and picture."""
        card = await self._card_of(address)
        if not card.name and not card.picture:
            return None
        return RawEvent(kind="card", body=note_of(address, card), received_at=self._tools.now())

    async def _picture_of(self, jid: str) -> bytes:
        try:
            card = await self._card_of(jid)
        except ConnectorError as error:
            raise FetchFailed(str(error), passing=True) from None
        if not card.picture:
            raise FetchFailed("The card has no picture any more.")
        return card.picture

    async def _card_of(self, jid: str) -> Card:
        stream = await self._ready()
        try:
            return await card_of(stream, jid)
        except (Gone, Refused) as error:
            raise account_error(error) from None

    # -- the wizard

    async def setup(self) -> Sequence[SetupStep]:
        """Look at what the server offers beside plain messages, and at the rooms."""
        if self._stream is None:
            return (SetupStep(title=Phrase("The account is connected"), done=False, help=_NOT_CONNECTED),)
        stream = self._stream
        try:
            kept = await archive.newest(stream) is not None
            service = await upload.find_service(stream, self._settings.jid.partition("@")[2])
        except (Gone, Refused) as error:
            raise account_error(error) from None
        rooms = [
            SetupStep(
                title=Phrase("We are in the room {room}", room=room),
                done=not problem,
                help=Phrase(
                    "The room says: {problem}. Check its name, whether it wants members, and our name in it.",
                    problem=problem,
                ),
            )
            for room, problem in stream.rooms.items()
        ]
        return (
            SetupStep(title=Phrase("The account is connected"), done=True),
            SetupStep(
                title=Phrase("The server keeps an archive (XEP-0313)"),
                done=kept,
                help=Phrase("Without it, what is said while the hub is away can be lost. Prosody: module mam."),
            ),
            SetupStep(
                title=Phrase("The server takes files (XEP-0363)"),
                done=bool(service),
                help=Phrase("Agents cannot send files. Prosody: component http_file_share."),
            ),
            *rooms,
        )


_NOT_CONNECTED = Phrase("Look at the state of the channel: it says what is in the way.")
_ANEW = Element("anew")
"""A mark: the stream began anew."""
