"""One inbox of Messenger or Instagram: what both connectors do alike. What differs is named by the subclasses."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from connectors._lib.meta_errors import account_error, fetch_error, passes, send_error
from connectors._lib.meta_graph import Graph, GraphError, Refused
from connectors._lib.meta_hosts import at_meta_or
from connectors._lib.meta_inbox_content import BY_MESSAGE
from connectors._lib.meta_inbox_list import file_urls, missed_messages
from connectors._lib.meta_inbox_parse import Inbox, parse_inbox
from connectors._lib.meta_inbox_people import PROFILE, note_of, read_note
from connectors._lib.meta_inbox_render import Part, envelope, file_content, kind_of, render, tag_of, text_content
from connectors._lib.meta_inbox_words import MEANINGS
from connectors._lib.meta_verify import answer_request, verify_request
from hub.contract import (
    ChecksSetup,
    Connector,
    ConnectorError,
    FetchesAttachments,
    FetchFailed,
    InboundEvent,
    MarksRead,
    NamesPeople,
    OutboundAttachment,
    OutboundMessage,
    OutcomeUnknown,
    RawEvent,
    ReceivesWebhooks,
    Reconciles,
    RegistersWebhook,
    Rejected,
    SeenMessage,
    SendReceipt,
    ShowsTyping,
    Tools,
    WebhookRequest,
    WebhookResponse,
)
from hub.domain.ids import ExternalId, bounded

_FILE_LIMIT = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What differs between the two."""

    kind: str
    """The webhook's `object`: page, instagram."""
    platform: str
    """In the list of conversations: messenger, instagram."""
    text_limit: int
    text_unit: str
    answers: Mapping[str, object]
    """What says that a message is an ordinary answer."""
    profile: str
    """Fields of a person's profile that name them."""
    late_tag: str
    """The tag of a person's late answer; empty: none is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What opens the webhook."""

    app_secrets: tuple[str, ...]
    verify_token: str

    def __repr__(self) -> str:
        """Show no secret."""
        return "Door()"


