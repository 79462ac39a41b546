"""Whether a list of actions can be kept: the people, teams, texts, flows and webhooks it names are there."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from hub.domain.actions import (
    AnyAction,
    Assign,
    AssignTeam,
    CallHook,
    Notify,
    SendReply,
    SendSavedReply,
    StartBot,
    Tag,
    WriteNote,
    faults,
)
from hub.domain.errors import Invalid
from hub.ports import UnitOfWork
from hub.services.conversations import tidy_tags
from hub.services.saved_replies import tidy_text


async def checked(uow: UnitOfWork, actions: Sequence[AnyAction]) -> tuple[AnyAction, ...]:
    """Return actions as they are kept. Raises Invalid, in words, naming the action by its place."""
    if found := faults(actions):
        raise Invalid(" ".join(found))
    return tuple([await _named(uow, one, place) for place, one in enumerate(actions, 1)])


async def _named(uow: UnitOfWork, action: AnyAction, place: int) -> AnyAction:
    try:
        kept = _tidy(action)
    except Invalid as error:
        raise Invalid(f"Action {place}: {error}") from error
    if words := await missing(uow, kept):
        raise Invalid(f"Action {place}: {words}")
    return kept


def _tidy(action: AnyAction) -> AnyAction:
    match action:
        case Tag():
            return replace(action, add=tidy_tags(action.add), remove=tidy_tags(action.remove))
        case SendReply():
            return replace(action, texts={name: tidy_text(name, text) for name, text in action.texts.items()})
        case WriteNote() | Notify() if action.text.strip():
            return replace(action, text=tidy_text("en", action.text))
        case _:
            return action


async def missing(uow: UnitOfWork, action: AnyAction) -> str:
    """Say what an action names that is not there (any more); empty if all of it is."""
    match action:
        case Assign() if action.user_id is not None:
            return await _people(uow, [action.user_id])
        case AssignTeam() if action.team_id is not None:
            return await _teams(uow, [action.team_id])
        case Notify():
            return await _people(uow, action.user_ids) or await _teams(uow, action.team_ids)
        case SendSavedReply() if await uow.saved_replies.get(action.saved_reply_id) is None:
            return "the saved reply is not there any more. Choose another."
        case StartBot() if action.flow_id not in await uow.bots.published():
            return "the bot's flow is not published. Publish it first, or choose another."
        case CallHook():
            hook = await uow.hooks.get(action.hook_id)
            if hook is None:
                return "the webhook is not there any more. Choose another."
            return "" if hook.active else "the webhook is switched off. Switch it on first."
        case _:
            return ""


async def _people(uow: UnitOfWork, ids: Collection[UUID]) -> str:
    here: set[UUID] = {user.id for user in await uow.users.all() if user.active}
    return "" if here.issuperset(ids) else "somebody named does not work here any more. Choose again."


async def _teams(uow: UnitOfWork, ids: Collection[UUID]) -> str:
    there: set[UUID] = {team.id for team in await uow.users.teams()}
    return "" if there.issuperset(ids) else "a team named is not there any more. Choose again."
