"""The API as an aiohttp application: all operations, behind the gate, with problems for everything that goes wrong."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from hub.api import (
    assistant,
    attachments,
    bots,
    bots_panel,
    bots_rules,
    calls,
    calls_control,
    calls_desk,
    channels,
    comments,
    connectors,
    contacts,
    conversations,
    deliveries,
    exports,
    hooks,
    hours,
    identity,
    interactions,
    knowledge,
    ledger,
    lines,
    lists,
    macros,
    merging,
    outside_bots,
    overview,
    own_bot,
    people,
    playlists,
    portraits,
    recordings,
    recordings_rules,
    recordings_sound,
    reports,
    review_list,
    reviews,
    routing,
    rules,
    saved_replies,
    scorecards,
    session,
    speaking,
    surveys,
    targets,
    tokens,
    transcripts,
    wallboard,
    writing,
)
from hub.api._framework.openapi import Json, document
from hub.api._framework.problems import Problem, problem_of
from hub.api._framework.routing import Operation, Routes, add_operations
from hub.api.background import Background
from hub.api.bot_hands import BotHands
from hub.api.deps import ApiDeps
from hub.api.gate import LANGUAGE, Gate
from hub.api.health import add_health
from hub.api.helpers import Helpers
from hub.api.live import bots as live_bots
from hub.api.live import routes as live
from hub.api.live.frames import ClientFrame, ServerFrame
from hub.api.live.hub import LiveHub
from hub.api.screens import Screens
from hub.api.security import add_security_headers
from hub.domain.errors import HubError
from hub.runtime.catalogue import own_texts
from hub.services.as_json import encode

log = structlog.get_logger(__name__)

PREFIX = "/api/v1"
SCREENS = Path(__file__).parents[1] / "static" / "app"
"""Where the build puts the screens."""
WITHIN = 60.0
"""Seconds in which a request must be answered; uploads, downloads and WebSockets take as long as they take."""

_PARTS: tuple[Routes, ...] = (
    session.routes,
    conversations.routes,
    merging.routes,
    writing.routes,
    interactions.routes,
    deliveries.routes,
    attachments.routes,
    contacts.routes,
    identity.routes,
    lists.routes,
    live.routes,
    channels.routes,
    connectors.routes,
    people.routes,
    tokens.routes,
    hooks.routes,
    hours.routes,
    targets.routes,
    ledger.routes,
    overview.routes,
    reports.routes,
    exports.routes,
    wallboard.routes,
    recordings.routes,
    recordings_sound.routes,
    recordings_rules.routes,
    transcripts.routes,
    scorecards.routes,
    review_list.routes,
    reviews.routes,
    comments.routes,
    playlists.routes,
    bots.routes,
    bots_rules.routes,
    bots_panel.routes,
    speaking.routes,
    knowledge.routes,
    routing.routes,
    rules.routes,
    portraits.routes,
    saved_replies.routes,
    surveys.routes,
    macros.routes,
    assistant.routes,
    outside_bots.routes,
    own_bot.routes,
    live_bots.routes,
    calls.routes,
    calls_control.routes,
    calls_desk.routes,
    lines.routes,
)
OPERATIONS: tuple[Operation, ...] = tuple(operation for part in _PARTS for operation in part.operations)
REQUEST_ID = web.RequestKey("request_id", str)


def openapi(version: str) -> Json:
    """Return the OpenAPI document of the API."""
    return document(
        OPERATIONS,
        title="Interaction Hub",
        version=version,
        server=PREFIX,
        answers={"ServerFrame": ServerFrame},
        inputs={"ClientFrame": ClientFrame},
    )


@cache  # made when first asked for: it takes longer than the rest of a start
def _document(version: str) -> bytes:
    return encode(openapi(version))


def create_api(deps: ApiDeps) -> web.Application:
    """Return the application to be mounted at `/api/v1`. It starts and stops the live updates with itself."""
    app = web.Application(middlewares=[_log_and_time(deps), answered_in_words])
    hub, background = LiveHub(deps), Background()
    gate = Gate(deps, {LiveHub: hub, Background: background, Helpers: Helpers(deps), BotHands: BotHands(deps)})
    add_operations(app, OPERATIONS, gate)

    async def get_openapi(_request: web.Request) -> web.Response:
        return web.Response(body=_document(deps.version), content_type="application/json")

    async def run(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(hub.run(), name="live updates")
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await background.close()

    async def stop(_app: web.Application) -> None:
        await hub.close()

    app.router.add_get("/openapi.json", get_openapi)
    app.cleanup_ctx.append(run)
    app.on_shutdown.append(stop)
    return app


def add_api(app: web.Application, deps: ApiDeps, *, screens: Path | None = SCREENS) -> None:
    """Add to the program's application: the API, health, the screens, and security headers for everything it serves.

    `screens` is the folder of built screens; None leaves them out, for a process that only serves programs.
    """
    add_security_headers(app, secure=deps.secure)
    app.add_subapp(PREFIX, create_api(deps))
    add_health(app, deps)
    if screens is not None:
        Screens(screens, lambda: _phone_hosts(deps)).add_to(app)


def _phone_hosts(deps: ApiDeps) -> set[str]:
    """Return where the browser phones of all channels at work connect to."""
    calls = (account.capabilities.calls for account in deps.accounts if account.channel.enabled)
    return {host for found in calls if found is not None for host in found.phone_hosts}


def _log_and_time(deps: ApiDeps) -> Middleware:
    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        request_id = uuid4().hex
        request[REQUEST_ID] = request_id
        started = asyncio.get_running_loop().time()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = await handler(request)
            seconds = asyncio.get_running_loop().time() - started
            route = request.match_info.route.resource
            pattern = route.canonical if route else "unknown"
            if response.status != 101:
                deps.metrics.http_seconds.labels(request.method, pattern, str(response.status)).observe(seconds)
            log.debug("request", method=request.method, route=pattern, status=response.status, seconds=seconds)
        if not response.prepared:
            response.headers["X-Request-ID"] = request_id
        return response

    return middleware


GONE = 499
"""The client went away before its answer was whole; nobody is left to be told."""


@web.middleware
async def answered_in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer whatever goes wrong as a problem in words."""
    request_id = request[REQUEST_ID]

    def answer(problem: Problem) -> web.Response:
        return problem.response(request_id, own_texts(request.get(LANGUAGE, "en")))

    try:
        return await _within(request, handler)
    except Problem as problem:
        return answer(problem)
    except HubError as error:
        found = problem_of(error)
        if found.status >= 500:
            log.error("request failed", path=request.path, problem=str(error))
        return answer(found)
    except web.HTTPException as error:
        return answer(_of_http(error))
    except Exception as error:
        if isinstance(error, ConnectionError) and (request.transport is None or request.transport.is_closing()):
            return web.Response(status=GONE)
        log.exception("request failed unexpectedly", method=request.method, path=request.path)
        words = f"Something unexpected happened. It is in the hub's log under the request id {request_id}."
        return answer(Problem(500, words))


async def _within(request: web.Request, handler: Handler) -> web.StreamResponse:
    if request.match_info.route.name in _UNBOUNDED:
        return await handler(request)
    try:
        async with asyncio.timeout(WITHIN):
            return await handler(request)
    except TimeoutError:
        log.exception("request took too long", method=request.method, path=request.path)
        raise Problem(503, "The hub is too busy to answer in time. Try again.") from None


_UNBOUNDED = frozenset(operation.name for operation in OPERATIONS if operation.media or operation.upload)


def _of_http(error: web.HTTPException) -> Problem:
    words: Mapping[int, str] = {
        404: "There is nothing at this address.",
        405: f"This address does not take {getattr(error, 'method', 'this method')}.",
    }
    allow = error.headers.get("Allow")
    return Problem(
        error.status, words.get(error.status, error.reason or ""), headers={"Allow": allow} if allow else None
    )
