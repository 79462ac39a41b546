"""A customer's files at Twilio, with what can go wrong in the hub's words."""

from collections.abc import AsyncIterator

from connectors._lib.twilio_failures import Patience, TwilioFailure
from connectors._lib.twilio_media import MediaStore
from connectors.twilio_sms.failures import fetch_error
from hub.contract import Tools

_MOST_BYTES = 100 * 1024 * 1024
"""Far above what Twilio carries; the hub's own limit comes first."""


def store_of(tools: Tools, api_url: str, patience: Patience) -> MediaStore:
    """Return where the files of our sender's messages lie."""
    return MediaStore(tools, api_url, patience, most_bytes=_MOST_BYTES)


async def stream(store: MediaStore, address: str, credentials: tuple[str, str]) -> AsyncIterator[bytes]:
    """Stream a file. Raises FetchFailed, CredentialsRefused."""
    try:
        async for piece in store.stream(address, credentials):
            yield piece
    except TwilioFailure as error:
        raise fetch_error(error) from None
