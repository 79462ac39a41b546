"""What is behind each figure: which waits, call waits and calls a cell counted, and what is shown of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from hub.domain.call import Outcome
from hub.domain.debts import CallWaitEnd
from hub.domain.reports.figures import Cohort, Figure
from hub.domain.reports.lists import WaitList
from hub.domain.targets import Metric
from hub.domain.waiting import WaitEnd
from storage import tables
from storage.reports.facts import before_of_agent, by_message, reply_before, team_of
from storage.reports.open_waits import has_source, has_tag
from storage.session import Session

w, v, i, p, c, cw, ep, k, d = (
    tables.waits,
    tables.conversations,
    tables.interactions,
    tables.contact_points,
    tables.contacts,
    tables.call_waits,
    tables.episodes,
    tables.calls,
    tables.dues,
)
PREVIEW = 200
_NONE = (WaitEnd.void, WaitEnd.merged)


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
    """Return what is behind a figure, within what was asked."""
    table, statement, conditions = _behind(figure.key)
    order = _ORDER.get(figure.key, table.ended if figure.cohort is Cohort.ended else table.started)
    statement = statement.where(*conditions).add_columns(order.label("place"))
    if figure.key == "resolution_attainment":
        statement = statement.params(now=asked.now)
    if figure.cohort is not Cohort.now:
        statement = statement.where(order >= asked.span.start, order < asked.span.end)
    due = _DUE.get(figure.key)
    if due is not None:
        # Open within its target is not counted yet.
        statement = statement.where(sa.or_(table.ended.is_not(None), due <= asked.now))
    statement = statement.where(*_selected(asked, figure, table, session))
    if asked.at_least is not None and figure.cohort is not Cohort.now:
        statement = statement.where(_seconds(table, session) >= asked.at_least)
    return Evidence(statement, table.id, order, figure.cohort is not Cohort.now)


def _behind(key: str) -> tuple[_Table, sa.Select[Any], Sequence[Any]]:
    if key in _CALL_WAITS:
        return _OF_CALL_WAITS, _call_waits(), _CALL_WAITS[key]
    if key in _CALLS:
        return _OF_CALLS, _calls(), _CALLS[key]
    return _OF_WAITS, _waits(_SHOWN_DUE.get(key, w.c.due_at)), _WAITS[key]


def _seconds(table: _Table, session: Session) -> Any:
    if session.postgres:
        return sa.extract("epoch", table.ended) - sa.extract("epoch", table.started)
    ended, started = sa.type_coerce(table.ended, sa.BigInteger), sa.type_coerce(table.started, sa.BigInteger)
    return (ended - started) / sa.literal(1_000_000.0)


def _selected(asked: WaitList, figure: Figure, table: _Table, session: Session) -> Sequence[sa.ColumnElement[bool]]:
    of = asked.selection
    found: list[sa.ColumnElement[bool]] = []
    of.facet()  # what no cell is cut by has no list either
    if of.channel_ids:
        found.append(table.channel.in_(of.channel_ids))
    if of.team_ids:
        found.append(table.team.in_(of.team_ids))
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
_call_ended = sa.func.coalesce(k.c.answered_at, k.c.ended_at, type_=k.c.ended_at.type)
_OF_CALLS = _Table(
    id=k.c.id,
    channel=k.c.channel_id,
    team=sa.func.coalesce(k.c.team_id, v.c.team_id, type_=k.c.team_id.type),
    started=k.c.queue_at,
    ended=_call_ended,
    answered_by=sa.case((k.c.answered_at.is_not(None), k.c.agent_id), else_=sa.null()),
)

_not_void = sa.or_(w.c.ended_by.is_(None), w.c.ended_by.not_in(_NONE))
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


_ORDER: dict[str, Any] = {"first_resolution": ep.c.first_resolved_at, "full_resolution": ep.c.resolved_at}
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
    "waiting": (w.c.ended_at.is_(None), v.c.waiting_since.is_not(None)),
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
}


def _waits(due: Any) -> sa.Select[Any]:
    question, answer, shown = i.alias("question"), i.alias("answer"), c.alias("shown")
    return sa.select(
        w.c.id,
        w.c.id.label("question_id"),
        w.c.conversation_id,
        w.c.channel_id,
        team_of(w).label("team_id"),
        shown.c.id.label("contact_id"),
        sa.func.coalesce(sa.func.nullif(shown.c.name, ""), sa.func.nullif(p.c.name, ""), p.c.received).label("name"),
        v.c.subject,
        sa.func.substr(sa.func.coalesce(question.c.text, ""), 1, PREVIEW).label("question"),
        sa.func.substr(sa.func.coalesce(answer.c.text, ""), 1, PREVIEW).label("answer"),
        w.c.started_at,
        w.c.ended_at,
        w.c.ended_by,
        w.c.ended_item,
        w.c.first,
        w.c.reopened,
        w.c.initiated_by_us,
        w.c.answered_by,
        w.c.bot_at,
        w.c.business_seconds,
        due.label("due_at"),
        ep.c.resolved_at,
    ).select_from(
        w.join(v, v.c.id == w.c.conversation_id)
        .join(p, p.c.id == v.c.contact_point_id)
        .join(c, c.c.id == p.c.contact_id)
        .join(shown, shown.c.id == c.c.canonical_id)
        .outerjoin(question, question.c.id == w.c.id)
        .outerjoin(answer, answer.c.id == w.c.ended_item)
        .outerjoin(ep, sa.and_(ep.c.conversation_id == w.c.conversation_id, ep.c.number == w.c.episode))
    )


def _call_waits() -> sa.Select[Any]:
    question, answer, shown = i.alias("question"), i.alias("answer"), c.alias("shown")
    ended_by = sa.case(
        (cw.c.ended_by.is_(None), sa.null()),
        (cw.c.ended_by == CallWaitEnd.customer_called_back, sa.literal(WaitEnd.closed.value)),
        else_=sa.literal(WaitEnd.reply.value),
    )
    return sa.select(
        cw.c.id,
        cw.c.id.label("question_id"),
        question.c.conversation_id,
        cw.c.channel_id,
        cw.c.team_id,
        shown.c.id.label("contact_id"),
        shown.c.name.label("name"),
        sa.literal("").label("subject"),
        sa.func.substr(question.c.text, 1, PREVIEW).label("question"),
        sa.func.substr(sa.func.coalesce(answer.c.text, ""), 1, PREVIEW).label("answer"),
        cw.c.started_at,
        cw.c.ended_at,
        sa.type_coerce(ended_by, w.c.ended_by.type).label("ended_by"),
        cw.c.ended_item,
        sa.false().label("first"),
        sa.false().label("reopened"),
        sa.false().label("initiated_by_us"),
        cw.c.answered_by,
        sa.type_coerce(sa.null(), w.c.bot_at.type).label("bot_at"),
        sa.null().label("business_seconds"),
        cw.c.due_at,
        sa.type_coerce(sa.null(), w.c.due_at.type).label("resolved_at"),
    ).select_from(
        cw.join(c, c.c.id == cw.c.contact_id)
        .join(shown, shown.c.id == c.c.canonical_id)
        .join(question, question.c.id == cw.c.id)
        .outerjoin(answer, answer.c.id == cw.c.ended_item)
    )


def _calls() -> sa.Select[Any]:
    question, shown, answered = i.alias("question"), c.alias("shown"), k.c.answered_at.is_not(None)
    ended_by = sa.case(
        (answered, sa.literal(WaitEnd.reply.value)),
        (k.c.ended_at.is_not(None), sa.literal(WaitEnd.closed.value)),
        else_=sa.null(),
    )
    return sa.select(
        k.c.id,
        k.c.conversation_id,
        k.c.channel_id,
        _OF_CALLS.team.label("team_id"),
        shown.c.id.label("contact_id"),
        sa.func.coalesce(sa.func.nullif(shown.c.name, ""), sa.func.nullif(p.c.name, ""), p.c.received).label("name"),
        v.c.subject,
        sa.func.substr(sa.func.coalesce(question.c.text, ""), 1, PREVIEW).label("question"),
        k.c.interaction_id.label("question_id"),
        sa.literal("").label("answer"),
        k.c.queue_at.label("started_at"),
        _call_ended.label("ended_at"),
        sa.type_coerce(ended_by, w.c.ended_by.type).label("ended_by"),
        sa.type_coerce(sa.null(), w.c.ended_item.type).label("ended_item"),
        sa.false().label("first"),
        sa.false().label("reopened"),
        sa.false().label("initiated_by_us"),
        _OF_CALLS.answered_by.label("answered_by"),
        sa.type_coerce(sa.null(), w.c.bot_at.type).label("bot_at"),
        sa.null().label("business_seconds"),
        k.c.level_at.label("due_at"),
        sa.type_coerce(sa.null(), w.c.due_at.type).label("resolved_at"),
    ).select_from(
        k.join(v, v.c.id == k.c.conversation_id)
        .join(p, p.c.id == k.c.contact_point_id)
        .join(c, c.c.id == p.c.contact_id)
        .join(shown, shown.c.id == c.c.canonical_id)
        .outerjoin(question, question.c.id == k.c.interaction_id)
    )
