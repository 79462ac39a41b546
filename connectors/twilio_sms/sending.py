"""One outbound message on the wire: its parts in order, and what is true if one of them fails.

Twilio knows no idempotency key, so a part is asked for once. When the first part is out, the message can no longer be
tried again as a whole: any failure after it is OutcomeUnknown, which the hub never resends, and its words say what is
out and what is not.
"""

from collections.abc import Sequence
from typing import Any

from connectors._lib.twilio_failures import TwilioFailure
from connectors.twilio_sms.addresses import Sender, SenderKind
from connectors.twilio_sms.api import TwilioApi
from connectors.twilio_sms.failures import send_error
from connectors.twilio_sms.render import LINK_LIFE, Part
from hub.contract import ConnectorError, OutboundAttachment, OutcomeUnknown, Rejected, SendReceipt
from hub.domain.ids import ExternalId, bounded

_NO_ADDRESS = (
    "Twilio fetches files from the hub, and the hub has no public address. An admin has to set HUB_PUBLIC_URL. "
    "Nothing was sent."
)


async def deliver(api: TwilioApi, parts: Sequence[Part], sender: Sender, callbacks: Sequence[str]) -> SendReceipt:
    """Send every part of a message, each with its status callback. Raises CredentialsRefused or a SendError."""
    requests = [_values(part, sender, callback) for part, callback in zip(parts, callbacks, strict=True)]
    ids: list[ExternalId] = []
    for index, values in enumerate(requests):
        try:
            ids.append(bounded(await api.send(**values)))
        except TwilioFailure as error:
            reason = send_error(error)
            if index == 0:
                raise reason from None
            raise OutcomeUnknown(_half_sent(parts, index, reason)) from None
    return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))


def _values(part: Part, sender: Sender, status_callback: str) -> dict[str, Any]:
    """Return the parameters of one request, in the library's names."""
    values: dict[str, Any] = {"to": part.to}
    # A messaging service chooses among its senders, and keeps to one for each customer.
    ours = "messaging_service_sid" if sender.kind is SenderKind.messaging_service else "from_"
    values[ours] = sender.value
    if status_callback:
        values["status_callback"] = status_callback
    if part.template:
        values["content_sid"] = part.template
        return values | ({"content_variables": part.values} if part.values else {})
    if part.text:
        values["body"] = part.text
    if part.files:
        values["media_url"] = [_link(file) for file in part.files]
    return values


def _link(file: OutboundAttachment) -> str:
    if file.link is None:
        raise Rejected(_NO_ADDRESS)
    return file.link(LINK_LIFE)


def _half_sent(parts: Sequence[Part], index: int, reason: ConnectorError) -> str:
    out = "; ".join(part.what for part in parts[:index])
    rest = "; ".join(part.what for part in parts[index:])
    return f"Only a part went out. Sent: {out}. Not sent, or not certain: {rest}. {reason} Send only what is missing."
