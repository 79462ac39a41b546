"""Does what a flow wants done in a conversation: contact fields, tags, assignment; what cannot be is said in words."""

from dataclasses import replace

from hub.domain.botflow.effects import (
    AddTag,
    AskKnowledge,
    AskModel,
    Assign,
    CallHttp,
    Close,
    CountHelp,
    Effect,
    HandOver,
    Say,
    SetField,
    StartFlow,
)
from hub.domain.botflow.records import FlowId
from hub.domain.contact import Contact, changed
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import TeamId, UserId
from hub.ports import UnitOfWork
from hub.services import contacts, conversations, noting
from hub.services.bots.talking import Talking
from hub.services.contacts import NewPoint
from hub.services.conversations import Edit

_OWN = frozenset({"name", "company", "language"})
_ADDRESSES = frozenset({"phone", "email"})


async def carry_out(uow: UnitOfWork, talking: Talking, effects: tuple[Effect, ...]) -> FlowId | None:
    """Do effects in their order. Returns the flow that shall go on. Raises CannotSend if the channel carries none."""
    following: FlowId | None = None
    for effect in effects:
        match effect:
            case Say():
                talking.say(effect)
            case AskKnowledge() | AskModel() | CallHttp():
                talking.asked.append(effect)
            case CountHelp():
                talking.helped.append(effect)
            case HandOver():
                talking.hand = effect
            case Close():
                talking.closes = True
            case StartFlow():
                following = FlowId(effect.flow_id)
            case SetField() | AddTag() | Assign():
                await _change(uow, talking, effect)
    return following


async def _change(uow: UnitOfWork, talking: Talking, effect: SetField | AddTag | Assign) -> None:
    try:
        match effect:
            case SetField():
                talking.contact = await set_field(uow, talking, effect)
            case AddTag():
                tags = (*talking.conversation.tags, effect.tag)
                await _edit(uow, talking, Edit(tags=tags))
            case Assign():
                if effect.team_id is not None:
                    await _edit(uow, talking, Edit(team_id=TeamId(effect.team_id)))
                if effect.user_id is not None:
                    await _edit(uow, talking, Edit(assignee_id=UserId(effect.user_id)))
    except (Invalid, Conflict, NotFound) as error:
        # What does not fit a field, or a team that is gone, is no reason to leave the customer: colleagues are told.
        talking.troubles.append(str(error))


async def _edit(uow: UnitOfWork, talking: Talking, edit: Edit) -> None:
    talking.conversation = await conversations.change(uow, talking.conversation.id, edit, by=None, now=talking.now)


async def set_field(uow: UnitOfWork, talking: Talking, effect: SetField) -> Contact:
    """Fill a field of the contact. An address that is somebody else's is kept as a field, and colleagues are told.

    Raises NotFound, Invalid.
    """
    contact, name, value = talking.contact, effect.name.strip(), " ".join(effect.value.split())
    if not value or not name:
        return contact
    if name in _ADDRESSES:
        return await _address(uow, talking, name, value)
    if name in _OWN:
        own = value[: contacts.LIMITS[name]]
        edits = {
            "name": contacts.Edit(name=own),
            "company": contacts.Edit(company=own),
            "language": contacts.Edit(language=own),
        }
        return await contacts.change(uow, contact.id, edits[name])
    if name == "source":
        after = replace(contact, source=value[:200])
        await uow.contacts.update(after)
        uow.note(noting.contact_changed(after.id, *changed(contact, after)))
        return after
    return await _own_field(uow, contact, name, value)


async def _address(uow: UnitOfWork, talking: Talking, namespace: str, value: str) -> Contact:
    contact = talking.contact
    try:
        await contacts.add_point(uow, contact.id, NewPoint(namespace=namespace, address=value), now=talking.now)
    except Conflict as error:
        talking.troubles.append(str(error))
        return await _own_field(uow, contact, namespace, value)
    return await contacts.keep(uow, contact.id)


async def _own_field(uow: UnitOfWork, contact: Contact, name: str, value: str) -> Contact:
    fields = {**dict(contact.fields), name[: contacts.FIELD_LIMIT]: value[: contacts.FIELD_LIMIT]}
    return await contacts.change(uow, contact.id, contacts.Edit(fields=tuple(fields.items())))
