"""Gives bots their turns: reads what customers said, walks the flows on, speaks and stores, all in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate

from hub.domain.botflow.choices import read_button
from hub.domain.botflow.effects import CountHelp, HandOver, Reason
from hub.domain.botflow.happenings import Due, Happening, Said
from hub.domain.botflow.position import End
from hub.domain.botflow.records import BotRun, RunId, Wake
from hub.domain.botflow.speaking import Speaker
from hub.domain.ids import ChannelId, ContactId, ConversationId
from hub.ports import UnitOfWork
from hub.services.bots.beginning import begin
from hub.services.bots.library import Library
from hub.services.bots.means import Means
from hub.services.bots.table import close_table, open_table
from hub.services.bots.talking import Asked, Talking
from hub.services.bots.walking import end, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A look-up to be carried out after the commit; its result comes back to the run."""

    conversation_id: ConversationId
    contact_id: ContactId
    channel_id: ChannelId
    run_id: RunId
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What a batch of turns came to."""

    count: int = 0
    calls: tuple[Call, ...] = ()
    helped: tuple[CountHelp, ...] = ()


async def take_turns(
    means: Means,
    library: Library,
    ids: Collection[ConversationId],
    *,
    told: Mapping[ConversationId, tuple[RunId, Happening]] | None = None,
) -> Turned:
    """Give the bots of these conversations their turns. All or nothing; who fails is run alone by the caller.

    `told` brings results of look-ups to the runs that wait for them. Exactly once: the messages a turn reads are taken
    away in the transaction that stores what it did.
    """
    library.begin()
    # What a power cut undoes is done again: the messages are unread then, and nothing goes out before the outbox's own
    # durable commit. So no turn waits for the disk.
    async with means.storage.begin(durable=False) as uow:
        now = means.now()
        table = await open_table(uow, means, ids, now)
        for talking, wakes in table:
            result = (told or {}).get(talking.conversation.id)
            await _turn(uow, library, talking, wakes, result)
        await close_table(uow, [talking for talking, _ in table])
    calls = [
        Call(
            conversation_id=talking.conversation.id,
            contact_id=talking.contact.id,
            channel_id=talking.conversation.channel_id,
            run_id=talking.run.id,
            asked=asked,
        )
        for talking, _ in table
        if talking.run is not None and talking.run.ended_at is None
        for asked in talking.asked
    ]
    helped = [one for talking, _ in table for one in talking.helped]
    return Turned(count=len(table), calls=tuple(calls), helped=tuple(helped))


async def _turn(
    uow: UnitOfWork,
    library: Library,
    talking: Talking,
    wakes: Sequence[Wake],
    told: tuple[RunId, Happening] | None,
) -> None:
    run = talking.run
    if run is None:
        if wakes:
            await begin(uow, library, talking, wakes)
        return
    if talking.lock.speaker is not Speaker.bot or talking.lock.turn != run.turn:
        talking.run = replace(run, ended_at=talking.now, end=End.taken.value)
        return
    for happening in _happenings(run, wakes, told, talking.now):
        await walk(uow, library, talking, happening)


def _happenings(
    run: BotRun, wakes: Sequence[Wake], told: tuple[RunId, Happening] | None, now: datetime
) -> list[Happening]:
    """Return what happened to a run, in order: messages in the provider's, whichever the network brought first."""
    by_then = accumulate((wake.at for wake in wakes), max)
    heard: list[tuple[datetime, Happening]] = [
        (at, said_by(wake, run.id)) for at, wake in zip(by_then, wakes, strict=True)
    ]
    due = run.position.due_at
    if due is not None and due <= now:
        heard.append((due, Due()))
    if told is not None and told[0] == run.id:
        heard.append((now, told[1]))
    return [happening for _, happening in sorted(heard, key=lambda pair: pair[0])]


def said_by(wake: Wake, run_id: RunId) -> Said:
    """Return what a customer's message says to a run; a pressed button says which choice of which question it was."""
    press = read_button(wake.button, run_id) if wake.button else None
    return Said(text=wake.text, files=wake.files, press=press, at=wake.at)


async def open_for_humans(means: Means, conversation_id: ConversationId, reason: Reason, words: str) -> None:
    """Take a conversation from a bot that cannot go on, with what it learned so far as a note."""
    async with means.storage.begin() as uow:
        now = means.now()
        for talking, wakes in await open_table(uow, means, [conversation_id], now):
            if talking.run is None and not wakes:
                continue
            if talking.run is not None:
                said = tuple(wake.text for wake in wakes if wake.text.strip())
                position = replace(talking.run.position, remarks=(*talking.run.position.remarks, *said)[-20:])
                talking.run = replace(talking.run, position=position)
            talking.hand = HandOver(reason=reason, words=words)
            end(talking)
            await close_table(uow, [talking])
