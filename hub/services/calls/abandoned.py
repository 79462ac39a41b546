"""Customers on hold whose agent has hung up: whoever was asked takes the call, or it ends; nobody waits for ever."""

import structlog

from hub.contract.calls import CallCommand, ControlsCalls, EndCall, EndConsult
from hub.contract.errors import ConnectorError, Rejected
from hub.domain.call import Call, CallState
from hub.domain.call_marks import Party
from hub.domain.ids import CallId
from hub.ports import Storage
from hub.services.calls.controlling import live

log = structlog.get_logger(__name__)


def rescue(call: Call) -> CallCommand | None:
    """Return what becomes of a customer whom the last agent has left on hold; None where nobody has, or one rings.

    A hold that began after somebody had left is that of who is there now.
    """
    if call.state is not CallState.held:
        return None
    since = call.holds[-1].began_at
    ours = [leg for leg in call.legs if leg.party in (Party.agent, Party.outside)]
    gone = [leg for leg in ours if leg.joined_at is not None and leg.ended_at is not None and leg.ended_at > since]
    here = [leg for leg in ours if leg.ended_at is None and leg.left_at is None]
    held_by = [leg for leg in here if leg.joined_at is not None and leg.joined_at <= since]
    if not gone or held_by:
        return None
    if not here:
        return EndCall()
    return EndConsult(complete=True) if any(leg.joined_at is not None for leg in here) else None


async def rescued(storage: Storage, connector: ControlsCalls, call_id: CallId) -> bool:
    """Help one customer, if they need it; returns whether something was done."""
    async with storage.read() as uow:
        whole = await uow.calls.whole(call_id)
    command = rescue(whole.call) if whole is not None else None
    if whole is None or command is None:
        return False
    try:
        await connector.control(live(whole), command)
    except Rejected as error:
        # a PBX that does so itself has been faster
        log.info("a customer on hold was not helped", call=str(call_id), reason=str(error))
        return False
    except ConnectorError as error:
        log.warning("a customer waits on hold, and nobody is there", call=str(call_id), reason=str(error))
        return False
    return True
