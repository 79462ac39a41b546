"""Plans the calls that ring while somebody watches the demo: who calls, who picks up, who is missed. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from hub.contract.simulation import SimulatedCall
from hub.domain.ids import UserId
from hub.services.demo import sounds
from hub.services.demo.phone import NAMES, number_of

PICKED_UP, MISSED = 0.65, 0.85
"""Of all calls so many are answered; of the others some leave a message."""


def next_call(chance: Random, us: str, agents: Sequence[UserId], now: datetime) -> SimulatedCall:
    """Return a call that begins now, as it will go; `us` is our own number, one of `agents` is rung."""
    luck = chance.random()
    wait = timedelta(seconds=chance.uniform(8, 14) if luck < PICKED_UP else chance.uniform(20, 26))
    talk = timedelta(seconds=chance.randrange(40, 90)) if luck < PICKED_UP else timedelta()
    message = chance.randrange(6, 15) if luck >= MISSED else 0
    heard = round(talk.total_seconds()) or message
    kind = sounds.VOICEMAIL if message else sounds.CALL
    return SimulatedCall(
        # numbers of milliseconds never come twice, whatever was played before this start
        id=f"demo-live-{int(now.timestamp() * 1000)}",
        us=us,
        caller=number_of(chance.randrange(len(NAMES))),
        agent=chance.choice(agents) if agents else None,
        began_at=now,
        answered_at=now + wait if talk else None,
        ended_at=now + wait + talk + timedelta(seconds=message),
        ending="completed" if talk else "voicemail" if message else "no_answer",
        recording=sounds.named(kind, heard) if heard else "",
        seconds=heard,
    )
