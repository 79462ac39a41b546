"""/interactions: a message's HTML for a sandboxed frame, its earlier wordings, the raw event it came from."""

from aiohttp import web

from hub.api._framework.routing import Routes
from hub.api.deps import ApiDeps
from hub.api.ledger import RawEventView, raw_event_view
from hub.api.mail_page import mail_page
from hub.api.security import mail_csp
from hub.api.shown import shown_entry
from hub.domain.errors import NotFound
from hub.domain.ids import InteractionId
from hub.domain.interaction import Revision
from hub.domain.user import Action
from hub.domain.views import InteractionView

routes = Routes("interactions")


@routes.get("/interactions/{interaction_id}", Action.conversations_read)
async def get_interaction(deps: ApiDeps, interaction_id: InteractionId) -> InteractionView:
    """Return one entry of the timeline."""
    return await shown_entry(deps, interaction_id)


@routes.get("/interactions/{interaction_id}/html", Action.conversations_read, media={200: "text/html"})
async def get_html(deps: ApiDeps, interaction_id: InteractionId, images: bool = False) -> web.Response:
    """Return a message's HTML as a page for a sandboxed frame.

    Without `images` nothing is loaded from elsewhere: the sender would learn that, when and where it is read.
    """
    html = await deps.storage.queries.interaction_html(interaction_id)
    entry = await shown_entry(deps, interaction_id)
    if not html:
        raise NotFound("This message has no HTML; its text is all there is.")
    inline = {a.content_id: f"/api/v1/attachments/{a.id}" for a in entry.attachments if a.content_id}
    return web.Response(
        text=mail_page(html, inline, images=images),
        content_type="text/html",
        headers={
            "Content-Security-Policy": mail_csp(images=images),
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "private, no-cache",
        },
    )


@routes.get("/interactions/{interaction_id}/revisions", Action.conversations_read)
async def list_revisions(deps: ApiDeps, interaction_id: InteractionId) -> tuple[Revision, ...]:
    """List a message's earlier wordings, the oldest first."""
    await shown_entry(deps, interaction_id)
    return tuple(await deps.storage.queries.revisions(interaction_id))


@routes.get("/interactions/{interaction_id}/raw", Action.raw_read)
async def get_raw_of_interaction(deps: ApiDeps, interaction_id: InteractionId) -> RawEventView:
    """Return the raw event a message came from, byte for byte."""
    entry = await shown_entry(deps, interaction_id)
    if entry.journal_seq is None:
        raise NotFound("This entry was made here; no provider sent it.")
    return await raw_event_view(deps, entry.journal_seq)
