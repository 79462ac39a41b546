"""Reads what a bot waits to hear in a conversation of the demo, so that its made-up customer answers that."""

from hub.domain.botflow.flow import FlowFault
from hub.domain.ids import ConversationId
from hub.ports import UnitOfWork
from hub.services.bots.library import Library
from hub.services.demo.to_bots import Asked, asked


async def asked_in(uow: UnitOfWork, flows: Library, conversation_id: ConversationId) -> Asked | None:
    """Return what a bot of a conversation waits to hear; None where no bot asks there."""
    run = await uow.bots.run_of(conversation_id)
    if run is None or run.ended_at is not None:
        return None
    try:
        flow = await flows.flow(uow, run.flow_id, run.version)
    except FlowFault:
        return None  # deleted meanwhile: the hub gives the conversation to a human
    return asked(str(run.id), flow, run.position)
