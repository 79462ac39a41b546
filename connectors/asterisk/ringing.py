"""Rings devices, all at once, until one answers, all refused, time is up, or the caller leaves."""

import asyncio
from collections.abc import Sequence
from typing import Literal

from connectors.asterisk.live import Leg, LiveCall
from hub.contract import ConnectorError
from hub.domain.call_marks import Party
from hub.domain.callflow.steps import Target

Result = Literal["no_answer", "busy", "failed"]


async def ring(
    call: LiveCall, targets: Sequence[Target], *, seconds: int, caller_id: str, party: Party | None = None
) -> Leg | Result:
    """Return the leg that answered, the others hung up; or why there is none. Raises CallOver."""
    legs = await _dial_all(call, targets, seconds, caller_id, party)
    until = asyncio.get_running_loop().time() + seconds
    winner: Leg | None = None
    try:
        while winner is None and not all(leg.gone for leg in legs):
            left = until - asyncio.get_running_loop().time()
            if left <= 0 or (await call.next(left) is None and not any(leg.entered for leg in legs)):
                return "no_answer"
            winner = next((leg for leg in legs if leg.entered and not leg.gone), None)
        return winner or _why(legs)
    finally:
        others = [leg for leg in legs if leg is not winner]
        await call.drop(others, "answered_elsewhere" if winner else "normal")


async def _dial_all(
    call: LiveCall, targets: Sequence[Target], seconds: int, caller_id: str, party: Party | None
) -> list[Leg]:
    async def one(target: Target) -> Leg | None:
        whose = party or (Party.agent if target.user_id is not None or target.kind != "number" else Party.outside)
        try:
            return await call.dial(target, seconds=seconds, caller_id=caller_id, party=whose)
        except ConnectorError:
            return None

    found = await asyncio.gather(*(one(target) for target in targets))
    return [leg for leg in found if leg is not None]


def _why(legs: Sequence[Leg]) -> Result:
    causes = {leg.cause for leg in legs}
    if causes & {17, 21}:
        return "busy"
    return "no_answer" if causes & {16, 18, 19} else "failed"
