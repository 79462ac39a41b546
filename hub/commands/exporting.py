"""`hub export` and `hub env`: what the hub knows, for other programs to read."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

import typer

import connectors
from hub.app import Hub
from hub.commands.opening import opened
from hub.domain.conversation import ConversationState
from hub.domain.errors import Conflict, Invalid
from hub.domain.views import ConversationFilter, ConversationRow, Page
from hub.environment import env_example
from hub.runtime.registry import discover
from hub.services.as_json import encode
from hub.settings import HubSettings

T = TypeVar("T")
PAGE = 200


async def export(settings: HubSettings, *, path: Path | None) -> None:
    """Write every contact and every interaction as one JSON object a line, to a new file or to standard output."""
    counts = {"contact": 0, "interaction": 0}
    async with opened(settings) as hub:
        stream = sys.stdout.buffer if path is None else _new(path)
        try:
            async for kind, record in _records(hub):
                stream.write(encode({"type": kind, **record}) + b"\n")
                counts[kind] += 1
        finally:
            stream.flush()
            if path is not None:
                stream.close()
    typer.echo(f"{counts['contact']} contacts and {counts['interaction']} interactions exported.", err=True)


def env() -> None:
    """Print every variable with its default, as .env.example has them."""
    typer.echo(env_example(discover(connectors)), nl=False)


async def _records(hub: Hub) -> AsyncIterator[tuple[str, dict[str, object]]]:
    queries = hub.storage.queries
    async for row in _all(lambda cursor: queries.contacts("", cursor=cursor, limit=PAGE)):
        contact = await queries.contact(row.id)
        yield "contact", {"contact": contact}
    everything = ConversationFilter(states=tuple(ConversationState), sort="newest")
    async for talk in _all(lambda cursor: queries.conversations(everything, viewer=None, cursor=cursor, limit=PAGE)):
        async for entry in _entries(hub, talk):
            yield "interaction", {"interaction": entry, "contact_id": talk.contact_id, "channel_id": talk.channel_id}


async def _entries(hub: Hub, talk: ConversationRow) -> AsyncIterator[object]:
    async for entry in _all(lambda cursor: hub.storage.queries.thread(talk.id, before=cursor, limit=PAGE)):
        yield entry


async def _all(page_after: Callable[[str | None], Awaitable[Page[T]]]) -> AsyncIterator[T]:
    cursor = None
    while True:
        page = await page_after(cursor)
        for item in page.items:
            yield item
        cursor = page.next
        if cursor is None:
            return


def _new(path: Path) -> BinaryIO:
    try:
        return path.open("xb")
    except FileExistsError as error:
        raise Conflict(f"{path} exists already. Choose another name, or remove it first.") from error
    except OSError as error:
        raise Invalid(f"{path} cannot be written: {error.strerror}.") from error