class MetaInbox(
    Connector,
    ReceivesWebhooks,
    RegistersWebhook,
    FetchesAttachments,
    Reconciles,
    MarksRead,
    NamesPeople,
    ShowsTyping,
    ChecksSetup,
):
    """One Page or account."""

    def __init__(self, tools: Tools, graph: Graph, *, inbox: Inbox, ways: Ways, door: Door, graph_url: str) -> None:
        self._tools = tools
        self._graph = graph
        self._inbox = inbox
        self._ways = ways
        self._door = door
        self._graph_url = graph_url

    def __repr__(self) -> str:
        """Show which account, and no secret."""
        return f"{type(self).__name__}(channel={self._tools.channel_id})"

    @abstractmethod
    async def hand_over(self, file: OutboundAttachment) -> Mapping[str, object]:
        """Give Meta a file, or say where it is; return the payload that names it. Raises SendError."""

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one webhook or note."""
        if raw.kind == PROFILE:
            return read_note(raw.body, title=self._inbox.title, namespace=self._inbox.namespace)
        return parse_inbox(raw, self._inbox)

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature, or the verify token of a handshake."""
        verify_request(request, app_secrets=self._door.app_secrets, verify_token=self._door.verify_token)

    def answer(self, request: WebhookRequest) -> WebhookResponse:
        """Say thanks, or repeat the challenge."""
        return answer_request(request)

    async def send(self, message: OutboundMessage) -> SendReceipt:
        """Send every part of a message; after the first, a failure makes the whole unknown."""
        if not message.thread.isascii() or not message.thread.isalnum():
            raise Rejected(f"This conversation does not name a customer of {self._inbox.title}. Nothing was sent.")
        parts = render(message, text_limit=self._ways.text_limit, text_unit=self._ways.text_unit)
        if not parts:
            raise Rejected("There is nothing to send: the message has neither text nor files.")
        ids: list[ExternalId] = []
        for index, part in enumerate(parts):
            try:
                reply_to = message.reply_to if index == 0 else None
                ids.append(await self._part(message, part, reply_to))
            except ConnectorError as error:
                if index == 0:
                    raise
                raise OutcomeUnknown(_half_sent(parts, index, error)) from None
        return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))

    async def fetch(self, source: ExternalId) -> AsyncIterator[bytes]:
        """Stream a file from Meta's public servers; its address opens it for a while, no token is shown."""
        url = str(source)
        if url.startswith(BY_MESSAGE):
            url = await self._address(url.removeprefix(BY_MESSAGE))
        if not at_meta_or(url, self._inbox.media_hosts, self._graph_url):
            raise FetchFailed(
                "The file is at none of Meta's known hosts. If Meta has a new one, add it to “Hosts of files” in the "
                "settings."
            )
        async for chunk in self._tools.fetch(url, _FILE_LIMIT):
            yield chunk

    async def missed(self, since: datetime) -> AsyncIterator[RawEvent]:
        """List what Meta has since then."""
        found = missed_messages(
            self._graph, self._ways.platform, since, kind=self._ways.kind, own_id=self._inbox.own_id
        )
        try:
            async for body in found:
                yield RawEvent(kind="webhook", body=body, received_at=self._tools.now(), recovered=True)
        except GraphError as error:
            raise account_error(error, MEANINGS) from None

    async def who_is(self, address: str) -> RawEvent | None:
        """Ask for somebody's profile. Who wrote to us lately is shown; others, and who forbids it, are not."""
        if not address.isascii() or not address.isalnum():
            return None
        try:
            profile = await self._graph.get(address, fields=self._ways.profile)
        except GraphError as error:
            if isinstance(error, Refused) and not passes(error, MEANINGS):
                return None
            raise account_error(error, MEANINGS) from None
        note = note_of(address, profile)
        return RawEvent(kind=PROFILE, body=note, received_at=self._tools.now()) if note else None

    async def mark_read(self, message: SeenMessage) -> None:
        """Show the customer that their messages were seen: all of the thread."""
        await self._action(message.thread, "mark_seen")

    async def show_typing(self, thread: ExternalId) -> None:
        """Show "typing" for up to 20 seconds."""
        await self._action(thread, "typing_on")

    async def _action(self, thread: ExternalId, action: str) -> None:
        try:
            await self._graph.post("me/messages", {"recipient": {"id": thread}, "sender_action": action})
        except GraphError as error:
            raise send_error(error, MEANINGS) from None

    async def _part(self, message: OutboundMessage, part: Part, reply_to: ExternalId | None) -> ExternalId:
        content: Mapping[str, object] = text_content(part)
        if part.file is not None:
            content = file_content(kind_of(part.file), await self.hand_over(part.file))
        why = tag_of(message, self._tools.now(), self._ways.late_tag) or self._ways.answers
        metadata = str(message.delivery_id) if self._inbox.returns_metadata else ""
        body = envelope(message.thread, content, why, metadata=metadata, reply_to=reply_to or "")
        try:
            answer = await self._post(body)
        except GraphError as error:
            raise send_error(error, MEANINGS) from None
        found = answer.get("message_id")
        if not isinstance(found, str) or not found:
            raise OutcomeUnknown("Meta took the message, but its answer could not be read.")
        return bounded(found)

    async def _post(self, body: Mapping[str, object]) -> Mapping[str, Any]:
        """Send; if Meta will not quote the message that is answered, send without quoting: its no was certain."""
        try:
            return await self._graph.post("me/messages", body)
        except Refused as error:
            if "reply_to" not in body or error.code != 100 or "reply" not in error.said.lower():
                raise
        return await self._graph.post("me/messages", {key: part for key, part in body.items() if key != "reply_to"})

    async def _address(self, place: str) -> str:
        """Ask where a file of a message is."""
        mid, _, number = place.rpartition("#")
        fields = "attachments{name,mime_type,file_url,image_data,video_data}"
        try:
            found = file_urls(await self._graph.get(quote(mid, safe=""), fields=fields))
        except GraphError as error:
            raise fetch_error(error, MEANINGS) from None
        if not number.isdecimal() or int(number) >= len(found):
            raise FetchFailed("Meta does not give the file any more.")
        return found[int(number)]


def _half_sent(parts: Sequence[Part], index: int, error: ConnectorError) -> str:
    out = "; ".join(part.what for part in parts[:index])
    rest = "; ".join(part.what for part in parts[index:])
    return f"Only a part went out. Sent: {out}. Not sent, or not certain: {rest}. {error} Send only what is missing."
