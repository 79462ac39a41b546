"""Reads single records as the screens show them; what is not there is NotFound, in words."""

from hub.api.deps import ApiDeps
from hub.domain.errors import NotFound
from hub.domain.ids import ContactId, ConversationId, InteractionId, UserId
from hub.domain.views import ContactView, ConversationRow, InteractionView


async def shown_row(deps: ApiDeps, conversation_id: ConversationId, viewer: UserId | None) -> ConversationRow:
    """Return a conversation's row of the list."""
    rows = await deps.storage.queries.conversation_rows([conversation_id], viewer=viewer)
    if not rows:
        raise NotFound("There is no such conversation; it may have been deleted.")
    return rows[0]


async def shown_entry(deps: ApiDeps, interaction_id: InteractionId) -> InteractionView:
    """Return an entry of the timeline."""
    entries = await deps.storage.queries.interactions([interaction_id])
    if not entries:
        raise NotFound("There is no such message; it may have been deleted.")
    return entries[0]


async def shown_contact(deps: ApiDeps, contact_id: ContactId) -> ContactView:
    """Return a contact, or the one it was merged into."""
    contact = await deps.storage.queries.contact(contact_id)
    if contact is None:
        raise NotFound("There is no such contact; it may have been deleted.")
    return contact
