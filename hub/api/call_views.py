"""Calls as the API shows them: a row, one call whole, and the card that pops before anybody answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hub.domain.call import Call, CallState, Outcome, Span
from hub.domain.call_marks import Ender, Ending, Party
from hub.domain.call_views import CallWhole, RecordingRow
from hub.domain.conversation import ConversationState
from hub.domain.ids import (
    CallId,
    ChannelId,
    ContactId,
    ConversationId,
    InteractionId,
    LineId,
    TeamId,
    UserId,
)
from hub.domain.interaction import Direction
from hub.domain.views import ConversationFilter, ConversationRow, InteractionView
from hub.ports import Storage

POP_ENTRIES = 3
POP_CONVERSATIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LegView:
    """One connection of a call."""

    id: str
    """As the provider names it; to mute it."""
    party: Party | None
    user_id: UserId | None
    address: str
    began_at: datetime
    ringing_at: datetime | None
    joined_at: datetime | None
    left_at: datetime | None
    ended_at: datetime | None
    ending: Ending | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanView:
    """A stretch of time; open while `ended_at` is null."""

    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseView:
    """A stretch without recording; open while `ended_at` is null."""

    began_at: datetime
    ended_at: datetime | None
    sure: bool
    """False: somebody asked for it, and nobody knows whether it came about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """A call. Durations are seconds."""

    id: CallId
    channel_id: ChannelId
    conversation_id: ConversationId
    interaction_id: InteractionId
    contact_id: ContactId
    contact_name: str
    direction: Direction
    state: CallState
    outcome: Outcome | None
    line_id: LineId | None
    team_id: TeamId | None
    address: str
    our_address: str
    withheld: bool
    began_at: datetime
    queue_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    ended_by: Ender | None
    waited: float | None
    talked: float
    held: float
    after_hours: bool
    machine: bool
    voicemail: bool
    missed: bool
    agents: tuple[UserId, ...]
    ringing: tuple[UserId, ...]
    """Whom it rings now."""
    placed_by: UserId | None
    result: str
    """What the agent chose as the result."""
    reason: str
    recordings: tuple[RecordingRow, ...]
    legs: tuple[LegView, ...]
    """Empty in lists."""
    holds: tuple[SpanView, ...]
    recording_paused: bool
    """Silence is recorded now."""
    recording_unsure: bool
    """A pause was asked for, or its end, and nobody knows whether it came about: ask again."""
    pauses: tuple[PauseView, ...]
    """When the recording was paused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPop:
    """What an agent sees before answering: who it is, what was last, what is open."""

    call: CallView
    last: tuple[InteractionView, ...]
    """The newest entries on any channel, oldest first, this call left out."""
    open: tuple[ConversationRow, ...]
    owed: bool
    """They are on the missed-contact board."""


def call_view(
    call: Call, contact_id: ContactId, contact_name: str, recordings: tuple[RecordingRow, ...] = ()
) -> CallView:
    """Return a call as it is shown."""
    alive = [leg for leg in call.legs if leg.party is Party.agent and leg.ended_at is None and leg.joined_at is None]
    return CallView(
        id=call.id,
        channel_id=call.channel_id,
        conversation_id=call.conversation_id,
        interaction_id=call.interaction_id,
        contact_id=contact_id,
        contact_name=contact_name,
        direction=call.direction,
        state=call.state,
        outcome=call.outcome,
        line_id=call.line_id,
        team_id=call.team_id,
        address=call.address,
        our_address=call.our_address,
        withheld=call.withheld,
        began_at=call.began_at,
        queue_at=call.queue_at,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        ended_by=call.ended_by,
        waited=call.waited.total_seconds() if call.waited is not None else None,
        talked=call.talked.total_seconds(),
        held=call.held.total_seconds(),
        after_hours=call.after_hours,
        machine=call.machine,
        voicemail=call.voicemail_at is not None,
        missed=call.missed,
        agents=call.agents,
        ringing=tuple(dict.fromkeys(leg.user_id for leg in alive if leg.user_id is not None)),
        placed_by=call.placed_by,
        result=call.agent_outcome,
        reason=call.reason,
        recordings=recordings,
        legs=tuple(
            LegView(
                id=leg.external_id,
                party=leg.party,
                user_id=leg.user_id,
                address=leg.address,
                began_at=leg.began_at,
                ringing_at=leg.ringing_at,
                joined_at=leg.joined_at,
                left_at=leg.left_at,
                ended_at=leg.ended_at,
                ending=leg.ending,
            )
            for leg in call.legs
        ),
        holds=_shown(call.holds),
        recording_paused=call.recording_paused,
        recording_unsure=call.recording_unsure,
        pauses=tuple(PauseView(began_at=one.began_at, ended_at=one.ended_at, sure=one.sure) for one in call.pauses),
    )


def whole_view(whole: CallWhole) -> CallView:
    """Return one call whole."""
    rows = tuple(
        RecordingRow(id=one.id, kind=one.kind.value, state=one.state.value, duration=one.duration)
        for one in whole.recordings
    )
    return call_view(whole.call, whole.contact_id, whole.contact_name, rows)


def _shown(spans: tuple[Span, ...]) -> tuple[SpanView, ...]:
    return tuple(SpanView(began_at=span.began_at, ended_at=span.ended_at) for span in spans)


async def shown_calls(storage: Storage, ids: Collection[CallId]) -> tuple[CallView, ...]:
    """Return these calls, those that are gone left out."""
    if not ids:
        return ()
    async with storage.read() as uow:
        found = [await uow.calls.whole(call_id) for call_id in ids]
    return tuple(whole_view(whole) for whole in found if whole is not None)


async def pop_of(storage: Storage, call: CallView) -> CallPop:
    """Return the card of a call."""
    queries = storage.queries
    page = await queries.timeline(call.contact_id, before=None, limit=POP_ENTRIES + 1)
    f = ConversationFilter(
        contact_id=call.contact_id,
        states=(ConversationState.open, ConversationState.pending, ConversationState.snoozed),
        sort="newest",
    )
    rows = await queries.conversations(f, viewer=None, cursor=None, limit=POP_CONVERSATIONS + 1)
    async with storage.read() as uow:
        owed = await uow.debts.is_owed(call.contact_id)
    last = tuple(entry for entry in page.items if entry.id != call.interaction_id)[-POP_ENTRIES:]
    return CallPop(call=call, last=last, open=rows.items[:POP_CONVERSATIONS], owed=owed)


def rings(call: CallView) -> bool:
    """Tell whether a call rings somebody and nobody answered yet."""
    return bool(call.ringing) and call.answered_at is None and call.direction is Direction.inbound
