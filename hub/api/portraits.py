"""/portraits: the pictures providers show of people."""

from aiohttp import web

from hub.api._framework.routing import Routes
from hub.api.attachments import serve_blob
from hub.api.deps import ApiDeps
from hub.domain.errors import NotFound
from hub.domain.portrait import PortraitId
from hub.domain.user import Action

routes = Routes("contacts")


@routes.get("/portraits/{portrait_id}", Action.conversations_read, media={200: "image/webp", 304: ""})
async def get_portrait(deps: ApiDeps, request: web.Request, portrait_id: PortraitId) -> web.StreamResponse:
    """Return a person's portrait; a new one has a new id."""
    async with deps.storage.read() as uow:
        key = await uow.portraits.blob(portrait_id)
    if key is None:
        raise NotFound("There is no such portrait any more.")
    return await serve_blob(
        request, deps.blobs, key, tag=str(portrait_id), media_type="image/webp", disposition="inline"
    )
