"""Contacts: one address one owner, merges that can be undone, search, erasure."""

import pytest
from uuid_utils.compat import uuid7

from hub.domain.contact import ContactState, IdentityAction, IdentityChange
from hub.domain.errors import Conflict
from hub.domain.ids import ExternalId, MergeId
from storage.database import SqlStorage
from tests.storage import builders as make
from tests.storage.builders import NOW, later


async def test_an_address_belongs_to_one_contact(storage: SqlStorage) -> None:
    one, two = make.contact(), make.contact()
    async with storage.begin() as uow:
        await uow.contacts.add(one)
        await uow.contacts.add(two)
        held = make.point(one, namespace="email", address="a@b.pl")
        await uow.contacts.add_point(held)
        with pytest.raises(Conflict, match="another contact"):
            await uow.contacts.add_point(make.point(two, namespace="email", address="a@b.pl"))
        assert await uow.contacts.find_point("email", ["x@y.z", "a@b.pl"]) == held
        assert await uow.contacts.points([one.id, two.id]) == [held]


async def test_a_merged_contact_is_shown_and_found_as_the_other_until_it_is_undone(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        kept = await make.begin_thread(uow, contact={"name": "Anna Nowak"}, point={"address": "anna"})
        gone = await make.begin_thread(
            uow, on=kept.channel, contact={"name": "A. Zielińska"}, point={"address": "ania"}
        )
        await uow.timeline.add(make.message(kept.conversation, text="first", occurred_at=later(minutes=1)))
        await uow.timeline.add(make.message(gone.conversation, text="second", occurred_at=later(minutes=2)))
        await uow.contacts.set_canonical([gone.contact.id], kept.contact.id)
    queries = storage.queries
    async with storage.begin() as uow:
        assert [c.id for c in await uow.contacts.cluster(gone.contact.id)] == [kept.contact.id, gone.contact.id]
    view = await queries.contact(gone.contact.id)
    assert view is not None
    assert (view.id, view.merged, view.inbound) == (kept.contact.id, (gone.contact.id,), 2)
    assert [p.contact_id for p in view.points] == [kept.contact.id, gone.contact.id]
    timeline = await queries.timeline(gone.contact.id, before=None, limit=10)
    assert [v.text for v in timeline.items] == ["first", "second"]
    assert [c.id for c in (await queries.contacts("zielinska", cursor=None, limit=5)).items] == [kept.contact.id]
    listed = await queries.contacts("", cursor=None, limit=5)
    assert [(c.id, c.addresses) for c in listed.items] == [(kept.contact.id, ("anna", "ania"))]
    rows = await queries.conversation_rows([gone.conversation.id], viewer=None)
    assert rows[0].contact_id == kept.contact.id

    async with storage.begin() as uow:
        await uow.contacts.set_canonical([gone.contact.id], gone.contact.id)
    assert [c.id for c in (await queries.contacts("zielinska", cursor=None, limit=5)).items] == [gone.contact.id]
    assert [c.id for c in (await queries.contacts("nowak", cursor=None, limit=5)).items] == [kept.contact.id]
    assert len((await queries.timeline(kept.contact.id, before=None, limit=9)).items) == 1


async def test_split_off_addresses_take_their_messages_along(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        await uow.timeline.add(make.message(thread.conversation))
        other = make.contact(name="Somebody Else")
        await uow.contacts.add(other)
        await uow.contacts.move_points([thread.point.id], other.id)
    assert len((await storage.queries.timeline(other.id, before=None, limit=5)).items) == 1
    assert not (await storage.queries.timeline(thread.contact.id, before=None, limit=5)).items


async def test_decisions_about_identity_are_kept_newest_first(storage: SqlStorage) -> None:
    one, two = make.contact(), make.contact()
    merge = IdentityChange(
        id=MergeId(uuid7()), action=IdentityAction.merge, contact_id=one.id, other_id=two.id, reason="same number",
        by=None, at=NOW,
    )  # fmt: skip
    never = make.renewed(merge, id=MergeId(uuid7()), action=IdentityAction.never_merge, at=later(hours=1))
    async with storage.begin() as uow:
        for record in (one, two):
            await uow.contacts.add(record)
        await uow.contacts.log(merge)
        await uow.contacts.log(never)
    async with storage.begin() as uow:
        assert await uow.contacts.history([two.id]) == [never, merge]
        assert await uow.contacts.active_merges() == [merge]
        await uow.contacts.mark_undone(merge.id, by=None, at=later(hours=2))
        undone = await uow.contacts.change(merge.id)
        assert undone is not None
        assert undone.undone_at == later(hours=2)
        assert await uow.contacts.active_merges() == []
    assert await storage.queries.never_merge(one.id) == {two.id}


async def test_contacts_are_listed_by_name_in_pages_without_anonymous_ones(storage: SqlStorage) -> None:
    names = ["Żaneta", "adam", "Łukasz", "Ewa", "ćma", "Kim", "Bob"]
    async with storage.begin() as uow:
        for name in names:
            await uow.contacts.add(make.contact(name=name))
        await uow.contacts.add(make.contact(name="Nobody", state=ContactState.anonymous))
    page = await storage.queries.contacts("", cursor=None, limit=3)
    seen = [c.name for c in page.items]
    while page.next is not None:
        page = await storage.queries.contacts("", cursor=page.next, limit=3)
        seen += [c.name for c in page.items]
    assert seen == ["adam", "Bob", "ćma", "Ewa", "Kim", "Łukasz", "Żaneta"]
    assert not (await storage.queries.contacts("nobody", cursor=None, limit=3)).items


@pytest.mark.parametrize("written", ["5678", "345 678", "+48 12 345-678", "12345678", "4812345678"])
async def test_a_number_is_found_by_its_ending_and_its_beginning(storage: SqlStorage, written: str) -> None:
    who = make.contact(name="Jan")
    async with storage.begin() as uow:
        await uow.contacts.add(who)
        await uow.contacts.add_point(make.point(who, namespace="phone", address="+4812345678", received="+4812345678"))
    assert [c.id for c in (await storage.queries.contacts(written, cursor=None, limit=3)).items] == [who.id]


async def test_similar_contacts_share_a_rare_word_a_local_part_or_an_ending(storage: SqlStorage) -> None:
    one = make.contact(name="Wiktoria Brzęczyszczykiewicz")
    by_name = make.contact(name="W. BRZECZYSZCZYKIEWICZ")
    by_mail = make.contact(name="Other")
    by_phone = make.contact(name="Third")
    async with storage.begin() as uow:
        for who in (one, by_name, by_mail, by_phone, make.contact(name="Unrelated")):
            await uow.contacts.add(who)
        for who, namespace, address in (
            (one, "email", "wika77@a.pl"),
            (one, "phone", "+48601234567"),
            (by_mail, "email", "wika77@b.com"),
            (by_phone, "phone", "601234567"),
        ):
            await uow.contacts.add_point(make.point(who, namespace=namespace, address=address))
    found = {row.id for row in await storage.queries.similar(one.id, 10)}
    assert found == {by_name.id, by_mail.id, by_phone.id}


async def test_an_erased_contact_leaves_no_words_behind(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow, contact={"name": "Erased Person"})
        other = await make.begin_thread(uow, on=thread.channel)
    (seq,) = await storage.journal.append(thread.channel.id, [make.raw(b"secret words", headers={"a": "b"})])
    entry = make.message(thread.conversation, text="quokka", journal_seq=seq)
    file = make.attachment(entry, blob="b/1", thumbnail="b/2")
    async with storage.begin() as uow:
        await uow.timeline.add(entry)
        await uow.timeline.add_attachment(file)
        await uow.timeline.add(make.message(other.conversation, text="quokka stays"))
    async with storage.begin() as uow:
        assert sorted(await uow.contacts.delete([thread.contact.id])) == ["b/1", "b/2"]
    async with storage.begin() as uow:
        assert await uow.contacts.get(thread.contact.id) is None
        assert await uow.conversations.get(thread.conversation.id) is None
        assert await uow.timeline.get(entry.id) is None
        assert await uow.timeline.attachment(file.id) is None
        event = await uow.journal.get(seq)
        assert event is not None
        assert (event.body, event.headers) == (b"", {})
    assert [h.interaction.text for h in (await storage.queries.search("quokka", cursor=None, limit=9)).items] == [
        "quokka stays"
    ]
    assert not (await storage.queries.contacts("erased", cursor=None, limit=5)).items
    assert (await storage.queries.ledger(since=NOW))[0].received == 1


async def test_provisional_contacts_expire_unless_somebody_is_talking_with_them(storage: SqlStorage) -> None:
    given = {"state": ContactState.provisional, "expires_at": later(days=1)}
    async with storage.begin() as uow:
        silent = await make.begin_thread(uow, contact=given)
        answered = await make.begin_thread(uow, on=silent.channel, contact=given)
        await uow.timeline.add(make.reply(answered.conversation, external_id=ExternalId("r1")))
        young = await make.begin_thread(uow, on=silent.channel, contact=given | {"expires_at": later(days=9)})
    async with storage.begin() as uow:
        assert await uow.contacts.expire(later(days=2), 10) == (1, [])
        assert await uow.contacts.get(silent.contact.id) is None
        assert await uow.contacts.get(answered.contact.id) is not None
        assert await uow.contacts.get(young.contact.id) is not None


async def test_a_file_that_others_sent_too_outlives_who_is_erased(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        gone = await make.begin_thread(uow)
        stays = await make.begin_thread(uow, on=gone.channel)
        for thread, blob in ((gone, "logo"), (gone, "letter"), (stays, "logo")):
            entry = make.message(thread.conversation, external_id=ExternalId(f"{thread.contact.id}{blob}"))
            await uow.timeline.add(entry)
            await uow.timeline.add_attachment(make.attachment(entry, blob=blob))
    async with storage.begin() as uow:
        assert await uow.contacts.delete([gone.contact.id]) == ["letter"]


async def test_an_address_with_messages_stays(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        spare = make.point(thread.contact)
        await uow.contacts.add_point(spare)
        await uow.contacts.remove_point(spare.id)
        with pytest.raises(Conflict, match="stays"):
            await uow.contacts.remove_point(thread.point.id)
        assert await uow.contacts.points([thread.contact.id]) == [thread.point]
