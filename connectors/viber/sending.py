"""One outbound message on the wire: its parts in order, and what is true if one of them fails.

Viber knows no idempotency key, so nothing is ever sent a second time here.
"""

from collections.abc import Sequence
from datetime import timedelta

from connectors._lib.json_api import ApiError, Unclear
from connectors._lib.loose_json import Json, text
from connectors.viber.client import Client
from connectors.viber.render import Part, envelope, render
from connectors.viber.settings import ViberSettings
from connectors.viber.words import send_error
from hub.contract import ConnectorError, OutboundMessage, OutcomeUnknown, Rejected, SendReceipt
from hub.domain.ids import ExternalId

_NOBODY = "Support"


class Sending:
    """Sends as one bot."""

    def __init__(self, client: Client, settings: ViberSettings) -> None:
        self._client = client
        self._settings = settings

    async def deliver(self, message: OutboundMessage) -> SendReceipt:
        """Send every part of a message. Raises CredentialsRefused or a SendError."""
        try:
            parts = render(message, timedelta(days=self._settings.link_days))
        except ValueError as error:
            raise Rejected(f"{error} Nothing was sent.") from None
        if not parts:
            raise Rejected("There is nothing to send: the message has neither text nor files.")
        name = self._settings.sender_name or message.agent_name.strip() or _NOBODY
        ids: list[ExternalId] = []
        for index, part in enumerate(parts):
            body = envelope(part, receiver=message.thread, name=name, avatar=self._settings.sender_avatar)
            try:
                ids.append(_token(await self._client.call("send_message", body)))
            except ApiError as error:
                told = send_error(error)
                if index == 0:
                    raise told from None
                raise OutcomeUnknown(_half_sent(parts, index, told)) from None
        return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))


def _token(answer: Json) -> ExternalId:
    """Return the id of what was sent. Raises Unclear without one."""
    value = answer.get("message_token")
    token = str(value) if isinstance(value, int) and not isinstance(value, bool) else text(answer, "message_token")
    if not token.isdecimal():
        raise Unclear("Viber took the message, but its answer names no number.")
    return ExternalId(token[:40])


def _half_sent(parts: Sequence[Part], index: int, error: ConnectorError) -> str:
    out = "; ".join(part.what for part in parts[:index])
    rest = "; ".join(part.what for part in parts[index:])
    return f"Only a part went out. Sent: {out}. Not sent, or not certain: {rest}. {error} Send only what is missing."
