"""/deliveries: what a person decides about a message that failed or may have gone out."""

from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.shown import shown_entry
from hub.domain.delivery import DeliveryEvent
from hub.domain.errors import NotFound
from hub.domain.ids import DeliveryId
from hub.domain.user import Action
from hub.domain.views import InteractionView
from hub.services import deliveries

routes = Routes("deliveries")


@routes.post("/deliveries/{delivery_id}/retry", Action.conversations_write)
async def retry_delivery(deps: ApiDeps, caller: Caller, delivery_id: DeliveryId) -> InteractionView:
    """Send a failed or unclear message again."""
    async with deps.storage.begin() as uow:
        delivery = await deliveries.retry(uow, delivery_id, by=caller.user_id, now=deps.now())
    return await shown_entry(deps, delivery.interaction_id)


@routes.post("/deliveries/{delivery_id}/confirm", Action.conversations_write)
async def confirm_delivery(deps: ApiDeps, caller: Caller, delivery_id: DeliveryId) -> InteractionView:
    """Say that an unclear message did arrive."""
    async with deps.storage.begin() as uow:
        delivery = await deliveries.confirm(uow, delivery_id, by=caller.user_id, now=deps.now())
    return await shown_entry(deps, delivery.interaction_id)


@routes.get("/deliveries/{delivery_id}/events", Action.conversations_read)
async def list_delivery_events(deps: ApiDeps, delivery_id: DeliveryId) -> tuple[DeliveryEvent, ...]:
    """List everything that was learned about a delivery, in order."""
    async with deps.storage.read() as uow:
        events = await uow.outbox.events(delivery_id)
    if not events:
        raise NotFound("There is no such delivery; its conversation may have been deleted.")
    return tuple(events)
