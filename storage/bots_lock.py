"""Who speaks in a conversation: taken by a human's message in the transaction that stores it, asked by every bot's."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.botflow.position import End
from hub.domain.botflow.speaking import Lock, Overtaken, Speaker
from hub.domain.changes import Change, ChangeKind
from hub.domain.delivery import DeliveryState
from hub.domain.ids import ConversationId, UserId
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind
from storage import tables
from storage.effects import Effects
from storage.engine import Session
from storage.prepared import Prepared, among_ids, id_list
from storage.records import Mapper

s, d, runs, c, p, i, events = (
    tables.speakers,
    tables.deliveries,
    tables.bot_runs,
    tables.conversations,
    tables.contact_points,
    tables.interactions,
    tables.delivery_events,
)
_lock = Mapper(Lock, s)
load_lock = _lock.load

OVERTAKEN = "overtaken"
"""The code of a bot's message that a human's came before."""
_WORDS = "A colleague began to write before this went out; the bot's message was not sent."
_BY_HAND = frozenset({InteractionKind.message, InteractionKind.call})


def _of_conversations(*, postgres: bool) -> sa.Select[Any]:
    found = _lock.select().where(among_ids(s.c.conversation_id, "ids", postgres=postgres))
    return found.order_by(s.c.conversation_id)


LOCKS = Prepared(lambda postgres: _of_conversations(postgres=postgres).with_for_update())
_LOCKS_TO_READ = Prepared(lambda postgres: _of_conversations(postgres=postgres))


class SqlSpeakers:
    """Implements hub.ports.bots.Speakers."""

    def __init__(self, session: Session, effects: Effects) -> None:
        self._session = session
        self._effects = effects

    async def get(self, conversation_id: ConversationId) -> Lock:
        found = await self.some([conversation_id])
        return found.get(conversation_id) or Lock(conversation_id=conversation_id)

    async def some(self, conversation_ids: Collection[ConversationId]) -> dict[ConversationId, Lock]:
        if not conversation_ids:
            return {}
        wanted = {"ids": id_list(sorted(conversation_ids), postgres=self._session.postgres)}
        rows = await self._session.fetch(LOCKS if self._session.writes else _LOCKS_TO_READ, wanted)
        return {lock.conversation_id: lock for lock in map(_lock.load, rows)}

    async def give(
        self,
        conversation_id: ConversationId,
        speaker: Speaker,
        *,
        bot: str = "",
        by: UserId | None,
        at: datetime,
        leaves: bool = False,
    ) -> Lock:
        given = await _put(self._session, {conversation_id: at}, speaker, bot=bot, by=by, turns=not leaves)
        lock = given[conversation_id]
        if speaker is Speaker.bot and lock.turn > 1:
            await _go_on(self._session, conversation_id, lock.turn)
        elif speaker is not Speaker.bot and not leaves:
            await _silence(self._session, self._effects, [conversation_id], at)
        self._effects.note([_changed(conversation_id)])
        return lock

    async def begin(self, locks: Sequence[Lock]) -> None:
        await self._session.insert(s, [_lock.row(lock) for lock in locks])
        self._effects.note([_changed(lock.conversation_id) for lock in locks])

    async def check(self, conversation_id: ConversationId, turn: int) -> None:
        await check_turn(self._session, conversation_id, turn)


async def check_turn(session: Session, conversation_id: ConversationId, turn: int) -> None:
    """Raise Overtaken unless a bot speaks in this very turn; nobody takes it before the transaction ends."""
    row = await session.one(
        session.locked(sa.select(s.c.speaker, s.c.turn).where(s.c.conversation_id == conversation_id))
    )
    if row is None or row[0] is not Speaker.bot or row[1] != turn:
        raise Overtaken("A human took this conversation over, or another bot has it: the bot may not write here now.")


def in_turn() -> Any:
    """Return the condition that a delivery is no bot's, or a bot's in the turn that still goes on.

    A bot that handed over by itself left its turn open: its last words go out, unless a human is quicker.
    """
    holds = sa.exists().where(s.c.conversation_id == d.c.conversation_id, s.c.turn == d.c.bot_turn)
    return sa.or_(d.c.bot_turn.is_(None), holds)


async def humans_wrote(session: Session, effects: Effects, entries: Iterable[Interaction]) -> None:
    """Give conversations to humans where one of ours wrote or called; the last step of storing their entries.

    What a bot queued there and nobody sent yet is called back, and its run is over: not one word of it comes after.
    """
    wrote: dict[ConversationId, Interaction] = {
        entry.conversation_id: entry
        for entry in entries
        if entry.author_kind is AuthorKind.agent and entry.direction is Direction.outbound and entry.kind in _BY_HAND
    }
    if not wrote:
        return
    times = {conversation_id: entry.received_at for conversation_id, entry in wrote.items()}
    await _put(session, times, Speaker.human, by=None, human=True)
    await _silence(session, effects, list(wrote), max(times.values()))


async def picked_up(session: Session, effects: Effects, entries: Iterable[Interaction]) -> None:
    """Give humans what bots talk about with people who are on the phone with one of ours, on whichever channel.

    A call that is under way or was answered says so in its entry; calls nobody took change nothing.
    """
    calls = [entry for entry in entries if entry.kind is InteractionKind.call and entry.data.get("answered_at")]
    if not calls:
        return
    own, same, theirs = p.alias("own"), tables.contacts.alias("same"), p.alias("theirs")
    caller = tables.contacts.alias("caller")
    rows = await session.rows(
        sa.select(s.c.conversation_id)
        .select_from(
            own.join(caller, caller.c.id == own.c.contact_id)
            .join(same, same.c.canonical_id == caller.c.canonical_id)
            .join(theirs, theirs.c.contact_id == same.c.id)
            .join(c, c.c.contact_point_id == theirs.c.id)
            .join(s, s.c.conversation_id == c.c.id)
        )
        .where(own.c.id.in_({entry.contact_point_id for entry in calls}), s.c.speaker == Speaker.bot)
    )
    if not rows:
        return
    at = max(entry.received_at for entry in calls)
    times = {ConversationId(row[0]): at for row in rows}
    await _put(session, times, Speaker.human, by=None, human=True)
    await _silence(session, effects, list(times), at)


async def _put(
    session: Session,
    times: dict[ConversationId, datetime],
    speaker: Speaker,
    *,
    bot: str = "",
    by: UserId | None,
    human: bool = False,
    turns: bool = True,
) -> dict[ConversationId, Lock]:
    """Set who speaks; with `turns` a new turn begins, also for who spoke before: what was queued in the old is void."""
    given: dict[ConversationId, Lock] = {}
    insert = session.dialect_insert(s)
    for conversation_id in sorted(times):
        at = times[conversation_id]
        values = {
            "conversation_id": conversation_id,
            "speaker": speaker,
            "turn": 1,
            "bot": bot,
            "since": at,
            "by": by,
            "human_at": at if human else None,
            "reopens": sa.select(c.c.reopen_count).where(c.c.id == conversation_id).scalar_subquery(),
        }
        same = sa.and_(s.c.speaker == insert.excluded.speaker, s.c.bot == insert.excluded.bot)
        changed = {
            "speaker": insert.excluded.speaker,
            "turn": s.c.turn + (1 if turns else 0),
            "bot": insert.excluded.bot,
            "since": sa.case((same, s.c.since), else_=insert.excluded.since),
            "by": insert.excluded.by,
            "human_at": sa.func.coalesce(insert.excluded.human_at, s.c.human_at),
            "reopens": insert.excluded.reopens,
        }
        put = insert.values(values).on_conflict_do_update(index_elements=["conversation_id"], set_=changed)
        (row,) = await session.rows(put.returning(*_lock.columns))
        given[conversation_id] = _lock.load(row)
    return given


async def _go_on(session: Session, conversation_id: ConversationId, turn: int) -> None:
    """Take the last words of a bot's earlier turn into the new one: nobody spoke in between."""
    await session.run(
        sa.update(d)
        .where(
            d.c.conversation_id == conversation_id,
            sa.text("deliveries.state IN ('queued', 'sending')"),
            d.c.bot_turn == turn - 1,
        )
        .values(bot_turn=turn)
    )


