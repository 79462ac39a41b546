"""Turns an aiohttp request into the contract's WebhookRequest: bounded, with the public URL the provider called."""

from collections.abc import Callable

from aiohttp import web

from hub.contract.webhook import WebhookRequest


class BodyTooLarge(Exception):
    """The request's body exceeds the limit."""


Trusts = Callable[[str], bool]
"""Tells whether a connection's address is one of our proxies."""


async def read_request(
    request: web.BaseRequest, *, public_url: str, max_body: int, trusts: Trusts | None = None
) -> WebhookRequest:
    """Read a request whole. Raises BodyTooLarge beyond `max_body` bytes, announced or not.

    The URL is built from HUB_PUBLIC_URL, since providers sign the address they called and every header that
    tells another one can be forged. `public_url` ends without a slash.
    """
    if request.content_length is not None and request.content_length > max_body:
        raise BodyTooLarge
    content = request.content
    parts = [await content.readany()]
    size = len(parts[0])
    while size <= max_body and not content.at_eof():
        parts.append(await content.readany())
        size += len(parts[-1])
    if size > max_body:
        raise BodyTooLarge
    path = request.raw_path
    return WebhookRequest(
        method=request.method,
        url=public_url + path,
        headers={name.lower(): value for name, value in request.headers.items()},
        query=dict(request.query) if "?" in path else {},
        body=b"".join(parts) if len(parts) > 1 else parts[0],
        client=client_of(request, trusts),
    )


def client_of(request: web.BaseRequest, trusts: Trusts | None) -> str:
    """Return the caller's address; X-Forwarded-For counts from the right as far as proxies are ours."""
    address = request.remote or ""
    if trusts is None or not trusts(address):
        return address
    hops = [hop.strip() for hop in ",".join(request.headers.getall("X-Forwarded-For", [])).split(",") if hop.strip()]
    while hops and trusts(address):
        address = hops.pop()[:64]
    return address
