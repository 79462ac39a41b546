"""The changes that services note most often, by name."""

from hub.domain.changes import Change, ChangeKind
from hub.domain.delivery import Delivery
from hub.domain.ids import ContactId, ConversationId
from hub.domain.interaction import Interaction


def entry_added(entry: Interaction) -> Change:
    """A new entry stands on the timeline."""
    return Change(kind=ChangeKind.interaction_added, subject_id=entry.id, conversation_id=entry.conversation_id)


def entry_changed(entry: Interaction) -> Change:
    """An entry, its files or its delivery changed."""
    return Change(kind=ChangeKind.interaction_changed, subject_id=entry.id, conversation_id=entry.conversation_id)


def conversation_added(conversation_id: ConversationId) -> Change:
    """A conversation began."""
    return Change(kind=ChangeKind.conversation_added, subject_id=conversation_id, conversation_id=conversation_id)


def conversation_changed(conversation_id: ConversationId) -> Change:
    """A conversation's state, people or list entry changed."""
    return Change(kind=ChangeKind.conversation_changed, subject_id=conversation_id, conversation_id=conversation_id)


def delivery_changed(delivery: Delivery, conversation_id: ConversationId) -> Change:
    """A delivery moved on."""
    return Change(kind=ChangeKind.delivery_changed, subject_id=delivery.id, conversation_id=conversation_id)


def contact_added(contact_id: ContactId) -> Change:
    """A contact was made."""
    return Change(kind=ChangeKind.contact_added, subject_id=contact_id)


def contact_changed(contact_id: ContactId, *fields: str) -> Change:
    """A contact's own data or addresses changed, or it was deleted; `fields` are those that rules may name."""
    return Change(kind=ChangeKind.contact_changed, subject_id=contact_id, fields=fields)
