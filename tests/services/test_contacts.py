"""Contacts are made, edited and erased by hand, and an address never belongs to two."""

import pytest

from hub.domain.contact import ContactState
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ContactId
from hub.services import contacts, identity
from hub.services.contacts import Edit, NewPoint
from hub.services.ids import new_id
from tests.scripted import T0
from tests.services.workplace import Workplace


async def made(place: Workplace, name: str, *points: NewPoint) -> ContactId:
    async with place.hub.storage.begin() as uow:
        return (await contacts.create(uow, id=ContactId(new_id()), name=name, points=points, now=T0)).record.id


async def test_a_contact_made_by_hand_is_made_once_with_its_addresses(place: Workplace) -> None:
    contact_id = ContactId(new_id())
    points = (
        NewPoint(namespace="email", address=" Ann@Example.com "),
        NewPoint(namespace="phone", address="+4930123456"),
    )
    async with place.hub.storage.begin() as uow:
        first = await contacts.create(uow, id=contact_id, name=" Ann  Smith ", points=points, now=T0)
        again = await contacts.create(uow, id=contact_id, name="x", now=T0)
    view = await place.hub.storage.queries.contact(contact_id)
    assert (first.created, again.created) == (True, False)
    assert view is not None
    assert (view.name, {point.address for point in view.points}) == ("Ann Smith", {"Ann@Example.com", "+4930123456"})


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (NewPoint(namespace="email", address="ann"), "not a mail address"),
        (NewPoint(namespace="email", address="a@b.c\nBcc: d@e.f"), "characters no address has"),
        (NewPoint(namespace="phone", address="030 123456"), "with \\+ and the country code"),
        (NewPoint(namespace="telegram", address=" "), "empty"),
    ],
)
async def test_an_address_nothing_can_be_sent_to_is_refused(place: Workplace, point: NewPoint, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        await made(place, "Ann", point)


async def test_an_address_of_somebody_else_is_refused_by_name_in_whatever_form(place: Workplace) -> None:
    await made(place, "Ana", NewPoint(namespace="phone", address="+55 31 98765-4321"))
    with pytest.raises(Conflict, match="belongs to “Ana” already"):
        await made(place, "Bruno", NewPoint(namespace="phone", address="+55 31 8765-4321"))


async def test_editing_touches_only_what_is_given_and_keeps_a_provisional_contact(place: Workplace) -> None:
    contact_id = await made(place, "Ann")
    async with place.hub.storage.begin() as uow:
        await contacts.change(uow, contact_id, Edit(company="Acme", fields=(("Size", "XL"),)))
        after = await contacts.change(uow, contact_id, Edit(notes="Likes tea"))
    assert (after.name, after.company, after.notes, after.fields) == ("Ann", "Acme", "Likes tea", (("Size", "XL"),))


@pytest.mark.parametrize(
    "edit", [Edit(name=" "), Edit(name="x" * 201), Edit(fields=(("a", "1"), ("a", "2"))), Edit(fields=((" ", "1"),))]
)
async def test_what_does_not_fit_is_refused(place: Workplace, edit: Edit) -> None:
    contact_id = await made(place, "Ann")
    async with place.hub.storage.begin() as uow:
        with pytest.raises(Invalid):
            await contacts.change(uow, contact_id, edit)


async def test_a_merged_contact_is_edited_as_the_one_it_is_shown_as(place: Workplace) -> None:
    ann, bob = await made(place, "Ann"), await made(place, "Bob")
    async with place.hub.storage.begin() as uow:
        await identity.merge(uow, ann, bob, by=None, now=T0)
        after = await contacts.change(uow, bob, Edit(name="Anna"))
    assert after.id == ann


async def test_an_address_in_use_stays_and_an_unused_one_goes(place: Workplace) -> None:
    row = await place.customer_writes()
    async with place.hub.storage.begin() as uow:
        point = await contacts.add_point(
            uow, row.contact_id, NewPoint(namespace="email", address="a@b.example"), now=T0
        )
        await contacts.remove_point(uow, point.id)
        assert await uow.contacts.point(point.id) is None
    with pytest.raises(Conflict):
        await remove(place, row.contact_point_id)


async def remove(place: Workplace, point_id: object) -> None:
    async with place.hub.storage.begin() as uow:
        await contacts.remove_point(uow, point_id)  # type: ignore[arg-type]  # the row's id


async def test_keeping_takes_away_the_end(place: Workplace) -> None:
    row = await place.customer_writes()
    async with place.hub.storage.begin() as uow:
        kept = await contacts.keep(uow, row.contact_id)
    assert (kept.state, kept.expires_at) == (ContactState.kept, None)


async def test_erasing_takes_conversations_and_files_along(place: Workplace) -> None:
    row = await place.customer_writes()
    file = await place.upload()
    await place.reply(row.id, attachment_ids=(file.id,))
    await contacts.erase(place.hub.storage, place.blobs, row.contact_id)
    assert not await place.hub.conversations()
    assert [key async for key in place.blobs.keys()] == []  # noqa: SIM118 - the blob store's keys
    with pytest.raises(NotFound):
        await contacts.erase(place.hub.storage, place.blobs, row.contact_id)
