"""Keeps macros, shows what one would do in a conversation, carries it out, and takes it back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from hub.domain.actions import AnyAction, SendReply, SendSavedReply, Work, WriteNote, work_of
from hub.domain.conversation import Conversation, ConversationState, Priority
from hub.domain.errors import Conflict, Forbidden, HubError, Invalid, NotFound
from hub.domain.ids import ConversationId, InteractionId, TeamId, UserId
from hub.domain.interaction import Interaction
from hub.domain.macros import (
    MACROS_LIMIT,
    NAME_LIMIT,
    UNDOABLE,
    Macro,
    MacroId,
    idle_steps,
    in_order,
    needs,
    to_restore,
)
from hub.domain.user import Action, User, may
from hub.ports import UnitOfWork
from hub.services import conversations, noting, saved_replies
from hub.services.actions import Acting, Done, carry_out, checked
from hub.services.actions.checking import missing
from hub.services.bots.means import Means
from hub.services.conversations import Edit
from hub.services.made import Made
from hub.services.outgoing import conversation_of, known_entry

EVENT, UNDONE = "macro", "macro_undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one action of a macro would do in a conversation."""

    action: AnyAction
    text: str = ""
    """What would be written, filled in; empty where it writes nothing."""
    idle: bool = False
    """It would change nothing: what it wants is so already."""
    problem: str = ""
    """Why it could not be done, in words."""


async def create(uow: UnitOfWork, macro: Macro, by: User) -> Made[Macro]:
    """Add a macro. Repeating the call gives the stored one. Raises Invalid, Conflict, Forbidden."""
    if (known := await uow.macros.get(macro.id)) is not None:
        if not known.seen_by(by.id):
            raise Conflict("This id belongs to another macro. Make a new id.")
        return Made(known, created=False)
    if len(await uow.macros.all()) >= MACROS_LIMIT:
        raise Conflict(f"There are {MACROS_LIMIT} macros already. Delete those nobody uses.")
    kept = await _checked(uow, macro, by)
    await uow.macros.save(kept)
    return Made(kept, created=True)


async def change(uow: UnitOfWork, macro: Macro, by: User) -> Macro:
    """Replace a macro; what was counted stays. Raises NotFound, Invalid, Forbidden."""
    before = await get(uow, macro.id, by.id)
    _may_change(before, by)
    kept = await _checked(
        uow, replace(macro, created_at=before.created_at, used=before.used, last_used_at=before.last_used_at), by
    )
    await uow.macros.save(kept)
    return kept


async def delete(uow: UnitOfWork, macro_id: MacroId, by: User) -> None:
    """Delete a macro; what was done by it stays. Raises NotFound, Forbidden."""
    _may_change(await get(uow, macro_id, by.id), by)
    await uow.macros.delete(macro_id)


async def get(uow: UnitOfWork, macro_id: MacroId, by: UserId | None) -> Macro:
    """Return a macro somebody may see. Raises NotFound."""
    found = await uow.macros.get(macro_id)
    if found is None or not found.seen_by(by):
        raise NotFound("There is no such macro; it may have been deleted.")
    return found


async def fitting(uow: UnitOfWork, conversation_id: ConversationId, by: User) -> Sequence[Macro]:
    """Return the macros that fit a conversation: the agent's own, then shared ones for its team. Raises NotFound."""
    conversation = await _conversation(uow, conversation_id)
    teams: Collection[TeamId] = by.team_ids if conversation.team_id is None else (conversation.team_id,)
    return in_order([one for one in await uow.macros.all() if one.seen_by(by.id) and one.fits(teams)], by.id)


async def preview(
    uow: UnitOfWork, conversation_id: ConversationId, macro_id: MacroId, by: User, now: datetime
) -> Sequence[Step]:
    """Return what a macro would do in a conversation, action by action; nothing is done. Raises NotFound."""
    conversation = await _conversation(uow, conversation_id)
    macro = await get(uow, macro_id, by.id)
    speaker = (await uow.speakers.get(conversation_id)).speaker
    idle = idle_steps(work_of(conversation, speaker), macro.actions, now)
    return [
        await _step(uow, conversation, action, by, idle=nothing)
        for action, nothing in zip(macro.actions, idle, strict=True)
    ]


async def run(
    uow: UnitOfWork,
    means: Means,
    conversation_id: ConversationId,
    macro_id: MacroId,
    *,
    id: InteractionId,  # noqa: A002 - the word of every record
    by: User,
    now: datetime,
) -> Made[Interaction]:
    """Carry a macro out as an agent, with the agent's rights, and write one line that says so. Again: nothing more.

    What could not be done is said in the line and stops nothing else.
    Raises NotFound, and Conflict for a merged conversation or an id that belongs to something else.
    """
    conversation = await conversation_of(uow, conversation_id)
    if (known := await known_entry(uow, id, conversation_id)) is not None:
        return Made(known, created=False)
    macro = await get(uow, macro_id, by.id)
    before = work_of(conversation)
    acting = Acting(means=means, now=now, by=by, origin={"macro": str(macro.id), "macro_name": macro.name})
    allowed = [action for action in macro.actions if may(by.role, needs(action))]
    refused = [
        Done(do=action.do, problem="You do not have the right to do this.")
        for action in macro.actions
        if not may(by.role, needs(action))
    ]
    done = [*await carry_out(uow, conversation_id, allowed, acting), *refused]
    conversation = await conversation_of(uow, conversation_id)
    data: dict[str, object] = {
        "event": EVENT,
        "macro": str(macro.id),
        "macro_name": macro.name,
        "done": [{"do": one.do, "problem": one.problem, "idle": one.idle} for one in done],
        "before": _kept(before),
        "after": _kept(work_of(conversation)),
    }
    await conversations.record(uow, conversation, data, by=by.id, now=now, id=id)
    await uow.macros.count(macro.id, now)
    entry = await uow.timeline.get(id)
    if entry is None:
        raise NotFound("The line of this macro is gone.")
    return Made(entry, created=True)


