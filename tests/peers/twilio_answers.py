"""How Twilio's API refuses, and the table of what it answers. https://www.twilio.com/docs/usage/twilios-response"""

from collections.abc import Awaitable, Callable

from aiohttp import web

RouteTable = dict[tuple[str, str], Callable[[web.Request], Awaitable[web.Response]]]
"""What answers, by method and path behind the account."""


class Refused(Exception):
    """Twilio says no, with one of its codes (https://www.twilio.com/docs/api/errors)."""

    def __init__(self, code: int, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.code, self.status = code, status


class NotThere(Refused):
    """There is no such thing, or not any more."""

    def __init__(self) -> None:
        super().__init__(20404, "The requested resource was not found", 404)


@web.middleware
async def refusals(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer refusals in Twilio's shape."""
    try:
        return await handler(request)
    except Refused as error:
        said = {"code": error.code, "message": str(error), "status": error.status}
        return web.json_response(said, status=error.status)
