"""What a rule's conditions look at, read for one event."""

from collections.abc import Collection

from hub.domain.contact import Contact
from hub.domain.conversation import Conversation
from hub.domain.rules.conditions import Facts, Field
from hub.domain.rules.matching import Event
from hub.domain.rules.records import RuleBody
from hub.ports import UnitOfWork
from hub.services.bots.opening import opened

_OF_CONTACT = frozenset({Field.language, Field.contact})


def fields_of(bodies: Collection[RuleBody]) -> frozenset[Field]:
    """Return the fields these rules look at: what nobody asks for is not read."""
    return frozenset(condition.field for body in bodies for condition in body.conditions)


async def facts_for(
    uow: UnitOfWork, conversation: Conversation, event: Event, wanted: Collection[Field], *, manners: bool
) -> Facts:
    """Read the facts of an event; `manners` reads what automatic answers go by, too."""
    contact = await contact_of(uow, conversation) if _OF_CONTACT.intersection(wanted) else None
    values = {
        Field.channel: (str(conversation.channel_id),),
        Field.team: (str(conversation.team_id),) if conversation.team_id is not None else (),
        Field.assignee: (str(conversation.assignee_id),) if conversation.assignee_id is not None else (),
        Field.tags: conversation.tags,
        Field.priority: (conversation.priority.value,),
        Field.state: (conversation.state.value,),
        Field.language: (contact.language[:2],) if contact is not None and contact.language else (),
        Field.text: (event.text,),
        Field.subject: (event.subject or conversation.subject,),
    }
    if Field.kind in wanted:
        channel = await uow.channels.get(conversation.channel_id)
        values[Field.kind] = (str(channel.kind),) if channel is not None else ()
    if Field.hours in wanted:
        values[Field.hours] = ("open" if await opened(uow, conversation, "", event.at) else "closed",)
    if Field.first in wanted:
        values[Field.first] = ("yes" if await _is_first(uow, conversation, event) else "no",)
    if Field.speaker in wanted:
        values[Field.speaker] = ((await uow.speakers.get(conversation.id)).speaker.value,)
    return Facts(
        values=values,
        contact=_own(contact),
        group=conversation.group,
        answered_by_human=manners and await uow.bots.human_wrote(conversation.id),
    )


async def contact_of(uow: UnitOfWork, conversation: Conversation) -> Contact | None:
    """Return the contact a conversation is shown with."""
    owners = await uow.bots.owners([conversation.contact_point_id])
    found = owners.get(conversation.contact_point_id)
    return found[1] if found is not None else None


def _own(contact: Contact | None) -> dict[str, str]:
    if contact is None:
        return {}
    own = {name.casefold(): value for name, value in contact.fields}
    return {**own, "name": contact.name, "company": contact.company, "source": contact.source}


async def _is_first(uow: UnitOfWork, conversation: Conversation, event: Event) -> bool:
    if await uow.bots.known_before(conversation.id):
        return False
    return event.item is None or not await uow.rules.wrote_before(conversation.id, event.item)
