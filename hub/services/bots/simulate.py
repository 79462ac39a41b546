"""The test panel: a flow talks with its author as with a customer on any channel, and touches nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hub.domain.botflow.choices import Shown, shown
from hub.domain.botflow.effects import AskKnowledge, AskModel, CallHttp, Effect, HandOver, Say
from hub.domain.botflow.flow import Flow, FlowFault, Hours
from hub.domain.botflow.happenings import Failed, Happening
from hub.domain.botflow.interpreter import Advance, advance
from hub.domain.botflow.position import Position
from hub.domain.botflow.reading import read_flow
from hub.domain.botflow.walk import Mark, Tools
from hub.domain.channel import Capabilities
from hub.domain.errors import CannotSend
from hub.domain.interaction import Attachment
from hub.domain.sending import check_fits
from hub.services.bots import calls
from hub.services.bots.enclosing import enclosing, enclosure_of, found
from hub.services.bots.means import Means
from hub.services.bots.rendering import render
from hub.services.bots.talking import opened_now, phone_of

CALLS_LIMIT = 5
"""Look-ups one step of the panel may lead through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The customer and the channel the author pretends."""

    capabilities: Capabilities = field(default_factory=Capabilities)
    channel_name: str = ""
    channel_kind: str = ""
    name: str = ""
    language: str = ""
    opened: bool | None = None
    """Pretend all calendars to be open or closed; None: as they are now."""
    looks_up: bool = False
    """Really ask addresses and the model; without it they count as failed. The knowledge base is always asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message as the customer gets it on the channel."""

    shown: Shown
    files: tuple[str, ...] = ()
    """Names of the files that come with it."""
    links: tuple[str, ...] = ()
    """Names of the files the channel does not carry: customers get links to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """What one step of the panel came to."""

    position: Position
    said: tuple[Heard, ...]
    effects: tuple[Effect, ...]
    marks: tuple[tuple[str, Mark], ...]
    trouble: str = ""
    """Why the channel would not carry what the flow says; a human would get the conversation then."""


async def simulate(
    means: Means,
    graph: Mapping[str, object],
    position: Position,
    happening: Happening,
    panel: Panel,
    *,
    now: datetime,
) -> Shot:
    """Walk a draft on by one happening, look-ups included. Raises Invalid if the graph cannot be read."""
    flow = read_flow(graph)
    tools = await _tools(means, flow, panel, now)
    advanced: list[Advance] = []
    following: Happening | None = happening
    for _ in range(CALLS_LIMIT):
        if following is None:
            break
        moved = advance(flow, position, following, now=now, tools=tools)
        advanced.append(moved)
        position = moved.position
        following = await _told(means, moved, panel)
    effects = tuple(effect for one in advanced for effect in one.effects)
    said, trouble = await _said(means, flow, effects, panel, now)
    return Shot(
        position=position,
        said=said,
        effects=effects,
        marks=tuple(mark for one in advanced for mark in one.marks),
        trouble=trouble,
    )


async def _tools(means: Means, flow: Flow, panel: Panel, now: datetime) -> Tools:
    calendars = {one.calendar for one in flow.steps.values() if isinstance(one, Hours)}
    hours: dict[str, bool] = {}
    if panel.opened is None and calendars:
        async with means.storage.read() as uow:
            hours = await opened_now(means, uow, None, calendars)

    def opened(calendar: str) -> bool:
        if panel.opened is not None:
            return panel.opened
        if calendar not in hours:
            raise FlowFault("The flow asks for business hours that are not there any more.")
        return hours[calendar]

    name = panel.name or "Kim Minjun"
    contact = {"name": name, "first_name": name.split(" ")[0], "language": panel.language, "source": "", "company": ""}
    return Tools(
        render=render,
        phone=phone_of,
        guess=means.guess,
        opened=opened,
        today=now.date(),
        context={
            "contact": contact,
            "channel": {"name": panel.channel_name, "kind": panel.channel_kind},
            "conversation": {"tags": [], "reopened": False},
        },
    )


async def _told(means: Means, moved: Advance, panel: Panel) -> Happening | None:
    """Return the result of the look-up a step asked for, None if it asked for none."""
    if any(isinstance(effect, HandOver) for effect in moved.effects):
        return None
    for effect in moved.effects:
        match effect:
            case AskKnowledge():
                return await calls.carry_out(means, effect, conversation_id=None, contact_id=None, channel_id=None)
            case AskModel() | CallHttp() if panel.looks_up:
                return await calls.carry_out(means, effect, conversation_id=None, contact_id=None, channel_id=None)
            case AskModel() | CallHttp():
                return Failed(ask=effect.ask, words="The test panel asks nobody outside unless you say so.")
            case _:
                continue
    return None


async def _said(
    means: Means, flow: Flow, effects: tuple[Effect, ...], panel: Panel, now: datetime
) -> tuple[tuple[Heard, ...], str]:
    """Return the messages as the channel shows them, and why it would not carry one of them."""
    kept: Mapping[UUID, Attachment] = {}
    if flow.files:
        async with means.storage.read() as uow:
            kept = await uow.bots.files(flow.files.keys())
    heard, trouble = [], ""
    for one in (effect for effect in effects if isinstance(effect, Say)):
        try:
            heard.append(_heard(one, kept, panel, now))
        except (CannotSend, FlowFault) as error:
            heard.append(Heard(shown=shown(one.text, one.choices, panel.capabilities)))
            trouble = trouble or str(error)
    return tuple(heard), trouble


def _heard(said: Say, kept: Mapping[UUID, Attachment], panel: Panel, now: datetime) -> Heard:
    files = found(said.files, kept)
    going = enclosing("", files, panel.capabilities, lambda _file: "")
    carried = [file for batch in going.batches for file in batch]
    linked = tuple(file.name for file in files if file not in carried)
    form = shown(said.text, said.choices, panel.capabilities)
    first = going.batches[0] if going.batches else ()
    check_fits(
        panel.capabilities,
        text="\n".join((form.text, *linked)).strip(),
        enclosures=[enclosure_of(file) for file in first],
        last_inbound_at=now,
        now=now,
        by_person=False,
    )
    return Heard(shown=form, files=tuple(file.name for file in carried), links=linked)
