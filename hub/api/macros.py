"""/macros: lists of actions agents carry out with one step; previewed, carried out and taken back in a conversation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.bot_hands import BotHands
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Document, Input, Word
from hub.domain.actions import ACTIONS_LIMIT
from hub.domain.ids import ConversationId, InteractionId, TeamId
from hub.domain.interaction import Interaction
from hub.domain.macros import Macro, MacroId
from hub.domain.user import Action
from hub.services import macros
from hub.services.actions import json_of, json_schema, read_actions

routes = Routes("macros")


class MacroEdit(Input):
    """What a macro shall be."""

    name: Word
    shared: bool = False
    """Everybody's; else the caller's own."""
    team_ids: Annotated[tuple[TeamId, ...], Field(max_length=500)] = ()
    """Of a shared one: the teams whose conversations it fits; none: all."""
    actions: Annotated[tuple[Document, ...], Field(min_length=1, max_length=ACTIONS_LIMIT)]
    """In the order in which they are done, as /macros/schema says."""


class NewMacro(MacroEdit):
    """A list of actions with a name."""

    id: MacroId


class MacroRun(Input):
    """A macro to carry out."""

    id: InteractionId
    """Of the line it writes: the same again does nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroView:
    """A macro."""

    id: MacroId
    name: str
    shared: bool
    team_ids: tuple[TeamId, ...]
    actions: tuple[dict[str, Any], ...]
    used: int
    last_used_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroStep:
    """What one action would do in a conversation."""

    action: dict[str, Any]
    text: str
    """What would be written, filled in; empty where it writes nothing."""
    idle: bool
    """It would change nothing: what it wants is so already."""
    problem: str
    """Why it could not be done; empty if it could."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroDone:
    """What became of one action."""

    do: str
    problem: str
    idle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroRunView:
    """A macro that was carried out."""

    id: InteractionId
    """Of its line in the conversation, by which it is taken back."""
    done: tuple[MacroDone, ...]


@routes.get("/macros", Action.conversations_write, people_only=True)
async def list_macros(deps: ApiDeps, caller: Caller) -> tuple[MacroView, ...]:
    """List everybody's macros and the caller's own, by name."""
    async with deps.storage.read() as uow:
        return tuple(_view(one) for one in await uow.macros.all() if one.seen_by(caller.person.id))


@routes.get("/macros/schema", Action.conversations_read)
async def get_action_schema() -> dict[str, Any]:
    """Return the JSON Schema of a list of actions, as macros and rules have them."""
    return json_schema()


@routes.post("/macros", Action.conversations_write, people_only=True)
async def create_macro(deps: ApiDeps, caller: Caller, body: NewMacro) -> Created[MacroView]:
    """Make a macro; a shared one needs the right `macros_write`."""
    async with deps.storage.begin() as uow:
        made = await macros.create(uow, _macro(body.id, body, caller, deps.now()), caller.person)
    return Created(_view(made.record), new=made.created)


@routes.put("/macros/{macro_id}", Action.conversations_write, people_only=True)
async def change_macro(deps: ApiDeps, caller: Caller, macro_id: MacroId, body: MacroEdit) -> MacroView:
    """Change a macro; what was counted stays."""
    async with deps.storage.begin() as uow:
        return _view(await macros.change(uow, _macro(macro_id, body, caller, deps.now()), caller.person))


@routes.delete("/macros/{macro_id}", Action.conversations_write, people_only=True)
async def delete_macro(deps: ApiDeps, caller: Caller, macro_id: MacroId) -> None:
    """Delete a macro; what was done by it stays."""
    async with deps.storage.begin() as uow:
        await macros.delete(uow, macro_id, caller.person)


@routes.get("/conversations/{conversation_id}/macros", Action.conversations_write, people_only=True)
async def list_fitting_macros(deps: ApiDeps, caller: Caller, conversation_id: ConversationId) -> tuple[MacroView, ...]:
    """List the macros that fit a conversation: the caller's own first, then the most used."""
    async with deps.storage.read() as uow:
        return tuple(_view(one) for one in await macros.fitting(uow, conversation_id, caller.person))


@routes.get("/conversations/{conversation_id}/macros/{macro_id}", Action.conversations_write, people_only=True)
async def preview_macro(
    deps: ApiDeps, caller: Caller, conversation_id: ConversationId, macro_id: MacroId
) -> tuple[MacroStep, ...]:
    """Return what a macro would do in a conversation; nothing is done."""
    async with deps.storage.read() as uow:
        steps = await macros.preview(uow, conversation_id, macro_id, caller.person, deps.now())
    return tuple(
        MacroStep(action=json_of([one.action])[0], text=one.text, idle=one.idle, problem=one.problem) for one in steps
    )


@routes.post("/conversations/{conversation_id}/macros/{macro_id}/run", Action.conversations_write, people_only=True)
async def run_macro(
    deps: ApiDeps, caller: Caller, hands: BotHands, conversation_id: ConversationId, macro_id: MacroId, body: MacroRun
) -> Created[MacroRunView]:
    """Carry a macro out with the caller's own rights. What cannot be done is said and stops nothing else."""
    async with deps.storage.begin() as uow:
        made = await macros.run(
            uow, hands.means, conversation_id, macro_id, id=body.id, by=caller.person, now=deps.now()
        )
    return Created(_run(made.record), new=made.created)


@routes.post("/interactions/{interaction_id}/undo-macro", Action.conversations_write)
async def undo_macro(deps: ApiDeps, caller: Caller, interaction_id: InteractionId) -> None:
    """Take back what a macro changed and nobody has changed since; what was written or sent stays."""
    async with deps.storage.begin() as uow:
        await macros.undo(uow, interaction_id, by=caller.user_id, now=deps.now())


def _macro(macro_id: MacroId, body: MacroEdit, caller: Caller, now: datetime) -> Macro:
    return Macro(
        id=macro_id,
        name=body.name,
        owner_id=None if body.shared else caller.person.id,
        team_ids=body.team_ids,
        actions=read_actions(body.actions),
        created_at=now,
        updated_at=now,
        updated_by=caller.person.id,
    )


def _view(macro: Macro) -> MacroView:
    return MacroView(
        id=macro.id,
        name=macro.name,
        shared=macro.owner_id is None,
        team_ids=macro.team_ids,
        actions=tuple(json_of(macro.actions)),
        used=macro.used,
        last_used_at=macro.last_used_at,
        updated_at=macro.updated_at,
    )


def _run(entry: Interaction) -> MacroRunView:
    listed = entry.data.get("done")
    done = listed if isinstance(listed, list | tuple) else ()
    return MacroRunView(
        id=entry.id,
        done=tuple(MacroDone(do=str(one["do"]), problem=str(one["problem"]), idle=bool(one["idle"])) for one in done),
    )
