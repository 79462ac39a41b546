"""One outbound message on the wire: files first, then its parts, each with a number by which VK takes it once.

VK keeps that number for an hour (https://dev.vk.com/en/method/messages.send, random_id). So after silence the hub
may ask again while a delivery is new; an old one is looked for in the chat before it is sent, for it may be there.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from connectors._lib.json_api import ApiError, Unclear
from connectors._lib.loose_json import Json, inner, objects
from connectors._lib.made_at import is_younger
from connectors.vk.client import Client
from connectors.vk.ids import integer, message_id
from connectors.vk.render import Part, random_id, render, values
from connectors.vk.uploads import uploaded
from connectors.vk.words import send_error
from hub.contract import ConnectorError, OutboundMessage, OutcomeUnknown, Rejected, RetryLater, SendReceipt
from hub.domain.ids import ExternalId

REPEATABLE = timedelta(minutes=5)
"""So young a delivery is asked for again within minutes, well inside VK's hour."""
REMEMBERED = timedelta(minutes=50)
"""VK's hour, less what clocks may differ."""
_LOOKED_AT = 100


class Sending:
    """Sends as one community."""

    def __init__(self, client: Client, group_id: int, now: Callable[[], datetime]) -> None:
        self._client = client
        self._group_id = group_id
        self._now = now

    async def deliver(self, message: OutboundMessage) -> SendReceipt:
        """Send every part of a message. Raises CredentialsRefused or a SendError."""
        if not message.thread.lstrip("-").isdecimal():
            raise Rejected("This conversation does not name a chat of VK. Nothing was sent.")
        parts = render(message)
        if not parts:
            raise Rejected("There is nothing to send: the message has neither text nor files.")
        repeatable = is_younger(message.delivery_id, REPEATABLE, self._now())
        sent = {} if is_younger(message.delivery_id, REMEMBERED, self._now()) else await self._sent(message)
        ids: list[ExternalId] = []
        for index, part in enumerate(parts):
            known = sent.get(random_id(message.delivery_id, index))
            try:
                ids.append(known or await self._part(message, part, index, repeatable))
            except ConnectorError as error:
                if not ids or (isinstance(error, RetryLater) and repeatable):
                    raise
                raise OutcomeUnknown(_half_sent(parts, index, error)) from None
        return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))

    async def _part(self, message: OutboundMessage, part: Part, index: int, repeatable: bool) -> ExternalId:
        files = [await uploaded(self._client, message.thread, file) for file in part.files]
        try:
            answer = await self._client.call("messages.send", **values(message, part, index, ",".join(files)))
            return self._id(message, answer)
        except ApiError as error:
            raise send_error(error, repeatable=repeatable) from None

    def _id(self, message: OutboundMessage, answer: object) -> ExternalId:
        """Return the id of what was sent. Raises ApiError: with `peer_ids` a refusal stands in the answer."""
        first = answer[0] if isinstance(answer, list) and answer else {}
        told: Json = first if isinstance(first, dict) else {}
        if error := inner(told, "error"):
            raise self._client.refusal(error, "code", "description")
        number = integer(told, "conversation_message_id")
        if not number:
            raise Unclear("VK took the message, but its answer names no number.")
        return message_id(int(message.thread), number)

    async def _sent(self, message: OutboundMessage) -> dict[int, ExternalId]:
        """Return what of ours the chat has lately, by VK's random id. Raises ConnectorError as `deliver`."""
        try:
            found = await self._client.one(
                "messages.getHistory", peer_id=message.thread, count=_LOOKED_AT, group_id=self._group_id
            )
        except ApiError as error:
            # nothing has been sent by this call
            raise send_error(error, repeatable=True) from None
        peer = int(message.thread)
        ours = [one for one in objects(found, "items") if integer(one, "from_id") == -self._group_id]
        numbers = {integer(one, "random_id"): integer(one, "conversation_message_id") for one in ours}
        return {number: message_id(peer, place) for number, place in numbers.items() if number and place}


def _half_sent(parts: Sequence[Part], index: int, error: ConnectorError) -> str:
    out = "; ".join(part.what for part in parts[:index])
    rest = "; ".join(part.what for part in parts[index:])
    return f"Only a part went out. Sent: {out}. Not sent, or not certain: {rest}. {error} Send only what is missing."
