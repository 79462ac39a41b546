"""Carries actions out in one unit of work, as a person would; what cannot be done is said and stops no other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from uuid import UUID

from hub.domain.actions import (
    AnyAction,
    Assign,
    AssignTeam,
    CallHook,
    Notify,
    SendReply,
    SendSavedReply,
    SetPriority,
    SetState,
    StartBot,
    StopBot,
    Tag,
    WriteNote,
    acts,
    tags_after,
    wakes_at,
    work_of,
)
from hub.domain.botflow.speaking import Speaker
from hub.domain.changes import ChangeKind
from hub.domain.errors import CannotSend, Conflict, HubError, Invalid
from hub.domain.hooks import HookDelivery
from hub.domain.ids import ConversationId, InteractionId, UserId
from hub.domain.interaction import AuthorKind
from hub.domain.user import User
from hub.ports import UnitOfWork
from hub.services import conversations, reply, saved_replies
from hub.services.as_json import encode
from hub.services.bots import speaking
from hub.services.bots.giving_back import give_within
from hub.services.bots.means import Means
from hub.services.conversations import Edit
from hub.services.ids import new_id
from hub.services.outgoing import Written, conversation_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts, and with what."""

    means: Means
    """How to write on a channel, how bots begin."""
    now: datetime
    by: User | None = None
    """The agent whose macro it is; None: the hub itself, by a rule."""
    origin: Mapping[str, object] = field(default_factory=dict)
    """What stands in the `data` of every entry: `{"rule": id, "rule_name": name}`, `{"macro": …}`."""
    about: Mapping[str, object] = field(default_factory=dict)
    """What a called webhook is told beside the conversation."""

    @property
    def by_id(self) -> UserId | None:
        """Whose doing the timeline says it is; None: the hub's."""
        return self.by.id if self.by is not None else None

    @property
    def author(self) -> AuthorKind:
        """As whom texts are written."""
        return AuthorKind.agent if self.by is not None else AuthorKind.auto


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one action."""

    do: str
    problem: str = ""
    """Why it could not be done, in words; empty if it was."""
    idle: bool = False
    """There was nothing to do: what it wants was so already."""


async def carry_out(
    uow: UnitOfWork, conversation_id: ConversationId, actions: Sequence[AnyAction], acting: Acting
) -> Sequence[Done]:
    """Do actions in order; one that cannot be done has changed nothing. Raises NotFound, Conflict (merged).

    The conversation is locked until the unit of work ends.
    """
    await conversation_of(uow, conversation_id)
    return [await _done(uow, conversation_id, action, acting) for action in actions]


async def _done(uow: UnitOfWork, conversation_id: ConversationId, action: AnyAction, acting: Acting) -> Done:
    conversation = await conversation_of(uow, conversation_id)
    lock = await uow.speakers.get(conversation_id)
    if not acts(work_of(conversation, lock.speaker), action, acting.now):
        return Done(do=action.do, idle=True)
    try:
        await _do(uow, conversation_id, action, acting)
    except HubError as error:
        return Done(do=action.do, problem=str(error))
    return Done(do=action.do)


async def _do(uow: UnitOfWork, conversation_id: ConversationId, action: AnyAction, acting: Acting) -> None:
    match action:
        case Assign() | AssignTeam() | Tag() | SetPriority() | SetState():
            edit = await _edit(uow, conversation_id, action, acting.now)
            await conversations.change(
                uow, conversation_id, edit, by=acting.by_id, now=acting.now, origin=acting.origin
            )
        case WriteNote():
            await _note(uow, conversation_id, action, acting)
        case SendReply():
            conversation = await conversation_of(uow, conversation_id)
            await _send(
                uow,
                conversation_id,
                await saved_replies.fill_in(uow, action.texts, conversation, acting.by),
                acting,
            )
        case SendSavedReply():
            conversation = await conversation_of(uow, conversation_id)
            filled = await saved_replies.filled(uow, action.saved_reply_id, conversation, acting.by)
            if filled.problem:
                raise Invalid(filled.problem)
            await _send(uow, conversation_id, filled.text, acting)
            await saved_replies.use(uow, filled.id, acting.now)
        case Notify():
            await _notify(uow, conversation_id, action, acting)
        case StartBot():
            await give_within(
                uow,
                acting.means,
                conversation_id,
                flow_id=action.flow_id,
                by=acting.by_id,
                now=acting.now,
                origin=acting.origin,
            )
        case StopBot():
            await speaking.take_over(uow, conversation_id, by=acting.by_id, now=acting.now, origin=acting.origin)
        case CallHook():
            await _call(uow, conversation_id, action.hook_id, acting)
        case _:
            assert_never(action)


async def _edit(
    uow: UnitOfWork,
    conversation_id: ConversationId,
    action: Assign | AssignTeam | Tag | SetPriority | SetState,
    now: datetime,
) -> Edit:
    match action:
        case Assign():
            return Edit(assignee_id=action.user_id)
        case AssignTeam():
            return Edit(team_id=action.team_id, assignee_id=None) if action.queue else Edit(team_id=action.team_id)
        case Tag():
            conversation = await conversation_of(uow, conversation_id)
            return Edit(tags=tags_after(conversation.tags, action))
        case SetPriority():
            return Edit(priority=action.priority)
        case SetState():
            until = wakes_at(action, now)
            return Edit(state=action.state, snoozed_until=until) if until is not None else Edit(state=action.state)


async def _note(uow: UnitOfWork, conversation_id: ConversationId, action: WriteNote, acting: Acting) -> None:
    conversation = await conversation_of(uow, conversation_id)
    await reply.note(
        uow,
        id=InteractionId(new_id()),
        conversation_id=conversation_id,
        text=await saved_replies.fill_in(uow, {"": action.text}, conversation, acting.by),
        by=acting.by_id,
        now=acting.now,
        data=acting.origin,
        author=acting.author,
    )


async def _send(uow: UnitOfWork, conversation_id: ConversationId, text: str, acting: Acting) -> None:
    conversation = await conversation_of(uow, conversation_id)
    sender = acting.means.sender(conversation.channel_id)
    if sender is None:
        raise CannotSend("The channel cannot be used at present. Its page in the settings says why.")
    if acting.by is None and (await uow.speakers.get(conversation_id)).speaker is Speaker.bot:
        raise Conflict("A bot speaks here: it and the rule would talk across each other. Stop the bot first.")
    if not text:
        raise Invalid("The text is empty once its variables are filled in.")
    await reply.reply(
        uow,
        id=InteractionId(new_id()),
        conversation_id=conversation_id,
        written=Written(text=text, data=acting.origin),
        capabilities=sender.capabilities,
        new_message_id=sender.new_message_id,
        by=acting.by_id,
        now=acting.now,
        author=acting.author,
    )


async def _notify(uow: UnitOfWork, conversation_id: ConversationId, action: Notify, acting: Acting) -> None:
    conversation = await conversation_of(uow, conversation_id)
    wanted = set(action.user_ids)
    if action.assignee and conversation.assignee_id is not None:
        wanted.add(conversation.assignee_id)
    teams = set(action.team_ids)
    told = [
        user
        for user in await uow.users.all()
        if user.active and (user.id in wanted or not teams.isdisjoint(user.team_ids))
    ]
    if not told:
        raise Invalid("Nobody was there to be told: the people are gone, or the conversation is nobody's.")
    text = await saved_replies.fill_in(uow, {"": action.text}, conversation, acting.by)
    data: dict[str, object] = {
        "event": "notified",
        "to": [str(user.id) for user in told],
        "names": [user.name for user in told],
        "text": text,
        **acting.origin,
    }
    await conversations.record(uow, conversation, data, by=acting.by_id, now=acting.now)


async def _call(uow: UnitOfWork, conversation_id: ConversationId, hook_id: UUID, acting: Acting) -> None:
    hook = await uow.hooks.get(hook_id)
    if hook is None:
        raise Invalid("The webhook is not there any more.")
    if not hook.active:
        raise Invalid("The webhook is switched off.")
    conversation = await conversation_of(uow, conversation_id)
    told = {
        "kind": ChangeKind.hook_called,
        "at": acting.now,
        "conversation_id": conversation_id,
        **acting.origin,
        **acting.about,
        "record": {
            name: getattr(conversation, name)
            for name in ("id", "channel_id", "subject", "state", "assignee_id", "team_id", "priority", "tags")
        },
    }
    await uow.hooks.queue(
        HookDelivery(
            id=new_id(),
            hook_id=hook_id,
            seq=0,
            kind=ChangeKind.hook_called,
            body=encode(told),
            state="queued",
            next_at=acting.now,
            created_at=acting.now,
        )
    )
