"""What the visitors' door answers: JSON, problems in words (RFC 9457), and the headers browsers ask about."""

from collections.abc import Awaitable, Callable
from typing import NoReturn

import orjson
import structlog
from aiohttp import web

log = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_CORS = {
    # No cookie ever counts here: the token in each request does. So any page may read the answers, also the one
    # that says its origin is not allowed; what an origin may do is checked by the connector, not by the browser.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "authorization, content-type",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def answer(data: object, *, status: int = 200) -> web.Response:
    """Return JSON that nobody caches."""
    return web.Response(
        body=orjson.dumps(data),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


class Problem(Exception):
    """A request the door refuses: `code` for the widget, `detail` for the person."""

    def __init__(self, status: int, code: str, detail: str, *, retry: float | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.retry = retry

    def response(self) -> web.Response:
        """Return it as application/problem+json."""
        headers = {"Cache-Control": "no-store"}
        if self.retry is not None:
            headers["Retry-After"] = str(max(1, round(self.retry)))
        body = {"type": "about:blank", "status": self.status, "code": self.code, "detail": self.detail}
        return web.Response(
            body=orjson.dumps(body), status=self.status, content_type="application/problem+json", headers=headers
        )


def too_fast(seconds: float) -> NoReturn:
    """Refuse what comes too fast."""
    detail = f"This is too fast. Try again in {max(1, round(seconds))} s."
    raise Problem(429, "rate", detail, retry=seconds)


@web.middleware
async def in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals and failures into problems."""
    try:
        return await handler(request)
    except Problem as problem:
        return problem.response()
    except web.HTTPException as wrong:
        return Problem(wrong.status, "http", wrong.reason).response()
    except Exception:  # a database that is away, say: the browser keeps what it has and comes again
        log.exception("visitor_request_failed", path=request.path)
        return Problem(503, "busy", "The hub cannot answer at the moment.", retry=5).response()


@web.middleware
async def for_any_page(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer preflights, and let pages of any origin read what is answered."""
    response = web.Response(status=204) if request.method == "OPTIONS" else await handler(request)
    if not response.prepared:
        response.headers.update(_CORS)
    return response
