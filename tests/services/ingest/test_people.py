"""Unknown senders become contacts by the channel's rule; proven addresses tie contacts together."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from hub.contract import Address, ContactPointBlocked, ContactPointLearned, OptedOut
from hub.domain.channel import SenderRule
from hub.domain.contact import ContactState
from tests.scripted import T0, SmallHub, says, small_hub


def phone(number: str, *, verified: bool = True) -> Address:
    return Address(namespace="phone", value=number, verified=verified)


@pytest.mark.parametrize(
    ("rule", "state"),
    [
        (SenderRule.none, ContactState.anonymous),
        (SenderRule.provisional, ContactState.provisional),
        (SenderRule.contact, ContactState.kept),
    ],
)
async def test_the_rule_decides_what_an_unknown_sender_becomes(
    rule: SenderRule, state: ContactState, sqlite_url: str, tmp_path: Path
) -> None:
    async with small_hub(sqlite_url, tmp_path, sender_rule=rule) as hub:
        await hub.hears(says("hello"))
        (row,) = await hub.conversations()
        contact = await hub.storage.queries.contact(row.contact_id)
        assert contact is not None
        assert contact.state is state
        assert (contact.expires_at is not None) == (rule is SenderRule.provisional)


async def test_a_provisional_contact_who_writes_again_is_kept(sqlite_url: str, tmp_path: Path) -> None:
    async with small_hub(sqlite_url, tmp_path, sender_rule=SenderRule.provisional) as hub:
        await hub.hears(says("one"))
        await hub.hears(says("two"))
        (row,) = await hub.conversations()
        contact = await hub.storage.queries.contact(row.contact_id)
        assert contact is not None
        assert (contact.state, contact.expires_at) == (ContactState.kept, None)


async def test_a_second_address_told_with_each_message_is_no_second_writing(sqlite_url: str, tmp_path: Path) -> None:
    ann = Address(namespace="scripted", value="ann", name="Ann", verified=True)
    pair = ContactPointLearned(known=phone("+48601234567"), learned=ann)
    states = []
    async with small_hub(sqlite_url, tmp_path, sender_rule=SenderRule.provisional) as hub:
        for text in ("one", "one", "two"):
            await hub.hears(pair, says(text, sender=ann))
            (row,) = await hub.conversations()
            contact = await hub.storage.queries.contact(row.contact_id)
            assert contact is not None
            assert {point.namespace for point in contact.points} == {"phone", "scripted"}
            states.append(contact.state)
    assert states == [ContactState.provisional, ContactState.provisional, ContactState.kept]


async def test_two_first_messages_of_one_person_in_one_batch_make_one_contact(hub: SmallHub) -> None:
    await hub.journal(says("one"))
    await hub.journal(says("two", at=T0 + timedelta(seconds=1)))
    await hub.read()
    page = await hub.storage.queries.contacts("", cursor=None, limit=10)
    assert [row.name for row in page.items] == ["Ann"]


async def test_brazils_ninth_digit_is_one_contact_stored_as_first_received(hub: SmallHub) -> None:
    await hub.hears(says("oi", sender=phone("+55 11 98765-4321"), thread="a"))
    await hub.hears(says("oi de novo", sender=phone("+551187654321"), thread="b"))
    first, second = await hub.conversations()
    assert first.contact_id == second.contact_id
    assert {first.address, second.address} == {"+55 11 98765-4321"}


async def test_a_proven_number_joins_the_person(hub: SmallHub) -> None:
    ann = Address(namespace="scripted", value="ann", name="Ann")
    await hub.hears(says("hello"), ContactPointLearned(known=ann, learned=phone("+48 601 234 567")))
    (row,) = await hub.conversations()
    contact = await hub.storage.queries.contact(row.contact_id)
    assert contact is not None
    assert {point.namespace for point in contact.points} == {"scripted", "phone"}


async def test_a_proven_number_that_somebody_has_makes_the_two_one_and_says_why(hub: SmallHub) -> None:
    await hub.hears(says("call me", sender=phone("+48601234567"), thread="sms"))
    ann = Address(namespace="scripted", value="ann", name="Ann")
    await hub.hears(says("hello", at=T0 + timedelta(minutes=1)))
    await hub.hears(ContactPointLearned(known=ann, learned=phone("+48 601 234 567")))
    first, second = await hub.conversations()
    assert first.contact_id == second.contact_id
    async with hub.storage.begin() as uow:
        cluster = await uow.contacts.cluster(first.contact_id)
        (change,) = await uow.contacts.history([contact.id for contact in cluster])
    assert "+48 601 234 567" in change.reason


async def test_an_unproven_address_is_only_noted_and_captures_nobody(hub: SmallHub) -> None:
    ann = Address(namespace="scripted", value="ann", name="Ann")
    claim = Address(namespace="email", value="boss@example.org", verified=False)
    await hub.hears(says("hello"), ContactPointLearned(known=ann, learned=claim))
    await hub.hears(says("real boss", sender=Address(namespace="email", value="boss@example.org"), thread="m"))
    first, second = await hub.conversations()
    assert first.contact_id != second.contact_id


async def test_who_blocked_us_is_marked_until_they_write_again(hub: SmallHub) -> None:
    await hub.hears(says("hello"))
    ann = says("").sender
    await hub.hears(ContactPointBlocked(sender=ann, blocked=True, reason="blocked the bot", occurred_at=T0))
    (row,) = await hub.conversations()
    contact = await hub.storage.queries.contact(row.contact_id)
    assert contact is not None
    assert [(p.blocked, p.blocked_reason) for p in contact.points] == [(True, "blocked the bot")]
    await hub.hears(says("back again", at=T0 + timedelta(hours=1)))
    contact = await hub.storage.queries.contact(row.contact_id)
    assert contact is not None
    assert not contact.points[0].blocked


async def test_golden_26_an_opt_out_opens_no_wait_and_stays_after_another_message(hub: SmallHub) -> None:
    await hub.hears(OptedOut(sender=says("").sender, opted_out=True, keyword="STOP", occurred_at=T0))
    assert await hub.conversations() == ()
    await hub.hears(says("hello"))
    (row,) = await hub.conversations()
    contact = await hub.storage.queries.contact(row.contact_id)
    assert contact is not None
    (point,) = contact.points
    assert (point.opted_out, point.opted_at, point.blocked) == (True, T0, False)


def opts(out: bool, minute: int) -> OptedOut:
    return OptedOut(sender=says("").sender, opted_out=out, keyword="word", occurred_at=T0 + timedelta(minutes=minute))


@pytest.mark.parametrize("order", list(permutations([opts(True, 1), opts(False, 2), opts(True, 0)])))
async def test_the_newest_word_about_being_written_to_counts(
    order: tuple[OptedOut, ...], sqlite_url: str, tmp_path: Path
) -> None:
    async with small_hub(sqlite_url, tmp_path) as hub:
        await hub.hears(says("hello"))
        for event in order:
            await hub.hears(event)
        (row,) = await hub.conversations()
        contact = await hub.storage.queries.contact(row.contact_id)
        assert contact is not None
        assert (contact.points[0].opted_out, contact.points[0].opted_at) == (False, T0 + timedelta(minutes=2))


async def test_an_opt_out_outlives_a_block_that_ends(hub: SmallHub) -> None:
    ann = says("").sender
    await hub.hears(opts(True, 0), ContactPointBlocked(sender=ann, blocked=True, reason="gone", occurred_at=T0))
    await hub.hears(ContactPointBlocked(sender=ann, blocked=False, reason="", occurred_at=T0))
    await hub.hears(says("hello"))
    (row,) = await hub.conversations()
    contact = await hub.storage.queries.contact(row.contact_id)
    assert contact is not None
    assert (contact.points[0].opted_out, contact.points[0].blocked) == (True, False)


async def test_a_stand_in_is_shown_until_somebody_gives_a_name_and_never_after(hub: SmallHub) -> None:
    unnamed = Address(namespace="scripted", value="v-x7Qp", stand_in="Visitor x7Qp")
    await hub.hears(says("hello", sender=unnamed, thread="v"))
    shown = [(await hub.conversations())[0].contact_name]
    await hub.hears(says("I am Ola", sender=replace(unnamed, name="Ola"), thread="v"))
    await hub.hears(says("still me", sender=unnamed, thread="v"))
    shown.append((await hub.conversations())[0].contact_name)
    assert shown == ["Visitor x7Qp", "Ola"]


async def test_a_visitor_who_logs_in_is_shown_by_the_name_the_website_vouches_for(hub: SmallHub) -> None:
    unnamed = Address(namespace="scripted", value="v-x7Qp", stand_in="Visitor x7Qp")
    lucy = Address(namespace="scripted", value="user 42", name="Łucja", verified=True)
    await hub.hears(says("hello", sender=unnamed, thread="v"))
    proof = ContactPointLearned(known=lucy, learned=replace(unnamed, verified=True))
    await hub.hears(says("it is me", sender=lucy, thread="v", at=T0 + timedelta(seconds=1)), proof)
    assert {row.contact_name for row in await hub.conversations()} == {"Łucja"}
