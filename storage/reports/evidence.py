"""What is behind each figure: which waits, call waits and calls a cell counted, and how long each counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.call import Outcome
from hub.domain.debts import CallWaitEnd
from hub.domain.errors import Invalid
from hub.domain.reports.figures import Cohort, Figure
from hub.domain.reports.lists import WaitList
from hub.domain.targets import Metric
from hub.domain.waiting import NO_WAIT, WaitEnd
from storage import tables
from storage.reports.of_waits import (
    before_of_agent,
    by_message,
    last_of_episode,
    reply_before,
    seconds_between,
    team_of,
    waited_in_all,
)
from storage.reports.open_waits import has_source, has_tag, is_among
from storage.reports.shown import call_answered_by, call_ended, call_team, call_waits_shown, calls_shown, waits_shown
from storage.session import Session

w, v, c, cw, ep, k, d = (
    tables.waits,
    tables.conversations,
    tables.contacts,
    tables.call_waits,
    tables.episodes,
    tables.calls,
    tables.dues,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows behind a figure, and the order they are read in."""

    select: sa.Select[Any]
    id: Any
    order: Any
    newest_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table of what waited, and how its columns are called."""

    id: Any
    channel: Any
    team: Any
    started: Any
    ended: Any
    answered_by: Any
    talk: bool = True
    """Its rows belong to a conversation, and so may have tags."""


def evidence_of(asked: WaitList, figure: Figure, session: Session) -> Evidence:
    """Return what is behind a figure, within what was asked. Raises Invalid for a moment of what knows none."""
    if asked.at is not None and figure.key != "waiting":
        raise Invalid(f"Who waited at a moment is asked of the figure “waiting” only, not of {figure.key!r}.")
    table, statement, conditions = _behind(figure.key)
    order = _ORDER.get(figure.key, table.ended if figure.cohort is Cohort.ended else table.started)
    begun, done = _COUNTED.get(figure.key, (table.started, table.ended))
    took = _took(figure, begun, done, session)
    statement = statement.add_columns(order.label("place"), took.label("counted"))
    if figure.key in ("resolution_attainment", "waiting_late"):
        statement = statement.params(now=asked.now)
    if figure.cohort is Cohort.now:
        conditions = conditions if asked.at is None else _open_at(asked.at)
    else:
        conditions = (*conditions, order >= asked.span.start, order < asked.span.end)
    if asked.hours:
        within = (sa.and_(order >= hour.start, order < hour.end) for hour in asked.hours)
        conditions = (*conditions, sa.or_(*within))
    due = _DUE.get(figure.key)
    if due is not None:
        # Open within its target is not counted yet.
        conditions = (*conditions, sa.or_(table.ended.is_not(None), due <= asked.now))
    if asked.at_least is not None and figure.cohort is not Cohort.now:
        conditions = (*conditions, took >= asked.at_least)
    statement = statement.where(*conditions, *_selected(asked, figure, table, session))
    return Evidence(statement, table.id, order, figure.cohort is not Cohort.now)


def _open_at(moment: datetime) -> Sequence[sa.ColumnElement[bool]]:
    """Return "it was open at that moment", as the backlog counts it."""
    still = sa.and_(w.c.ended_at.is_(None), v.c.waiting_since.is_not(None))
    return (_not_void, w.c.started_at < moment, sa.or_(still, w.c.ended_at >= moment))


def _behind(key: str) -> tuple[_Table, sa.Select[Any], Sequence[Any]]:
    if key in _CALL_WAITS:
        return _OF_CALL_WAITS, call_waits_shown(), _CALL_WAITS[key]
    if key in _CALLS:
        return _OF_CALLS, calls_shown(), _CALLS[key]
    return _OF_WAITS, waits_shown(_SHOWN_DUE.get(key, w.c.due_at)), _WAITS[key]


def _took(figure: Figure, begun: Any, done: Any, session: Session) -> Any:
    """Return the seconds a figure counts of a row; NULL where it counts no time."""
    if figure.key == "requester_wait":
        return waited_in_all(w, postgres=session.postgres)
    if figure.business:
        return w.c.business_seconds
    return seconds_between(begun, done, postgres=session.postgres)


def _selected(asked: WaitList, figure: Figure, table: _Table, session: Session) -> Sequence[sa.ColumnElement[bool]]:
    of = asked.selection
    found: list[sa.ColumnElement[bool]] = []
    of.facet()  # what no cell is cut by has no list either
    if of.channel_ids:
        found.append(table.channel.in_(of.channel_ids))
    if of.team_ids:
        # Whose it is now, as what waits is counted; what has ended counts for whose it was.
        team = v.c.team_id if figure.cohort is Cohort.now else table.team
        found.append(is_among(team, of.team_ids))
    if of.agent_ids:
        found.append(_of_agents(asked, figure, table))
    if of.tag is not None:
        found.append(has_tag(of.tag, session) if table.talk else sa.false())
    if of.source is not None:
        found.append(has_source(of.source) if table.talk else c.c.source == of.source)
    return found


def _of_agents(asked: WaitList, figure: Figure, table: _Table) -> sa.ColumnElement[bool]:
    """Return "theirs": whoever answered, and of what is open whoever it is assigned to."""
    agents = asked.selection.agent_ids
    if figure.cohort is Cohort.now:
        return v.c.assignee_id.in_(agents)
    theirs: sa.ColumnElement[bool] = table.answered_by.in_(agents)
    if figure.key in _DUE and table is _OF_WAITS:
        theirs = sa.or_(theirs, sa.and_(table.ended.is_(None), v.c.assignee_id.in_(agents)))
    return theirs


_OF_WAITS = _Table(
    id=w.c.id,
    channel=w.c.channel_id,
    team=team_of(w),
    started=w.c.started_at,
    ended=w.c.ended_at,
    answered_by=w.c.answered_by,
)
_OF_CALL_WAITS = _Table(
    id=cw.c.id,
    channel=cw.c.channel_id,
    team=cw.c.team_id,
    started=cw.c.started_at,
    ended=cw.c.ended_at,
    answered_by=cw.c.answered_by,
    talk=False,
)
_OF_CALLS = _Table(
    id=k.c.id,
    channel=k.c.channel_id,
    team=call_team,
    started=k.c.queue_at,
    ended=call_ended,
    answered_by=call_answered_by,
)

_still_open = (w.c.ended_at.is_(None), v.c.waiting_since.is_not(None))
_not_void = sa.or_(w.c.ended_by.is_(None), w.c.ended_by.not_in(tuple(NO_WAIT)))
_replied = w.c.ended_by == WaitEnd.reply
_closed = w.c.ended_by == WaitEnd.closed
_botted = w.c.bot_at.is_not(None)
_message = by_message(w)
_in_hours = w.c.business_seconds.is_not(None)
_handed = sa.or_(_botted, w.c.handed_over_at.is_not(None))
_resolved = sa.and_(sa.not_(ep.c.void), ep.c.started_at == w.c.started_at)
_unresolved = (
    sa.select(d.c.due_at)
    .where(
        d.c.conversation_id == w.c.conversation_id,
        d.c.metric == Metric.resolution,
        d.c.started_at == w.c.started_at,
    )
    .correlate(w)
    .limit(1)
    .scalar_subquery()
)
"""When the resolution of the episode that a wait began is due; NULL once it has ended."""
_aimed = sa.and_(
    _resolved,
    ep.c.due_at.is_not(None),
    sa.or_(ep.c.first_resolved_at.is_not(None), ep.c.ended_at > ep.c.due_at),
)


def _judged(due: Any) -> sa.ColumnElement[bool]:
    """Return "it has a target, and did not end before it without a reply"."""
    return sa.and_(_not_void, due.is_not(None), sa.or_(_replied, w.c.ended_at > due, w.c.ended_at.is_(None)))


_ORDER: dict[str, Any] = {
    "first_resolution": ep.c.first_resolved_at,
    "full_resolution": ep.c.resolved_at,
    # A call belongs to the hour it began in, as on the page of calls.
    **dict.fromkeys(("service_level", "speed_of_answer", "abandon_rate", "abandoned"), k.c.began_at),
}
_handed_at = sa.func.coalesce(w.c.handed_over_at, w.c.bot_at, type_=w.c.bot_at.type)
_answered_at = sa.case(
    (sa.and_(_botted, sa.or_(sa.not_(_replied), w.c.bot_at < w.c.ended_at)), w.c.bot_at), else_=w.c.ended_at
)
_COUNTED: Mapping[str, tuple[Any, Any]] = {
    "agent_reply": (w.c.agent_from, w.c.ended_at),
    "first_answer": (w.c.started_at, _answered_at),
    "handover": (_handed_at, w.c.ended_at),
    "customer_reply": (reply_before(w), w.c.started_at),
    "first_resolution": (w.c.started_at, ep.c.first_resolved_at),
    "full_resolution": (w.c.started_at, ep.c.resolved_at),
}
"""From when to when a figure counts, where that is not the wait itself."""
_DUE: Mapping[str, Any] = {
    "attainment": w.c.due_at,
    "service_level_messages": w.c.level_at,
    "callback_attainment": cw.c.due_at,
    "service_level": k.c.level_at,
}
_SHOWN_DUE: Mapping[str, Any] = {
    "service_level_messages": w.c.level_at,
    "resolution_attainment": sa.func.coalesce(ep.c.due_at, _unresolved, type_=w.c.due_at.type),
}
"""Until when something else than a reply was wanted."""
_WAITS: dict[str, Sequence[Any]] = {
    "waits_begun": (_not_void,),
    "waits_ended": (_not_void,),
    "returned": (_not_void, w.c.reopened),
    "first_response": (_replied, w.c.first, _message),
    "first_response_business": (_replied, w.c.first, _message, _in_hours),
    "later_reply": (_replied, sa.not_(w.c.first), _message),
    "reply": (_replied, _message),
    "reply_business": (_replied, _message, _in_hours),
    "first_answer": (w.c.first, sa.or_(_replied, sa.and_(_botted, _closed)), _message),
    "handover": (_replied, _handed, _message),
    "bot_handed_over": (_replied, _handed, _message),
    "contained": (_closed, _botted, w.c.handed_over_at.is_(None)),
    "containment": (
        sa.or_(
            sa.and_(_closed, _botted, w.c.handed_over_at.is_(None)),
            sa.and_(_replied, _message, sa.or_(_botted, w.c.handed_over_at.is_not(None))),
        ),
    ),
    "agent_reply": (_replied, w.c.agent_from.is_not(None), _message),
    "attainment": (_judged(w.c.due_at),),
    "service_level_messages": (_judged(w.c.level_at), w.c.first, _message),
    "resolution_attainment": (_not_void, sa.or_(_aimed, _unresolved <= sa.bindparam("now", type_=d.c.due_at.type))),
    "closed": (_closed,),
    "handled": (_replied, w.c.answered_by.is_not(None), sa.not_(before_of_agent(w))),
    "customer_reply": (_not_void, sa.not_(w.c.first), sa.not_(w.c.reopened), reply_before(w).is_not(None), _message),
    "first_resolution": (_resolved,),
    "full_resolution": (_resolved,),
    "requester_wait": (_not_void, last_of_episode(w)),
    "waiting": _still_open,
    "waiting_late": (*_still_open, w.c.due_at <= sa.bindparam("now", type_=w.c.due_at.type)),
}
_CALL_WAITS: dict[str, Sequence[Any]] = {
    "missed": (),
    "callback": (cw.c.ended_by.in_([CallWaitEnd.callback, CallWaitEnd.message]),),
    "called_again": (cw.c.ended_by == CallWaitEnd.customer_called_back,),
    "callback_attainment": (
        cw.c.due_at.is_not(None),
        sa.or_(
            cw.c.ended_at.is_(None),
            cw.c.ended_at > cw.c.due_at,
            cw.c.ended_by != CallWaitEnd.customer_called_back,
        ),
    ),
}
_CALLS: dict[str, Sequence[Any]] = {
    "service_level": (
        k.c.level_at.is_not(None),
        sa.or_(k.c.outcome.is_(None), k.c.outcome != Outcome.short_abandon),
    ),
    "speed_of_answer": (k.c.queue_at.is_not(None), k.c.outcome == Outcome.answered),
    "abandon_rate": (k.c.queue_at.is_not(None), k.c.outcome != Outcome.short_abandon),
    "abandoned": (k.c.queue_at.is_not(None), k.c.outcome == Outcome.abandoned),
}
