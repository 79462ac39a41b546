"""A shop with a few weeks of waits and calls, made by chance and known exactly: what reports are compared with."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hub.domain.call import Call, CallState, Outcome
from hub.domain.channel import Channel
from hub.domain.conversation import Conversation, ConversationState
from hub.domain.ids import CallId, ConversationId, InteractionId, TeamId, UserId, WaitId
from hub.domain.interaction import Direction, InteractionKind
from hub.domain.reports.period import Period, Span
from hub.domain.waiting import Clock, Wait, WaitEnd
from hub.ports.calls import CallFlush
from hub.services.reports.rollup import count_all
from storage.database import SqlStorage
from tests.storage.builders import channel, contact, conversation, message, point, reply, uuid7
from tests.waited import WaitedInAll, waited_in_all

START = datetime(2026, 3, 20, 5, 0, tzinfo=UTC)
NOW = START + timedelta(days=30)
MONTH = Period(span=Span(start=START, end=NOW), zone="Europe/Warsaw")
TAGS = ("vip", "refund", "shipping")


@dataclass
class Shop:
    """What was stored."""

    storage: SqlStorage
    channels: Sequence[Channel] = ()
    agents: Sequence[UserId] = ()
    teams: Sequence[TeamId] = ()
    waits: list[tuple[Conversation, Wait]] = field(default_factory=list)
    received: list[tuple[Conversation, datetime]] = field(default_factory=list)
    calls: list[tuple[Conversation, Call]] = field(default_factory=list)

    def in_all(self) -> list[WaitedInAll]:
        """What customers waited in all, of each episode."""
        talks: dict[ConversationId, list[Wait]] = {}
        for talk, wait in self.waits:
            talks.setdefault(talk.id, []).append(wait)
        return [total for waits in talks.values() for total in waited_in_all(waits).values()]

    def replied(self, *, first: bool | None = None) -> list[tuple[Conversation, Wait, float]]:
        """The waits a reply ended, with their seconds."""
        return [
            (talk, wait, (wait.ended_at - wait.started_at).total_seconds())
            for talk, wait in self.waits
            if wait.ended_at and wait.ended_by is WaitEnd.reply and first in (None, wait.first)
        ]


async def fill(storage: SqlStorage, *, talks: int = 40, seed: int = 5) -> Shop:
    """Store a shop's talks: answered, closed, handed over by bots, void, and still open; and calls."""
    chance = random.Random(seed)  # noqa: S311 - it plays
    shop = Shop(
        storage,
        channels=[channel(name=name) for name in ("Chat", "Mail")],
        agents=[UserId(uuid7()) for _ in range(3)],
        teams=[TeamId(uuid7()) for _ in range(2)],
    )
    async with storage.begin() as uow:
        for one in shop.channels:
            await uow.channels.add(one, {}, set())
    for number in range(talks):
        await _talk(shop, chance, START + timedelta(minutes=number * (20 * 1440 - 300) / talks))
    by_phone = random.Random(seed + 1)  # noqa: S311 - it plays
    for talk in {talk.id: talk for talk, _ in shop.waits}.values():
        await _calls(shop, by_phone, talk)
    await count_all(storage.rollups)
    return shop


_ENDS = {
    Outcome.answered: 60,
    Outcome.abandoned: 15,
    Outcome.short_abandon: 10,
    Outcome.voicemail: 5,
    Outcome.overflow: 3,
    Outcome.left_early: 5,
    None: 4,
}
"""How calls end, and how often in a hundred; None is a caller who is in the queue."""


