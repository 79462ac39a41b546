"""The loss ledger and the journal behind it: what was received, what became of it, read again."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from hub.api._framework.params import Named
from hub.api._framework.routing import Routes
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Seq
from hub.domain.errors import NotFound
from hub.domain.ids import ChannelId, InteractionId, JournalSeq
from hub.domain.journal import LedgerLine, RawState, StoredEvent
from hub.domain.user import Action
from hub.domain.views import Page

routes = Routes("ledger")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEventRow:
    """A raw event in a list."""

    seq: JournalSeq
    channel_id: ChannelId
    kind: str
    received_at: datetime
    state: RawState
    error: str
    """Why it could not be read, in words."""
    read_at: datetime | None
    attempts: int
    recovered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEventView(RawEventRow):
    """A raw event, byte for byte."""

    headers: Mapping[str, str]
    query: Mapping[str, str]
    """Parameters of the address it came to, as far as they are kept."""
    body_text: str | None
    """The body if it is UTF-8 text."""
    body_base64: str | None
    """The body if it is not."""
    size: int
    interactions: tuple[InteractionId, ...]
    """What came of it on the timeline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayView:
    """How many raw events will be read again."""

    count: int


class Replay(Input):
    """Which events: those not understood of one channel, those given, or all that were not understood."""

    channel_id: ChannelId | None = None
    seqs: Annotated[tuple[Seq, ...], Field(max_length=1000)] = ()


@routes.get("/ledger", Action.ledger_read)
async def get_ledger(deps: ApiDeps, days: Annotated[int, Field(ge=1, le=366)] = 30) -> tuple[LedgerLine, ...]:
    """Return what was received, stored, shown and not understood, per channel."""
    return tuple(await deps.storage.queries.ledger(since=deps.now() - timedelta(days=days)))


@routes.get("/raw-events", Action.raw_read)
async def list_raw_events(
    deps: ApiDeps,
    channel_id: Annotated[ChannelId | None, Named(name="channel")] = None,
    state: RawState | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[RawEventRow]:
    """List raw events, the newest first."""
    page = await deps.storage.queries.raw_events(channel_id=channel_id, state=state, cursor=cursor, limit=limit)
    return Page(items=tuple(RawEventRow(**_row(event)) for event in page.items), next=page.next)


@routes.get("/raw-events/{seq}", Action.raw_read)
async def get_raw_event(deps: ApiDeps, seq: Seq) -> RawEventView:
    """Return a raw event, byte for byte."""
    return await raw_event_view(deps, JournalSeq(seq))


@routes.post("/raw-events/replay", Action.ledger_replay)
async def replay_raw_events(deps: ApiDeps, body: Replay) -> ReplayView:
    """Read raw events again, after a fix. What is on the timeline already is not doubled."""
    seqs = [JournalSeq(seq) for seq in body.seqs]
    async with deps.storage.begin() as uow:
        return ReplayView(count=await uow.journal.renew(channel_id=body.channel_id, seqs=seqs))


async def raw_event_view(deps: ApiDeps, seq: JournalSeq) -> RawEventView:
    """Return one raw event with what came of it. Raises NotFound."""
    async with deps.storage.read() as uow:
        event = await uow.journal.get(seq)
    if event is None:
        raise NotFound("This raw event is gone: read events are kept for a limited time (HUB_JOURNAL_RETENTION_DAYS).")
    text, encoded = _body(event.body)
    return RawEventView(
        **_row(event),
        headers=event.headers,
        query=event.query,
        body_text=text,
        body_base64=encoded,
        size=len(event.body),
        interactions=tuple(await deps.storage.queries.raw_interactions(seq)),
    )


def _body(body: bytes) -> tuple[str | None, str | None]:
    try:
        return body.decode("utf-8"), None
    except UnicodeDecodeError:
        return None, b64encode(body).decode("ascii")


def _row(event: StoredEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in RawEventRow.__dataclass_fields__}
