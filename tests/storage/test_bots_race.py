"""No bot's message after a human's: a thousand interleavings of bot, human and outbox, in an order a seed decides.

What a bot knows is old by the time it speaks: it looked whose turn it is in one transaction and speaks in others.
Humans write in the hub or in the provider's own app. The outboxes of eight channels claim when their seed says.
"""

import random
from dataclasses import dataclass, field

import sqlalchemy as sa

from hub.domain.botflow.position import Position
from hub.domain.botflow.records import BotRun, FlowId, RunId
from hub.domain.botflow.speaking import Speaker
from hub.domain.channel import Channel
from hub.domain.ids import ConversationId
from hub.domain.interaction import AuthorKind, Interaction
from hub.ports import Flush, UnitOfWork
from hub.ports.bots import Spoken
from storage import tables
from storage.database import SqlStorage
from storage.engine import Database
from tests.storage import builders as make
from tests.storage.builders import later, uuid7

RACES = 1000
CHANNELS = 8
STEPS = ("look", "say", "say", "say")
SLOTS = len(STEPS) + 1


@dataclass
class Race:
    """One conversation: when the human writes and where, and what the customer gets."""

    thread: make.Thread
    writes_at: int
    in_the_hub: bool
    turn: int = 0
    got: list[AuthorKind] = field(default_factory=list)

    @property
    def id(self) -> ConversationId:
        return self.thread.conversation.id

    def step(self, slot: int) -> str:
        """Return what happens in this conversation now: the human takes one slot, the bot's steps the others."""
        bots = list(STEPS)
        return [*bots[: self.writes_at], "write", *bots[self.writes_at :]][slot]


def message(race: Race, author: AuthorKind, slot: int) -> Interaction:
    at = later(minutes=slot)
    return make.reply(race.thread.conversation, author_kind=author, occurred_at=at, received_at=at)


async def begin(uow: UnitOfWork, chance: random.Random) -> tuple[list[Channel], list[Race]]:
    """Store conversations in which a bot has just been given the word."""
    threads = [await make.begin_thread(uow) for _ in range(CHANNELS)]
    races = []
    for number in range(RACES):
        on = threads[number % CHANNELS]
        talk = make.conversation(on.channel, on.point)
        thread = make.Thread(on.channel, on.contact, on.point, talk)
        races.append(Race(thread, writes_at=chance.randrange(SLOTS), in_the_hub=number % 10 == 0))
    await uow.ingest.save(Flush(new_conversations=[race.thread.conversation for race in races]))
    await uow.bots.save_runs([going(race) for race in races])
    return [thread.channel for thread in threads], races


async def give_the_word(database: Database, races: list[Race]) -> None:
    """Let the bots speak; for all conversations at once, as `Speakers.give` does for one."""
    lock = {"speaker": Speaker.bot, "turn": 1, "bot": "flow:1", "since": make.NOW, "by": None, "human_at": None}
    async with database.write() as session:
        await session.insert(tables.speakers, [{**lock, "conversation_id": race.id, "reopens": 0} for race in races])


def going(race: Race) -> BotRun:
    return BotRun(
        id=RunId(uuid7()),
        conversation_id=race.id,
        flow_id=FlowId(uuid7()),
        version=1,
        position=Position(due_at=later(hours=1)),
        turn=1,
        begun_at=make.NOW,
    )


async def look(uow: UnitOfWork, races: list[Race], _slot: int) -> None:
    locks = await uow.speakers.some([race.id for race in races])
    for race in races:
        race.turn = locks[race.id].turn


async def say(uow: UnitOfWork, races: list[Race], slot: int) -> None:
    spoken = []
    for race in races:
        entry = message(race, AuthorKind.bot, slot)
        spoken.append(Spoken(interaction=entry, delivery=make.delivery(entry, created_at=make.NOW), turn=race.turn))
    refused = await uow.bots.say(spoken, {})
    assert refused == {race.id for race in races if race.writes_at < slot}


async def write(uow: UnitOfWork, races: list[Race], slot: int) -> None:
    for race in (race for race in races if race.in_the_hub):
        entry = message(race, AuthorKind.agent, slot)
        await uow.timeline.add(entry)
        await uow.outbox.add(make.delivery(entry), make.happened())
    echoes = [race for race in races if not race.in_the_hub]
    await uow.ingest.save(Flush(new_interactions=[message(race, AuthorKind.agent, slot) for race in echoes]))
    for race in echoes:
        race.got.append(AuthorKind.agent)


DO = {"look": look, "say": say, "write": write}


async def send(storage: SqlStorage, database: Database, by_id: dict[ConversationId, Race], channel: Channel) -> int:
    """Claim what is due on a channel; the provider has it from then on."""
    async with storage.begin() as uow:
        claimed = await uow.outbox.claim(later(hours=9), RACES, channels=[channel.id])
    for due in claimed:
        by_id[due.conversation.id].got.append(due.interaction.author_kind)
    async with database.write() as session:
        await session.run(sa.text("UPDATE deliveries SET state = 'sent' WHERE state = 'sending'"))
    return len(claimed)


async def test_no_bot_speaks_after_a_human_in_a_thousand_interleavings(storage: SqlStorage, database_url: str) -> None:
    chance = random.Random(20261122)  # noqa: S311 - it plays
    database = Database(database_url)
    async with storage.begin() as uow:
        channels, races = await begin(uow, chance)
    await give_the_word(database, races)
    by_id = {race.id: race for race in races}
    for slot in range(SLOTS):
        steps = {name: [race for race in races if race.step(slot) == name] for name in ("look", "write", "say")}
        for name in chance.sample(sorted(steps), k=len(steps)):
            async with storage.begin() as uow:
                await DO[name](uow, steps[name], slot)
        for channel in chance.sample(channels, k=5):
            await send(storage, database, by_id, channel)
    while sum([await send(storage, database, by_id, channel) for channel in channels]):
        pass
    assert {len(race.got) for race in races} == {1, 2, 3, 4}
    assert [race.got for race in races if race.got[-1] is not AuthorKind.agent] == []
    await assert_stored_in_order(database)
    await database.close()


async def assert_stored_in_order(database: Database) -> None:
    """Every bot's message stands before the human's of its conversation; no run goes on, nothing of a bot's waits."""
    i = tables.interactions
    async with database.read() as session:
        rows = await session.rows(sa.select(i.c.conversation_id, i.c.author_kind, i.c.seq).order_by(i.c.seq))
        last = {row[0]: row[1] for row in rows}
        assert len(last) == RACES
        assert set(last.values()) == {AuthorKind.agent}
        runs = tables.bot_runs
        ended = await session.rows(sa.select(runs.c.end, runs.c.due_at).distinct())
        assert [tuple(row) for row in ended] == [("taken", None)]