async def _calls(shop: Shop, chance: random.Random, talk: Conversation) -> None:
    calls = []
    for _ in range(chance.randrange(4)):
        # Many begin in one hour and enter the queue in the next.
        at = START + timedelta(hours=chance.randrange(20 * 24), seconds=chance.uniform(3500, 3700))
        how = chance.choices(list(_ENDS), weights=list(_ENDS.values()))[0]
        queued = None if how is Outcome.left_early else at + timedelta(seconds=chance.uniform(0, 120))
        left = (queued or at) + timedelta(
            seconds=chance.uniform(0, 5) if how is Outcome.short_abandon else chance.lognormvariate(3, 1) + 5
        )
        answered = left if how is Outcome.answered else None
        calls.append(
            Call(
                id=CallId(uuid7()),
                channel_id=talk.channel_id,
                direction=Direction.inbound,
                contact_point_id=talk.contact_point_id,
                conversation_id=talk.id,
                interaction_id=InteractionId(uuid7()),
                team_id=chance.choice([None, *shop.teams]),
                began_at=at,
                queue_at=queued,
                answered_at=answered,
                ended_at=None if how is None else left + timedelta(seconds=60 if answered else 0),
                state=CallState.queued if how is None else CallState.ended,
                outcome=how,
                agents=tuple(chance.sample(shop.agents, k=2)) if answered else (),
                level_at=queued + timedelta(seconds=20) if queued and chance.random() < 0.5 else None,
            )
        )
    async with shop.storage.begin() as uow:
        for call in calls:
            entry = message(talk, id=call.interaction_id, kind=InteractionKind.call, occurred_at=call.began_at, text="")
            await uow.timeline.add(entry)
        await uow.calls.save(CallFlush(new={call.id: call for call in calls}))
    shop.calls += [(talk, call) for call in calls]


async def _talk(shop: Shop, chance: random.Random, at: datetime) -> None:
    who = contact(source=chance.choice(("", "campaign")))
    address = point(who)
    talk = conversation(
        chance.choice(shop.channels),
        address,
        tags=tuple(chance.sample(TAGS, k=chance.randrange(3))),
        team_id=chance.choice([None, *shop.teams]),
        created_at=at,
        last_at=at,
    )
    waits: list[Wait] = []
    async with shop.storage.begin() as uow:
        await uow.contacts.add(who)
        await uow.contacts.add_point(address)
        await uow.conversations.add(talk, [])
        for turn in range(chance.randrange(1, 5)):
            at += timedelta(seconds=chance.uniform(10, 20_000))
            asked = message(talk, occurred_at=at, received_at=at, opens_wait=True)
            await uow.timeline.add(asked)
            shop.received.append((talk, at))
            wait = Wait(id=WaitId(asked.id), episode=1, started_at=at, first=turn == 0)
            bot = at + timedelta(seconds=2) if chance.random() < 0.3 else None
            at += timedelta(seconds=chance.lognormvariate(6, 2))
            how = chance.choices(
                [WaitEnd.reply, WaitEnd.closed, WaitEnd.void, None],
                weights=[75, 12, 5, 8 if at < NOW - timedelta(days=9) else 0],
            )[0]
            item = InteractionId(asked.id)
            agent = chance.choice(shop.agents)
            if how is WaitEnd.reply:
                answer = reply(talk, occurred_at=at, received_at=at, author_id=agent)
                await uow.timeline.add(answer)
                item = answer.id
            if how is not None:
                wait = Wait(
                    id=wait.id,
                    episode=1,
                    started_at=wait.started_at,
                    first=wait.first,
                    bot_at=bot,
                    ended_at=at,
                    ended_by=how,
                    ended_item=item,
                    answered_by=agent if how is WaitEnd.reply else None,
                )
            if how is WaitEnd.reply:
                took = at - wait.started_at
                wait = replace(
                    wait,
                    agent_from=wait.started_at + took * chance.random() if chance.random() < 0.6 else None,
                    handed_over_at=wait.started_at + took * chance.random() if bot and chance.random() < 0.6 else None,
                    business_seconds=took.total_seconds() * chance.random() if chance.random() < 0.8 else None,
                )
            wanted = wait.started_at + timedelta(minutes=10)
            wait = replace(
                wait,
                due_at=wanted if chance.random() < 0.5 else None,
                level_at=wanted if wait.first and chance.random() < 0.5 else None,
            )
            waits.append(wait)
            if how is None:
                break
        await uow.timeline.save_waits(talk.id, waits, replace=False)
        still = waits[-1] if waits[-1].ended_at is None else None
        talk = Conversation(
            **{name: getattr(talk, name) for name in talk.__dataclass_fields__}
            | {"clock": Clock(episode=1, open=still), "state": ConversationState.open}
        )
        await uow.conversations.update(talk)
    shop.waits += [(talk, wait) for wait in waits]
