"""One VK community: what both ways of receiving share, each in a few lines over parse, sending and history."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import datetime

from connectors._lib.json_api import ApiError, JsonApi, Patience
from connectors._lib.loose_json import Json, objects, text, texts
from connectors.vk.client import Client
from connectors.vk.history import History, raw_note
from connectors.vk.ids import integer
from connectors.vk.parse import parse_event
from connectors.vk.people import People
from connectors.vk.render import FILE_LIMIT
from connectors.vk.sending import Sending
from connectors.vk.servers import Servers
from connectors.vk.settings import VkSettings
from connectors.vk.verify import own_secret
from connectors.vk.words import account_error, send_error
from hub.contract import (
    ChecksSetup,
    Connector,
    ConnectorError,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    MarksRead,
    NamesPeople,
    OutboundMessage,
    RawEvent,
    Reconciles,
    RegistersWebhook,
    SeenMessage,
    SendReceipt,
    SetupStep,
    ShowsTyping,
    Tools,
)
from hub.domain.ids import ExternalId
from hub.domain.phrase import Phrase

_NEEDED = ("messages", "photos", "docs", "manage")


class Community(
    Connector, RegistersWebhook, Reconciles, FetchesAttachments, MarksRead, NamesPeople, ShowsTyping, ChecksSetup
):
    """A community; how it receives is in `connector.py`."""

    def __init__(self, settings: VkSettings, tools: Tools, *, patience: Patience | None = None) -> None:
        self._settings = settings
        self._tools = tools
        self._group = settings.group_id
        self._secret = (
            settings.secret.get_secret_value()
            if settings.secret is not None
            else own_secret(settings.token.get_secret_value(), tools.channel_id)
        )
        self._client = Client(JsonApi(tools.http, "VK", patience), settings)
        self._servers = Servers(self._client, settings, tools.webhook_url, self._secret)
        self._people = People(self._client)
        self._history = History(self._client, self._people, self._group)
        self._sending = Sending(self._client, self._group, tools.now)

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    async def check(self) -> str:
        """Ask which community the token is of; return its address."""
        try:
            group = await self._me()
        except ApiError as error:
            raise account_error(error) from None
        name = text(group, "screen_name") or f"club{integer(group, 'id')}"
        if integer(group, "id") != self._group:
            raise ConnectorError(
                f"The access token is of the community vk.com/{name} (ID {integer(group, 'id')}), and the settings "
                f"name {self._group}. Copy ID and token from the same community."
            )
        return f"vk.com/{name}"

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one event or note."""
        events = parse_event(raw, self._group)
        self._people.note(events)
        return events

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send a message."""
        return await self._sending.deliver(message)

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        """Yield what the chats have since then, and who those are who wrote."""
        try:
            async for event in self._history.since(since, self._tools.now()):
                yield event
            async for note in self._people.notes():
                yield raw_note(note, self._tools.now())
        except ApiError as error:
            raise account_error(error) from None

    async def who_is(self, address: str) -> RawEvent | None:
        """Ask VK for somebody's profile; chats and communities tell their names by other ways."""
        try:
            note = await self._people.who_is(address)
        except ApiError as error:
            raise account_error(error) from None
        return raw_note(note, self._tools.now()) if note else None

    async def fetch(self, source: ExternalId) -> AsyncGenerator[bytes, None]:
        """Stream a file from the address VK gave, through the guard: it opens without our token."""
        if not source.startswith(("https://", "http://")):
            raise FetchFailed("VK named no address of this file.")
        async for chunk in self._tools.fetch(source, FILE_LIMIT):
            yield chunk

    async def mark_read(self, message: SeenMessage) -> None:
        """Mark what the chat holds as read."""
        await self._sign("messages.markAsRead", peer_id=message.thread, mark_conversation_as_read=1)

    async def show_typing(self, thread: ExternalId) -> None:
        """Show "typing" for ten seconds."""
        await self._sign("messages.setActivity", peer_id=thread, type="typing")

    async def setup(self) -> Sequence[SetupStep]:
        """Look at every step, in the order of the guide."""
        try:
            group = await self._me()
            granted = await self._client.one("groups.getTokenPermissions")
            names = {text(one, "name") for one in objects(granted, "permissions")} | set(texts(granted, "permissions"))
            problem = await self._problem()
        except ApiError as error:
            raise account_error(error) from None
        missing = [name for name in _NEEDED if name not in names]
        return (
            SetupStep(
                title=Phrase("The access token is this community's"),
                done=integer(group, "id") == self._group,
                help=Phrase(
                    "It is of vk.com/{name}. Copy ID and token from the same community.",
                    name=text(group, "screen_name"),
                ),
            ),
            SetupStep(
                title=Phrase("The access token may do what the hub needs"),
                done=not missing if names else None,
                help=Phrase(
                    "Make a new one in “Manage” → “API usage” → “Access tokens”. Missing: {missing}.",
                    missing=", ".join(missing),
                ),
            ),
            SetupStep(
                title=Phrase("The community takes messages"),
                done=None,
                help=Phrase(
                    "“Manage” → “Messages”: on. For chats of many also “Bot settings” → “Bot abilities” and “Ability "
                    "to add this community to chats”."
                ),
            ),
            SetupStep(
                title=Phrase("VK tells the hub of messages"),
                done=not problem,
                help=Phrase("{problem} Switch the channel on or restart it: it registers by itself.", problem=problem),
            ),
        )

    async def _problem(self) -> Phrase:
        """Say what keeps events from coming. Raises ApiError."""
        raise NotImplementedError

    async def _me(self) -> Json:
        """Return the community of the token: in an object, or by older versions in a list."""
        found = await self._client.call("groups.getById")
        listed = objects(found, "groups") if isinstance(found, dict) else found
        first = listed[0] if isinstance(listed, list) and listed else None
        if not isinstance(first, dict) or not integer(first, "id"):
            raise ConnectorError(
                "The token is not a community's, or the server is not VK. Make the token in the community."
            )
        return first

    async def _sign(self, method: str, **values: object) -> None:
        try:
            await self._client.call(method, group_id=self._group, **values)
        except ApiError as error:
            raise send_error(error, repeatable=True) from None