async def _silence(session: Session, effects: Effects, conversation_ids: list[ConversationId], at: datetime) -> None:
    """Call back what bots queued in conversations, and end their runs."""
    called_back = await session.rows(
        sa.update(d)
        .where(
            d.c.conversation_id.in_(conversation_ids),
            sa.text("deliveries.state IN ('queued', 'sending')"),
            d.c.state == DeliveryState.queued,
            d.c.bot_turn.is_not(None),
            ~in_turn(),
        )
        .values(state=DeliveryState.failed, next_at=None, state_at=at, code=OVERTAKEN, reason=_WORDS)
        .returning(d.c.id, d.c.interaction_id, d.c.conversation_id, d.c.attempt)
    )
    for delivery_id, interaction_id, conversation_id, attempt in called_back:
        event = {"state": DeliveryState.failed, "at": at, "attempt": attempt, "code": OVERTAKEN, "reason": _WORDS}
        await session.insert(events, [{"delivery_id": delivery_id, **event}])
        effects.touch(interaction_id, conversation_id)
        effects.note(
            [
                Change(kind=ChangeKind.delivery_changed, subject_id=delivery_id, conversation_id=conversation_id),
                Change(kind=ChangeKind.interaction_changed, subject_id=interaction_id, conversation_id=conversation_id),
            ]
        )
    over = await session.rows(
        sa.update(runs)
        .where(runs.c.conversation_id.in_(conversation_ids), sa.text("bot_runs.ended_at IS NULL"))
        .values(ended_at=at, end=End.taken.value, due_at=None)
        .returning(runs.c.conversation_id)
    )
    effects.note([_changed(row[0]) for row in over])


def _changed(conversation_id: ConversationId) -> Change:
    return Change(kind=ChangeKind.conversation_changed, subject_id=conversation_id, conversation_id=conversation_id)
