"""Turns an aiohttp request into the contract's WebhookRequest: bounded, with the public URL the provider called."""

from aiohttp import web

from hub.contract.webhook import WebhookRequest


class BodyTooLarge(Exception):
    """The request's body exceeds the limit."""


async def read_request(request: web.Request, *, public_url: str, max_body: int) -> WebhookRequest:
    """Read a request whole. Raises BodyTooLarge beyond `max_body` bytes, announced or not.

    The URL is built from HUB_PUBLIC_URL, since providers sign the address they called and every header that
    tells another one can be forged. `public_url` ends without a slash.
    """
    if request.content_length is not None and request.content_length > max_body:
        raise BodyTooLarge
    parts: list[bytes] = []
    size = 0
    while part := await request.content.readany():
        size += len(part)
        if size > max_body:
            raise BodyTooLarge
        parts.append(part)
    path = request.raw_path
    return WebhookRequest(
        method=request.method,
        url=public_url + path,
        headers={name.lower(): value for name, value in request.headers.items()},
        query=dict(request.query) if "?" in path else {},
        body=b"".join(parts),
    )
