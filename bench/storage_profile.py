"""Where storage spends its time: ingest's load and save per message, and the journal's group commit.

python -m bench.storage_profile [batches] [--profile]
"""

import asyncio
import cProfile
import os
import pstats
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from uuid_utils.compat import uuid7

from hub.contract.events import RawEvent
from hub.domain.changes import Change, ChangeKind
from hub.domain.channel import Channel, ChannelKind, Connection, ConnectionState
from hub.domain.contact import Contact, ContactPoint, ContactState
from hub.domain.conversation import Conversation
from hub.domain.ids import ChannelId, ContactId, ContactPointId, ConversationId, ExternalId, InteractionId, WaitId
from hub.domain.interaction import AuthorKind, Direction, Interaction
from hub.domain.journal import RawState, Tally
from hub.domain.waiting import Clock, Wait
from hub.ports import Flush, IngestKeys, Known, Storage
from hub.runtime.clock import SystemClock
from hub.runtime.secrets_box import SecretBox
from storage import migrate, open_storage

BATCH = 100
START = datetime(2026, 11, 1, tzinfo=UTC)
TEXT = "zamówienie dotarło wczoraj ale brakuje jednej rzeczy 배송 언제 오나요 please look at order number"
WORDS = TEXT.split()


def _address(person: int) -> tuple[str, str]:
    return ("telegram", str(10_000_000 + person))


def _flush(channel_id: ChannelId, known: Known, people: list[int], number: int) -> Flush:
    flush = Flush()
    for place, person in enumerate(people):
        n = number * BATCH + place
        at = START + timedelta(seconds=n)
        key = _address(person)
        thread = (channel_id, ExternalId(key[1]))
        point = known.points.get(key)
        entry = InteractionId(uuid7())
        wait = Wait(id=WaitId(entry), episode=1, started_at=at, first=True)
        if point is None:
            who = ContactId(uuid7())
            contact = Contact(id=who, canonical_id=who, name=f"Person {person}", state=ContactState.kept, created_at=at)
            point = ContactPoint(
                id=ContactPointId(uuid7()), contact_id=who, namespace=key[0], address=key[1], received=key[1],
                name=f"Person {person}", created_at=at, first_channel_id=channel_id,
            )  # fmt: skip
            flush.new_contacts.append(contact)
            flush.new_points.append(point)
            known.points[key] = point
            flush.changes.append(Change(kind=ChangeKind.contact_added, subject_id=who))
        conversation_id = known.latest.get(thread)
        if conversation_id is None:
            talk = Conversation(
                id=ConversationId(uuid7()), channel_id=channel_id, contact_point_id=point.id, thread=thread[1],
                created_at=at, last_at=at, last_inbound_at=at, last_preview="text", last_author="contact",
                clock=Clock(episode=1, waits_in_episode=1, last=(at, entry), open=wait),
            )  # fmt: skip
            flush.new_conversations.append(talk)
            flush.waits[wait.id] = (talk.id, wait)
            known.latest[thread] = talk.id
            known.conversations[talk.id] = talk
            flush.changes.append(
                Change(kind=ChangeKind.conversation_added, subject_id=talk.id, conversation_id=talk.id)
            )
        else:
            before = known.conversations[conversation_id]
            talk = replace(before, last_at=at, last_inbound_at=at, last_preview=f"text {n}")
            flush.conversations[talk.id] = talk
            flush.changes.append(
                Change(kind=ChangeKind.conversation_changed, subject_id=talk.id, conversation_id=talk.id)
            )
        text = " ".join(WORDS[(n + i) % len(WORDS)] for i in range(12)) + f" {n}"
        flush.new_interactions.append(
            Interaction(
                id=entry, conversation_id=talk.id, channel_id=channel_id, contact_point_id=point.id,
                external_id=ExternalId(str(n)), direction=Direction.inbound, author_kind=AuthorKind.contact,
                occurred_at=at, received_at=at, text=text, opens_wait=True,
            )
        )  # fmt: skip
        flush.digests[entry] = "0" * 16
        flush.changes.append(Change(kind=ChangeKind.interaction_added, subject_id=entry, conversation_id=talk.id))
    return flush


