"""Who is who: merging contacts, splitting them, and the way back."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Line, Reason
from hub.api.shown import shown_contact
from hub.domain.contact import IdentityChange, Suggestion
from hub.domain.ids import ContactId, ContactPointId, MergeId
from hub.domain.user import Action
from hub.domain.views import ContactView
from hub.services import contacts, identity

routes = Routes("identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDecision:
    """A decision and the contact as it is shown after it."""

    change: IdentityChange
    contact: ContactView


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityEntry:
    """A decision with the names of people, for the history."""

    change: IdentityChange
    by_name: str
    contact_name: str
    other_name: str


class Merge(Input):
    """Show `other_id` as this contact."""

    other_id: ContactId
    reason: Reason = ""
    name: Line = ""
    """The name to keep; empty keeps this contact's."""


class Split(Input):
    """Give addresses to a new contact."""

    point_ids: Annotated[tuple[ContactPointId, ...], Field(min_length=1, max_length=50)]
    name: Line = ""
    reason: Reason = ""


class NeverMerge(Input):
    """These are two people."""

    other_id: ContactId
    reason: Reason = ""


@routes.get("/contacts/{contact_id}/duplicates", Action.contacts_read)
async def list_duplicates(deps: ApiDeps, contact_id: ContactId) -> tuple[Suggestion, ...]:
    """Suggest contacts that may be the same person, with the reason, the likeliest first."""
    contact = await shown_contact(deps, contact_id)
    return tuple(await identity.suggestions(deps.storage.queries, contact.id))


@routes.post("/contacts/{contact_id}/merge", Action.contacts_merge)
async def merge_contacts(deps: ApiDeps, caller: Caller, contact_id: ContactId, body: Merge) -> IdentityDecision:
    """Show another contact as this one. Can be undone."""
    async with deps.storage.begin() as uow:
        change = await identity.merge(
            uow, contact_id, body.other_id, reason=body.reason, by=caller.user_id, now=deps.now()
        )
        if body.name.strip():
            await contacts.change(uow, contact_id, contacts.Edit(name=body.name))
    return IdentityDecision(change=change, contact=await shown_contact(deps, contact_id))


@routes.post("/contacts/{contact_id}/split", Action.contacts_merge)
async def split_contact(deps: ApiDeps, caller: Caller, contact_id: ContactId, body: Split) -> IdentityDecision:
    """Move addresses of a contact, with their conversations, to a new contact. Can be undone."""
    async with deps.storage.begin() as uow:
        change, made = await identity.split(
            uow,
            contact_id,
            body.point_ids,
            name=body.name,
            reason=body.reason,
            by=caller.user_id,
            now=deps.now(),
        )
    return IdentityDecision(change=change, contact=await shown_contact(deps, made.id))


@routes.post("/contacts/{contact_id}/never-merge", Action.contacts_merge)
async def never_merge(deps: ApiDeps, caller: Caller, contact_id: ContactId, body: NeverMerge) -> IdentityDecision:
    """Say that two contacts are two people: they are not suggested again. Can be undone."""
    async with deps.storage.begin() as uow:
        change = await identity.never_merge(
            uow, contact_id, body.other_id, reason=body.reason, by=caller.user_id, now=deps.now()
        )
    return IdentityDecision(change=change, contact=await shown_contact(deps, contact_id))


@routes.get("/contacts/{contact_id}/history", Action.contacts_read)
async def list_identity_history(deps: ApiDeps, contact_id: ContactId) -> tuple[IdentityEntry, ...]:
    """List what was decided about who this is, the newest first."""
    contact = await shown_contact(deps, contact_id)
    async with deps.storage.read() as uow:
        changes = await uow.contacts.history([contact.id, *contact.merged])
        names = {user.id: user.name for user in await uow.users.all()}
        about = {i for change in changes for i in (change.contact_id, change.other_id)}
        known = {i: await uow.contacts.get(i) for i in about}
    called = {i: found.name if found else "" for i, found in known.items()}
    return tuple(
        IdentityEntry(
            change=change,
            by_name=names.get(change.by, "") if change.by else "",
            contact_name=called[change.contact_id],
            other_name=called[change.other_id],
        )
        for change in changes
    )


@routes.post("/identity-changes/{change_id}/undo", Action.contacts_merge)
async def undo_identity_change(deps: ApiDeps, caller: Caller, change_id: MergeId) -> IdentityDecision:
    """Take a merge, a split or a "never merge" back."""
    async with deps.storage.begin() as uow:
        change = await identity.undo(uow, change_id, by=caller.user_id, now=deps.now())
    return IdentityDecision(change=change, contact=await shown_contact(deps, change.contact_id))
