"""Say a message in the provider's words. Pure: what goes over the wire can be read in a test."""

from collections.abc import Sequence

from hub.contract import OutboundMessage

TEXT_LIMIT = 4000


def render(message: OutboundMessage, file_ids: Sequence[str]) -> dict[str, object]:
    """Return the body of `POST /messages`; the files were uploaded before."""
    body: dict[str, object] = {
        # The provider takes a message of this id once, however often it is posted.
        "client_id": str(message.delivery_id),
        "to": message.recipient,
        "text": message.text,
    }
    if file_ids:
        body["files"] = list(file_ids)
    if message.reply_to:
        body["reply_to"] = message.reply_to
    return body
