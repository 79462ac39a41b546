from collections import Counter

from hub.contract import SimulatedKind
from hub.domain.conversation import ConversationState
from hub.domain.delivery import DeliveryState
from hub.domain.interaction import AttachmentState
from hub.services.demo.scripts import open_scripts
from hub.services.demo.steps import Says
from hub.services.demo.story import tell
from tests.services.demo.played import FEW, NOW, Played
from tests.services.demo.shop import OURS

ODD_ONES = 5
"""Bounce, auto-reply, unknown, failed, group."""


async def test_every_talk_became_one_conversation_in_its_state(demo: Played) -> None:
    states = Counter(row.state for row in await demo.written())
    opened = Counter(open_.state for open_ in open_scripts())
    assert sum(states.values()) == FEW + len(open_scripts()) + ODD_ONES
    assert states[ConversationState.resolved] == FEW
    assert states[ConversationState.snoozed] == opened["snoozed"]
    assert states[ConversationState.pending] == opened["pending"]


async def test_who_waits_waits_as_long_as_the_story_says(demo: Played) -> None:
    row = await demo.row("Hannah Whitfield")
    assert row.waiting_since is not None
    assert (NOW - row.waiting_since).total_seconds() == 120
    assert (await demo.row("Naomi Feldstein")).waiting_since is None


async def test_nothing_is_unread_unparsed_or_lost(demo: Played) -> None:
    lines = await demo.ledger()
    assert (
        sum(line.received > 0 for line in lines) == 4
    )  # the story of the month and the phone line; the others are played live
    assert all(line.received == line.stored for line in lines)
    assert {(line.waiting, line.unparsed, line.parked) for line in lines} == {(0, 0, 0)}


async def test_the_ledger_counts_every_message_once_and_repetitions_apart(demo: Played) -> None:
    said = [step for talk in tell(NOW, OURS, past=FEW).talks for step in talk.steps if isinstance(step, Says)]
    shown = {SimulatedKind.message, SimulatedKind.auto_reply}
    phone = (await demo.line()).id
    lines = [line for line in await demo.ledger() if line.channel_id != phone]
    assert sum(line.shown for line in lines) == sum(step.said.kind in shown for step in said)
    assert sum(line.known for line in lines) == sum(step.twice for step in said)


async def test_everything_made_is_marked_demo(demo: Played) -> None:
    rows = await demo.rows()
    assert all(row.demo for row in rows)
    async with demo.storage.read() as uow:
        assert all(channel.demo for channel in await uow.channels.all())
        assert all(user.demo for user in await uow.users.all())
    contacts = (await demo.storage.queries.contacts("", cursor=None, limit=200)).items
    assert contacts
    assert all(contact.demo for contact in contacts)
    entries = [entry for row in rows for entry in await demo.thread(row.id)]
    assert all(entry.demo for entry in entries)


async def test_what_became_of_replies_is_seen(demo: Played) -> None:
    async def fates(name: str) -> list[DeliveryState]:
        return [e.delivery.state for e in await demo.thread((await demo.row(name)).id) if e.delivery is not None]

    assert await fates("Ingrid Solberg") == [DeliveryState.failed]  # bounced
    assert await fates("Viktor Hale") == [DeliveryState.failed]
    assert await fates("Claire Beaumont") == [DeliveryState.unknown]
    assert await fates("Henrik Sørensen") == [DeliveryState.sent]


async def test_a_bounced_or_blocked_answer_ends_no_wait(demo: Played) -> None:
    assert (await demo.row("Ingrid Solberg")).waiting_since is not None
    assert (await demo.row("Viktor Hale")).waiting_since is not None


async def test_an_automatic_reply_wakes_nobody(demo: Played) -> None:
    assert (await demo.row("Robert Ashdown")).waiting_since is None


async def test_a_group_is_one_conversation_of_three_people(demo: Played) -> None:
    row = await demo.row("Hut tour 2207")
    assert row.group
    members = await demo.storage.queries.participants(row.id)
    assert {"Ruth Adler", "Tobias Lang", "Mei-Lin Chen"} <= {member.name for member in members}


async def test_files_of_mails_are_stored_and_those_of_chats_can_be_fetched(demo: Played) -> None:
    files = [file for row in await demo.rows() for entry in await demo.thread(row.id) for file in entry.attachments]
    assert {file.state for file in files} <= {AttachmentState.ready, AttachmentState.pending}
    assert any(file.thumbnail for file in files)


async def test_people_and_their_passwords_are_told_once(demo: Played) -> None:
    words = "".join(demo.said)
    assert words.count("@halden.example") == 4
    assert "hub demo remove" in words


async def test_a_later_start_does_nothing(demo: Played) -> None:
    rows, told = len(await demo.rows()), list(demo.said)
    assert not await demo.make()
    assert (len(await demo.rows()), demo.said) == (rows, told)
