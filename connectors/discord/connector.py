"""One Discord bot: what the hub calls, each in a few lines over gateway, history, parse and sending."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from connectors._lib.loose_json import Json, inner, objects, text
from connectors.discord.client import Client, DiscordError, Patience, Pause
from connectors.discord.ids import is_id
from connectors.discord.places import ME, NEEDED, Rules
from connectors.discord.pressing import PRESSED, is_button
from connectors.discord.settings import DiscordSettings
from connectors.discord.words import account_error, fetch_error, send_error
from hub.contract import (
    ChecksSetup,
    Connector,
    ConnectorError,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    Listens,
    OutboundMessage,
    RawEvent,
    Reconciles,
    SendReceipt,
    SetupStep,
    ShowsTyping,
    Tools,
)
from hub.domain.ids import ExternalId

_log = logging.getLogger(__name__)

_MOST_BYTES = 512 * 1024 * 1024
"""The largest file Discord takes from anybody: https://support.discord.com/hc/en-us/articles/25444343291031"""


if TYPE_CHECKING:
    from connectors.discord.gateway import Dispatch


class DiscordBot(Connector, Listens, Reconciles, FetchesAttachments, ShowsTyping, ChecksSetup):
    """One bot. The cursor is the gateway's session: its id, the number of its last event, where to resume."""

    def __init__(
        self,
        settings: DiscordSettings,
        tools: Tools,
        *,
        patience: Patience | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        # loaded with the first account, so that a hub without one starts without them
        from connectors.discord.gateway import Gateway, Session
        from connectors.discord.history import History, Talkers
        from connectors.discord.parse import parse_event
        from connectors.discord.sending import Talks, deliver, place_of
        from connectors.discord.servers import Servers
        from connectors.discord.setup import steps

        self._read, self._deliver, self._place_of, self._steps = parse_event, deliver, place_of, steps
        self._session_of = Session.of
        self._tools = tools
        self._pause = pause
        self._settings = settings
        self._rules = Rules.of(settings)
        waits = patience or Patience()
        self._client = Client(
            tools.http, api_url=settings.api_url, token=settings.token.get_secret_value(), patience=waits
        )
        self._gateway = Gateway(self._client, waits, pause)
        self._servers = Servers(self._client)
        self._talks = Talks(self._client)
        self._talkers = Talkers(tools.data_dir / f"discord-{tools.channel_id}.json")
        self._history = History(self._client, self._rules, self._servers, self._talkers, now=tools.now, pause=pause)

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Ask Discord who we are; return "@name"."""
        try:
            me = await self._client.get("/users/@me")
        except DiscordError as error:
            raise account_error(error) from None
        name = text(me, "username") if isinstance(me, dict) else ""
        if not name:
            raise ConnectorError("The server answers, but not as Discord does. Check the API address.")
        return f"@{name}"

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one event of the gateway."""
        return self._read(raw, self._rules)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send one message, in as few requests as Discord allows."""
        return await self._deliver(self._client, self._talks, message, self._pause)

    async def listen(self, cursor: str | None) -> AsyncGenerator[tuple[RawEvent | None, str | None], None]:
        """Listen to the gateway from where the cursor stands.

        The session moves on with an event only when the hub has stored it. If Discord forgot the session, what was
        said meanwhile is found by `missed`.
        """
        try:
            async for dispatch in self._gateway.listen(self._session_of(cursor)):
                event = await self._event(dispatch)
                if event is not None or dispatch.name in {"", "READY", "RESUMED"}:
                    yield event, dispatch.session.as_cursor()
                if dispatch.name == PRESSED:
                    await self._take_press(dispatch.data)
        except DiscordError as error:
            raise account_error(error) from None

    async def _take_press(self, press: Json) -> None:
        """Stop the spinner on a pressed button: https://docs.discord.com/developers/interactions/receiving-and-responding.

        Best effort, within Discord's three seconds: the press itself is stored by now.
        """
        path = f"/interactions/{text(press, 'id')}/{quote(text(press, 'token'), safe='')}/callback"
        try:
            await self._client.post(path, {"type": 6})
        except DiscordError as error:
            _log.info("discord: a pressed button could not be answered: %s", error.words)

    async def _event(self, dispatch: "Dispatch") -> RawEvent | None:
        """Return what is worth storing: what was said where the hub listens."""
        self._servers.learn(dispatch.name, dispatch.data)
        if dispatch.name == "READY":
            self._history.broke()
        channel, guild = text(dispatch.data, "channel_id"), text(dispatch.data, "guild_id")
        if dispatch.name not in NEEDED or not is_id(channel):
            return None
        if dispatch.name == PRESSED and not is_button(dispatch.data):
            return None
        headers = {ME: dispatch.session.me}
        if guild and not self._rules.channels:
            return None
        if guild:
            place = await self._servers.place(channel)
            if not self._rules.listens_to(place):
                return None
            headers |= place.as_header()
        elif dispatch.name == "MESSAGE_CREATE":
            self._note_talk(dispatch, channel)
        # The token answers for us: it is not stored.
        told = {name: value for name, value in dispatch.data.items() if name != "token"}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        return RawEvent(kind=dispatch.name, body=body, headers=headers, received_at=self._tools.now())

    def _note_talk(self, dispatch: "Dispatch", channel: str) -> None:
        self._talkers.seen(channel)
        person = text(inner(dispatch.data, "author"), "id")
        if is_id(person) and person != dispatch.session.me:
            self._talks.learn(person, channel)

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        """Read the history of every place the hub listens to."""
        try:
            async for event in self._history.since(since):
                yield event
        except DiscordError as error:
            raise account_error(error) from None

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file from Discord's CDN, without the token. Its address works for a day, then it is asked anew."""
        channel, message, attachment, url = (*source.split("/", 3), "", "", "", "")[:4]
        started = False
        try:
            if url.startswith(("https://", "http://")):
                async for part in self._tools.fetch(url, _MOST_BYTES):
                    started = True
                    yield part
                return
        except FetchFailed as failed:
            if started or failed.passing or not is_id(message):
                raise
        async for part in self._tools.fetch(await self._address(channel, message, attachment), _MOST_BYTES):
            yield part

    async def _address(self, channel: str, message: str, attachment: str) -> str:
        """Ask for a file's address anew."""
        try:
            answer = await self._client.get(f"/channels/{channel}/messages/{message}")
        except DiscordError as error:
            raise fetch_error(error) from None
        files = objects(answer, "attachments") if isinstance(answer, dict) else []
        url = next((text(file, "url") for file in files if text(file, "id") == attachment), "")
        if not url:
            raise FetchFailed("The file is no longer in the message: it was taken out in Discord.")
        return url

    async def show_typing(self, thread: ExternalId) -> None:
        """Show "typing" for ten seconds: https://docs.discord.com/developers/resources/channel#trigger-typing-indicator."""
        try:
            await self._client.post(f"/channels/{await self._talks.channel(self._place_of(thread))}/typing")
        except DiscordError as error:
            raise send_error(error) from None

    async def setup(self) -> Sequence[SetupStep]:
        """Look at the intent, the servers, and the channels."""
        try:
            return await self._steps(self._client, self._rules)
        except DiscordError as error:
            raise account_error(error) from None
