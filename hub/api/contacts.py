"""/contacts: people and firms, their addresses and their timeline."""

from typing import Annotated

from pydantic import Field

from hub.api._framework.params import Named
from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Address, Cursor, Input, Language, Limit, Line, Namespace, Search, Text, Word
from hub.api.shown import shown_contact
from hub.domain.conversation import ConversationState
from hub.domain.ids import ChannelId, ContactId, ContactPointId
from hub.domain.user import Action
from hub.domain.views import ContactRow, ContactView, ConversationFilter, ConversationRow, InteractionView, Page
from hub.services import contacts
from hub.services.unset import UNSET

routes = Routes("contacts")


class NewPoint(Input):
    """An address."""

    namespace: Namespace
    """`email`, `phone`, or a provider's own space."""
    address: Address


class NewContact(Input):
    """A contact made by hand."""

    id: ContactId
    name: Word
    company: Line = ""
    points: Annotated[tuple[NewPoint, ...], Field(max_length=20)] = ()


class ContactEdit(Input):
    """What shall change; what is left out stays."""

    name: Word | None = None
    company: Line | None = None
    language: Language | None = None
    notes: Text | None = None
    fields: Annotated[tuple[tuple[Word, Line], ...], Field(max_length=100)] | None = None
    """Custom fields in the order shown: (name, value); replaces all."""


@routes.get("/contacts", Action.contacts_read)
async def list_contacts(
    deps: ApiDeps, search: Search = "", cursor: Cursor | None = None, limit: Limit = 50
) -> Page[ContactRow]:
    """List contacts by name, address or company."""
    return await deps.storage.queries.contacts(search, cursor=cursor, limit=limit)


@routes.post("/contacts", Action.contacts_write)
async def create_contact(deps: ApiDeps, body: NewContact) -> Created[ContactView]:
    """Add a contact by hand."""
    async with deps.storage.begin() as uow:
        made = await contacts.create(
            uow,
            id=body.id,
            name=body.name,
            company=body.company,
            points=[contacts.NewPoint(namespace=p.namespace, address=p.address) for p in body.points],
            now=deps.now(),
        )
    return Created(await shown_contact(deps, made.record.id), new=made.created)


@routes.get("/contacts/{contact_id}", Action.contacts_read)
async def get_contact(deps: ApiDeps, contact_id: ContactId) -> ContactView:
    """Return a contact with all that was merged into it; of a merged one, the contact it is shown as."""
    return await shown_contact(deps, contact_id)


@routes.patch("/contacts/{contact_id}", Action.contacts_write)
async def change_contact(deps: ApiDeps, contact_id: ContactId, body: ContactEdit) -> ContactView:
    """Change what we know of a contact."""
    edit = contacts.Edit(
        name=UNSET if body.name is None else body.name,
        company=UNSET if body.company is None else body.company,
        language=UNSET if body.language is None else body.language,
        notes=UNSET if body.notes is None else body.notes,
        fields=UNSET if body.fields is None else body.fields,
    )
    async with deps.storage.begin() as uow:
        await contacts.change(uow, contact_id, edit)
    return await shown_contact(deps, contact_id)


@routes.delete("/contacts/{contact_id}", Action.contacts_delete)
async def delete_contact(deps: ApiDeps, contact_id: ContactId) -> None:
    """Erase a contact with all conversations and files. Cannot be undone."""
    await contacts.erase(deps.storage, deps.blobs, contact_id)


@routes.post("/contacts/{contact_id}/keep", Action.contacts_write)
async def keep_contact(deps: ApiDeps, contact_id: ContactId) -> ContactView:
    """Keep a provisional contact for good."""
    async with deps.storage.begin() as uow:
        await contacts.keep(uow, contact_id)
    return await shown_contact(deps, contact_id)


@routes.post("/contacts/{contact_id}/points", Action.contacts_write)
async def add_contact_point(deps: ApiDeps, contact_id: ContactId, body: NewPoint) -> ContactView:
    """Add an address to a contact; one it has already changes nothing."""
    point = contacts.NewPoint(namespace=body.namespace, address=body.address)
    async with deps.storage.begin() as uow:
        await contacts.add_point(uow, contact_id, point, now=deps.now())
    return await shown_contact(deps, contact_id)


@routes.delete("/contact-points/{contact_point_id}", Action.contacts_write, problems=(409,))
async def remove_contact_point(deps: ApiDeps, contact_point_id: ContactPointId) -> None:
    """Remove an address with which no message was exchanged."""
    async with deps.storage.begin() as uow:
        await contacts.remove_point(uow, contact_point_id)


@routes.post("/contact-points/{contact_point_id}/unblock", Action.contacts_write)
async def unblock_contact_point(deps: ApiDeps, contact_point_id: ContactPointId) -> None:
    """Allow writing to an address again that was marked as unreachable."""
    async with deps.storage.begin() as uow:
        await contacts.unblock(uow, contact_point_id)


@routes.get("/contacts/{contact_id}/timeline", Action.contacts_read)
async def get_timeline(
    deps: ApiDeps,
    contact_id: ContactId,
    channel_ids: Annotated[tuple[ChannelId, ...], Named(name="channel")] = (),
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[InteractionView]:
    """Return a page of a contact's life across channels: the newest page first, each in order of time."""
    contact = await shown_contact(deps, contact_id)
    return await deps.storage.queries.timeline(contact.id, channel_ids=channel_ids, before=cursor, limit=limit)


@routes.get("/contacts/{contact_id}/conversations", Action.contacts_read)
async def list_contact_conversations(
    deps: ApiDeps, caller: Caller, contact_id: ContactId, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[ConversationRow]:
    """List all conversations with a contact, the newest first."""
    contact = await shown_contact(deps, contact_id)
    wanted = ConversationFilter(contact_id=contact.id, states=tuple(ConversationState), sort="newest")
    return await deps.storage.queries.conversations(wanted, viewer=caller.user_id, cursor=cursor, limit=limit)
