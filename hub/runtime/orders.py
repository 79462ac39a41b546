"""The orders by which agents call out, as their own phones ask for them."""

import asyncio
from datetime import datetime, timedelta

from hub.domain.call import Call, CallState
from hub.domain.channel import Channel
from hub.domain.errors import CannotSend
from hub.domain.ids import CallId, UserId
from hub.domain.interaction import Direction
from hub.ports import Storage

GOOD_FOR = timedelta(minutes=2)
"""An order to call is dialled within this time, once."""
READ_WITHIN = 3.0
"""Seconds. An order is journaled before a phone rings and read a moment later: who answers at once may be faster."""
_EVERY = 0.05


async def ordered(storage: Storage, call_id: CallId, channel: Channel, by: UserId, now: datetime) -> Call:
    """Return the call an agent ordered and that is to be dialled now. Raises CannotSend."""
    call = await _read(storage, call_id)
    if call is None or call.channel_id != channel.id or call.placed_by != by:
        raise CannotSend("This call was not ordered by you. Place it again.")
    if call.direction is not Direction.outbound or call.state is not CallState.placing:
        raise CannotSend("This call is over. Place it again.")
    if now - call.began_at > GOOD_FOR or any(leg.party == "contact" for leg in call.legs):
        raise CannotSend("This call was ordered too long ago. Place it again.")
    return call


async def _read(storage: Storage, call_id: CallId) -> Call | None:
    clock = asyncio.get_running_loop().time
    end = clock() + READ_WITHIN
    while True:
        async with storage.read() as uow:
            call = await uow.calls.get(call_id)
        if call is not None or clock() > end:
            return call
        await asyncio.sleep(_EVERY)
