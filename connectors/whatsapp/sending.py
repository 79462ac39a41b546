"""One outbound message on the wire: its parts in order, and what is true if one of them fails.

WhatsApp knows no idempotency key, so nothing is ever sent a second time here. Once the first part has gone out, any
failure makes the whole unknown, and its words say what is out and what is not.
"""

from collections.abc import Mapping, Sequence

from connectors._lib.meta_errors import send_error
from connectors._lib.meta_graph import Graph, GraphError, NotSent, Unclear
from connectors.whatsapp.people import addressee
from connectors.whatsapp.render import Part, envelope, kind_of, render
from connectors.whatsapp.templates import render_template
from connectors.whatsapp.words import MEANINGS
from hub.contract import (
    ConnectorError,
    OutboundAttachment,
    OutboundMessage,
    OutcomeUnknown,
    Rejected,
    RetryLater,
    SendReceipt,
)
from hub.domain.ids import ExternalId, bounded


class Sending:
    """Sends as one number."""

    def __init__(self, graph: Graph, phone_number_id: str) -> None:
        self._graph = graph
        self._number = phone_number_id

    async def deliver(self, message: OutboundMessage) -> SendReceipt:
        """Send every part of a message. Raises CredentialsRefused or a SendError."""
        to = _addressee(message)
        parts = render(message)
        if not parts:
            raise Rejected("There is nothing to send: the message has neither text nor files.")
        ids: list[ExternalId] = []
        for index, part in enumerate(parts):
            try:
                media = await self._upload(part.file) if part.file else ""
                reply_to = message.reply_to or "" if index == 0 else ""
                body = envelope(to, part.body(media), tracker=str(message.delivery_id), reply_to=reply_to)
                ids.append(await self._post(body))
            except ConnectorError as error:
                if index == 0:
                    raise
                raise OutcomeUnknown(_half_sent(parts, index, error)) from None
        return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))

    async def deliver_template(self, message: OutboundMessage, header_kind: str) -> SendReceipt:
        """Send a filled-in template; `header_kind` says as what its file goes. Raises as `deliver`."""
        to = _addressee(message)
        if message.template is None:
            raise Rejected("There is no template to send.")
        header: Mapping[str, object] | None = None
        if message.attachments:
            file = message.attachments[0]
            kind = header_kind or kind_of(file)
            media: dict[str, object] = {"id": await self._upload(file)}
            if kind == "document":
                media["filename"] = file.name
            header = {"type": kind, kind: media}
        content = render_template(message.template, header=header)
        return SendReceipt(external_id=await self._post(envelope(to, content, tracker=str(message.delivery_id))))

    async def _post(self, body: Mapping[str, object]) -> ExternalId:
        try:
            answer = await self._graph.post(f"{self._number}/messages", body)
        except GraphError as error:
            raise send_error(error, MEANINGS) from None
        listed = answer.get("messages")
        first = listed[0] if isinstance(listed, list) and listed else None
        found = first.get("id") if isinstance(first, dict) else None
        if not isinstance(found, str) or not found:
            raise OutcomeUnknown("WhatsApp took the message, but its answer could not be read.")
        return bounded(found)

    async def _upload(self, file: OutboundAttachment) -> str:
        """Hand a file over and return its id: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media."""
        media_type = "audio/ogg; codecs=opus" if file.voice and file.media_type == "audio/ogg" else file.media_type
        content = await file.read()
        if not content:
            raise Rejected(f"“{file.name}” is empty. Nothing was sent.")
        try:
            answer = await self._graph.upload(
                f"{self._number}/media",
                {"messaging_product": "whatsapp", "type": media_type},
                name=file.name,
                media_type=media_type,
                content=content,
            )
        except (NotSent, Unclear) as error:
            # no customer sees a file that no message names: trying again is safe
            raise RetryLater(f"“{file.name}” could not be handed to WhatsApp. {error}") from None
        except GraphError as error:
            raise send_error(error, MEANINGS) from None
        if not isinstance(answer.get("id"), str | int):
            raise RetryLater(f"“{file.name}” could not be handed to WhatsApp: its answer could not be read.")
        return str(answer["id"])


def _addressee(message: OutboundMessage) -> Mapping[str, str]:
    found = addressee(message.thread, message.recipient)
    if found is None:
        raise Rejected("This conversation does not name a WhatsApp customer. Nothing was sent.")
    return found


def _half_sent(parts: Sequence[Part], index: int, error: ConnectorError) -> str:
    out = "; ".join(part.what for part in parts[:index])
    rest = "; ".join(part.what for part in parts[index:])
    return f"Only a part went out. Sent: {out}. Not sent, or not certain: {rest}. {error} Send only what is missing."
