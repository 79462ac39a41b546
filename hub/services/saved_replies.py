"""Keeps saved replies, and fills them in for a conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain.botflow.flow import FlowFault
from hub.domain.contact import Contact
from hub.domain.conversation import Conversation
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ConversationId
from hub.domain.saved_replies import (
    LANGUAGES_LIMIT,
    NAME_LIMIT,
    REPLIES_LIMIT,
    TEXT_LIMIT,
    VARIABLES,
    SavedReply,
    SavedReplyId,
    in_order,
    is_language,
    is_shortcut,
    nearest,
    unknown,
)
from hub.domain.user import User
from hub.ports import UnitOfWork
from hub.services.bots.rendering import fault_of, names_in, render
from hub.services.made import Made


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledReply:
    """A saved reply as it would be sent in a conversation."""

    id: SavedReplyId
    name: str
    shortcut: str
    language: str
    """Of the text: the customer's if the reply has it, else the agent's, else its first."""
    text: str
    """Filled in; empty if it could not be."""
    problem: str
    """Why it could not be filled in; empty if it could."""
    languages: tuple[str, ...]
    """All it has."""
    used: int


async def create(uow: UnitOfWork, reply: SavedReply) -> Made[SavedReply]:
    """Add a saved reply. Repeating the call gives the stored one. Raises Invalid, Conflict."""
    if (known := await uow.saved_replies.get(reply.id)) is not None:
        return Made(known, created=False)
    if len(await uow.saved_replies.all()) >= REPLIES_LIMIT:
        raise Conflict(f"There are {REPLIES_LIMIT} saved replies already. Delete those nobody uses.")
    kept = await _checked(uow, reply, None)
    await uow.saved_replies.save(kept)
    return Made(kept, created=True)


async def change(uow: UnitOfWork, reply: SavedReply) -> SavedReply:
    """Replace a saved reply; what was counted stays. Raises NotFound, Invalid, Conflict."""
    before = await get(uow, reply.id)
    kept = await _checked(
        uow,
        replace(reply, created_at=before.created_at, used=before.used, last_used_at=before.last_used_at),
        before,
    )
    await uow.saved_replies.save(kept)
    return kept


async def delete(uow: UnitOfWork, reply_id: SavedReplyId) -> None:
    """Delete a saved reply; what was written with it stays. Raises NotFound."""
    await get(uow, reply_id)
    await uow.saved_replies.delete(reply_id)


async def get(uow: UnitOfWork, reply_id: SavedReplyId) -> SavedReply:
    """Return a saved reply. Raises NotFound."""
    found = await uow.saved_replies.get(reply_id)
    if found is None:
        raise NotFound("There is no such saved reply; it may have been deleted.")
    return found


async def fitting(
    uow: UnitOfWork, conversation_id: ConversationId, agent: User | None, language: str = ""
) -> Sequence[FilledReply]:
    """Return the replies that fit a conversation's channel and team, filled in, its language's first.

    A conversation without a team takes those of the agent's teams. `language` is wanted before the customer's own.
    Raises NotFound.
    """
    conversation = await uow.conversations.get(conversation_id)
    if conversation is None:
        raise NotFound("There is no such conversation; it may have been deleted.")
    contact = await _contact(uow, conversation)
    spoken = contact.language[:2].lower() if contact is not None else ""
    wanted = [one for one in (language, spoken, agent.language[:2] if agent is not None else "") if one]
    teams = (conversation.team_id,) if conversation.team_id is not None else agent.team_ids if agent is not None else ()
    values = await _values(uow, conversation, contact, agent)
    found = [one for one in await uow.saved_replies.all() if one.fits(conversation.channel_id, teams)]
    return [_filled(one, one.language_for(wanted), values) for one in in_order(found, next(iter(wanted), ""))]


async def filled(
    uow: UnitOfWork, reply_id: SavedReplyId, conversation: Conversation, agent: User | None
) -> FilledReply:
    """Return one reply filled in for a conversation, in the customer's language where it has it. Raises NotFound."""
    reply = await get(uow, reply_id)
    contact = await _contact(uow, conversation)
    values = await _values(uow, conversation, contact, agent)
    return _filled(reply, reply.language_for(_languages(contact, agent)), values)


async def fill_in(uow: UnitOfWork, texts: Mapping[str, str], conversation: Conversation, agent: User | None) -> str:
    """Return a text of one's own filled in as a saved reply is. Raises Invalid, in words, where it cannot be."""
    contact = await _contact(uow, conversation)
    language = next((one for one in _languages(contact, agent) if one in texts), next(iter(texts), ""))
    try:
        return render(texts.get(language, ""), await _values(uow, conversation, contact, agent)).strip()
    except FlowFault as fault:
        raise Invalid(str(fault)) from fault


