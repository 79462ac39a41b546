"""Walks a run on by one happening: through the interpreter, and through other flows if it leads there."""

from hub.domain.botflow.effects import HandOver, Reason
from hub.domain.botflow.flow import FlowFault, Hours
from hub.domain.botflow.happenings import Begun, Happening
from hub.domain.botflow.interpreter import BUDGET, advance
from hub.domain.botflow.position import End, Phase
from hub.domain.botflow.records import FlowId
from hub.domain.errors import CannotSend
from hub.domain.replacing import replace
from hub.ports import UnitOfWork
from hub.services.bots import handing
from hub.services.bots.effects import carry_out
from hub.services.bots.library import Library
from hub.services.bots.talking import Talking, opened_now


async def walk(uow: UnitOfWork, library: Library, talking: Talking, happening: Happening) -> None:
    """Walk a run on by one happening, through other flows if it leads there, within one budget."""
    budget = BUDGET
    step: Happening | None = happening
    while step is not None and talking.run is not None and talking.run.ended_at is None:
        run = talking.run
        try:
            flow = await library.flow(uow, run.flow_id, run.version)
            calendars = {one.calendar for one in flow.steps.values() if isinstance(one, Hours)}
            if calendars and not talking.opened:
                talking.opened = await opened_now(talking.means, uow, talking.conversation, calendars)
            if flow.files.keys() - talking.files.keys():
                talking.files = {**talking.files, **await uow.bots.files(flow.files.keys())}
            moved = advance(flow, run.position, step, now=talking.now, tools=talking.tools(), budget=budget)
            talking.mark(run.flow_id, run.version, moved.marks)
            talking.run = replace(run, position=moved.position)
            following = await carry_out(uow, talking, moved.effects)
        except (FlowFault, CannotSend) as error:
            # Nothing more can be said: a human has to.
            talking.hand = HandOver(reason=Reason.fault, words=str(error))
            talking.run = replace(talking.run, position=replace(talking.run.position, phase=Phase.over, due_at=None))
            following = None
        budget -= moved.spent if following is not None else 0
        step = None
        if following is not None:
            step = await _follow(uow, talking, following)
        end(talking)


async def _follow(uow: UnitOfWork, talking: Talking, following: FlowId) -> Begun | None:
    """Go on in another flow; one that is not published ends with a human."""
    published = (await uow.bots.published()).get(following)
    run = talking.run
    if run is None or published is None:
        talking.hand = HandOver(reason=Reason.fault, words="The flow leads to another one that is not published.")
        return None
    talking.run = replace(run, flow_id=following, version=published[1])
    return Begun()


def end(talking: Talking) -> None:
    """Say how the run ended, if it did."""
    run = talking.run
    if run is None:
        return
    if talking.hand is not None:
        talking.run = handing.ended(run, talking.hand, talking.now)
    elif talking.closes:
        talking.run = replace(run, ended_at=talking.now, end=End.closed.value)
