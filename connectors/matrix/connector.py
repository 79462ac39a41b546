"""One Matrix account: what the hub calls, each in a few lines over the client, listening and sending."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from fnmatch import translate

from connectors.matrix.client import Client, Patience, Redirected, Refused, Silent
from connectors.matrix.ids import media_parts
from connectors.matrix.invites import Guests, inviter
from connectors.matrix.listen import Listener, look_around
from connectors.matrix.parse import parse_event
from connectors.matrix.rooms import Rooms
from connectors.matrix.sending import deliver
from connectors.matrix.settings import Invites, MatrixSettings
from connectors.matrix.words import account_error, fetch_error, send_error
from hub.contract import (
    ChecksSetup,
    Connector,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    Listens,
    MarksRead,
    OutboundMessage,
    RawEvent,
    SeenMessage,
    SendReceipt,
    SetupStep,
    ShowsTyping,
    Tools,
)
from hub.domain.ids import ExternalId
from hub.domain.phrase import Phrase

_TYPING_HOLDS = 5.0
_FETCH_LIMIT = 2 * 1024**3
"""Bytes of a redirected file; the hub's own limit is far below and stops the stream."""


class MatrixAccount(Connector, Listens, FetchesAttachments, MarksRead, ShowsTyping, ChecksSetup):
    """One account on one homeserver."""

    def __init__(self, settings: MatrixSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._settings = settings
        self._tools = tools
        self._patience = patience or Patience()
        self._ignored = ignored_by(settings.ignored)
        self._client = Client(
            tools.http,
            homeserver=settings.homeserver,
            token=settings.access_token.get_secret_value(),
            patience=self._patience,
        )
        self._us = ""

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Ask the homeserver who we are; return our user id."""
        try:
            return await self._client.whoami()
        except (Refused, Silent) as error:
            raise account_error(error) from None

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one event of a room."""
        return parse_event(raw, self._ignored)

    def listen(self, cursor: str | None) -> AsyncIterator[tuple[RawEvent | None, str | None]]:
        """Follow the sync, accept invitations, fill gaps from the rooms' history."""
        guests = Guests(self._client, self._settings.invites, self._ignored)
        return Listener(self._client, self._tools, guests, self._patience).listen(cursor)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Upload the files, then send the events, each under a transaction made of the delivery."""
        return await deliver(self._client, message)

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file from our own homeserver, which gets those of others."""
        parts = media_parts(source)
        if parts is None:
            raise FetchFailed("The message names a file that lies on no Matrix server.")
        try:
            async for part in self._client.download(*parts):
                yield part
        except Redirected as elsewhere:
            async for part in self._tools.fetch(elsewhere.address, _FETCH_LIMIT):
                yield part
        except (Refused, Silent) as error:
            raise fetch_error(error) from None

    async def mark_read(self, message: SeenMessage) -> None:
        """Show the customer that their message was seen: a public read receipt."""
        if not message.id.startswith("$"):
            return
        try:
            await self._client.read(message.thread, message.id)
        except (Refused, Silent) as error:
            raise send_error(error) from None

    async def show_typing(self, thread: ExternalId) -> None:
        """Show "typing" for five seconds."""
        try:
            self._us = self._us or await self._client.whoami()
            await self._client.typing(thread, self._us, seconds=_TYPING_HOLDS)
        except (Refused, Silent) as error:
            raise send_error(error) from None

    async def setup(self) -> Sequence[SetupStep]:
        """Look at the name customers see, waiting invitations and encrypted rooms."""
        try:
            us = await self._client.whoami()
            name = await self._display_name(us)
            rooms, invites = await look_around(self._client, self._tools.now())
        except (Refused, Silent) as error:
            raise account_error(error) from None
        waiting = [who for told in invites.values() if (who := inviter(told, us)) and not self._ignored(who)]
        return (
            SetupStep(
                title=Phrase("Customers see the name “{name}”", name=name)
                if name
                else Phrase("The account has a name customers know"),
                done=bool(name),
                help=Phrase("Set a display name with any Matrix client, in the account's own settings."),
            ),
            _invitations(self._settings.invites, waiting),
            _readable(rooms),
        )

    async def _display_name(self, us: str) -> str:
        try:
            return await self._client.display_name(us)
        except Refused as error:
            if error.status in (403, 404):
                return ""
            raise


def _invitations(accepted: Invites, waiting: Sequence[str]) -> SetupStep:
    who = ", ".join(waiting[:5]) + (" …" if len(waiting) > 5 else "")
    if accepted is Invites.nobody:
        words = Phrase(
            "Invitations wait, of {who}. Sign in with a Matrix client and accept them, or let the hub accept "
            "invitations.",
            who=who,
        )
        return SetupStep(title=Phrase("A person accepts invitations"), done=not waiting, help=words)
    words = Phrase("Invitations wait, of {who}. A server that is slow is asked again.", who=who)
    return SetupStep(title=Phrase("The hub accepts invitations"), done=None if waiting else True, help=words)


def _readable(rooms: Rooms) -> SetupStep:
    encrypted = [
        room.name or room.alias or ", ".join(room.heroes) or room.id for room in rooms.known.values() if room.encrypted
    ]
    words = Phrase(
        "The hub sees that somebody writes in {rooms}, but not what. Encryption cannot be switched off in a room: make "
        "a new one without it, and see the guide for how new chats start without.",
        rooms=", ".join(encrypted[:5]),
    )
    return SetupStep(title=Phrase("No room is end-to-end encrypted"), done=not encrypted, help=words)


def ignored_by(patterns: str) -> Callable[[str], bool]:
    """Return what tells whether a user is one of the patterns, in which * stands for anything."""
    if not patterns:
        return lambda _user: False
    # a user id has no brackets: they must not become classes of letters
    escaped = (translate(pattern.replace("[", "[[]")) for pattern in patterns.split())
    matches = re.compile("|".join(escaped)).match
    return lambda user: matches(user[:300]) is not None
