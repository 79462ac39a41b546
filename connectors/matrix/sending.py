"""One outbound message on the wire: its files uploaded first, then its events, each with a transaction of its own.

A homeserver takes an event of one transaction and login once, and answers a repeat with the first one's id
(https://spec.matrix.org/latest/client-server-api/#transaction-identifiers). The transaction is made of the delivery, so
after silence the hub may ask again, which is why nothing here is `OutcomeUnknown` for silence. Two things end that
promise, and both need a person or a day: another access token in between, and a server that forgets transactions
sooner than the hub gives up (Synapse keeps them in its database for 24 hours, as long as the hub tries).
"""

from collections.abc import Sequence

from connectors.matrix.client import Client, Refused, Silent
from connectors.matrix.ids import transaction_id
from connectors.matrix.render import Part, render
from connectors.matrix.words import send_error
from hub.contract import OutboundMessage, OutcomeUnknown, Rejected, RetryLater, SendReceipt
from hub.domain.ids import ExternalId, bounded


async def deliver(client: Client, message: OutboundMessage) -> SendReceipt:
    """Send every part of a message. Raises CredentialsRefused or a SendError."""
    if not message.thread.startswith("!"):
        raise Rejected("This conversation does not name a Matrix room. Nothing was sent.")
    parts = render(message)
    if not parts:
        raise Rejected("There is nothing to send: the message has neither text nor files.")
    contents = []
    for part in parts:
        try:
            contents.append(await _uploaded(client, part))
        except (Refused, Silent) as error:
            raise send_error(error) from None
    return await _events(client, message, parts, contents)


async def _uploaded(client: Client, part: Part) -> dict[str, object]:
    if part.file is None:
        return dict(part.content)
    file = part.file
    return {**part.content, "url": await client.upload(file.name, file.media_type, file.size, file.open())}


async def _events(
    client: Client, message: OutboundMessage, parts: Sequence[Part], contents: Sequence[dict[str, object]]
) -> SendReceipt:
    ids: list[ExternalId] = []
    for index, content in enumerate(contents):
        transaction = transaction_id(message.delivery_id, index + 1, len(contents))
        try:
            ids.append(bounded(await client.event(message.thread, transaction, content)))
        except (Refused, Silent) as error:
            told = send_error(error)
            if ids and isinstance(told, Rejected):
                raise OutcomeUnknown(_half_sent(parts, index, str(told)), code=told.code) from None
            if ids and isinstance(told, RetryLater):
                raise RetryLater(f"A part of the message is out; the rest follows. {told}", after=told.after) from None
            raise told from None
    return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))


def _half_sent(parts: Sequence[Part], index: int, reason: str) -> str:
    out, rest = (", ".join(_named(part) for part in some) for some in (parts[:index], parts[index:]))
    return f"Only a part went out. Sent: {out}. Not sent: {rest}. {reason}"


def _named(part: Part) -> str:
    return part.file.name if part.file is not None else "the text"
