"""/healthz, /readyz and /metrics: for the machines that watch the hub."""

from aiohttp import web

from hub.api.deps import ApiDeps
from hub.domain.errors import HubError


def add_health(app: web.Application, deps: ApiDeps) -> None:
    """Add the three to the application, outside /api."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_request: web.Request) -> web.Response:
        try:
            await deps.storage.ready()
        except HubError as error:
            return web.Response(status=503, text=f"not ready: {error}\n")
        return web.Response(text="ready\n")

    async def metrics(_request: web.Request) -> web.Response:
        body, media_type = deps.metrics.render()
        return web.Response(body=body, headers={"Content-Type": media_type})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
