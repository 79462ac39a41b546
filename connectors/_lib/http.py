"""What a failed HTTP request tells: whether it can have arrived, and how to say so without its address.

An address may hold a secret (Telegram's token is part of every URL), so nothing here repeats one.
"""

import aiohttp

from hub.domain.phrase import Phrase

_SILENT = Phrase("the server took too long to answer")


def never_left(error: BaseException) -> bool:
    """Tell whether the request certainly did not reach the server: no connection was made for it."""
    return isinstance(
        error,
        aiohttp.ClientConnectorError
        | aiohttp.ConnectionTimeoutError
        | aiohttp.ClientHttpProxyError
        | aiohttp.InvalidURL
        | aiohttp.NonHttpUrlClientError,
    )


LOOK_AT = Phrase(
    "Check the hub's internet connection and firewall; if the settings name another address of the provider, that, too."
)
"""What a person can do where no connection could be made."""


def in_words(error: BaseException) -> str:
    """Say what went wrong on the way, for a person, without address or secret."""
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    return Phrase("the connection failed ({kind})", kind=type(error).__name__)


def unreached(provider: str, error: BaseException) -> Phrase:
    """Say that no connection to a provider came about, and why."""
    return Phrase("{provider} could not be reached: {why}.", provider=provider, why=in_words(error))


def unanswered(provider: str, error: BaseException) -> Phrase:
    """Say that a provider was asked and its answer is missing, and why."""
    return Phrase("{provider} did not answer: {why}.", provider=provider, why=in_words(error))


def unfetched(provider: str, error: BaseException) -> Phrase:
    """Say that a file did not come from a provider, and why."""
    return Phrase("The file could not be fetched from {provider}: {why}.", provider=provider, why=in_words(error))


_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (aiohttp.ClientConnectorDNSError, Phrase("the server's name is not known to the name service")),
    (aiohttp.ClientConnectorCertificateError, Phrase("the server's certificate is not valid for its name")),
    (aiohttp.ClientSSLError, Phrase("no secure connection could be made")),
    (aiohttp.ConnectionTimeoutError, Phrase("no connection could be made in time")),
    (aiohttp.ClientProxyConnectionError, Phrase("the proxy could not be reached")),
    (aiohttp.ClientConnectorError, Phrase("no connection could be made")),
    (aiohttp.ClientHttpProxyError, Phrase("the proxy refused the connection")),
    (aiohttp.InvalidURL, Phrase("the server's address is not a valid one")),
    (TimeoutError, _SILENT),
    (aiohttp.ServerDisconnectedError, Phrase("the server closed the connection without an answer")),
    (aiohttp.ClientPayloadError, Phrase("the server's answer broke off")),
    (aiohttp.ClientConnectionError, Phrase("the connection was cut")),
)


async def read_at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """Read an answer of at most `limit` bytes. Raises ClientPayloadError when it is longer."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise aiohttp.ClientPayloadError(f"answer of more than {limit} bytes")
    return bytes(body)
