"""One outbound message on the wire, in as few requests as LINE allows, each with a key: LINE acts once for each.

So after silence the hub may ask again, for as long as LINE keeps the key: 24 hours from the first request
(https://developers.line.biz/en/docs/messaging-api/retrying-api-request/). What was made less than that ago is safe to
repeat; of an older delivery nobody can tell, and silence is `OutcomeUnknown`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from connectors._lib.json_api import ApiError
from connectors._lib.made_at import is_younger
from connectors.line.client import Client
from connectors.line.render import Part, render, requests
from connectors.line.words import send_error
from hub.contract import OutboundMessage, OutcomeUnknown, Rejected, RetryLater, SendReceipt
from hub.domain.ids import ExternalId, bounded

KEY_LIFE = timedelta(hours=23)
"""An hour less than LINE's, for clocks that differ and a retry that waits."""


class Sending:
    """Sends as one account."""

    def __init__(self, client: Client, now: Callable[[], datetime], preview_url: str, lasts: timedelta) -> None:
        self._client = client
        self._now = now
        self._preview_url = preview_url
        self._lasts = lasts

    async def deliver(self, message: OutboundMessage, quote_token: str) -> SendReceipt:
        """Send every part of a message. Raises CredentialsRefused or a SendError."""
        try:
            parts = render(message, quote_token=quote_token, preview_url=self._preview_url, lasts=self._lasts)
        except ValueError as error:
            raise Rejected(f"{error} Nothing was sent.") from None
        if not parts:
            raise Rejected("There is nothing to send: the message has neither text nor files.")
        ids: list[ExternalId] = []
        batches = requests(parts)
        repeatable = is_younger(message.delivery_id, KEY_LIFE, self._now())
        for index, batch in enumerate(batches):
            key = message.delivery_id if index == 0 else uuid5(message.delivery_id, str(index))
            try:
                found = await self._client.push(message.thread, [part.body for part in batch], UUID(int=key.int))
            except ApiError as error:
                told = send_error(error, repeatable=repeatable)
                if ids and isinstance(told, RetryLater) and repeatable:
                    raise RetryLater(
                        f"A part of the message is out; the rest follows. {told}", after=told.after
                    ) from None
                if ids:
                    raise OutcomeUnknown(_half_sent(batches, index, str(told))) from None
                raise told from None
            ids += [bounded(ident) for ident in found]
        return SendReceipt(external_id=ids[0], further_ids=tuple(ids[1:]))


def _half_sent(batches: Sequence[Sequence[Part]], index: int, reason: str) -> str:
    out = ", ".join(part.what for batch in batches[:index] for part in batch)
    rest = ", ".join(part.what for batch in batches[index:] for part in batch)
    return f"Only a part went out. Sent: {out}. Not sent, or not certain: {rest}. {reason} Send only what is missing."