def tidy_text(language: str, text: str) -> str:
    """Return a text with variables as it is kept. Raises Invalid, in words, naming the variable most likely meant."""
    return _text(language, text)


def _languages(contact: Contact | None, agent: User | None) -> Sequence[str]:
    wanted = (contact.language if contact is not None else "", agent.language if agent is not None else "")
    return [one[:2].lower() for one in wanted if one]


async def use(uow: UnitOfWork, reply_id: SavedReplyId, now: datetime) -> None:
    """Count that a reply was inserted. Raises NotFound."""
    await get(uow, reply_id)
    await uow.saved_replies.count(reply_id, now)


def _filled(reply: SavedReply, language: str, values: Mapping[str, object]) -> FilledReply:
    text, problem = "", ""
    try:
        text = render(reply.texts.get(language, ""), values).strip()
    except FlowFault as fault:
        problem = str(fault)
    return FilledReply(
        id=reply.id,
        name=reply.name,
        shortcut=reply.shortcut,
        language=language,
        text=text,
        problem=problem,
        languages=tuple(reply.texts),
        used=reply.used,
    )


async def _contact(uow: UnitOfWork, conversation: Conversation) -> Contact | None:
    point = await uow.contacts.point(conversation.contact_point_id)
    own = await uow.contacts.get(point.contact_id) if point is not None else None
    if own is None or own.canonical_id == own.id:
        return own
    return await uow.contacts.get(own.canonical_id)


async def _values(
    uow: UnitOfWork, conversation: Conversation, contact: Contact | None, agent: User | None
) -> Mapping[str, object]:
    channel = await uow.channels.get(conversation.channel_id)
    team = next((one.name for one in await uow.users.teams() if one.id == conversation.team_id), "")
    return {
        "contact": {
            "name": contact.name if contact else "",
            "first_name": _first(contact.name) if contact else "",
            "company": contact.company if contact else "",
            "language": contact.language if contact else "",
            "fields": dict(contact.fields) if contact else {},
        },
        "agent": {"name": agent.name if agent else "", "first_name": _first(agent.name) if agent else ""},
        "conversation": {"subject": conversation.subject},
        "channel": {"name": channel.name if channel else ""},
        "team": {"name": team},
    }


def _first(name: str) -> str:
    return name.split(" ")[0]


async def _checked(uow: UnitOfWork, reply: SavedReply, before: SavedReply | None) -> SavedReply:
    """Return a reply as it is kept. Raises Invalid, in words."""
    name = " ".join(reply.name.split())
    if not 0 < len(name) <= NAME_LIMIT:
        raise Invalid(f"Give the saved reply a name of at most {NAME_LIMIT} characters.")
    shortcut = reply.shortcut.strip().removeprefix("/").casefold()
    if shortcut and not is_shortcut(shortcut):
        raise Invalid(f"“{reply.shortcut}” cannot be a shortcut: letters, digits, - and _ can, without blanks.")
    if not 0 < len(reply.texts) <= LANGUAGES_LIMIT:
        raise Invalid(f"Write the text in at least one language, and in at most {LANGUAGES_LIMIT}.")
    texts = {language: _text(language, text) for language, text in reply.texts.items()}
    # What was said before stays, though a team was deleted meanwhile.
    teams = {team.id for team in await uow.users.teams()} | set(before.team_ids if before else ())
    if not set(reply.team_ids) <= teams:
        raise Invalid("One of the teams is not there any more. Choose again.")
    for channel in set(reply.channel_ids) - set(before.channel_ids if before else ()):
        if await uow.channels.get(channel) is None:
            raise Invalid("One of the channels is not there any more. Choose again.")
    return replace(
        reply,
        name=name,
        shortcut=shortcut,
        texts=texts,
        team_ids=tuple(dict.fromkeys(reply.team_ids)),
        channel_ids=tuple(dict.fromkeys(reply.channel_ids)),
    )


def _text(language: str, text: str) -> str:
    if not is_language(language):
        raise Invalid(f"“{language}” is not a language code of two letters such as en, ko or pl.")
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not tidy:
        raise Invalid(f"The text in “{language}” is empty. Write it, or take the language out.")
    if len(tidy) > TEXT_LIMIT:
        raise Invalid(f"The text in “{language}” is too long: at most {TEXT_LIMIT} characters.")
    if fault := fault_of(tidy):
        raise Invalid(f"The text in “{language}”: {fault}")
    if wrong := unknown(names_in(tidy)):
        meant = nearest(wrong[0])
        hint = f"Did you mean {{{{ {meant} }}}}?" if meant else f"There are {', '.join(VARIABLES)}."
        raise Invalid(f"The text in “{language}” holds {{{{ {wrong[0]} }}}}, which nothing is known by. {hint}")
    return tidy
