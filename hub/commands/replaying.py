"""`hub replay`: reads raw events again that were not understood, or any that are named."""

from collections.abc import AsyncIterator, Collection, Sequence
from functools import partial

import typer

from hub.app import Hub
from hub.commands.naming import find_channel
from hub.commands.opening import alone_if_free, opened
from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import ChannelId, JournalSeq
from hub.domain.journal import RawState, StoredEvent
from hub.runtime.journal_worker import IngestTools, JournalWorker
from hub.services.attachments import store_content
from hub.services.reply_token import verify
from hub.settings import HubSettings

PAGE = 200


async def replay(settings: HubSettings, *, channel: str, all_unparsed: bool, seqs: Sequence[int]) -> None:
    """Mark raw events as new and, if no hub serves this folder, read them at once.

    Named events are read whatever their state; nothing comes twice onto the timeline, since ids decide.
    """
    if sum((bool(channel), all_unparsed, bool(seqs))) != 1:
        raise Invalid("Say what to read again: --channel NAME, --all-unparsed, or --seq N (once or more).")
    with alone_if_free(settings) as alone:
        async with opened(settings) as hub:
            marked = await _marked(hub, channel, seqs)
            if not marked:
                typer.echo("There is nothing to read again: every raw event was understood.")
                return
            async with hub.storage.begin() as uow:
                await uow.journal.renew(seqs=marked)
            typer.echo(f"{_events(len(marked))} marked to be read again.")
            if not alone:
                typer.echo("The running hub reads them now; what it still does not understand is in the loss ledger.")
                return
            await _read(hub)
            await _tell(hub, marked)


async def _marked(hub: Hub, channel: str, seqs: Sequence[int]) -> Sequence[JournalSeq]:
    if seqs:
        wanted = [JournalSeq(seq) for seq in dict.fromkeys(seqs)]
        async with hub.storage.read() as uow:
            there = {event.seq for event in await uow.journal.get_many(wanted)}
        missing = [str(seq) for seq in wanted if seq not in there]
        if missing:
            raise NotFound(f"There is no raw event {', '.join(missing)}; old ones that were read are deleted in time.")
        return wanted
    channel_id = None
    if channel:
        async with hub.storage.read() as uow:
            channel_id = (await find_channel(uow, channel)).id
    return [event.seq async for event in _unparsed(hub, channel_id)]


async def _unparsed(hub: Hub, channel_id: ChannelId | None) -> AsyncIterator[StoredEvent]:
    cursor = None
    while True:
        page = await hub.storage.queries.raw_events(
            channel_id=channel_id, state=RawState.unparsed, cursor=cursor, limit=PAGE
        )
        for event in page.items:
            yield event
        cursor = page.next
        if cursor is None:
            return


async def _read(hub: Hub) -> None:
    tools = IngestTools(keep=partial(store_content, hub.blobs), read_token=lambda token: verify(token, *hub.keys))
    worker = JournalWorker(
        storage=hub.storage, accounts=hub.accounts, tools=tools, clock=hub.clock, metrics=hub.metrics
    )
    await hub.accounts.refresh()
    while await worker.drain():
        pass


async def _tell(hub: Hub, marked: Collection[JournalSeq]) -> None:
    ours = frozenset(marked)
    still = [event async for event in _unparsed(hub, None) if event.seq in ours]
    typer.echo(f"{_events(len(ours) - len(still))} understood now, {len(still)} still not.")
    for reason in list(dict.fromkeys(event.error for event in still))[:5]:
        typer.echo(f"  {reason}")
    if still:
        raise typer.Exit(1)


def _events(count: int) -> str:
    return "1 raw event" if count == 1 else f"{count} raw events"
