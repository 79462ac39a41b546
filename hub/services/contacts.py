"""Keeps contacts: made by hand, edited, kept, their addresses added and removed, erased."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain.contact import Contact, ContactPoint, ContactState, changed
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ContactId, ContactPointId
from hub.ports import BlobStore, Storage, UnitOfWork
from hub.services import addresses, noting
from hub.services.ids import new_id
from hub.services.made import Made
from hub.services.unset import UNSET, Unset

LIMITS = {"name": 200, "company": 200, "language": 35, "notes": 20_000}
FIELDS_LIMIT = 50
FIELD_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPoint:
    """An address typed by hand."""

    namespace: str
    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays."""

    name: str | Unset = UNSET
    company: str | Unset = UNSET
    language: str | Unset = UNSET
    notes: str | Unset = UNSET
    fields: tuple[tuple[str, str], ...] | Unset = UNSET


async def create(
    uow: UnitOfWork,
    *,
    id: ContactId,  # noqa: A002 - the word of every record
    name: str,
    points: Sequence[NewPoint] = (),
    company: str = "",
    notes: str = "",
    region: str = "",
    now: datetime,
) -> Made[Contact]:
    """Make a contact by hand. Raises Invalid, and Conflict, naming the owner, if an address is somebody's already."""
    known = await uow.contacts.get(id)
    if known is not None:
        return Made(known, created=False)
    contact = Contact(
        id=id,
        canonical_id=id,
        name=_line("name", name),
        state=ContactState.kept,
        created_at=now,
        company=_line("company", company),
        notes=_text("notes", notes),
        source="hand",
    )
    if not contact.name and not points:
        raise Invalid("Give the contact a name or an address.")
    if not contact.name:
        contact = replace(contact, name=points[0].address.strip()[: LIMITS["name"]])
    await uow.contacts.add(contact)
    for point in points:
        await _add_point(uow, contact, point, region=region, now=now)
    uow.note(noting.contact_added(id))
    return Made(contact, created=True)


async def change(uow: UnitOfWork, contact_id: ContactId, edit: Edit) -> Contact:
    """Edit the contact that is shown. Raises NotFound, Invalid."""
    before = await shown(uow, contact_id)
    after = before
    if not isinstance(edit.name, Unset):
        after = replace(after, name=_line("name", edit.name))
        if not after.name:
            raise Invalid("A contact needs a name.")
    if not isinstance(edit.company, Unset):
        after = replace(after, company=_line("company", edit.company))
    if not isinstance(edit.language, Unset):
        after = replace(after, language=_line("language", edit.language))
    if not isinstance(edit.notes, Unset):
        after = replace(after, notes=_text("notes", edit.notes))
    if not isinstance(edit.fields, Unset):
        after = replace(after, fields=_fields(edit.fields))
    if after == before:
        return before
    if after.state is ContactState.provisional:
        after = replace(after, state=ContactState.kept, expires_at=None)  # who is worth an edit is worth keeping
    await uow.contacts.update(after)
    uow.note(noting.contact_changed(after.id, *changed(before, after)))
    return after


async def keep(uow: UnitOfWork, contact_id: ContactId) -> Contact:
    """Keep a provisional or anonymous contact for good. Raises NotFound."""
    before = await shown(uow, contact_id)
    if before.state is ContactState.kept:
        return before
    after = replace(before, state=ContactState.kept, expires_at=None)
    await uow.contacts.update(after)
    uow.note(noting.contact_changed(after.id))
    return after


async def add_point(
    uow: UnitOfWork, contact_id: ContactId, point: NewPoint, *, region: str = "", now: datetime
) -> ContactPoint:
    """Give a contact one more address. Adding one it has already gives that. Raises NotFound, Invalid, Conflict."""
    contact = await shown(uow, contact_id)
    added = await _add_point(uow, contact, point, region=region, now=now)
    uow.note(noting.contact_changed(contact.id, added.namespace))
    return added


