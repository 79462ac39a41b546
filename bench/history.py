"""Makes a shop's history of any size, written as the hub writes it: returning customers, long and short talks.

The same seed gives the same history: a larger one begins with the smaller. What is open does not grow with it.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from hub.app import Hub
from hub.domain.contact import Contact, ContactPoint, ContactState
from hub.domain.conversation import Conversation, ConversationState
from hub.domain.delivery import Delivery, DeliveryState
from hub.domain.ids import (
    ChannelId,
    ContactId,
    ContactPointId,
    ConversationId,
    DeliveryId,
    ExternalId,
    InteractionId,
    UserId,
    WaitId,
)
from hub.domain.interaction import AuthorKind, Direction, Interaction
from hub.domain.user import Role, User
from hub.domain.waiting import Clock, Wait, WaitEnd
from hub.ports import Flush, IngestKeys
from hub.services.ids import new_id
from storage import records, tables
from storage.engine import Database

OPEN = 400
"""Work that is not done: as much in a large history as in a small one."""
ENTRIES_A_FLUSH = 4_000
RETURNING = 0.4
"""Share of the conversations whose customer wrote before."""
AGENTS = 12
AGENTS_AT = "@bench.test"
LENGTHS = ((2, 6), (7, 20), (21, 60), (61, 240))
LENGTH_WEIGHTS = (60, 30, 9, 1)
FREQUENT = (
    *("paczka", "faktura", "zamówienie", "dostawa", "zwrot", "płatność", "adres", "kurier", "termin", "reklamacja"),
    *("배송", "주문", "환불", "결제", "주소", "문의", "상품", "교환", "오늘", "내일"),
    *("order", "parcel", "invoice", "delivery", "return", "payment", "size", "colour", "shop", "address"),
)
START = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a history lies in time."""

    start: datetime = START
    apart: timedelta = timedelta(minutes=4)
    """From the beginning of a conversation to the next one's."""
    open: int = OPEN
    """How many of its last conversations are not done."""
    first: int = 0
    """Number of its first conversation and customer, so that two histories of one place share no address."""


def _vocabulary() -> Sequence[str]:
    """Return words from frequent to rare, of three alphabets."""
    chance = random.Random(5)
    syllables = ("ka", "mo", "ri", "te", "szu", "łę", "ven", "or", "ing")
    latin = ["".join(chance.choices(syllables, k=4)) for _ in range(4_000)]
    hangul = ["".join(chr(chance.randrange(0xAC00, 0xD7A0)) for _ in range(2)) for _ in range(1_000)]
    return [*FREQUENT, *dict.fromkeys(chance.sample([*latin, *hangul], 5_000))]


WORDS = _vocabulary()
_WEIGHTS = list(accumulate(1 / (place + 10) for place in range(len(WORDS))))


@dataclass(slots=True)
class Batch:
    """What is written in one transaction, and the deliveries of its answers."""

    flush: Flush = field(default_factory=Flush)
    deliveries: list[dict[str, object]] = field(default_factory=list)


class Writer:
    """Makes the conversations of a history one after the other."""

    def __init__(
        self,
        channels: Sequence[ChannelId],
        agents: Sequence[UserId],
        total: int,
        *,
        waits: bool = False,
        pace: Pace = Pace(),
    ) -> None:
        self._channels, self._agents, self._waits, self._pace = channels, agents, waits, pace
        self._chance = random.Random(7)
        self._points: list[ContactPointId] = []
        self._lengths = list(_lengths(total))
        self.conversations: dict[ConversationId, int] = {}
        """How many entries each has, oldest first."""

    def batches(self) -> Iterator[Batch]:
        """Yield everything in batches of a few thousand entries."""
        batch = Batch()
        for number, length in enumerate(self._lengths):
            self._conversation(batch, number, length)
            if len(batch.flush.new_interactions) >= ENTRIES_A_FLUSH:
                yield batch
                batch = Batch()
        yield batch

    def _conversation(self, batch: Batch, number: int, length: int) -> None:
        chance, at = self._chance, self._pace.start + number * self._pace.apart
        returning = bool(self._points) and chance.random() < RETURNING
        point_id = chance.choice(self._points) if returning else self._newcomer(batch.flush, at)
        conversation_id, channel_id = ConversationId(new_id()), chance.choice(self._channels)
        self.conversations[conversation_id] = length
        numbered = self._pace.first + number
        entries = [_entry(conversation_id, channel_id, point_id, numbered, turn, at, chance) for turn in range(length)]
        is_open = number >= len(self._lengths) - self._pace.open
        wait = Wait(id=WaitId(entries[-1].id), episode=1, started_at=at, first=True)
        batch.flush.new_conversations.append(
            Conversation(
                id=conversation_id,
                channel_id=channel_id,
                contact_point_id=point_id,
                thread=ExternalId(str(point_id)),
                state=ConversationState.open if is_open else ConversationState.resolved,
                resolved_at=None if is_open else at + timedelta(hours=length),
                assignee_id=chance.choice([None, *self._agents]),
                tags=tuple(chance.sample(("vip", "refund", "shipping", "invoice", "press"), k=chance.randrange(3))),
                created_at=at,
                last_at=entries[-1].occurred_at,
                last_inbound_at=at,
                last_author="contact",
                last_preview=entries[-1].text[:100],
                clock=Clock(episode=1, waits_in_episode=1, open=wait if is_open and number % 2 else None),
            )
        )
        batch.flush.new_interactions.extend(entries)
        if self._waits:
            agent = chance.choice(self._agents)
            batch.flush.waits.update(
                {one.id: (conversation_id, one) for one in _waits(entries, agent, chance, open_last=is_open)}
            )
        batch.deliveries.extend(_delivery(entry) for entry in entries if entry.direction is Direction.outbound)

    def _newcomer(self, flush: Flush, at: datetime) -> ContactPointId:
        number = self._pace.first + len(self._points)
        contact_id, point_id = ContactId(new_id()), ContactPointId(new_id())
        name = " ".join(self._chance.choices(WORDS, k=2)).title()
        flush.new_contacts.append(
            Contact(id=contact_id, canonical_id=contact_id, name=name, state=ContactState.kept, created_at=at)
        )
        flush.new_points.append(
            ContactPoint(
                id=point_id,
                contact_id=contact_id,
                namespace="telegram",
                address=str(number),
                received=str(number),
                created_at=at,
            )
        )
        self._points.append(point_id)
        return point_id


