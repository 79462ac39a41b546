"""What reports ask of a wait beside its own columns: its team, the message that began it, the rest of its episode."""

from typing import Any

import sqlalchemy as sa

from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.waiting import NO_WAIT, WaitEnd
from storage import tables

w, i, v = tables.waits, tables.interactions, tables.conversations


def words(*words: Any) -> list[sa.ColumnElement[str]]:
    """Return enums as they are stored, in the statement itself."""
    return [sa.literal_column(f"'{word.value}'") for word in words]


_ONE: Any = sa.literal_column("1")


def before_of_agent(wait: Any) -> sa.ColumnElement[bool]:
    """Return "the same agent ended an earlier wait of the episode by a reply"."""
    before = w.alias("before")
    replied: Any = sa.literal_column(f"'{WaitEnd.reply.value}'")
    return (
        sa.exists()
        .where(
            before.c.conversation_id == wait.c.conversation_id,
            before.c.episode == wait.c.episode,
            before.c.answered_by == wait.c.answered_by,
            sa.type_coerce(before.c.ended_by, sa.String) == replied,
            before.c.ended_at < wait.c.ended_at,
        )
        .correlate(wait)
    )


def last_of_episode(wait: Any) -> sa.ColumnElement[bool]:
    """Return "no wait of its episode ended after it", of one that ended and was a wait."""
    later = w.alias("later")
    return sa.not_(
        sa.exists()
        .where(
            later.c.conversation_id == wait.c.conversation_id,
            later.c.episode == wait.c.episode,
            _was_one(later),
            sa.tuple_(later.c.ended_at, later.c.id) > sa.tuple_(wait.c.ended_at, wait.c.id),
        )
        .correlate(wait)
    )


def waited_in_all(wait: Any, *, postgres: bool) -> sa.ScalarSelect[Any]:
    """Return the seconds of all waits of its episode that ended."""
    one = w.alias("one")
    return (
        sa.select(sa.func.sum(seconds_between(one.c.started_at, one.c.ended_at, postgres=postgres)))
        .where(
            one.c.conversation_id == wait.c.conversation_id,
            one.c.episode == wait.c.episode,
            _was_one(one),
        )
        .correlate(wait)
        .scalar_subquery()
    )


def seconds_between(begun: Any, done: Any, *, postgres: bool) -> Any:
    """Return the seconds from one moment to another."""
    if postgres:
        return sa.cast(sa.extract("epoch", done) - sa.extract("epoch", begun), sa.Float)
    until, since = sa.type_coerce(done, sa.BigInteger), sa.type_coerce(begun, sa.BigInteger)
    return (until - since) / sa.literal_column("1000000.0")


def _was_one(wait: Any) -> sa.ColumnElement[bool]:
    return sa.and_(wait.c.ended_at.is_not(None), sa.type_coerce(wait.c.ended_by, sa.String).not_in(words(*NO_WAIT)))


def by_message(wait: Any) -> sa.ColumnElement[bool]:
    """Return "no call began the wait"."""
    asked = i.alias("asked")
    called: Any = sa.literal_column(f"'{InteractionKind.call.value}'")
    return sa.not_(
        sa.exists().where(asked.c.id == wait.c.id, sa.type_coerce(asked.c.kind, sa.String) == called).correlate(wait)
    )


def team_of(wait: Any) -> sa.ColumnElement[Any]:
    """Return the team a wait counts for: the one it was with when it started, else the conversation's."""
    return sa.func.coalesce(wait.c.team_id, v.c.team_id, type_=wait.c.team_id.type)


def reply_before(wait: Any) -> sa.ScalarSelect[Any]:
    """Return when an agent of ours last wrote before the wait began; NULL if nobody did."""
    reply = i.alias("reply")
    return (
        sa.select(reply.c.occurred_at)
        .where(
            reply.c.conversation_id == wait.c.conversation_id,
            reply.c.occurred_at < wait.c.started_at,
            sa.type_coerce(reply.c.direction, sa.String) == words(Direction.outbound)[0],
            sa.type_coerce(reply.c.author_kind, sa.String) == words(AuthorKind.agent)[0],
        )
        .order_by(reply.c.occurred_at.desc())
        .limit(_ONE)
        .correlate(wait)
        .scalar_subquery()
    )