async def remove_point(uow: UnitOfWork, point_id: ContactPointId) -> None:
    """Take an address away. Raises NotFound, and Conflict if messages were exchanged with it: split it off instead."""
    point = await uow.contacts.point(point_id)
    if point is None:
        raise NotFound("There is no such address; it may have been removed already.")
    await uow.contacts.remove_point(point_id)
    contact = await shown(uow, point.contact_id)
    uow.note(noting.contact_changed(contact.id, point.namespace))


async def unblock(uow: UnitOfWork, point_id: ContactPointId) -> ContactPoint:
    """Write to an address again that a provider once called unreachable, because a person knows better."""
    point = await uow.contacts.point(point_id)
    if point is None:
        raise NotFound("There is no such address; it may have been removed.")
    after = replace(point, blocked=False, blocked_reason="")
    await uow.contacts.update_point(after)
    contact = await shown(uow, point.contact_id)
    uow.note(noting.contact_changed(contact.id))
    return after


async def erase(storage: Storage, blobs: BlobStore, contact_id: ContactId) -> None:
    """Delete a contact, all that is shown as it, its conversations and its files. It can't be undone.

    Files go after the commit: a crash in between leaves unreachable files, never a message without its file.
    """
    async with storage.begin() as uow:
        members = await uow.contacts.cluster((await shown(uow, contact_id)).id)
        keys = await uow.contacts.delete([member.id for member in members])
        uow.note(*(noting.contact_changed(member.id) for member in members))
    for key in keys:
        await blobs.delete(key)


async def shown(uow: UnitOfWork, contact_id: ContactId) -> Contact:
    """Return the contact that `contact_id` is shown as. Raises NotFound."""
    contact = await uow.contacts.get(contact_id)
    if contact is not None and contact.canonical_id != contact.id:
        contact = await uow.contacts.get(contact.canonical_id)
    if contact is None:
        raise NotFound("There is no such contact; it may have been deleted.")
    return contact


async def _add_point(uow: UnitOfWork, contact: Contact, point: NewPoint, *, region: str, now: datetime) -> ContactPoint:
    matching = addresses.checked(point.namespace, point.address, region=region)
    known = await uow.contacts.find_point(point.namespace, matching.candidates)
    if known is not None:
        owner = await shown(uow, known.contact_id)
        if owner.id == contact.canonical_id:
            return known
        raise Conflict(f"{point.address.strip()} belongs to “{owner.name}” already. Merge the two contacts instead.")
    added = ContactPoint(
        id=ContactPointId(new_id()),
        contact_id=contact.id,
        namespace=point.namespace,
        address=matching.address,
        # A national number is sent to in its international form: no provider knows our region.
        received=matching.address if point.namespace == "phone" else point.address.strip(),
        name=_line("name", point.name),
        created_at=now,
    )
    await uow.contacts.add_point(added)
    return added


def _line(field: str, value: str) -> str:
    return _text(field, " ".join(value.split()))


def _text(field: str, value: str) -> str:
    value = value.replace("\x00", "").strip()
    if len(value) > LIMITS[field]:
        raise Invalid(f"The {field} is too long: at most {LIMITS[field]} characters.")
    return value


def _fields(fields: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    tidy: dict[str, str] = {}
    for raw_name, raw_value in fields:
        name, value = " ".join(raw_name.split()), raw_value.replace("\x00", "").strip()
        if not name:
            raise Invalid("A field needs a name.")
        if name in tidy:
            raise Invalid(f"The field “{name}” is there twice.")
        if len(name) > FIELD_LIMIT or len(value) > FIELD_LIMIT:
            raise Invalid(f"The field “{name[:20]}” is too long: at most {FIELD_LIMIT} characters.")
        tidy[name] = value
    if len(tidy) > FIELDS_LIMIT:
        raise Invalid(f"Too many fields: a contact carries at most {FIELDS_LIMIT}.")
    return tuple(tidy.items())