def _lengths(total: int) -> Iterator[int]:
    chance, left = random.Random(11), total
    while left:
        lowest, highest = chance.choices(LENGTHS, LENGTH_WEIGHTS)[0]
        length = min(left, chance.randint(lowest, highest))
        left -= length
        yield length


def _entry(
    conversation_id: ConversationId,
    channel_id: ChannelId,
    point_id: ContactPointId,
    number: int,
    turn: int,
    at: datetime,
    chance: random.Random,
) -> Interaction:
    moment = at + timedelta(minutes=turn)
    return Interaction(
        id=InteractionId(new_id()),
        conversation_id=conversation_id,
        channel_id=channel_id,
        contact_point_id=point_id,
        external_id=ExternalId(f"{number}:{turn}"),
        direction=Direction.outbound if turn % 2 else Direction.inbound,
        author_kind=AuthorKind.agent if turn % 2 else AuthorKind.contact,
        occurred_at=moment,
        received_at=moment,
        opens_wait=turn % 2 == 0,
        text=" ".join(chance.choices(WORDS, cum_weights=_WEIGHTS, k=chance.randint(3, 25))) + f" nr {number}",
    )


def _waits(entries: Sequence[Interaction], agent: UserId, chance: random.Random, *, open_last: bool) -> Iterator[Wait]:
    """Yield the waits of a conversation whose entries are the customer's and ours in turn."""
    for turn in range(0, len(entries), 2):
        asked = entries[turn]
        if turn + 1 == len(entries):
            if open_last:
                yield Wait(id=WaitId(asked.id), episode=1, started_at=asked.occurred_at, first=turn == 0)
            return
        took = chance.lognormvariate(6, 1.5)
        yield Wait(
            id=WaitId(asked.id),
            episode=1,
            started_at=asked.occurred_at,
            first=turn == 0,
            ended_at=asked.occurred_at + timedelta(seconds=took),
            ended_by=WaitEnd.reply,
            ended_item=entries[turn + 1].id,
            answered_by=agent,
            seconds=took,
            business_seconds=took * chance.random(),
            due_at=asked.occurred_at + timedelta(minutes=20),
        )


def _delivery(entry: Interaction) -> dict[str, object]:
    return {
        **records.delivery.row(
            Delivery(
                id=DeliveryId(entry.id),
                interaction_id=entry.id,
                channel_id=entry.channel_id,
                state=DeliveryState.read,
                attempt=1,
                created_at=entry.occurred_at,
                state_at=entry.occurred_at,
                accepted_at=entry.occurred_at,
            )
        ),
        "conversation_id": entry.conversation_id,
    }


async def fill(
    hub: Hub, channels: Sequence[ChannelId], interactions: int, *, waits: bool = False, pace: Pace = Pace()
) -> Mapping[ConversationId, int]:
    """Write so many interactions, with their waits if wanted; returns how many each conversation has."""
    writer = Writer(channels, await _agents(hub), interactions, waits=waits, pace=pace)
    database = Database(hub.settings.database)
    try:
        for batch in writer.batches():
            async with hub.storage.begin() as uow:
                await uow.ingest.load(IngestKeys())
                await uow.ingest.save(batch.flush)
            async with database.write() as session:
                await session.insert(tables.deliveries, batch.deliveries)
    finally:
        await database.close()
    return writer.conversations


async def _agents(hub: Hub) -> Sequence[UserId]:
    """Return the agents of the place, made for its first history."""
    async with hub.storage.begin() as uow:
        known = [user.id for user in await uow.users.all() if user.email.endswith(AGENTS_AT)]
        if known:
            return known
        agents = [UserId(new_id()) for _ in range(AGENTS)]
        for number, agent in enumerate(agents):
            person = User(
                id=agent, email=f"{number}{AGENTS_AT}", name=f"Agent {number}", role=Role.agent, created_at=START
            )
            await uow.users.add(person, "")
    return agents