async def undo(uow: UnitOfWork, entry_id: InteractionId, *, by: UserId | None, now: datetime) -> Conversation:
    """Take back what a macro changed and nobody has changed since; what was written or sent stays.

    Raises NotFound, and Conflict if there is nothing to take back.
    """
    entry = await uow.timeline.get(entry_id)
    if entry is None or entry.data.get("event") != EVENT:
        raise NotFound("There is no such macro's line; it may have been deleted.")
    conversation = await conversation_of(uow, entry.conversation_id)
    before, after = _work(entry.data.get("before")), _work(entry.data.get("after"))
    names = to_restore(before, after, work_of(conversation))
    if entry.data.get("undone") or not names:
        raise Conflict("There is nothing to take back: it was changed again since, or the macro only wrote.")
    wanted = {name: getattr(before, name) for name in names}
    if wanted.get("state") is ConversationState.snoozed:
        wanted["snoozed_until"] = before.snoozed_until
        if before.snoozed_until is not None and before.snoozed_until <= now:
            wanted |= {"state": ConversationState.open}
            del wanted["snoozed_until"]
    origin = {"macro": str(entry.data.get("macro")), "macro_name": str(entry.data.get("macro_name"))}
    await uow.timeline.update(replace(entry, data={**entry.data, "undone": True}))
    uow.note(noting.entry_changed(entry))
    changed = await conversations.change(uow, conversation.id, Edit(**wanted), by=by, now=now, origin=origin)
    return await conversations.record(uow, changed, {"event": UNDONE, **origin}, by=by, now=now)


def _may_change(macro: Macro, by: User) -> None:
    if macro.owner_id is None and not may(by.role, Action.macros_write):
        raise Forbidden("This macro is everybody's: only managers change it. Make one of your own instead.")


async def _checked(uow: UnitOfWork, macro: Macro, by: User) -> Macro:
    """Return a macro as it is kept. Raises Invalid, Forbidden, in words."""
    _may_change(macro, by)
    name = " ".join(macro.name.split())
    if not 0 < len(name) <= NAME_LIMIT:
        raise Invalid(f"Give the macro a name of at most {NAME_LIMIT} characters.")
    if macro.owner_id is not None and any(not may(by.role, needs(action)) for action in macro.actions):
        raise Forbidden("You do not have the right to call webhooks: take that action out.")
    if not set(macro.team_ids) <= {team.id for team in await uow.users.teams()}:
        raise Invalid("One of the teams is not there any more. Choose again.")
    return replace(
        macro,
        name=name,
        team_ids=() if macro.owner_id is not None else tuple(dict.fromkeys(macro.team_ids)),
        actions=await checked(uow, macro.actions),
    )


async def _step(uow: UnitOfWork, conversation: Conversation, action: AnyAction, by: User, *, idle: bool) -> Step:
    if not may(by.role, needs(action)):
        return Step(action=action, problem="You do not have the right to do this.")
    if words := await missing(uow, action):
        return Step(action=action, problem=words[0].upper() + words[1:])
    try:
        text = await _text(uow, conversation, action, by)
    except HubError as error:
        return Step(action=action, problem=str(error))
    return Step(action=action, text=text, idle=idle)


async def _text(uow: UnitOfWork, conversation: Conversation, action: AnyAction, by: User) -> str:
    match action:
        case SendReply():
            return await saved_replies.fill_in(uow, action.texts, conversation, by)
        case SendSavedReply():
            filled = await saved_replies.filled(uow, action.saved_reply_id, conversation, by)
            if filled.problem:
                raise Invalid(filled.problem)
            return filled.text
        case WriteNote():
            return await saved_replies.fill_in(uow, {"": action.text}, conversation, by)
        case _:
            return ""


async def _conversation(uow: UnitOfWork, conversation_id: ConversationId) -> Conversation:
    found = await uow.conversations.get(conversation_id)
    if found is None:
        raise NotFound("There is no such conversation; it may have been deleted.")
    return found


def _kept(work: Work) -> dict[str, object]:
    """Return what of the work can be taken back, as JSON."""
    return {name: _json(getattr(work, name)) for name in (*UNDOABLE, "snoozed_until")}


def _json(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case datetime():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def _work(kept: object) -> Work:
    """Return the work that `_kept` wrote down."""
    read: Mapping[str, Any] = kept if isinstance(kept, Mapping) else {}
    until, assignee, team = (read.get(name) for name in ("snoozed_until", "assignee_id", "team_id"))
    return Work(
        state=ConversationState(read.get("state", ConversationState.open)),
        snoozed_until=datetime.fromisoformat(until) if until else None,
        assignee_id=UserId(UUID(assignee)) if assignee else None,
        team_id=TeamId(UUID(team)) if team else None,
        priority=Priority(read.get("priority", Priority.normal)),
        tags=tuple(read.get("tags", ())),
    )