async def _ingest(storage: Storage, channel_id: ChannelId, batches: int) -> dict[str, float]:
    spent = {"load": 0.0, "save": 0.0, "settle": 0.0, "commit": 0.0}
    for number in range(batches):
        seqs = await storage.journal.append(
            channel_id, [RawEvent(kind="webhook", body=b"{}", received_at=START) for _ in range(BATCH)]
        )
        people = [(number * 7919 + place * 31) % 20_000 if place % 2 else place for place in range(BATCH)]
        keys = IngestKeys(
            points=frozenset(_address(person) for person in people),
            messages=frozenset((channel_id, ExternalId(str(number * BATCH + n))) for n in range(BATCH)),
            threads=frozenset((channel_id, ExternalId(_address(person)[1])) for person in people),
        )
        async with storage.begin() as uow:
            t0 = time.perf_counter()
            known = await uow.ingest.load(keys)
            t1 = time.perf_counter()
            flush = _flush(channel_id, known, people, number)
            t2 = time.perf_counter()
            await uow.ingest.save(flush)
            t3 = time.perf_counter()
            uow.note(*flush.changes)
            await uow.journal.settle(seqs, RawState.done, at=START)
            await uow.journal.count(channel_id, Tally(shown=BATCH), at=START)
            t4 = time.perf_counter()
        spent["load"] += t1 - t0
        spent["save"] += t3 - t2
        spent["settle"] += t4 - t3
        spent["commit"] += time.perf_counter() - t4
    return {name: seconds / batches / BATCH * 1e6 for name, seconds in spent.items()}


async def _append(storage: Storage, channel_id: ChannelId, callers: int, seconds: float) -> float:
    count = 0
    until = time.perf_counter() + seconds
    event = RawEvent(kind="webhook", body=b'{"update_id": 1, "message": {"text": "hello"}}' * 8, received_at=START)

    async def caller() -> None:
        nonlocal count
        while time.perf_counter() < until:
            await storage.journal.append(channel_id, [event])
            count += 1

    await asyncio.gather(*(caller() for _ in range(callers)))
    return count / seconds


async def _main(batches: int, url: str, *, profile: bool) -> None:
    await migrate(url)
    storage = await open_storage(url, secrets=SecretBox({"k": os.urandom(32)}), doorbell=None, clock=SystemClock())
    channel = Channel(
        id=ChannelId(uuid7()), connector="x", kind=ChannelKind("x"), name="x", address="x", webhook_key="x",
        connection=Connection(state=ConnectionState.connecting, since=START), created_at=START,
    )  # fmt: skip
    async with storage.begin() as uow:
        await uow.channels.add(channel, {}, ())
    await _ingest(storage, channel.id, 5)
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    spent = await _ingest_again(storage, batches)
    profiler.disable()
    print({name: round(value, 1) for name, value in spent.items()}, "µs per message")
    if profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(35)
    print(round(await _append(storage, channel.id, 64, 3.0)), "appends/s with 64 callers")
    await storage.close()


async def _ingest_again(storage: Storage, batches: int) -> dict[str, float]:
    other = Channel(
        id=ChannelId(uuid7()), connector="x", kind=ChannelKind("x"), name="x", address="x", webhook_key="y",
        connection=Connection(state=ConnectionState.connecting, since=START), created_at=START,
    )  # fmt: skip
    async with storage.begin() as uow:
        await uow.channels.add(other, {}, ())
    return await _ingest(storage, other.id, batches)


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    with tempfile.TemporaryDirectory() as folder:
        target = os.environ.get("HUB_DATABASE_URL") or f"sqlite:///{folder}/hub.db"
        asyncio.run(_main(int(given[0]) if given else 50, target, profile="--profile" in sys.argv))
